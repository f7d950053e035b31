"""V15: what five points of retention are worth: profit per customer, net of what she cost to win (Reichheld & Sasser 1990)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from scenarios import load
from sim.scenario import Scenario

SCENARIO = "contractual_high_end"
LEAVING = (0.26, 0.18, 0.12, 0.03)
"""Probabilities of leaving at a renewal that are tried: what retention they make is measured, and profit read off at the published levels."""
LEVELS = (0.80, 0.90)
"""Retention a year from which five points are added: ordinary, and high."""
POINTS = 0.05
ALIKE = 10_000.0
"""a + b of the Beta of leaving: customers hardly differ, so that one rate is everybody's, as in the published reckoning."""
HORIZON = 240
"""Months followed: at 12 % a year and 95 % retention less than 4 % of the value comes later."""
RANGE = {"least": 0.25, "most": 0.85}

Vector = NDArray[np.float64]


def market(leaving: float) -> Scenario:
    """Return a contract market in which everybody leaves with one probability, apart from what commitment saves."""
    changes = {"segments.0.dropout_a": ALIKE * leaving, "segments.0.dropout_b": ALIKE * (1.0 - leaving)}
    return load(SCENARIO).but(changes, customers=600, months=HORIZON)


def watch(model: Any) -> Vector:
    """Carry a market out; return what a first contract is worth, how many are renewed, what winning customers cost, and who was won: (4,).

    The worth is the realised contribution of the first contracts to their firm, discounted to the start, per contract; renewed is the mean share
    of contracts a year, weighted by how many there are; cost and customers won are sums over all firms and months.
    """
    customers = model.customers
    provider = np.array(customers.get("current"))
    mine = np.flatnonzero(provider >= 0)
    firm, stays, worth = provider[mine], np.ones(len(mine), bool), np.zeros(len(mine))
    there, at_risk, kept = len(mine), 0, 0
    while model.running:
        model.step()
        stays &= (customers.get("current")[mine] == firm) & (customers.get("entered")[mine] == 0)
        worth = np.where(stays, customers.get("value")[mine, firm], worth)
        if model.month % 12 == 0:
            at_risk, there = at_risk + there, int(stays.sum())
            kept += there
    table = model.tables()["firm_months"]
    return np.array([worth.mean(), kept / at_risk, np.sum(table["cost_acquisition"]), np.sum(table["acquired"])])


def gain(retention: Vector, profit: Vector, level: float) -> float:
    """Return by how much profit per customer rises with five points of retention, as a share; between what was tried it grows evenly."""
    order = np.argsort(retention)
    less, more = np.interp([level, level + POINTS], retention[order], np.log(profit[order]), left=np.nan, right=np.nan)
    return float(np.expm1(more - less))


def measure(effort: Effort) -> Evidence:
    """Return the gain in profit per customer, with and without the cost of winning her, from 80 and from 90 %."""
    played: Vector = np.array(effort.play([market(leaving) for leaving in LEAVING], effort.seeds(full=10, quick=2), watch))  # (n_leaving, n_seeds, 4)
    worth, retention, spent, won = np.moveaxis(played, 2, 0)
    # What a customer costs to win does not change with how long she stays: one figure for all retention rates, in each replication.
    cost = spent.sum(axis=0) / won.sum(axis=0)
    profit = worth - cost
    pairs = list(zip(retention.T, profit.T, worth.T, strict=True))
    findings = []
    for level in LEVELS:
        findings.append(
            Finding.over(f"profit per customer, {level:.0%} to {level + POINTS:.0%}", [gain(r, p, level) for r, p, _ in pairs], unit="share", **RANGE)
        )
        findings.append(
            Finding.over(f"the same without the cost of winning her, {level:.0%}", [gain(r, w, level) for r, _, w in pairs], unit="share")
        )
    findings.append(Finding.over("cost of winning a customer, in what she brings", (cost / worth).mean(axis=0), unit="share"))
    axes = Axes("What a customer is worth", "share of contracts renewed a year", "discounted profit per customer, currency")
    return Evidence(
        findings,
        [axes.over("net of acquisition", retention.mean(axis=1), list(profit)), axes.over("before acquisition", retention.mean(axis=1), list(worth))],
        "Retention is raised by lowering everybody's probability of leaving at a renewal; prices, service and what firms spend stay as they are.",
    )


FACT = Fact(
    number=15,
    title="Five points of retention",
    statement="Five points fewer defections raise profit per customer by 25 to 85 %.",
    sources=("reichheld1990", "gupta2004"),
    measure=measure,
)
