"""Before the purchase: need, consideration, perceived value, and the choice of a firm."""

from math import exp, log

MOST_NEEDED = 80.0
NEVER = -32768
DISSATISFIED, OFFER, VARIETY, RENEWAL, NOT_FOUND, FREE = "dissatisfied", "offer", "variety", "renewal", "not_found", "free"
"""Why a customer thinks again."""


def need(customer, season):
    """Return how many purchases she needs this month: Poisson at her own rate, by inversion of one draw."""
    if not customer.model.rules.need.active:
        return int(customer.rate > 0)
    luck = customer.model.luck["purchases"][customer.number]
    mean = min(customer.rate * season, MOST_NEEDED)
    count, term = 0, exp(-mean)
    total = term
    while luck >= total and (term > 1e-8 or count + 1 < mean):
        count += 1
        term *= mean / count
        total += term
    return count


def become_aware(customer, offers):
    """Let advertising reach her: it makes firms known, and moves what she expects towards what it promises."""
    model = customer.model
    consideration, satisfaction = model.rules.consideration, model.rules.satisfaction
    for j, offer in enumerate(offers):
        if not consideration.active or model.luck["advertising"][j][customer.number] < offer.reached:
            customer.aware[j] = True
        if customer.aware[j] and satisfaction.active:
            customer.expectation[j] += satisfaction.hope * offer.reached * (offer.promised - customer.expectation[j])


def thinks_again(customer, offers, contact, renews):
    """Say why she chooses anew this month; nothing if she goes on in routine."""
    model = customer.model
    if model.contractual and customer.current >= 0 and not renews:
        return ""
    rule, luck = model.rules.consideration, model.luck["trigger"][customer.number]
    if not rule.active:
        return VARIETY
    if customer.current < 0:
        return FREE
    if customer.grievances >= customer.model.rules.consideration.tolerance:
        return DISSATISFIED
    variety = min(rule.variety * (1 + rule.boredom * (1 - offers[customer.current].novelty)), 1.0)
    if luck >= 1 - variety:
        return VARIETY
    routine = 1 - variety
    for j, offer in enumerate(offers):
        if j != customer.current and customer.aware[j]:
            routine *= (1 - min(rule.pull * (offer.discount + offer.poaching), 1.0)) ** model.months_per_period
        if j != customer.current and contact[j] > 0:
            routine *= 1 - rule.prompt
    if luck >= routine:
        return OFFER
    return RENEWAL if renews else ""


def finds(customer, j):
    """Say whether she finds a firm this month: on the shelf where she shops, or in its own channel; a contract that runs needs no shelf."""
    model = customer.model
    if not model.shelves or (model.contractual and customer.current == j):
        return True
    return model.luck["shelf"][j][customer.number] < 1 - (1 - shop(customer).dyads[j].shelf) * (1 - model.firms[j].now.direct)


def shop(customer):
    """Return the distributor where she shops: drawn once, by reach."""
    distributors = customer.model.web.partners["distributor"]
    everybody, low = sum(distributor.spec.reach for distributor in distributors), 0.0
    for distributor in distributors:
        low += distributor.spec.reach / everybody
        if customer.outlet < low:
            return distributor
    return distributors[-1]


def placed(customer, j, offer, silence, knowledge):
    """Return the factor on what a firm gives her by her value now and later, and whether it serves her at all."""
    rule, p = customer.model.rules.portfolio, offer.portfolio
    if not rule.active or p == 0 or customer.first_purchase[j] == NEVER:
        return 1.0, True
    age = customer.model.month - max(customer.first_purchase[j], 0)
    if age < rule.known / customer.model.months_per_period:
        return 1.0, True
    rate = customer.purchases[j] / max(age, 1) if silence <= 1 else 0.0
    later = knowledge * (rate - offer.typical_rate) >= 0
    if customer.value[j] / max(age, 1) >= offer.typical_value:
        return (1 + p * rule.bonus if later else 1.0), True
    return 1 - p, later or customer.value[j] >= 0 or p < 0.5


def extra_offer(customer, offer, silence, knowledge):
    """Return the rebate with which a firm tries to keep her, if she is known to be at risk or by mistake, or to win her."""
    rule = customer.model.rules.database
    if not rule.active:
        return 0.0
    if silence > 1:
        return offer.poaching
    if silence > 0.5:
        return offer.save_offer * knowledge
    return offer.save_offer * rule.false_alarm * (1 - knowledge)


def perceived_value(customer, j, offer, rebate, knowledge):
    """Return a firm's value for her, benefit over sacrifice; the value of the relation; and the most that she would pay."""
    rule = customer.model.rules.perceived_value
    if not rule.active:
        return 1.0, 1.0, rule.worth
    expected, desired, r = customer.expectation[j], customer.model.present.segments[customer.segment].desire, customer.orientation
    core = max(min(expected, desired) + rule.beyond * max(0.0, expected - desired), 0.01)
    services = rule.personal * offer.service * knowledge * r + rule.pull * customer.structural_bond[j]
    relation = max((core + r * customer.added_value[j]) / core, 0.1)
    benefit = rule.worth * (core + services) * relation
    cost = rule.direct + rule.indirect * (1 - offer.service) + rule.effort * offer.participation + rule.psychological * (1 - customer.trust[j])
    price = offer.price * (1 - rebate)
    return benefit / max(price + cost, 0.01), core + r * customer.added_value[j], max(benefit - cost, 0.0)


def lock(customer, j, offer, tier):
    """Return the utility that she would lose by leaving a firm, were it her current one."""
    rule = customer.model.rules.choice
    return customer.model.market.switching_cost + rule.lock_in * customer.structural_bond[j] + rule.forfeit * offer.reward * tier


def probabilities(customer, offers, value, lock, contact, reachable, again):
    """Return the probability of each firm, and its share of all considered firms (its pull)."""
    model, rule, r = customer.model, customer.model.rules.choice, customer.orientation
    sensitivity = model.present.segments[customer.segment].price_sensitivity
    weights = []
    for j, offer in enumerate(offers):
        if not reachable[j]:
            weights.append(0.0)
        elif not rule.active:
            weights.append(1.0)
        else:
            utility = rule.value_weight * sensitivity * (1 + rule.deal * (1 - r)) * log(value[j])
            utility += rule.commitment_weight * r * customer.commitment[j]
            utility += rule.reputation_weight * (customer.reputation[j] - 0.5)
            utility += rule.contact_weight * contact[j] / min(model.months_per_period, 1.0)
            utility += offer.brand + customer.taste[j] / 1000
            if j == customer.current:
                utility += lock[j]
            weights.append(exp(utility))
    total = sum(weights)
    pull = [weight / total if total > 0 else 0.0 for weight in weights]
    if not again:
        return [1.0 if j == customer.current else 0.0 for j in range(len(offers))], pull
    outside = exp(model.market.outside_utility) if rule.active else exp(-50.0)
    return [weight / (outside + total) for weight in weights], pull


def purchases(customer, probability, needed, last):
    """Return how often she buys from each firm: one draw for each purchase, the rest up to 1 is no purchase; none comes after the last one."""
    bought = [0] * len(probability)
    for purchase in range(needed):
        if 0 < last <= sum(bought):
            break
        luck = customer.model.luck["choice", purchase][customer.number]
        reached = 0.0
        for j, chance in enumerate(probability):
            reached += chance
            if luck < reached:
                bought[j] += 1
                break
    return bought
