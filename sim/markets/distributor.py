"""One month of the distributor market: margins, shelf, and what people find."""

import numpy as np

from sim.conditions import Conditions, Shelves
from sim.draws import Luck
from sim.dyads import Dyads
from sim.markets.relation import Treatment, begin, feel, settle
from sim.markets.situation import Situation
from sim.scenario import Mechanisms, Scenario
from sim.units import MICROS, PerDyad, Sums


def start(scenario: Scenario, rules: Mechanisms) -> Dyads:
    """Return the relations with distributors at the start: shelf as equals would have it, none for firms that are not there yet."""
    listed = scenario.distributors
    dyads = Dyads("distributor", [d.name for d in listed], ["intermediate_buyer"] * len(listed), [d.orientation for d in listed], len(scenario.firms))
    here = np.array([firm.enters <= 1 for firm in scenario.firms])[:, None]
    dyads.shelf = np.where(here, 1.0 - np.exp(-rules.distribution.space), 0.0) * np.ones(dyads.shelf.shape)
    dyads.margin = rules.distribution.margin(dyads.taken)
    return begin(dyads, rules)


def carry_out(dyads: Dyads, scenario: Scenario, rules: Mechanisms, now: Situation, luck: Luck, conditions: Conditions) -> None:
    """Carry out one month: change the relations, and write where customers will find which firm."""
    rule, plan = rules.distribution, now.plan
    reach = np.array([d.reach for d in scenario.distributors], np.float32)
    values = np.array([d.values for d in scenario.distributors], np.float32)
    weight = reach / reach.sum()
    dyads.related = np.broadcast_to(now.present[:, None], dyads.related.shape)
    attention = now.attention(scenario, dyads)
    dialogue = np.minimum(plan["distributor_dialogue"][:, None] * attention, 1.0).astype(np.float32)
    support = (plan["distributor_support"] * now.effort).astype(np.float32)

    # Terms: a distributor depends on a firm for what people come for; a firm on a distributor for whom it cannot reach elsewhere.
    share = now.sold / np.maximum(now.sold.sum(axis=0, keepdims=True), 1e-9)
    known = (now.sold.sum(axis=0, keepdims=True) > 0) * share + (now.sold.sum(axis=0, keepdims=True) <= 0) / len(share)
    elsewhere = (1.0 - weight) * (1.0 - plan["direct"][:, None]) + plan["direct"][:, None]
    firm_depends = (weight + dyads.structural_bond) * (1.0 - elsewhere)
    settle(
        dyads, rules, 0.5 * (known + dyads.structural_bond) * known, 0.5 * firm_depends, dialogue, plan["distributor_forbearance"],
        scenario.market.transparency, luck.uniform("partner_reservation"),
    )  # fmt: skip
    dyads.margin = rule.margin(dyads.taken)

    # Shelf follows margin, tie, support and demand.
    target = rule.target(dyads.margin, dyads.commitment, support, known.astype(np.float32), dyads.satisfaction, now.present)
    dyads.shelf = rule.shelf(dyads.shelf, target)
    conditions.shelves = Shelves(reach, dyads.shelf, (plan["direct"] * now.present).astype(np.float32))

    # What both sides make of it.
    dyads.volume = now.sold * now.price[:, None]
    likeness = 1.0 - np.abs(plan["shared_values"][:, None] - values)
    treatment = rule.treatment(support, dialogue, likeness.astype(np.float32))
    feel(dyads, rules, Treatment(treatment, dyads.shelf, dialogue, support, plan["shared_values"]))
    conditions.spend("distributor", rule.cost(dyads.volume.sum(axis=1), plan["distributor_support"], plan["distributor_dialogue"]))
    conditions.spend("outside", rule.channel(plan["direct"], scenario.customers))


def margins(dyads: Dyads, through: Sums) -> Sums:
    """Return what distributors keep of this month's revenue, micros, (n_firms, n_distributors); ``through`` is (2, n_firms, n_distributors)."""
    return np.asarray(np.rint(through[1] * dyads.margin.astype(np.float64)), np.int64)


def sold(through: Sums) -> PerDyad:
    """Return purchases through each distributor, (n_firms, n_distributors)."""
    return np.asarray(through[0] / MICROS, np.float32)
