"""One month of the supplier market: terms, orders, deliveries, and who stops supplying whom."""

import numpy as np

from sim.conditions import Conditions
from sim.draws import Luck
from sim.dyads import Dyads
from sim.markets.relation import Treatment, begin, feel, settle
from sim.markets.situation import Situation
from sim.scenario import Mechanisms, Scenario
from sim.units import Flags, PerDyad, PerFirm


def start(scenario: Scenario, rules: Mechanisms) -> Dyads:
    """Return the relations with suppliers at the start: everybody could supply everybody, nobody has ordered yet."""
    listed = scenario.suppliers
    dyads = Dyads("supplier", [s.name for s in listed], ["supplier_" + s.kind for s in listed], [s.orientation for s in listed], len(scenario.firms))
    dyads.quality = np.broadcast_to(np.array([s.quality for s in listed], np.float32), dyads.quality.shape)
    return begin(dyads, rules)


def carry_out(dyads: Dyads, scenario: Scenario, rules: Mechanisms, now: Situation, luck: Luck, conditions: Conditions) -> None:
    """Carry out one month: change the relations, and write what supplies make of each firm's cost, quality and reliability.

    The order is that of theory: who would supply, who leads and at what terms, who gets the orders, what is delivered, and what both sides
    make of it.
    """
    rule, plan = rules.supply, now.plan
    cost, quality, reliability, capacity, values = (
        np.array([getattr(s, name) for s in scenario.suppliers], np.float32) for name in ("cost", "quality", "reliability", "capacity", "values")
    )
    dyads.wait = np.maximum(dyads.wait - 1.0, 0.0)
    serves = ((dyads.wait <= 0.0) & (now.present[:, None] > 0)).astype(np.uint8)
    dyads.related = serves
    partnership = plan["supplier_partnership"] * now.effort
    attention = now.attention(scenario, dyads)
    dialogue = np.minimum(plan["supplier_dialogue"][:, None] * attention, 1.0).astype(np.float32)

    # Terms: a supplier depends on a firm for its share of sales, as far as other firms could not take them; and the other way round.
    sales = dyads.orders * now.units[:, None]
    stake = sales / np.maximum(sales.sum(axis=0, keepdims=True), 1e-9)
    lock = dyads.structural_bond
    depends = 0.5 * (stake + lock) * (now.units / max(float(now.units.sum()), 1e-9))[:, None]
    settle(
        dyads, rules, depends, 0.5 * (dyads.orders + lock) * _lacking(serves), dialogue, plan["supplier_forbearance"],
        scenario.market.transparency, luck.uniform("partner_reservation"),
    )  # fmt: skip
    dyads.price, _ = rule.price(now.unit_cost, cost, dyads.structural_bond, dyads.taken)

    # Orders: the best bid at arm's length, the tie in partnership.
    dyads.quality = rule.quality(quality, dyads.structural_bond)
    likeness = (1.0 - np.abs(plan["shared_values"][:, None] - values)).astype(np.float32)
    tie = 0.5 * (dyads.firm_commitment + dyads.structural_bond)
    relative = (dyads.price / np.maximum(now.unit_cost, 1e-9)[:, None]).astype(np.float32)
    pull = rule.pull(relative, luck.uniform("bid"), partnership, dyads.quality, dyads.firm_trust, tie, likeness, serves)
    before = dyads.orders
    dyads.orders = rule.orders(dyads.orders, pull, partnership, serves)

    # Deliveries: late, or short where capacity does not suffice.
    ordered = dyads.orders * now.units[:, None]
    short = rule.short(ordered, capacity, dyads.commitment)
    late = rule.late(luck.uniforms("lateness", len(now.units)), reliability, dyads.structural_bond, scenario.months_per_period)
    dyads.late = np.maximum(late, short) * (dyads.orders > 0)
    dyads.volume = ordered * (1.0 - short) * dyads.price
    conditions.unit_cost, better, whole = rule.delivered(dyads.orders, dyads.price, dyads.quality, dyads.late, now.unit_cost)
    conditions.quality = conditions.quality + better
    conditions.reliability = conditions.reliability * whole

    # What both sides make of it, and who stops.
    treatment = rule.treatment(before, dyads.orders, dialogue)
    delivered = np.clip(dyads.quality - rule.harm * dyads.late, 0.0, 1.0).astype(np.float32)
    investment = (partnership * np.minimum(attention.mean(axis=1), 1.0)).astype(np.float32)
    feel(dyads, rules, Treatment(treatment, delivered, dialogue, investment, plan["shared_values"], np.minimum(2.0 * dyads.orders, 1.0)))
    stops = rule.stops(luck.uniforms("parting", len(now.units)), dyads.satisfaction, stake) & (dyads.volume > 0)
    dyads.wait = np.where(stops, rule.grudge, dyads.wait)
    dyads.tenure = np.where(stops, 0.0, dyads.tenure)
    conditions.spend("supplier", rule.cost(dyads.volume.sum(axis=1), partnership, plan["supplier_dialogue"]))


def _lacking(serves: Flags) -> PerDyad:
    """Return how far a firm lacks other suppliers, (n_firms, n_suppliers): 1 where nobody else would serve it."""
    others = serves.sum(axis=1, keepdims=True).astype(np.float32) - serves
    return np.asarray(1.0 / (1.0 + others), np.float32)


def revenue_shares(dyads: Dyads) -> PerDyad:
    """Return how a firm's cost of goods is parted among suppliers, (n_firms, n_suppliers); rows sum to 1, or to 0."""
    spent = dyads.orders * dyads.price
    return np.asarray(spent / np.maximum(spent.sum(axis=1, keepdims=True), 1e-12), np.float64)


def own_cost(dyads: Dyads, scenario: Scenario, rules: Mechanisms, unit_cost: PerFirm) -> PerDyad:
    """Return the suppliers' own cost over their price, (n_firms, n_suppliers)."""
    cost = np.array([s.cost for s in scenario.suppliers], np.float32)
    _, own = rules.supply.price(unit_cost, cost, dyads.structural_bond, dyads.taken)
    return np.asarray(own / np.maximum(dyads.price, 1e-9), np.float64)
