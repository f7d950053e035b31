"""The purchase and after: terms, episode, complaint, and what they do to satisfaction, trust, bonds and commitment."""

from dataclasses import dataclass
from math import exp, sqrt

SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED, RESOLVED = 1, 2, 3, 4, 5


def share(x):
    """Return x, kept within 0 and 1."""
    return min(max(x, 0.0), 1.0)


def contact(customer, j, offer, on_file, knowledge):
    """Return what a firm's contacts of this month do to the relation: good ones bind, bad ones harm."""
    rule, part = customer.model.rules.contact, min(customer.model.months_per_period, 1.0)
    if not on_file:
        return 0.0
    chance = rule.good + rule.known * knowledge + rule.listening * offer.dialogue - rule.fatigue * max(0.0, offer.pressure - 1)
    if customer.model.luck["contact"][j][customer.number] < chance:
        return max(offer.pressure * (2 - offer.pressure), -1.0) * customer.orientation * (0.5 + offer.dialogue / 2) * part
    return -rule.harm * min(1.0, offer.pressure) * part


# --- terms -----------------------------------------------------------------------------------------------------------------


@dataclass
class Terms:
    """What she pays for one purchase, the firm's share of the joint gain, and whether they came to terms at all."""

    paid: float
    taken: float
    agreed: bool


def balance(customer, j, pull, lock, knowledge):
    """Return the balance of power: the firm's force less the customer's."""
    model, rule = customer.model, customer.model.rules.power
    if not rule.active:
        return 0.0
    of_purchases = customer.purchases[j] / max(sum(customer.purchases), 1)
    held = 1 - exp(-lock) if customer.current == j else 0.0
    on_firm = 0.5 * (of_purchases + held) * pull
    importance = customer.rate / (customer.rate + model.mean_rate[customer.segment])
    on_customer = importance * model.market.idle_capacity
    return (on_firm + rule.information * knowledge) - (on_customer + rule.information * model.market.transparency)


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


def terms(customer, offer, pi, reservation):
    """Return the terms: the leader's share grows with the distance, equals negotiate, a forbearing firm leaves some."""
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
        paid = offer.price + (rule.freedom * (offer.unit_cost + settled * surplus - offer.price) if agreed else 0.0)
    else:
        led = 0.5 + 0.5 * min(max(pi / rule.full, -1.0), 1.0)
        if led > 0.5:
            led -= offer.forbearance * (led - 0.5)
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
    attribute = rule.base + rule.desires * felt(performance - desire, rule.loss) + rule.expectations * felt(performance - expected, rule.loss)
    information = rule.base + rule.information * (offer.openness - 0.5)
    information -= rule.broken_promise * rule.loss * max(0.0, offer.promised - performance)
    overall = rule.attribute_weight * attribute + (1 - rule.attribute_weight) * information - rule.equity * max(0.0, taken - 0.5)
    overall = share(overall)
    if rule.active:
        customer.satisfaction[j] += rule.adaptation * (overall - customer.satisfaction[j])
        customer.expectation[j] += rule.theta * (performance - expected)
    rule = rules.perceived_value
    if rule.active:
        customer.added_value[j] += rule.adaptation * (overall - rule.norm - customer.added_value[j])
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
    old, first = customer.satisfaction[j], customer.failures == 0
    if luck["fate_of_complaint"][me] >= 1 - resolved:
        customer.satisfaction[j] += (rule.relief if first else rule.relief / 2) * (1 - old)
        return RESOLVED
    customer.satisfaction[j] -= rule.insult * old
    if luck["fate_of_complaint"][me] < turned_away:
        return TURNED_AWAY
    return UNANSWERED if luck["fate_of_complaint"][me] < 1 - handled else UNRESOLVED


def count_failures(customer, fate, bought):
    """Count bad episodes in a row that were not made good; a purchase without one starts again at 0."""
    if any(SILENT <= what <= UNRESOLVED for what in fate):
        customer.failures = min(customer.failures + 1, 255)
    elif sum(bought) > 0:
        customer.failures = 0


# --- trust, bonds, commitment ----------------------------------------------------------------------------------------------


def update_trust(customer, j, offer, n, x, taken, fate, episode):
    """Trust learns from episodes and from contacts, falls faster than it rises, and fades without either."""
    rule = customer.model.rules.commitment_trust
    if not rule.active:
        return
    trust = customer.trust[j]
    if n > 0:
        opportunism = max(0.0, taken - 0.5) + (0.5 if fate in (TURNED_AWAY, UNANSWERED) else 0.0)
        target = rule.by_episode * episode.overall + rule.by_values * offer.shared_values + rule.by_openness * offer.openness
        target = share(target - rule.opportunism * opportunism)
        trust += (rule.learning if target >= trust else rule.loss * rule.learning) * (target - trust)
    if x > 0:
        trust += rule.warmth * x * (1 - trust)
    elif x < 0:
        trust += rule.loss * rule.warmth * x * trust
    elif n == 0:
        trust += rule.fading * (rule.start - trust)
    customer.trust[j] = share(trust)


def update_bonds(customer, j, offer, n, x, silence):
    """Social bonds grow with good personal contact and fade slowly; structural bonds grow with purchases and unravel when lapsed."""
    rule = customer.model.rules.bonds
    if not rule.active:
        return
    old, met = customer.social_bond[j], customer.orientation if n > 0 else 0.0
    customer.social_bond[j] = share(old + rule.rapport * offer.social * (met + max(0.0, x)) * (1 - old) - rule.fading * old)
    old, new = customer.structural_bond[j], customer.structural_bond[j]
    if n > 0:
        new += rule.integration * offer.structural * (1 - old)
    if silence > 1:
        new -= rule.unravelling * old
    customer.structural_bond[j] = share(new)


def update_commitment(customer, j, offer, n, x, tier):
    """Commitment follows trust, benefits, shared values and lock-in, in customers who want relations; without any event it fades."""
    rule = customer.model.rules.commitment_trust
    if not rule.active:
        return
    old = customer.commitment[j]
    if n == 0 and x == 0:
        customer.commitment[j] = share(old - rule.fading * old)
        return
    lock = customer.structural_bond[j]
    benefits = (customer.social_bond[j] + lock + tier) / 3
    target = rule.b_trust * customer.trust[j] + rule.b_benefits * benefits + rule.b_values * offer.shared_values + rule.b_lock * lock
    speed = rule.growth if n > 0 else rule.growth / 2
    customer.commitment[j] = share(old + speed * (customer.orientation * share(target) - old))
