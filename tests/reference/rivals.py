"""The competitor market: rivals match prices, copy bonds, ally and part."""

from tests.reference.partner import PlainPartner, feel, settle
from tests.reference.relation import share

BONDS = ("reward", "social", "structural")


class PlainRival(PlainPartner):
    """A firm as the others' rival: its relations with all firms, its own among them, which never lives."""


def start(model):
    """Return the firms as rivals at the start."""
    return [PlainRival(model, "competitor", place, 1.0) for place in range(len(model.described.firms))]


def act(model, rivals, luck):
    """Carry out one month between all firms."""
    rule, firms, everything = model.rules.competition, model.firms, max(sum(firm.units for firm in model.firms), 1e-9)
    was = [[rivals[k].dyads[firm.place].allied > 0 for k in range(len(firms))] for firm in firms]
    cuts = [cut(rule, firm, firms, was[firm.place]) for firm in firms]
    for firm in firms:
        firm.now.price *= 1 - cuts[firm.place]
        copy(rule, firm, firms, any(was[firm.place]))
    dialogue = [[0.0] * len(firms) for _ in firms]
    for one in firms:
        for other, rival in zip(firms, rivals, strict=True):
            dyad = rival.dyads[one.place]
            dyad.related = float(one is not other and one.present and other.present)
            dyad.volume = dyad.related
            talk = dialogue[one.place][other.place] = min(one.does.alliance, other.does.alliance) * dyad.related
            luck_of_other = luck["partner_reservation"][other.place]
            settle(model, dyad, 0.5 * one.units / everything, 0.5 * other.units / everything, talk, one.does.forbearance, luck_of_other)
    for one in firms:
        for other, rival in zip(firms, rivals, strict=True):
            treats = share(rule.ground - rule.provoked * cuts[one.place] + rule.by_alliance * was[one.place][other.place])
            is_treated = share(rule.ground - rule.provoked * cuts[other.place] + rule.by_alliance * was[one.place][other.place])
            talk, openness = dialogue[one.place][other.place], sum(dialogue[one.place]) / len(firms)
            feel(model.rules, rival.dyads[one.place], 1.0, treats, is_treated, talk, openness, 0.0, one.does.shared_values)
    ally(rule, firms, rivals, luck["courtship"])
    for firm in firms:
        share_with_allies(rule, firm, rivals)


def cut(rule, firm, firms, allied):
    """Return the share by which a firm lowers its price to match the lowest that its rivals showed last month."""
    seen = [other.seen_price for other in firms if other is not firm and other.present and not (rule.truce and allied[other.place])]
    if not seen:
        return 0.0
    gap = max(1 - min(seen) / firm.spec.price, 0.0)
    return min(firm.does.price_matching * gap, max(1 - firm.spec.unit_cost * (1 + rule.floor) / firm.spec.price, 0.0))


def copy(rule, firm, firms, allied):
    """Copy what binds rivals' customers, financial bonds quickly, social ones slowly, structural ones hardly."""
    for place, (bond, pace) in enumerate(zip(BONDS, (rule.financial, rule.social, rule.structural), strict=True)):
        best = max((getattr(other.does, bond) for other in firms if other.present), default=0.0)
        speed = min(pace * firm.does.imitation * (1 + rule.leak * allied), 1.0)
        firm.copied[place] += speed * (max(best - getattr(firm.does, bond), 0.0) - firm.copied[place])


def ally(rule, firms, rivals, courtship):
    """Keep the alliances that trust still carries, and make new ones where two are ready and free; an alliance is between two."""
    free = [not any(rivals[k].dyads[firm.place].allied for k in range(len(firms))) for firm in firms]
    willing = []
    for j, one in enumerate(firms):
        for k in range(j + 1, len(firms)):
            other, mine, theirs = firms[k], rivals[k].dyads[j], rivals[j].dyads[k]
            here, ready = one.present and other.present, min(one.does.alliance, other.does.alliance)
            if mine.allied:
                stays = here and ready > 0 and min(mine.trust, theirs.trust) >= rule.breach
                mine.allied = theirs.allied = float(stays)
            elif here and ready * mine.trust * theirs.trust >= rule.bar:
                apart = share(abs(one.spec.quality - other.spec.quality) + abs(one.spec.reliability - other.spec.reliability))
                if courtship[k][j] < rule.courtship * (1 + apart):
                    willing.append((courtship[k][j], j, k))
    # Of the pairs that can ally, luck has the first.
    for _, j, k in sorted(willing):
        if free[j] and free[k]:
            rivals[k].dyads[j].allied = rivals[j].dyads[k].allied = 1.0
            free[j] = free[k] = False
    for rival in rivals:
        for dyad in rival.dyads:
            dyad.structural_bond *= dyad.allied


def share_with_allies(rule, firm, rivals):
    """Share purchasing, research and promotion with allies, at a cost of coordination."""
    allies, now = sum(rival.dyads[firm.place].allied for rival in rivals), firm.now
    if allies:
        now.unit_cost = (firm.spec.unit_cost if now.unit_cost is None else now.unit_cost) * (1 - rule.buying)
    now.quality += rule.research * allies * (1 - firm.spec.quality)
    now.reach = 1 - (1 - now.reach) * (1 - rule.promotion * allies)
    firm.spend("outside", rule.coordination * allies * firm.revenue)
