"""Before the purchase: need, consideration, perceived value, and the choice of a firm."""

from math import exp, log

MOST_NEEDED = 80.0


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
    """Say whether she chooses anew this month, and does not go on in routine."""
    model = customer.model
    if model.contractual and customer.current >= 0 and not renews:
        return False
    rule = model.rules.consideration
    if not rule.active or renews or customer.current < 0 or customer.failures > 0:
        return True
    routine = 1 - rule.variety
    for j, offer in enumerate(offers):
        if j != customer.current and customer.aware[j]:
            routine *= (1 - min(rule.pull * offer.discount, 1.0)) ** model.months_per_period
        if j != customer.current and contact[j] > 0:
            routine *= 1 - rule.prompt
    return model.luck["trigger"][customer.number] >= routine


def rebate(customer, offer, tier, silence, knowledge):
    """Return what she gets back of the price, as a share: her standing in the programme, and the offer made to keep her."""
    return min(offer.reward * tier + save_offer(customer, offer, silence, knowledge), 1.0)


def save_offer(customer, offer, silence, knowledge):
    """Return the rebate with which a firm tries to keep her: those known to be at risk get it, and some others by mistake."""
    rule = customer.model.rules.database
    if not rule.active or silence > 1:
        return 0.0
    if silence > 0.5:
        return offer.save_offer * knowledge
    return offer.save_offer * rule.false_alarm * (1 - knowledge)


def perceived_value(customer, j, offer, rebate, knowledge):
    """Return a firm's value for her, benefit over sacrifice, and the most that she would pay."""
    rule = customer.model.rules.perceived_value
    if not rule.active:
        return 1.0, rule.worth
    expected, desired, r = customer.expectation[j], customer.model.present.segments[customer.segment].desire, customer.orientation
    core = max(min(expected, desired) + rule.beyond * max(0.0, expected - desired), 0.01)
    services = rule.personal * offer.service * knowledge * r + rule.pull * customer.structural_bond[j]
    relation = max((core + r * customer.added_value[j]) / core, 0.1)
    benefit = rule.worth * (core + services) * relation
    cost = rule.direct + rule.indirect * (1 - offer.service) + rule.psychological * (1 - customer.trust[j])
    price = offer.price * (1 - rebate)
    return benefit / max(price + cost, 0.01), max(benefit - cost, 0.0)


def lock(customer, j, offer, tier):
    """Return the utility that she would lose by leaving a firm, were it her current one."""
    rule = customer.model.rules.choice
    return customer.model.market.switching_cost + rule.lock_in * customer.structural_bond[j] + rule.forfeit * offer.reward * tier


def probabilities(customer, offers, value, lock, again):
    """Return the probability of each firm, and its share of all considered firms (its pull)."""
    model, rule, r = customer.model, customer.model.rules.choice, customer.orientation
    sensitivity = model.present.segments[customer.segment].price_sensitivity
    weights = []
    for j, offer in enumerate(offers):
        if not customer.aware[j]:
            weights.append(0.0)
        elif not rule.active:
            weights.append(1.0)
        else:
            utility = rule.value_weight * sensitivity * (1 + rule.deal * (1 - r)) * log(value[j])
            utility += rule.commitment_weight * r * customer.commitment[j]
            utility += rule.reputation_weight * (customer.reputation[j] - 0.5)
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


def purchases(customer, probability, needed):
    """Return how often she buys from each firm: one draw for each purchase, the rest up to 1 is no purchase."""
    bought = [0] * len(probability)
    for purchase in range(needed):
        luck = customer.model.luck["choice", purchase][customer.number]
        reached = 0.0
        for j, chance in enumerate(probability):
            reached += chance
            if luck < reached:
                bought[j] += 1
                break
    return bought
