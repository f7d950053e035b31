"""Partners of the other five markets: one object for each relation of a firm with a partner, in plain numbers, and how it goes on."""

from math import exp

import mesa

from sim.dyads import columns
from tests.reference import relation
from tests.reference.relation import share

MOVES = ("withdrawal", "network", "status", "coalition")


class PlainDyad:
    """The relation of one firm with one partner."""

    def __init__(self, market, rules):
        self.levels = [0.0] * 4
        for name, declared in columns(market).items():
            setattr(self, name, declared.start)
        self.trust = self.firm_trust = rules.commitment_trust.start
        self.satisfaction = self.firm_satisfaction = rules.satisfaction.start
        self.expectation = self.firm_expectation = rules.satisfaction.start_expectation


class PlainPartner(mesa.Agent):
    """A partner: its relations with the firms, one after the other."""

    def __init__(self, model, market, place, orientation):
        super().__init__(model)
        self.place, self.orientation = place, orientation
        self.dyads = [PlainDyad(market, model.rules) for _ in model.described.firms]


def against(levels):
    """Return what moves towards balance do: a factor on the partner's dependence, one on the firm's, and what is added to the latter."""
    up, down = [max(level, 0.0) for level in levels], [max(-level, 0.0) for level in levels]
    return (1 - up[0]) * (1 - up[1]), (1 - down[0]) * (1 - down[1]), up[2] + up[3] - down[2] - down[3]


def moved(rules, levels, balance):
    """Return the levels of the four moves after a month: the weaker side moves."""
    rule, power = rules.balancing, rules.power
    if not rule.active:
        return [0.0] * 4
    force = min(max(abs(balance) - power.eps, 0.0) / power.full, 1.0)
    force = force if balance > 0 else -force
    return [level + rule.pace * (getattr(rule, move) * force - level) for move, level in zip(MOVES, levels, strict=True)]


def attention(firm, dyads):
    """Return the attention that each partner of a market gets from the firm's specialists, relative to an equal share."""
    plan, n = firm.spec.planning, len(dyads)
    if not plan.active:
        return [1.0] * n
    reach = min(1.0, plan.specialists * plan.span / n)
    if not plan.stakeholders:
        return [reach] * n
    trade, force = sum(dyad.volume for dyad in dyads) / n, sum(dyad.firm_dependence for dyad in dyads) / n
    known = [dyad.volume / trade if trade > 0 else 1.0 for dyad in dyads]
    if force > 0:
        known = [0.5 * value + 0.5 * dyad.firm_dependence / force for value, dyad in zip(known, dyads, strict=True)]
    weight = [value**plan.focus for value in known]
    return [min(reach * w / (sum(weight) / n), 2.0) for w in weight]


def settle(model, dyad, dependence, firm_dependence, dialogue, forbearance, luck):
    """Compare the forces of both sides, and settle this month's terms."""
    rules, power = model.rules, model.rules.power
    rule, dyad.information, dyad.firm_information = rules.relations, 0.0, 0.0
    if rule.active:
        unknown = exp(-dyad.tenure * (1 + 3 * dialogue) / (4 * rule.learning))
        dyad.firm_information, dyad.information = 1 - unknown, 1 - (1 - model.market.transparency / 2) * unknown
    marketed, marketer, added = against(dyad.levels)
    dyad.dependence, dyad.firm_dependence = share(dependence * marketed), share(firm_dependence * marketer + added)
    dyad.balance = 0.0
    if power.active:
        dyad.balance = (dyad.dependence + power.information * dyad.firm_information) - (dyad.firm_dependence + power.information * dyad.information)
    dyad.levels = moved(rules, dyad.levels, dyad.balance)
    if not power.active:
        taken = 0.5
    elif abs(dyad.balance) <= power.eps:
        taken = relation.bargain(power, 1 + power.privacy * (2 * luck - 1))
    else:
        taken = relation.leading(power, dyad.balance, forbearance)
    dyad.agreed = float(taken is not None)
    if taken is not None:
        # Where they failed to agree, last month's terms stand.
        dyad.taken = share(taken)


def feel(rules, dyad, wants, performance, firm_performance, dialogue, openness, investment, values, joint=1.0):
    """Let both sides judge the month: satisfaction, trust, bonds and commitment, each way; time passes for those who dealt.

    ``openness`` is the firm's mean dialogue with all partners of the market; ``joint`` how far joint investment goes to this one.
    """
    ours, trusting = rules.relations, rules.commitment_trust
    n = 1 if dyad.related and dyad.volume > 0 else 0
    x = ours.warmth * dialogue * dyad.related
    standing = dyad.tenure / (dyad.tenure + ours.seasoned)
    *_, overall = relation.judged(rules.satisfaction, performance, dyad.expectation, ours.desire, openness, 0.0, dyad.taken)
    *_, judged = relation.judged(rules.satisfaction, firm_performance, dyad.firm_expectation, ours.desire, ours.frank, 0.0, 1 - dyad.taken)
    rule = rules.satisfaction
    if rule.active and n > 0:
        dyad.satisfaction += rule.adaptation * (overall - dyad.satisfaction)
        dyad.expectation += rule.theta * (performance - dyad.expectation)
        dyad.firm_satisfaction += rule.adaptation * (judged - dyad.firm_satisfaction)
        dyad.firm_expectation += rule.theta * (firm_performance - dyad.firm_expectation)
    dyad.trust = relation.trust_after(trusting, dyad.trust, n, overall, x, dyad.taken, False, values, openness)
    dyad.firm_trust = relation.trust_after(trusting, dyad.firm_trust, n, judged, x, 1 - dyad.taken, False, values, ours.frank)
    dyad.social_bond = relation.social_after(rules.bonds, dyad.social_bond, n, x, wants, openness, 0.0)
    grown = relation.structural_after(rules.bonds, dyad.structural_bond, n, not dyad.related, investment)
    dyad.structural_bond = (dyad.structural_bond + joint * (grown - dyad.structural_bond)) * (1 - ours.wear)
    bonds = (dyad.social_bond, dyad.structural_bond, standing)
    dyad.commitment = relation.commitment_after(trusting, dyad.commitment, dyad.trust, n, x, *bonds, wants, values, 0.0)
    dyad.firm_commitment = relation.commitment_after(trusting, dyad.firm_commitment, dyad.firm_trust, n, x, *bonds, 1.0, values, 0.0)
    dyad.tenure = dyad.tenure + 1 if dyad.related else 0.0
