"""One month of the competitor market: rivals match prices, copy bonds, ally and part."""

import numpy as np

from sim.conditions import Conditions
from sim.draws import Luck
from sim.dyads import Dyads
from sim.markets.relation import Treatment, begin, feel, settle
from sim.markets.situation import Situation
from sim.scenario import Mechanisms, Scenario
from sim.units import PerFirm


def start(scenario: Scenario, rules: Mechanisms) -> Dyads:
    """Return the relations of every firm with every other at the start."""
    names = [firm.name for firm in scenario.firms]
    dyads = Dyads("competitor", names, ["lateral_competitor"] * len(names), [1.0] * len(names), len(names))
    return begin(dyads, rules)


def carry_out(dyads: Dyads, scenario: Scenario, rules: Mechanisms, now: Situation, luck: Luck, conditions: Conditions) -> None:
    """Carry out one month: change the relations between rivals, and write prices matched, bonds copied and what allies share."""
    rule, plan, n = rules.competition, now.plan, len(now.price)
    others = ((now.present[:, None] > 0) & (now.present[None, :] > 0) & ~np.eye(n, dtype=bool)).astype(np.uint8)
    dyads.related = others
    was = (dyads.allied > 0).astype(np.uint8)

    # Rivals' prices of last month are matched, their bonds copied.
    cut = rule.cut(now.price, now.unit_cost, plan["price_matching"], now.seen_prices, was, now.present)
    conditions.price = (conditions.price * (1.0 - cut)).astype(np.float32)
    own = np.array([plan[name] for name in ("reward", "social", "structural")], np.float32)
    conditions.bonds = rule.copied(conditions.bonds, own, plan["imitation"], was, now.present)

    # Force between rivals: who is larger depends less. Terms are about how the gain of an alliance is shared.
    size: PerFirm = now.units / max(float(now.units.sum()), 1e-9)
    dialogue = (np.minimum(plan["alliance"][:, None], plan["alliance"][None, :]) * others).astype(np.float32)
    settle(
        dyads, rules, 0.5 * np.broadcast_to(size[:, None], others.shape), 0.5 * np.broadcast_to(size[None, :], others.shape), dialogue,
        plan["forbearance"], scenario.market.transparency, luck.uniform("partner_reservation"),
    )  # fmt: skip

    # What rivals make of each other; alliances made and broken.
    treatment = rule.treatment(cut, was)
    dyads.volume = others.astype(np.float32)
    feel(dyads, rules, Treatment(treatment, np.ascontiguousarray(treatment.T), dialogue, 0.0 * plan["alliance"], plan["shared_values"]))
    quality, reliability = (np.array([getattr(firm, name) for firm in scenario.firms], np.float32) for name in ("quality", "reliability"))
    apart = rule.complementarity(quality, reliability)
    now_allied = rule.allies(was, plan["alliance"], dyads.trust, apart, luck.uniforms("courtship", n).T, now.present)
    dyads.allied = now_allied
    dyads.structural_bond = np.where(now_allied > 0, dyads.structural_bond, 0.0)

    allies = now_allied.sum(axis=1).astype(np.float32)
    unit_cost = np.where(np.isnan(conditions.unit_cost), now.unit_cost, conditions.unit_cost)
    conditions.unit_cost = np.where(allies > 0, unit_cost * (1.0 - rule.buying), conditions.unit_cost).astype(np.float32)
    conditions.quality = (conditions.quality + rule.research * allies * (1.0 - quality)).astype(np.float32)
    conditions.reach = (1.0 - (1.0 - conditions.reach) * (1.0 - rule.promotion * allies)).astype(np.float32)
    conditions.spend("outside", rule.coordination * allies * now.revenue)
