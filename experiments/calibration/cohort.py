"""Customers of a log in their own time: repeat purchases in each period since the first, watched to the end of the calibration.

Theory
    Models of repeat buying know a customer by how often she came back, when last, and how long she was watched (Fader, Hardie & Lee 2005):
    these make the cells that simulated customers are compared in. How often tells the need and how it differs, how long ago tells who left,
    and both together tell silence from leaving. The mean count tells of those in the highest class, which has no end.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.transactions import Transactions
from scenarios.errors import ScenarioError
from scenarios.purchase_log import Histories
from sim.units import PERIODS_PER_YEAR, Period

Vector = NDArray[np.float64]
Table = NDArray[np.int64]
SMALLEST = 20
"""Customers below which nothing is fitted."""
SHORTEST = 6
"""Periods of calibration below which there is nothing to see."""
FINE = 20_000
"""Customers up to which days count; of more, whole periods, so that a million customers are some thousand histories."""
FREQUENCIES = (0, 1, 2, 3, 5, 8, 10**9)
"""Classes of repeat purchases by their lower ends: 0, 1, 2, 3-4, 5-7, 8 and more."""
RECENCIES = (1 / 3, 2 / 3, 5 / 6)
"""Ends of the classes of recency: period of the last repeat over periods watched."""


def length(period: Period) -> float:
    """Return the days of a period."""
    return 365.2425 / PERIODS_PER_YEAR[period]


@dataclass(frozen=True)
class Cohort:
    """Customers who first bought within the calibration.

    Attributes
    ----------
    period : str
        week or month.
    begun : ndarray of int
        Day of each customer's first purchase, counted from the log's first, shape (n,).
    end, last : int
        Day after the calibration, and after the log.
    who, day : ndarray of int
        Customer and day of every repeat, shape (n_repeats,).
    amount_sum, amount_days : ndarray of float
        Money that each customer spent in the calibration, and on how many days whose amounts are known, shape (n,).
    """

    period: Period
    begun: Table
    end: int
    last: int
    who: Table
    day: Table
    amount_sum: Vector
    amount_days: Vector

    @property
    def n(self) -> int:
        """How many customers there are."""
        return len(self.begun)

    @property
    def watched(self) -> Table:
        """Whole periods from each customer's first purchase to the end of the calibration, shape (n,)."""
        return ((self.end - 1 - self.begun) / length(self.period)).astype(np.int64)

    @property
    def periods(self) -> int:
        """Periods of the calibration, by the calendar."""
        return int(self.end / length(self.period))

    @property
    def all_periods(self) -> int:
        """Periods of the log, by the calendar."""
        return max(self.periods, int(self.last / length(self.period)))

    def histories(self) -> Histories:
        """Return what the analytic models need; time is in periods, exact to the day where there are few customers."""
        seen = self.day < self.end
        repeats = np.bincount(self.who[seen], minlength=self.n).astype(float)
        last = np.array(self.begun)
        np.maximum.at(last, self.who[seen], self.day[seen])
        step = length(self.period)
        recency, time = (last - self.begun) / step, (self.end - 1 - self.begun) / step
        if self.n > FINE:
            recency, time = np.round(recency), np.round(time)
        return Histories(repeats, recency, np.maximum(time, recency))

    def curve(self) -> Vector:
        """Return repeats of all customers by the end of periods 1, 2, ... of the calendar, shape (all_periods,)."""
        ends = np.ceil(length(self.period) * np.arange(1, self.all_periods + 1)).astype(np.int64)
        return np.asarray(np.searchsorted(np.sort(self.day), ends, side="left"), float)

    def holdout(self) -> Vector:
        """Return each customer's purchases after the calibration, shape (n,)."""
        return np.bincount(self.who[self.day >= self.end], minlength=self.n).astype(float)

    def moments(self) -> Vector:
        """Return what each customer adds to the moments, shape (n, N_MOMENTS)."""
        own = np.ceil((self.day - self.begun[self.who]) / length(self.period)).astype(np.int64)
        time = self.watched
        within = own <= time[self.who]
        who, own = self.who[within], own[within]
        repeats, last = np.bincount(who, minlength=self.n), np.zeros(self.n, np.int64)
        np.maximum.at(last, who, own)
        return moments(repeats, last, time)


N_CELLS = 1 + (len(FREQUENCIES) - 2) * (len(RECENCIES) + 1)
N_MOMENTS = N_CELLS + 1


def moments(repeats: Table, last: Table, watched: Table) -> Vector:
    """Return what each customer adds to the moments: her cell of frequency and recency, and her repeats.

    Parameters
    ----------
    repeats : ndarray of int
        Repeats in the time watched, shape (n,).
    last : ndarray of int
        Period of her last repeat, 0 for none, shape (n,).
    watched : ndarray of int
        Periods watched, shape (n,).

    Returns
    -------
    added : ndarray
        Shape (n, N_MOMENTS).
    """
    recency = np.searchsorted(RECENCIES, last / np.maximum(watched, 1))
    frequency = frequency_class(repeats)
    cell = np.where(repeats > 0, 1 + (frequency - 1) * (len(RECENCIES) + 1) + recency, 0)
    return np.concatenate([np.eye(N_CELLS)[cell], repeats[:, None].astype(float)], axis=1)


def frequency_class(repeats: NDArray[Any]) -> Table:
    """Return the number of the class of repeats that each customer is in, shape (n,)."""
    return np.asarray(np.searchsorted(FREQUENCIES, repeats, side="right") - 1)


def class_names() -> list[str]:
    """Return the classes of repeats as people read them."""
    ends = [f"{low}" if high - low == 1 else f"{low} to {high - 1}" for low, high in pairwise(FREQUENCIES[:-1])]
    return [*ends, f"{FREQUENCIES[-2]} and more"]


def cohort(log: Transactions, period: Period, calibration_end: date | None, file: str) -> Cohort:
    """Return the customers of a log who came within the calibration.

    Parameters
    ----------
    log : Transactions
        The log.
    period : str
        week or month.
    calibration_end : date, optional
        The last day that is fitted; the first half of the log if not given.
    file : str
        How sentences name the log.

    Raises
    ------
    ScenarioError
        If the calibration does not lie in the log or is too short, or there are too few customers, or nobody came back.
    """
    last = int(log.day.max()) + 1
    end = (calibration_end - log.origin).days + 1 if calibration_end else -(-last // 2)
    step = length(period)
    if calibration_end and not 1 <= end <= last:
        raise ScenarioError(f"--calibration-end {calibration_end}: lies outside the log, which goes from {log.origin} to {log.last}")
    if end < SHORTEST * step:
        raise ScenarioError(f"{file}: {end} days of calibration are fewer than {SHORTEST} {period}s; take a longer log, or a later --calibration-end")
    first = np.diff(log.customer, prepend=-1) > 0
    came = log.day[first] < end
    keep = came[log.customer]
    number = np.cumsum(came) - 1
    customer, day, amount = number[log.customer[keep]], log.day[keep], log.amount[keep]
    begun = log.day[first][came]
    if len(begun) < SMALLEST:
        until = log.origin + timedelta(days=end - 1)  # one date that is far off makes a long log: who sees the days sees why
        raise ScenarioError(
            f"{file}: {len(begun)} customer{'s' if len(begun) != 1 else ''} in the calibration, {log.origin} to {until}; {SMALLEST} are needed"
        )
    repeat = ~first[keep]
    if not np.any(repeat & (day < end)):
        raise ScenarioError(f"{file}: no customer came back within the calibration, so there is nothing to fit")
    known = ~np.isnan(amount) & (day < end)
    n = len(begun)
    return Cohort(
        period, begun, end, last, customer[repeat], day[repeat],
        np.bincount(customer[known], weights=amount[known], minlength=n).astype(np.float64),
        np.bincount(customer[known], minlength=n).astype(np.float64),
    )  # fmt: skip
