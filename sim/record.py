"""The record of a month: exact sums by firm (or by segment and firm), from which measures are computed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.mechanisms.accounts import KINDS, SIDE
from sim.mechanisms.consideration import CAUSES
from sim.mechanisms.database import CLASSES
from sim.mechanisms.ladder import CELLS, RUNGS
from sim.mechanisms.satisfaction import CONSTRUCTS
from sim.tally import COUNTS, MEANS
from sim.units import FIXED_POINT, MICROS, Sums

Values = NDArray[np.float64]
"""One number per firm, or per segment and firm."""

MONEY = (*KINDS, "cost_acquisition", "cost_partners")


def ratio(over: Values, under: Values) -> Values:
    """Return ``over / under``, missing (NaN) where the denominator is 0: a rate without a denominator is missing, not 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under != 0, over / np.where(under != 0, under, 1.0), np.nan)


@dataclass(frozen=True)
class Record:
    """Sums of one month, of the past year, and since the start, each a mapping from name to numbers per firm."""

    month: int
    now: dict[str, Values]
    year: dict[str, Values]
    """Sums over the last twelve months, or over what there is of them."""
    so_far: dict[str, Values]
    discount_rate: float
    """Discount rate per period."""
    contractual: bool
    market: Values
    """Purchases in the whole market this month, to divide by."""
    people: Values
    """Customers (in the category or not) to whom the sums belong."""
    price: Values
    partners: dict[str, Values]
    """What the other five markets tell of each firm, the same for all segments; NaN where a market is not there."""

    def __getitem__(self, name: str) -> Values:
        """Return this month's sum of that name."""
        return self.now[name]

    def mean(self, name: str) -> Values:
        """Return the mean of an attitude over active customers."""
        return ratio(self.now["sum_of_" + name], self.now["customers"])


def sums_by_name(outcome: dict[str, Sums]) -> dict[str, Values]:
    """Return a month's exact sums as numbers per firm by name: attitudes as shares, money in currency."""
    values: dict[str, Values] = {}
    for place, name in enumerate(COUNTS):
        values[name] = outcome["counts"][place].astype(np.float64)
    for place, name in enumerate(MEANS):
        values["sum_of_" + name] = outcome["means"][place] / FIXED_POINT
    for place, name in enumerate(CONSTRUCTS):
        values["episode_" + name] = outcome["constructs"][place] / FIXED_POINT
    for place, name in enumerate(RUNGS):
        values["rung_" + name] = outcome["rungs"][place].astype(np.float64)
    for place, name in enumerate(CELLS):
        values["cell_" + name] = outcome["cells"][place].astype(np.float64)
    for place, name in enumerate(CLASSES):
        values["class_" + name] = outcome["classes"][:, place].sum(axis=0).astype(np.float64)
    for place, name in enumerate(MONEY):
        values[name] = outcome["money"][place] / MICROS
    values["switched_in"], values["switched_out"] = outcome["switches"][:2].astype(np.float64)
    for place, name in enumerate(CAUSES):
        values["left_" + name] = outcome["switches"][2 + place].astype(np.float64)
    for place, name in enumerate(SIDE):
        values[name] = outcome["side"][place] / MICROS
    values["needs"] = outcome["needs"].astype(np.float64)
    values["known"] = outcome["known"].astype(np.float64)
    values["ended"] = outcome["ended"].astype(np.float64)
    values["heard_good"], values["heard_bad"] = outcome["words"].astype(np.float64)
    values["sum_of_taken"] = outcome["taken"] / FIXED_POINT
    values["sum_of_importance"] = outcome["importance"] / FIXED_POINT
    values["sum_of_reputation"] = outcome["reputation"] / FIXED_POINT
    values["contribution"] = (outcome["money"][0] - outcome["money"][1:4].sum(axis=0)) / MICROS
    return values
