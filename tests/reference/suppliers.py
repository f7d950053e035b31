"""The supplier market: terms, orders, deliveries, and who stops supplying whom."""

from math import exp, log

from tests.reference.partner import PlainPartner, attention, feel, settle
from tests.reference.relation import share


class PlainSupplier(PlainPartner):
    """A supplier."""

    @property
    def spec(self):
        """What the scenario says of it."""
        return self.model.present.suppliers[self.place]


def start(model):
    """Return the suppliers at the start: nobody has ordered yet."""
    suppliers = [PlainSupplier(model, "supplier", place, spec.orientation) for place, spec in enumerate(model.described.suppliers)]
    for supplier in suppliers:
        for dyad in supplier.dyads:
            dyad.quality = supplier.spec.quality
    return suppliers


def act(model, suppliers, luck):
    """Carry out one month with all suppliers."""
    rule, firms = model.rules.supply, model.firms
    relations = [[supplier.dyads[firm.place] for supplier in suppliers] for firm in firms]
    for firm, dyads in zip(firms, relations, strict=True):
        for dyad in dyads:
            dyad.wait = max(dyad.wait - 1, 0.0)
            dyad.related = float(dyad.wait <= 0 and firm.present)
    dialogues = [talks(firm, dyads) for firm, dyads in zip(firms, relations, strict=True)]
    come_to_terms(model, suppliers, relations, [dialogue for dialogue, _ in dialogues], luck)
    before = [[dyad.orders for dyad in dyads] for dyads in relations]
    for firm, dyads in zip(firms, relations, strict=True):
        order(rule, firm, suppliers, dyads, luck["bid"])
    for supplier in suppliers:
        deliver(model, supplier, luck["lateness"])
    for firm, dyads in zip(firms, relations, strict=True):
        receive(model, rule, firm, suppliers, dyads, *dialogues[firm.place], before[firm.place])
    for supplier in suppliers:
        for firm, dyad in zip(firms, supplier.dyads, strict=True):
            chance = rule.quits * max(rule.least - dyad.satisfaction, 0.0) / rule.least * (1 - share(dyad.stake))
            if luck["parting"][firm.place][supplier.place] < chance and dyad.volume > 0:
                dyad.wait, dyad.tenure = rule.grudge, 0.0


def talks(firm, dyads):
    """Return the firm's dialogue with each supplier, and the attention that they get."""
    looked_after = attention(firm, dyads)
    return [min(firm.does.supplier_dialogue * part, 1.0) for part in looked_after], looked_after


def come_to_terms(model, suppliers, relations, dialogues, luck):
    """Settle prices: a supplier depends on a firm for its sales, a firm on a supplier as far as others would not serve it."""
    rule, firms, everything = model.rules.supply, model.firms, max(sum(firm.units for firm in model.firms), 1e-9)
    for supplier in suppliers:
        sales = sum(dyad.orders * firm.units for firm, dyad in zip(firms, supplier.dyads, strict=True))
        for firm, dyad in zip(firms, supplier.dyads, strict=True):
            dyad.stake = dyad.orders * firm.units / max(sales, 1e-9)
    for firm, dyads in zip(firms, relations, strict=True):
        for supplier, dyad, dialogue in zip(suppliers, dyads, dialogues[firm.place], strict=True):
            others = sum(other.related for other in dyads if other is not dyad)
            depends = 0.5 * (dyad.stake + dyad.structural_bond) * firm.units / everything
            firm_depends = 0.5 * (dyad.orders + dyad.structural_bond) / (1 + others)
            settle(model, dyad, depends, firm_depends, dialogue, firm.does.supplier_forbearance, luck["partner_reservation"][supplier.place])
            own = own_cost(rule, firm, supplier, dyad)
            dyad.price = own + (1 - dyad.taken) * (max(rule.ceiling * firm.spec.unit_cost, own) - own)


def own_cost(rule, firm, supplier, dyad):
    """Return what a unit costs the supplier itself."""
    return firm.spec.unit_cost * supplier.spec.cost * (1 - rule.thrift * dyad.structural_bond)


def order(rule, firm, suppliers, dyads, bids):
    """Place the firm's orders: the best bid at arm's length, the tie in partnership."""
    p, weights = firm.does.supplier_partnership * firm.effort, []
    for supplier, dyad in zip(suppliers, dyads, strict=True):
        dyad.quality = supplier.spec.quality + rule.joint * dyad.structural_bond * (1 - supplier.spec.quality)
        bid = rule.spread * (2 * bids[supplier.place] - 1)
        score = -rule.keen * (1 - p / 2) * (log(dyad.price / firm.spec.unit_cost) + bid)
        tie = (dyad.firm_commitment + dyad.structural_bond) / 2
        likeness = 1 - abs(firm.does.shared_values - supplier.spec.values)
        score += p * (rule.fit * dyad.quality + rule.by_name * dyad.firm_trust + rule.by_values * likeness + rule.by_tie * tie)
        weights.append(exp(score) if dyad.related else 0.0)
    kept = [dyad.orders if dyad.related else 0.0 for dyad in dyads]
    hold = rule.hold * p if sum(kept) > 0.5 else 0.0
    for dyad, old, weight in zip(dyads, kept, weights, strict=True):
        target = weight / sum(weights) if sum(weights) > 0 else 0.0
        dyad.orders = (hold * old / sum(kept) if hold > 0 else 0.0) + (1 - hold) * target


def deliver(model, supplier, lateness):
    """Deliver: partners are served first where capacity does not suffice, equals alike, and some deliveries are late."""
    rule, firms = model.rules.supply, model.firms
    left = supplier.spec.capacity
    part = {}
    for level in sorted({dyad.commitment for dyad in supplier.dyads}, reverse=True):
        wanted = sum(dyad.orders * firm.units for firm, dyad in zip(firms, supplier.dyads, strict=True) if dyad.commitment == level)
        part[level] = min(1.0, left / wanted) if wanted > 0 else 0.0
        left -= min(wanted, left)
    for firm, dyad in zip(firms, supplier.dyads, strict=True):
        ordered = dyad.orders * firm.units
        given = ordered * part[dyad.commitment]
        short = 1 - given / max(ordered, 1e-9) if ordered > 0 else 0.0
        chance = (1 - supplier.spec.reliability) * (1 - rule.joint * dyad.structural_bond) * min(model.months_per_period, 1.0)
        late = float(lateness[firm.place][supplier.place] < chance)
        dyad.late = max(late, short) if dyad.orders > 0 else 0.0
        dyad.volume = ordered * (1 - short) * dyad.price


def receive(model, rule, firm, suppliers, dyads, dialogue, looked_after, before):
    """Let supplies make what they do of the firm's cost, quality and reliability, and both sides of each other."""
    p, now = firm.does.supplier_partnership * firm.effort, firm.now
    if sum(dyad.orders for dyad in dyads) > 0.5:
        now.unit_cost = sum(dyad.orders * dyad.price for dyad in dyads)
        now.quality += rule.weight * (sum(dyad.orders * dyad.quality for dyad in dyads) - rule.neutral)
        now.reliability *= 1 - rule.harm * sum(dyad.orders * dyad.late for dyad in dyads)
    else:
        now.unit_cost = rule.ceiling * firm.spec.unit_cost
        now.quality -= rule.weight * rule.neutral * (1 - rule.dearth)
        now.reliability *= rule.dearth
    investment, openness = p * min(sum(looked_after) / len(dyads), 1.0), sum(dialogue) / len(dyads)
    for place, (supplier, dyad) in enumerate(zip(suppliers, dyads, strict=True)):
        most = max(dyad.orders, before[place], 1e-9)
        steady = 1 - min(abs(dyad.orders - before[place]) / most, 1.0)
        treated = share(rule.ground + rule.by_steady * steady + rule.by_talk * dialogue[place])
        did = share(dyad.quality - rule.harm * dyad.late)
        joint = min(2 * dyad.orders, 1.0)
        feel(model.rules, dyad, supplier.orientation, treated, did, dialogue[place], openness, investment, firm.does.shared_values, joint)
    bought = sum(dyad.volume for dyad in dyads)
    firm.spend("supplier", bought * (rule.partnership_cost * p + rule.talk_cost * firm.does.supplier_dialogue))
