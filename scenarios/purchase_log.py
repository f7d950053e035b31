"""Purchase logs: who bought on which day, as the repeat-buying models read them (several orders on a day are one customer-day)."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COLUMNS = ("customer", "date", "cds", "amount")

GROUPS: dict[str, Callable[[NDArray[np.float64]], NDArray[np.bool_]]] = {
    "everyone": lambda items: items >= 0,
    "first_order_small": lambda items: items <= 1,
    "first_order_large": lambda items: items >= 2,
    "first_order_few": lambda items: (items >= 2) & (items <= 3),
    "first_order_many": lambda items: items >= 4,
}
"""Groups of customers told apart by what the seller sees at once: the number of items bought on the customer's first day."""


@dataclass(frozen=True)
class PurchaseLog:
    """One row per customer-day, in order of customer and day.

    Attributes
    ----------
    customer : ndarray of int
        Number of the customer, counted from 0, shape (n_days,).
    day : ndarray of int
        Days since the first day of the log, shape (n_days,).
    items : ndarray of float
        Items bought on that day, shape (n_days,).
    amount : ndarray of float
        Money spent on that day, shape (n_days,).
    """

    customer: NDArray[np.int64]
    day: NDArray[np.int64]
    items: NDArray[np.float64]
    amount: NDArray[np.float64]

    @property
    def n_customers(self) -> int:
        """How many customers the log has."""
        return int(self.customer[-1]) + 1

    @property
    def first(self) -> NDArray[np.bool_]:
        """Which rows are a customer's first day, shape (n_days,)."""
        return np.diff(self.customer, prepend=-1) > 0

    def repeats_by(self, weeks: float) -> int:
        """Count the customer-days after each customer's first, up to the end of a week of the log."""
        return int(np.sum(~self.first & (self.day < 7 * weeks)))

    def of(self, group: str) -> "PurchaseLog":
        """Return the log of one group of customers, see :data:`GROUPS`.

        Raises
        ------
        KeyError
            If there is no such group.
        """
        member = GROUPS[group](self.items[self.first])
        keep = member[self.customer]
        number = np.cumsum(member) - 1
        return PurchaseLog(number[self.customer[keep]], self.day[keep], self.items[keep], self.amount[keep])


@dataclass(frozen=True)
class Histories:
    """What the buy-till-you-die models need of each customer; time is in weeks since the customer's first purchase.

    Attributes
    ----------
    repeats : ndarray of float
        Repeat customer-days, x, shape (n_customers,).
    last : ndarray of float
        Time of the last purchase, t_x, shape (n_customers,).
    observed : ndarray of float
        Time watched, T, shape (n_customers,).
    alike : ndarray of float
        Customers with this very history, shape (n_customers,), or (1,) where all rows count alike. A million customers are a few
        thousand histories.
    """

    repeats: NDArray[np.float64]
    last: NDArray[np.float64]
    observed: NDArray[np.float64]
    alike: NDArray[np.float64] = field(default_factory=lambda: np.ones(1))

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return round(float(np.sum(np.broadcast_to(self.alike, self.repeats.shape))))


def histories(log: PurchaseLog, weeks: float) -> Histories:
    """Return the customers' histories in the first weeks of a log; customers who come later are left out.

    Parameters
    ----------
    log : PurchaseLog
        The log.
    weeks : float
        How many weeks of the log are read.
    """
    seen = log.day < 7 * weeks
    customer, day = log.customer[seen], log.day[seen]
    first = np.diff(customer, prepend=-1) > 0
    start = day[first]
    last = day[np.append(np.flatnonzero(first)[1:], day.size) - 1] if day.size else start
    repeats = np.diff(np.append(np.flatnonzero(first), day.size)) - 1
    return Histories(repeats.astype(np.float64), ((last - start) / 7.0).astype(np.float64), ((7.0 * weeks - 1.0 - start) / 7.0).astype(np.float64))


def read_log(path: Path) -> PurchaseLog:
    """Read a log with the columns customer, date (YYYY-MM-DD), cds (items) and amount, and add up each customer-day.

    Parameters
    ----------
    path : Path
        A CSV file with a header.

    Raises
    ------
    ValueError
        If the file is not such a log; the message names the line.
    OSError
        If it cannot be read.
    """
    days: dict[tuple[str, int], tuple[float, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = tuple(next(rows, ()))
        if header != COLUMNS:
            raise ValueError(f"line 1: the columns are {', '.join(header) or 'missing'}; they must be {', '.join(COLUMNS)}")
        for line, row in enumerate(rows, start=2):
            try:
                customer, when, items, amount = row
                key = customer, date.fromisoformat(when).toordinal()
                before = days.get(key, (0.0, 0.0))
                days[key] = before[0] + float(items), before[1] + float(amount)
            except ValueError as error:
                raise ValueError(f"line {line}: {error}") from None
    if not days:
        raise ValueError("no purchases")
    ordered = sorted(days)
    number = {customer: n for n, customer in enumerate(dict.fromkeys(customer for customer, _ in ordered))}
    origin = min(day for _, day in ordered)
    return PurchaseLog(
        customer=np.array([number[customer] for customer, _ in ordered]),
        day=np.array([day - origin for _, day in ordered]),
        items=np.array([days[key][0] for key in ordered]),
        amount=np.array([days[key][1] for key in ordered]),
    )
