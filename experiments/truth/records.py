"""What a firm has on record of its customers: repeat purchases, recency, amounts; and contract spells (Fader, Hardie & Lee 2005).

A record is a relation of one person with one firm that began within the run: what came before is not known whole. In a contractual market it
is one contract, from its beginning to its end. Whoever left the category stays on record, for nobody has told the firm.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.customers import NEVER
from sim.units import Table

Numbers = NDArray[np.float64]

KEPT = ("count", "quantity", "revenue", "margin", "first", "last")
NOBODY = -1
"""In ``row``: a relation that has ended for good, so that nothing can come of it."""


@dataclass(frozen=True)
class Records:
    """What one firm has on record at the end of a period, one number per relation, each of shape (n,).

    Attributes
    ----------
    row : ndarray of int
        The customer's place in the market, from 0; :data:`NOBODY` where she has left it or the contract has ended.
    repeats : ndarray
        Periods with a purchase after the first one.
    last : ndarray
        Periods from the first to the last of them (recency).
    observed : ndarray
        Periods since the first purchase.
    quantity : ndarray
        Purchases so far.
    revenue, margin : ndarray
        What she has paid so far, and what was left of it for the firm in the periods of her purchases, currency.
    """

    row: NDArray[np.int64]
    repeats: Numbers
    last: Numbers
    observed: Numbers
    quantity: Numbers
    revenue: Numbers
    margin: Numbers

    def __len__(self) -> int:
        """Return how many relations there are."""
        return len(self.row)

    def some(self, which: NDArray[np.bool_]) -> "Records":
        """Return some of the relations."""
        return Records(**{field.name: getattr(self, field.name)[which] for field in fields(self)})


class Clerk:
    """Keeps records of every relation of a market, period by period.

    Parameters
    ----------
    n_customers, n_firms : int
        Size of the market.
    known : ndarray of bool, shape (n_customers, n_firms)
        Relations that there are at the start, whose past is not on record: they are left out, in a contractual market until they end.
    contractual : bool
        Whether a period without a purchase ends the relation.
    """

    def __init__(self, n_customers: int, n_firms: int, known: NDArray[np.bool_], *, contractual: bool) -> None:
        self.contractual = contractual
        self._before = known.copy()
        self._held = {name: np.zeros((n_customers, n_firms)) for name in KEPT}
        self._entered = np.zeros(n_customers, np.int64)
        self.margins: list[Numbers] = []
        """Of each period, the margin of all purchases by firm, also of relations that are left out, each (n_firms,)."""
        self._ended: list[tuple[NDArray[np.int64], dict[str, Numbers]]] = []

    def note(self, month: int, entered: NDArray[np.int16], events: Table) -> None:
        """Take a period down.

        Parameters
        ----------
        month : int
            The period, from 1.
        entered : ndarray, shape (n_customers,)
            When each customer entered the market: a change tells of a newcomer.
        events : dict
            ``quantity``, ``paid`` and ``contribution`` of :data:`results.replay.EVENTS`, for every customer.
        """
        new = entered != self._entered
        self._entered = entered.astype(np.int64)
        quantity = np.asarray(events["quantity"], np.float64)
        buys = quantity > 0
        over = np.repeat(new[:, None], buys.shape[1], axis=1)
        if self.contractual:
            over |= ~buys
        self._end(over)
        held = self._held
        held["first"] = np.where(buys & (held["count"] == 0), month, held["first"])
        held["last"] = np.where(buys, month, held["last"])
        held["count"] += buys
        held["quantity"] += quantity
        held["revenue"] += np.where(buys, quantity * np.nan_to_num(events["paid"]), 0.0)
        margin = np.where(buys, events["contribution"], 0.0)
        held["margin"] += margin
        self.margins.append(margin.sum(axis=0))

    def _end(self, over: NDArray[np.bool_]) -> None:
        """Put away relations that have ended, and begin their places anew."""
        told = over & (self._held["count"] > 0) & ~self._before
        self._ended.append((np.nonzero(told)[1], {name: values[told] for name, values in self._held.items()}))
        for values in self._held.values():
            values[over] = 0.0
        self._before &= ~over

    def records(self, firm: int, month: int) -> Records:
        """Return a firm's records at the end of a period: those that go on, then those that have ended."""
        here = (self._held["count"][:, firm] > 0) & ~self._before[:, firm]
        rows = [np.flatnonzero(here)]
        parts = [{name: values[here, firm] for name, values in self._held.items()}]
        for firms, values in self._ended:
            mine = firms == firm
            rows.append(np.full(int(mine.sum()), NOBODY))
            parts.append({name: column[mine] for name, column in values.items()})
        of = {name: np.concatenate([part[name] for part in parts]) for name in KEPT}
        return Records(
            row=np.concatenate(rows), repeats=of["count"] - 1.0, last=of["last"] - of["first"], observed=month - of["first"],
            quantity=of["quantity"], revenue=of["revenue"], margin=of["margin"],
        )  # fmt: skip


def as_columns(records: Records, month: int) -> tuple[NDArray[np.uint16], NDArray[np.int16], NDArray[np.int16]]:
    """Return purchases, first and last period as the database reads them, each (1, n)."""
    first = (month - records.observed).astype(np.int16)
    last = (first + records.last).astype(np.int16)
    return records.quantity.astype(np.uint16)[None], np.maximum(first, NEVER)[None], last[None]
