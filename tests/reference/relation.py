"""The purchase and after: terms, episode, complaint, and what they do to satisfaction, trust, bonds and commitment."""

from dataclasses import dataclass
from math import exp, inf, sqrt

SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED, RESOLVED = 1, 2, 3, 4, 5


def share(x):
    """Return x, kept within 0 and 1."""
    return min(max(x, 0.0), 1.0)


def contact(customer, j, offer, silence, knowledge):
    """Return what a firm's contacts of this month do to the relation, and how she is on file: 1 as a customer, 2 to get a card, 0 not.

    Good contacts bind, bad ones harm; a card shows a lapsed customer whom the firm still remembers that she is remembered.
    """
    rule, part = customer.model.rules.contact, min(customer.model.months_per_period, 1.0)
    if not rule.active:
        return 0.0, 0
    luck, pressure = customer.model.luck["contact"][j][customer.number], offer.contacts
    if silence <= rule.patience:
        chance = rule.good + rule.known * knowledge + rule.listening * offer.dialogue - rule.fatigue * max(0.0, pressure - 1)
        chance += rule.skill * (offer.capability - 1)
        if luck < chance:
            warmth = max(pressure * (2 - pressure), -1.0) * (0.5 + offer.dialogue / 2) * (1 - rule.coolness * offer.automation)
            return warmth * customer.orientation * part, 1
        return -rule.harm * (pressure * (2 - pressure) if pressure < 1 else 1.0) * part, 1
    if silence == inf or offer.reactivation <= 0:
        return 0.0, 0
    return (rule.revival * customer.orientation if luck < min(offer.reactivation, 1.0) * knowledge else 0.0), 2


# --- terms -----------------------------------------------------------------------------------------------------------------


@dataclass
class Terms:
    """What she pays for one purchase, the firm's share of the joint gain, and whether they came to terms at all."""

    paid: float
    taken: float
    agreed: bool


def balance(customer, j, offer, pull, lock, knowledge):
    """Return the balance of power: the firm's force less the customer's."""
    model, rule = customer.model, customer.model.rules.power
    if not rule.active:
        return 0.0
    of_purchases = customer.purchases[j] / max(sum(customer.purchases), 1)
    held = 1 - exp(-lock) if customer.current == j else 0.0
    on_firm = 0.5 * (of_purchases + held) * pull * offer.marketed
    importance = customer.rate / (customer.rate + model.mean_rate[customer.segment])
    return (on_firm + rule.information * knowledge) - (importance * offer.idle + offer.against)


INDIFFERENT = 1e-9
"""Who gains as much by accepting accepts, whatever the last digit says."""


def bargain(rule, truth):
    """Return the firm's share, or None: alternating offers, the firm asks first; her gain is ``truth`` times what it thinks."""
    ask = (1 - rule.customer_patience) / (1 - rule.marketer_patience * rule.customer_patience)
    for turn in range(rule.rounds):
        if turn % 2 == 0:
            counter = rule.marketer_patience * ask
            if truth - ask >= rule.customer_patience * (truth - counter) - INDIFFERENT:
                return ask
        else:
            counter = rule.marketer_patience * ask * truth
            if counter >= rule.marketer_patience * (ask - rule.concession) - INDIFFERENT:
                return counter
            ask = max(ask - rule.concession, 1e-6)
    return None


def leading(rule, pi, forbearance):
    """Return the leader's share of the gain from the marketer's side: it grows with the distance, a forbearing firm leaves some."""
    led = 0.5 + 0.5 * min(max(pi / rule.full, -1.0), 1.0)
    return led - forbearance * max(led - 0.5, 0.0)


def terms(customer, offer, pi, reservation):
    """Return the terms: the leader's share grows with the distance, equals negotiate, an authority caps what a firm may take."""
    rule = customer.model.rules.power
    surplus = max(reservation - offer.unit_cost, 0.0)
    agreed = True
    if not rule.active:
        paid = offer.price
    elif abs(pi) <= rule.eps:
        surplus *= 1 + rule.integrative_gain
        luck = customer.model.luck["reservation"][customer.number]
        settled = bargain(rule, 1 + rule.privacy * (2 * luck - 1))
        agreed = settled is not None
        # Without agreement there is no purchase, or, under a running contract, the list price.
        paid = offer.price + (rule.freedom * (offer.unit_cost + min(settled, offer.cap) * surplus - offer.price) if agreed else 0.0)
    else:
        led = min(leading(rule, pi, offer.forbearance), offer.cap)
        paid = offer.price + rule.freedom * (offer.unit_cost + led * surplus - offer.price)
    paid = max(paid, 0.0)
    return Terms(paid, share((paid - offer.unit_cost) / max(surplus, 0.01)), agreed)


# --- the episode -----------------------------------------------------------------------------------------------------------


@dataclass
class Episode:
    """The month's experience with one firm."""

    failed: bool
    performance: float
    expectation: float
    attribute: float
    information: float
    overall: float


def felt(congruency, loss):
    """Return a gain as it is, a loss as much more as it weighs."""
    return congruency if congruency >= 0 else loss * congruency


def judged(rule, performance, expected, desire, told, promised, taken):
    """Return attribute, information and overall satisfaction with an episode, and the last kept within 0 and 1."""
    attribute = rule.base + rule.desires * felt(performance - desire, rule.loss) + rule.expectations * felt(performance - expected, rule.loss)
    information = rule.base + rule.information * (told - 0.5)
    information -= rule.broken_promise * rule.loss * max(0.0, promised - performance)
    overall = rule.attribute_weight * attribute + (1 - rule.attribute_weight) * information - rule.equity * max(0.0, taken - 0.5)
    return attribute, information, share(overall)


def episode(customer, j, offer, n, knowledge, taken):
    """Experience what the firm delivers, judge it, and learn from it what to expect."""
    model, rules, me = customer.model, customer.model.rules, customer.number
    rule = rules.experience
    failed, performance = False, offer.offered
    if rule.active:
        chance = min(share((1 - offer.reliability) * (1.5 - offer.service)), 0.999999)
        failed = model.luck["failure"][j][me] < 1 - (1 - chance) ** n
        noise = sqrt(12) * (model.luck["performance"][j][me] - 0.5)
        performance += rule.fit * knowledge - rule.severity * failed + rule.noise * noise
    performance = share(performance)

    rule, expected = rules.satisfaction, customer.expectation[j]
    desire = model.present.segments[customer.segment].desire
    told = offer.openness + rule.advised * offer.advice - rule.regret * offer.pressure
    attribute, information, overall = judged(rule, performance, expected, desire, told, offer.promised, taken)
    if rule.active:
        customer.satisfaction[j] += rule.adaptation * (overall - customer.satisfaction[j])
        customer.expectation[j] += rule.theta * (performance - expected)
    return Episode(failed, performance, expected, share(attribute), share(information), overall)


# --- complaint and recovery ------------------------------------------------------------------------------------------------


def fate(customer, j, offer, episode):
    """Return what becomes of the episode if it was bad: borne in silence, or complained of, and then what; 0 if it was good."""
    rule, luck, me = customer.model.rules.complaints, customer.model.luck, customer.number
    if not episode.failed and episode.overall >= rule.threshold:
        return 0
    speaks = rule.voice + rule.by_commitment * customer.commitment[j] + rule.by_ease * offer.complaint_ease
    if not rule.active or luck["voice"][me] >= speaks:
        return SILENT
    turned_away = offer.suppression
    handled = (1 - turned_away) * offer.handled
    resolved = handled * offer.recovery
    old = customer.satisfaction[j]
    if luck["fate_of_complaint"][me] >= 1 - resolved:
        customer.satisfaction[j] += relief(customer) * (1 - old)
        return RESOLVED
    customer.satisfaction[j] -= rule.insult * old
    if luck["fate_of_complaint"][me] < turned_away:
        return TURNED_AWAY
    return UNANSWERED if luck["fate_of_complaint"][me] < 1 - handled else UNRESOLVED


def relief(customer):
    """Return which part of the way to full satisfaction a good recovery goes: half of it with whom something is still open."""
    rule = customer.model.rules.complaints
    return rule.relief if customer.grievances == 0 else rule.relief / 2


def remembered(customer, j, fate, episode):
    """Return satisfaction with an episode as it ended; added value learns from it."""
    lasting = episode.overall
    if fate == RESOLVED:
        lasting += relief(customer) * (1 - lasting)
    elif fate > SILENT:
        lasting -= customer.model.rules.complaints.insult * lasting
    rule = customer.model.rules.perceived_value
    if rule.active:
        customer.added_value[j] += rule.adaptation * (lasting - rule.norm - customer.added_value[j])
    return lasting


def count_grievances(customer, fate, bought):
    """Count what stays open: 2 for a bad episode borne in silence, 1 for one complained of in vain; a good purchase starts again at 0."""
    if any(SILENT <= what <= UNRESOLVED for what in fate):
        customer.grievances = min(customer.grievances + (2 if SILENT in fate else 1), 255)
    elif sum(bought) > 0:
        customer.grievances = 0


# --- trust, bonds, commitment: of a customer, and of either side of any other relation ---------------------------------------


def trust_after(rule, trust, n, overall, x, taken, insulted, values, openness):
    """Return trust after a month: it learns from episodes and from contacts, falls faster than it rises, and fades without either."""
    if not rule.active:
        return trust
    before = trust
    if n > 0:
        opportunism = max(0.0, taken - 0.5) + (0.5 if insulted else 0.0)
        target = share(rule.by_episode * overall + rule.by_values * values + rule.by_openness * openness - rule.opportunism * opportunism)
        trust += (rule.learning if target >= trust else rule.loss * rule.learning) * (target - trust)
    if x > 0:
        trust += rule.warmth * x * (1 - trust)
    elif x < 0:
        trust += rule.loss * rule.warmth * x * trust
    if n == 0:
        trust += rule.fading * (1 - share(x)) * (rule.start - before)
    return share(trust)


def social_after(rule, old, n, x, wants, effort, turnover):
    """Return the social bond after a month: it grows with good personal contact, fades slowly, and leaves with the person it was to."""
    if not rule.active:
        return old
    met = wants if n > 0 else 0.0
    return share(old + rule.rapport * effort * (met + max(0.0, x)) * (1 - old) - (rule.fading + rule.person * turnover) * old)


def structural_after(rule, old, n, lapsed, effort):
    """Return the structural bond after a month: it grows with purchases and unravels when lapsed."""
    if not rule.active:
        return old
    grown = rule.integration * effort * (1 - old) if n > 0 else 0.0
    return share(old + grown - (rule.unravelling * old if lapsed else 0.0))


def commitment_after(rule, old, trust, n, x, social, structural, standing, wants, values, taking_part):
    """Return commitment after a month: it follows trust, benefits, values, a part taken and lock-in; what is not renewed fades."""
    if not rule.active:
        return old
    benefits = (social + structural + standing) / 3
    target = rule.b_trust * trust + rule.b_benefits * benefits + rule.b_values * values + rule.b_ownership * taking_part + rule.b_lock * structural
    renewed = share(x)
    if n > 0:
        return share(old + rule.growth * (wants * share(target) - old))
    return share(old + rule.growth / 2 * renewed * (wants * share(target) - old) - rule.fading * (1 - renewed) * old)


def update(customer, j, offer, n, x, silence, tier, taken, fate, overall):
    """Let the month's events make what they will of a customer's trust, bonds and commitment."""
    rules, me = customer.model.rules, customer
    insulted = fate in (TURNED_AWAY, UNANSWERED)
    me.trust[j] = trust_after(rules.commitment_trust, me.trust[j], n, overall, x, taken, insulted, offer.shared_values, offer.openness)
    me.social_bond[j] = social_after(rules.bonds, me.social_bond[j], n, x, me.orientation, offer.social, offer.turnover)
    me.structural_bond[j] = structural_after(rules.bonds, me.structural_bond[j], n, silence > 1, offer.structural)
    me.commitment[j] = commitment_after(
        rules.commitment_trust, me.commitment[j], me.trust[j], n, x, me.social_bond[j], me.structural_bond[j], tier, me.orientation,
        offer.shared_values, offer.participation,
    )  # fmt: skip
