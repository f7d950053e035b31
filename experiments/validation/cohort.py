"""The CDNOW cohort: simulated customers who begin on the days on which the log's customers began, counted by the log's calendar.

Theory
    A fit to repeat buying is judged by what it says of weeks that it did not see (Fader, Hardie & Lee 2005). The simulated customers all begin
    in week 0; each is watched for as long as the customer of the log in whose place she stands, in between weeks by a straight line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.estimators.bg_nbd import BgNbd
from experiments.estimators.pareto_nbd import ParetoNbd
from experiments.estimators.repeat_buying import expected_purchases
from experiments.validation.fact import Effort
from scenarios import load
from scenarios.fits import DATA
from scenarios.purchase_log import PurchaseLog, histories, read_log

CALIBRATION = 39
"""Week up to which the fit reads the log; the weeks after it are the holdout."""
AS_IT_IS = "as it is"
AS_SHIPPED, NOBODY_LEAVES, ALIKE = "two groups of customers, as in duel", "nobody leaves", "all need it equally often"
Vector = NDArray[np.float64]


@cache
def log() -> PurchaseLog:
    """Return the log."""
    return read_log(DATA / "cdnow_sample.csv")


def weeks() -> int:
    """Return how many whole weeks the log has."""
    return int(-(-(log().day.max() + 1) // 7))


@cache
def foretold() -> dict[str, Vector]:
    """Return what the models of repeat buying that are fitted to the calibration say, by name: repeats by week 1, 2, ..., shape (n_weeks,)."""
    seen, begun = histories(log(), CALIBRATION), log().day[log().first] / 7.0
    days = np.arange(7 * weeks()) / 7.0
    found: dict[str, Vector] = {}
    for name, model in (("BG/NBD", BgNbd.fit(seen)), ("Pareto/NBD", ParetoNbd.fit(seen))):
        course = expected_purchases(model, days)  # of a customer, by days since her first purchase
        own = [np.rint(7.0 * (week - begun)).astype(int) - 1 for week in range(1, weeks() + 1)]
        found[name] = np.array([course[np.maximum(day, 0)].sum() for day in own])
    return found


@dataclass(frozen=True)
class Watched:
    """What is counted of a cohort.

    Attributes
    ----------
    repeats : ndarray
        Repeat purchases of all customers together by the end of weeks 1, 2, ..., shape (n_weeks,).
    none : float
        Share of customers without a repeat by the end of the calibration.
    purchases : ndarray
        Each customer's purchases by the end of the last week, with the first; shape (n_customers,).
    """

    repeats: Vector
    none: float
    purchases: Vector


def by_calendar(counts: NDArray[np.integer], begun: Vector, last: int) -> Watched:
    """Return what a cohort's own weeks are by the calendar.

    Parameters
    ----------
    counts : ndarray of int
        Repeats of each customer by the end of her own week 0, 1, ..., shape (n_weeks + 1, n_customers).
    begun : ndarray
        Weeks from the calendar's beginning to each customer's first purchase, shape (n_customers,).
    last : int
        Weeks of the calendar.
    """
    place, each = np.arange(counts.shape[1]), counts.astype(float)

    def between(table: NDArray[Any], week: int) -> Vector:
        # A day's purchases count when the day is over, so the last day of a week is its end.
        own = np.clip(week - 1.0 / 7.0 - begun, 0.0, len(counts) - 1.0)
        low = np.minimum(own.astype(int), len(counts) - 2)
        return np.asarray(table[low, place] + (own - low) * (table[low + 1, place] - table[low, place]), float)

    repeats = np.array([between(each, week).sum() for week in range(1, last + 1)])
    return Watched(repeats, float(between((counts == 0).astype(float), min(CALIBRATION, last)).mean()), 1.0 + between(each, last))


def watch(model: Any) -> Watched:
    """Play the cohort and count it; a market of another size takes the log's customers in turn."""
    before = _bought(model)
    counts = [np.zeros_like(before)]
    while model.running:
        model.step()
        counts.append(_bought(model) - before)
    begun = log().day[log().first] / 7.0
    return by_calendar(np.stack(counts), begun[np.arange(len(before)) % len(begun)], len(counts) - 1)


def _bought(model: Any) -> NDArray[np.int64]:
    return np.asarray(np.asarray(model.customers.get("purchases"), np.int64).sum(axis=1))


def settings() -> dict[str, Mapping[str, Any]]:
    """Return what is changed in ``cdnow``, by name: nothing, the shipped markets' two groups, and the two ablations."""
    segment = load("cdnow").segments[0]
    same = 1e3  # a Gamma so narrow that all rates are their mean
    return {
        AS_IT_IS: {},
        AS_SHIPPED: {"segments": [one.model_dump() for one in load("duel").segments]},
        NOBODY_LEAVES: {"mechanisms.turnover.active": False},
        ALIKE: {"segments.0.need_shape": same, "segments.0.need_scale": same * segment.need_scale / segment.need_shape},
    }


@lru_cache(maxsize=1)
def cohorts(effort: Effort) -> dict[str, list[Watched]]:
    """Return the cohorts of every setting, one for each seed; three facts look at the same ones."""
    found: dict[str, list[Watched]] = {}
    for name, changes in settings().items():
        seeds = effort.seeds(60, 8) if name == AS_IT_IS else effort.seeds(10, 2)
        found[name] = effort.play([load("cdnow").but(changes)], seeds, watch)[0]
    return found


def top(purchases: NDArray[Any], part: float = 0.2) -> float:
    """Return the share of purchases that the heaviest buyers make.

    Parameters
    ----------
    purchases : ndarray
        Purchases of each customer; those without any are no buyers. Shape (n_customers,).
    part : float
        Which part of the buyers.
    """
    buyers = np.sort(purchases[purchases > 0])[::-1].astype(float)
    whole = part * len(buyers)
    first = int(whole)
    return float((buyers[:first].sum() + (whole - first) * buyers[min(first, len(buyers) - 1)]) / buyers.sum())


def lorenz(purchases: NDArray[Any], parts: NDArray[Any]) -> Vector:
    """Return the share of purchases made by the heaviest part of the buyers, for each part; shape of ``parts``."""
    return np.array([top(purchases, float(part)) for part in parts])
