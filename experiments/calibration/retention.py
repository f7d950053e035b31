"""A table of retention: how many of a cohort are still customers, month by month, calibrated to a contractual market (Fader & Hardie 2007)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.calibration import simulated
from experiments.calibration.holdout import ACTUAL, FIRST_SEED, MOST_PLAYED, OURS, REPLICATIONS
from experiments.calibration.moments import Fitted
from experiments.calibration.transactions import quick_header
from experiments.estimators import ShiftedBetaGeometric
from scenarios.errors import ScenarioError, shown
from sim.scenario import Scenario

Vector = NDArray[np.float64]
COLUMNS = ("month", "customers")
SBG = "sBG"
FEWEST_MONTHS = 3
"""Renewals of calibration below which nothing is fitted."""
SMALLEST = 20


@dataclass(frozen=True)
class Retention:
    """A cohort.

    Attributes
    ----------
    customers : ndarray of int
        Who are still there after 0, 1, ... months, shape (n_months + 1,).
    months : int
        Months that are fitted; the rest is the holdout.
    """

    customers: NDArray[np.int64]
    months: int

    @property
    def lost(self) -> Vector:
        """Who left at each renewal of the calibration, shape (months,)."""
        return -np.diff(self.customers[: self.months + 1]).astype(float)

    @property
    def shares(self) -> Vector:
        """Share of the cohort that left at each renewal of the calibration, and that is still there, shape (months + 1,)."""
        return np.asarray(np.append(self.lost, float(self.customers[self.months])) / self.customers[0])


def is_one(path: Path) -> bool:
    """Whether a file has the columns of a table of retention."""
    return set(COLUMNS) <= set(quick_header(path))


def read(path: Path, calibration_end: str) -> Retention:
    """Read a table with the columns ``month`` and ``customers``, one row per month, the first one the whole cohort.

    Parameters
    ----------
    path : Path
        The file.
    calibration_end : str
        The last month that is fitted, as the table counts months; empty for the first half.

    Raises
    ------
    ScenarioError
        If it is not such a table; one sentence.
    """
    try:
        table = pd.read_csv(path, sep=None, engine="python", encoding="utf-8-sig", skip_blank_lines=True)
        table.columns = [str(name).strip().lower() for name in table.columns]
        table = table[list(COLUMNS)].dropna(how="all")
        months = pd.to_numeric(table["month"]).to_numpy(float)
        customers = pd.to_numeric(table["customers"]).to_numpy(float)
    except (ValueError, KeyError, OSError, UnicodeError) as error:
        raise ScenarioError(f"{path}: cannot be read as months and customers: {str(error).splitlines()[0]}") from None
    order = np.argsort(months)
    months, customers = months[order], customers[order]
    if len(months) < FEWEST_MONTHS + 1:
        raise ScenarioError(f"{path}: {len(months)} months; {FEWEST_MONTHS + 1} are needed: the whole cohort, and {FEWEST_MONTHS} months after it")
    if not np.all(np.isfinite(customers)) or np.any(np.diff(months) != 1.0):
        raise ScenarioError(f"{path}: every month needs one row with a number of customers, in steps of 1 from {months[0]:g}")
    if np.any(np.diff(customers) > 0):
        first = months[1:][np.diff(customers) > 0][0]
        raise ScenarioError(f"{path}: month {first:g} has more customers than the month before; a cohort only shrinks")
    if customers[0] < SMALLEST:
        raise ScenarioError(f"{path}: a cohort of {customers[0]:g} customers; {SMALLEST} are needed")
    fitted = max(FEWEST_MONTHS, -(-(len(months) - 1) // 2))
    if calibration_end:
        try:
            fitted = int(float(calibration_end) - months[0])
        except ValueError:
            raise ScenarioError(f"--calibration-end {calibration_end}: this table counts months; give a month's number") from None
        if not FEWEST_MONTHS <= fitted < len(months):
            raise ScenarioError(f"--calibration-end {shown(calibration_end)}: allowed: from {months[0] + FEWEST_MONTHS:g} to {months[-1]:g}")
    found = Retention(np.round(customers).astype(np.int64), fitted)
    if found.lost.sum() <= 0 or found.customers[found.months] <= 0:
        raise ScenarioError(f"{path}: nobody, or everybody, leaves within the calibration, so retention cannot be fitted")
    return found


def model(data: Retention) -> ShiftedBetaGeometric:
    """Return the sBG fitted to the calibration."""
    return ShiftedBetaGeometric.fit(data.customers[: data.months].astype(float), data.lost)


def moments(scenario: Scenario, data: Retention) -> Vector:
    """Return the shares of :attr:`Retention.shares` in a market."""
    there = simulated.remaining(scenario, 1, data.months).astype(float)
    return np.asarray(np.append(-np.diff(there), there[-1]) / there[0])


def curve(
    data: Retention, analytic: ShiftedBetaGeometric, found: Fitted, market: Callable[[list[float], int], Scenario], progress: Callable[[int], None]
) -> pd.DataFrame:
    """Return the share still there by month, the log's, the simulation's with its interval, and the sBG's."""
    luck = np.random.default_rng(FIRST_SEED)
    last = len(data.customers) - 1
    n = int(min(data.customers[0], MOST_PLAYED))
    played = []
    for number in range(REPLICATIONS):
        there = simulated.remaining(market(found.draw(luck), n), FIRST_SEED + number, last)
        played.append(there / there[0])
        progress(number + 1)
    mean, half = np.mean(played, axis=0), 1.96 * np.std(played, axis=0, ddof=1) * np.sqrt(1.0 + 1.0 / REPLICATIONS)
    month = np.arange(last + 1)
    nothing = np.full(last + 1, np.nan)
    lines = {
        ACTUAL: (data.customers / data.customers[0], nothing, nothing),
        OURS: (mean, np.maximum(mean - half, 0.0), np.minimum(mean + half, 1.0)),
        SBG: (analytic.survival(month.astype(float)), nothing, nothing),
    }
    return pd.concat(
        [pd.DataFrame({"period": month, "series": name, "share": mid, "low": low, "high": high}) for name, (mid, low, high) in lines.items()],
        ignore_index=True,
    )
