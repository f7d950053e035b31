"""The books of all parties: who paid whom, to the last micro, and how the joint surplus is split (Gupta, Lehmann & Stuart 2004).

Every amount leaves one party and arrives at another, so the balances of all parties add up to nothing. Surplus is what a party has
from the trade beyond what it would have without: worth less price for customers, price less own cost for those who sell, pay beyond the
least that people would work for. ``outside`` is everybody else: post, media, systems, and goods where no suppliers are in the market.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.conditions import Conditions
from sim.markets import distributor, supplier
from sim.markets.web import Web
from sim.mechanisms.accounts import KINDS, SIDE
from sim.scenario import Mechanisms, Scenario
from sim.units import MICROS, PerFirm, Sums

PARTIES = ("customer", "firm", "supplier", "distributor", "employees", "bank", "government", "influencer", "outside")


@dataclass(frozen=True)
class Books:
    """One month's books."""

    partners: Sums
    """What relations with the other markets cost, micros, (n_firms,)."""
    flows: dict[tuple[str, str, str], Sums]
    """Micros by (payer, payee, what for), each (n_firms,)."""
    surplus: dict[str, NDArray[np.float64]]
    """Surplus by party, currency, each (n_firms,)."""


def close(
    scenario: Scenario, rules: Mechanisms, web: Web, conditions: Conditions, money: Sums, side: Sums, acquisition: Sums, through: Sums,
    unit_cost: PerFirm, plan: dict[str, PerFirm],
) -> Books:  # fmt: skip
    """Close a month's books.

    Parameters
    ----------
    scenario, rules, web, conditions
        The month's.
    money, side : ndarray of int64, shapes (4, n_firms) and (5, n_firms)
        Sums of :data:`KINDS` and :data:`SIDE` over customers, micros.
    acquisition : ndarray of int64, shape (n_firms,)
        Advertising and campaigns, micros, without introductory rebates.
    through : ndarray of int64, shape (2, n_firms, n_distributors)
        Purchases and revenue through distributors, millionths.
    unit_cost : ndarray, shape (n_firms,)
        Unit cost at even terms, currency.
    plan : dict
        Levers of this month, each (n_firms,).
    """
    has = {market: web.lives(market, rules) for market in ("supplier", "distributor", "internal")}
    sums = {**dict(zip(KINDS, money, strict=True)), **dict(zip(SIDE, side, strict=True))}
    extra = {where: np.rint(amount * MICROS).astype(np.int64) for where, amount in conditions.costs.items()}
    labour = sums["cost_service"] - sums["compensation"] + sums["attention"]
    if has["internal"]:
        training = rules.internal_market.cost(
            (labour / MICROS).astype(np.float32), plan["training"], plan["employee_participation"], plan["internal_dialogue"]
        )
        extra["employees"] = np.rint(training.astype(np.float64) * MICROS).astype(np.int64)
    kept = distributor.margins(web.dyads["distributor"], through) if has["distributor"] else np.zeros((len(labour), 0), np.int64)

    goods = "supplier" if has["supplier"] else "outside"
    hands = "employees" if has["internal"] else "outside"
    flows: dict[tuple[str, str, str], Sums] = {
        ("customer", "firm", "purchases"): sums["revenue"],
        ("firm", "customer", "rebates"): sums["rebates"] + sums["introductions"],
        ("firm", "customer", "compensation"): sums["compensation"],
        ("firm", goods, "goods"): sums["cost_of_goods"],
        ("firm", hands, "labour"): labour,
        ("firm", "outside", "contacts, database and conduct"): sums["cost_retention"] - sums["rebates"] - sums["attention"],
        ("firm", "outside", "advertising and campaigns"): acquisition,
    }
    if has["distributor"]:
        flows["firm", "distributor", "margins"] = kept.sum(axis=1)
    for where, amount in extra.items():
        flows["firm", where, "relations"] = amount
    partners = sum(extra.values(), kept.sum(axis=1))

    costs = sums["cost_of_goods"] + sums["cost_service"] + sums["cost_retention"] + sums["introductions"] + acquisition + partners
    paid = sums["revenue"] - sums["rebates"] - sums["introductions"] - sums["compensation"]
    surplus = {"customer": (sums["worth"] - paid) / MICROS, "firm": (sums["revenue"] - costs) / MICROS}
    if has["supplier"]:
        dyads = web.dyads["supplier"]
        gain = supplier.revenue_shares(dyads) * (1.0 - supplier.own_cost(dyads, scenario, rules, unit_cost))
        surplus["supplier"] = sums["cost_of_goods"] / MICROS * gain.sum(axis=1)
    if has["distributor"]:
        surplus["distributor"] = (kept - rules.distribution.handling * through[1]).sum(axis=1) / MICROS
    if has["internal"]:
        pay = np.maximum(conditions.labour.astype(np.float64), 1e-9)
        wage = web.dyads["internal"].wage.mean(axis=1)
        surplus["employees"] = labour / MICROS * np.where(pay > 0, 1.0 - rules.internal_market.low / np.maximum(wage, 1e-9), 0.0)
    return Books(np.asarray(partners, np.int64), flows, surplus)


def parted(total: Sums, weights: Sums) -> Sums:
    """Return a firm's costs parted among segments by weight, to the last micro, (n_segments, n_firms).

    Differences of rounded running totals: the parts add up to the whole.
    """
    ends = np.cumsum(weights.astype(np.float64), axis=0)
    last = ends[-1]
    even = np.cumsum(np.ones_like(ends), axis=0) / len(ends)
    share = np.where(last > 0, ends / np.where(last > 0, last, 1.0), even)
    running = np.rint(share * total).astype(np.int64)
    running[-1] = total
    return np.diff(running, axis=0, prepend=0)
