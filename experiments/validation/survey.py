"""A survey of relations, as a researcher would send it to buyers, and what became of the relations (Morgan & Hunt 1994).

Buyers of many firms answer at one moment: how far they trust their provider and are committed to it, what they get of it, how it deals with
them, and how likely they think that they would leave it. What they then did in two years is kept beside their answers.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios import load
from sim.levers import Levers, columns
from sim.scenario import Scenario

ASKED, WATCHED = 36, 24
"""Months before the survey, and months in which respondents are watched after it."""
LEVERS = ("shared_values", "openness", "social", "structural", "reward", "forbearance")
"""What the firms that are asked about differ in, each on its own, between the poles of the continuum."""
ITEMS = ("trust", "commitment", "shared_values", "communication", "opportunism", "benefits", "termination", "leaving", "left")
"""Answers, in the table's order; the last is what they did."""
RESPONDENTS = 400
"""Customers in each market; those with a provider answer."""


def markets(n: int) -> list[Scenario]:
    """Return ``n`` markets like ``parity`` whose firms differ in each of :data:`LEVERS`, evenly spread over all firms (Latin hypercube)."""
    from scipy.stats import qmc

    base = load("parity").but(customers=RESPONDENTS, months=ASKED + WATCHED)
    n_firms = len(base.firms)
    parts = qmc.LatinHypercube(len(LEVERS), optimization="random-cd", rng=np.random.default_rng(1)).random(n * n_firms)
    low, high = Levers.at(0.0), Levers.at(1.0)
    found = []
    for rows in parts.reshape(n, n_firms, len(LEVERS)):
        fixed = {}
        for j, row in enumerate(rows):
            ends = [(getattr(low, name), getattr(high, name)) for name in LEVERS]
            values = {name: least + float(part) * (most - least) for name, (least, most), part in zip(LEVERS, ends, row, strict=True)}
            fixed[f"firms.{j}.fixed"] = dict(base.firms[j].fixed) | values
        found.append(base.but(fixed))
    return found


def answers(model: Any) -> NDArray[np.float64]:
    """Return what customers with a provider answer, and how they left, shape (n_respondents, len(ITEMS)); steps the model to its end.

    Shared values are the firm's, communication is its openness, opportunism the share of the gain that it takes from its customers; benefits
    are what it offers beside the firms that she knows (log of perceived value over theirs), termination cost is the utility that leaving would take
    from her. Leaving is the chance that she would buy elsewhere, did she choose anew today; left is the part of her purchases in the two years
    that follow which she made elsewhere. What has no unit here is a share.
    """
    while model.month < ASKED:
        model.step()
    people = model.customers
    current = np.asarray(people.get("current"))
    elsewhere, better, lock = opinions(model)
    before = np.asarray(people.get("purchases"), np.int64)
    who = np.flatnonzero(current >= 0)
    firm = current[who].astype(int)
    state = {name: np.asarray(people.get(name), float)[who, firm] for name in ("trust", "commitment")}

    def of_firm(values: list[float]) -> NDArray[np.float64]:
        return np.asarray(np.array(values)[firm], np.float64)

    told = {
        "trust": state["trust"],
        "commitment": state["commitment"],
        "shared_values": of_firm([one.levers.shared_values for one in model.firms]),
        "communication": of_firm([one.levers.openness for one in model.firms]),
        "opportunism": of_firm([one.figures["surplus_share"] for one in model.firms]),
        "benefits": better[who, firm],
        "termination": lock[who, firm],
        "leaving": elsewhere[who, firm],
    }
    model.run_model()
    bought = (np.asarray(people.get("purchases"), np.int64) - before)[who]
    total = bought.sum(axis=1)
    told["left"] = 1.0 - bought[np.arange(len(who)), firm] / np.maximum(total, 1)
    # Who bought nothing at all has not told where she would have bought.
    return np.asarray(np.column_stack([told[name] for name in ITEMS])[total > 0], np.float64)


def opinions(model: Any) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return what each customer thinks of each firm, each (n_customers, n_firms).

    Namely the chance that she would buy elsewhere, by how much its offer is worth more than the mean of the firms she knows (log of perceived
    value), and the utility that leaving it would take from her. The model's own mechanisms answer, for a customer who chooses anew at list prices
    less her rebates.
    """
    scenario, rules = model.timeline.at(model.month)
    plan = columns([firm.levers for firm in model.firms], scenario.months_per_period)
    price = np.array([firm.price for firm in scenario.firms], np.float32) * (1.0 - plan["discount"])
    brand = rules.choice.brand(np.array([firm.brand for firm in scenario.firms], np.float32), plan["pressure"])
    found = []
    for b in model.blocks:
        segment = scenario.segments[b.segment]
        silence = rules.database.silence(b.purchases, b.first_purchase, b.last_purchase, model.month)
        knowledge = rules.database.knowledge(plan["crm"], np.ones_like(price), b.purchases, b.last_purchase, model.month)
        tier = rules.bonds.tier(b.purchases, silence)
        _, seen = rules.bonds.price(price, plan["reward"], tier, np.zeros_like(tier))
        value, _, _ = rules.perceived_value.value(
            b.expectation, plan["service"], plan["participation"], seen, knowledge, b.trust, b.structural_bond, b.added_value, b.orientation,
            segment.desire,
        )  # fmt: skip
        lock = rules.choice.lock(b.structural_bond, tier, plan["reward"], scenario.market.switching_cost)
        _, pull = rules.choice.probability(
            value, b.commitment, b.reputation, np.zeros_like(value), b.taste, lock, brand, b.aware, np.ones(b.n, np.uint8), b.current,
            b.orientation, segment.price_sensitivity, scenario.market.outside_utility, scenario.months_per_period,
        )  # fmt: skip
        worth = np.log(value.astype(float))
        usual = (worth * b.aware).sum(axis=0) / np.maximum(b.aware.sum(axis=0), 1)
        found.append((1.0 - pull.T.astype(float), (worth - usual).T, lock.T.astype(float)))
    elsewhere, better, held = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return elsewhere, better, held


def table(parts: list[NDArray[np.float64]]) -> pd.DataFrame:
    """Return the answers of several markets as one table with the columns :data:`ITEMS`."""
    return pd.DataFrame(np.concatenate(parts), columns=list(ITEMS))
