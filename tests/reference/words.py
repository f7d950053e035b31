"""Word of mouth: whom a customer meets, what she hears, what she says."""


def acquaintance(customer):
    """Return whom the customer meets this month: a neighbour on the ring, or the fixed stranger in that neighbour's place."""
    rule, population = customer.model.rules.word_of_mouth, customer.model.population
    slots = 2 * rule.neighbours
    slot = int(customer.model.luck["neighbour"][customer.number] * slots)
    # Her rewired slots follow each other from a place of her own on, so that their share is the same for everybody.
    if (customer.rewired * slots + slot) % slots < rule.rewiring * slots:
        return int((customer.far + slot / slots) % 1.0 * population)
    distance = slot // 2 + 1
    return (customer.number + (distance if slot % 2 == 0 else -distance)) % population


def hear(customer, books):
    """Hear what an acquaintance said last month of her provider: learn that the firm exists, and correct the belief of it."""
    rule = customer.model.rules.word_of_mouth
    word, firm = customer.model.said[acquaintance(customer)]
    if word == 0 or firm < 0:
        return
    chance = min(rule.meetings, 1.0) / (rule.negative_reach if word > 0 else 1.0)
    if customer.model.luck["heard"][customer.number] >= chance:
        return
    message = 1.0 if word > 0 else 0.0
    customer.reputation[firm] += rule.influence * (message - customer.reputation[firm])
    customer.aware[firm] = True
    books[firm]["heard_good" if word > 0 else "heard_bad"] += 1


def read(customer):
    """Believe what media say of firms, and lose trust in those of whom a scandal came out."""
    outrage = customer.model.rules.influence.outrage
    for j, firm in enumerate(customer.model.firms):
        customer.reputation[j] += firm.now.publicity * (firm.now.message - customer.reputation[j])
        customer.trust[j] *= 1 - outrage * firm.now.scandal


def speak(customer, bought):
    """Decide what to say of the provider: very satisfied and, more so, dissatisfied customers talk."""
    rule, j = customer.model.rules.word_of_mouth, customer.current
    customer.talk = 0
    if not rule.active or j < 0 or bought[j] == 0:
        return
    surprise = customer.satisfaction[j] - rule.neutral
    weight = rule.strength * (rule.heavy if surprise < 0 else 1.0)
    chance = rule.base + weight * surprise**2 + rule.club * customer.social_bond[j]
    if customer.model.luck["talk"][customer.number] < chance:
        customer.talk = 1 if surprise >= 0 else -1
