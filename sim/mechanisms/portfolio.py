"""The customer portfolio: effort goes where current and future value are (Blattberg, Getz & Thomas 2001; Reinartz & Kumar 2003).

Theory
    Customers are placed by what they bring now and by what they may be expected to bring. Those who do both are rewarded and invested in;
    those who bring much now are managed; those who may bring much later are disciplined until they pay; with the others the relation is ended.
    It takes a database: of a customer whom it does not know a firm expects what it expects of the average one.
Equation
    now_ij = value_ij / months known >= typical value_j;   later_ij = K_ij rate_ij + (1 - K_ij) typical rate_j >= typical rate_j
    treated_ij = 1 + p_j bonus [now, later];  1 [now, not later];  1 - p_j [not now, later];  not served [neither, value_ij < 0, p_j >= 1/2]
Symbols
    p: lever portfolio; value: contribution so far, discounted; K: knowledge; rate: recorded purchases a month since the first (or since the
    start), 0 once silent for too long; typical: mean of the firm's active customers last month; treated: factor on rebates, save offers and
    contacts.
Sources
    blattberg2001, reinartz2003
Limits
    A customer who was sent away is not told why, and may be won again by nobody but the firm's advertising.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.customers import NEVER, Months, Numbers
from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
CELLS = ("none", "reward_and_invest", "manage", "discipline", "end")


@kernel
def _cells(
    purchases: Numbers, first: Months, silence: PerDyad, knowledge: PerDyad, value: PerDyad, month: np.int32, typical_value: PerFirm,
    typical_rate: PerFirm, known: np.float32,
) -> Flags:  # fmt: skip
    cells = np.zeros(purchases.shape, np.uint8)
    for j in range(purchases.shape[0]):
        for k in range(purchases.shape[1]):
            # What she brought before the start is not on the books, nor is the time in which she brought it.
            age = f32(month - max(np.int32(first[j, k]), np.int32(0)))
            rate = f32(np.int32(purchases[j, k])) / max(age, _ONE) if silence[j, k] <= _ONE else _ZERO
            expected = knowledge[j, k] * rate + (_ONE - knowledge[j, k]) * typical_rate[j]
            now = value[j, k] / max(age, _ONE) >= typical_value[j]
            later = expected >= typical_rate[j]
            cell = np.uint8(1) if now & later else (np.uint8(2) if now else np.uint8(3))
            loses = (not now) & (not later) & (value[j, k] < _ZERO)
            cell = np.uint8(4) if loses else cell
            old = (first[j, k] > NEVER) & (age >= known)
            cells[j, k] = cell if old else np.uint8(0)
    return cells


class Portfolio(Mechanism):
    """Reward and invest, manage, discipline, or end: by current and expected value."""

    slot: ClassVar[str] = "portfolio"
    kind: Literal["four_cells"] = "four_cells"
    sources: ClassVar[tuple[str, ...]] = ("blattberg2001", "reinartz2003")
    equation: ClassVar[str] = "treated = 1 + p bonus (valuable now and later), 1 (now), 1 - p (later), not served (neither)"

    bonus: float = parameter(1.0, "how much more the best customers get, with the full lever", unit="ratio", origin="assumed", low=0.0, high=10.0)
    known: float = parameter(6.0, "how long a customer is known before she is placed", unit="calendar months", origin="assumed", low=0.0, high=1200.0)

    def cells(
        self, purchases: Numbers, first: Months, silence: PerDyad, knowledge: PerDyad, value: PerDyad, month: int, typical_value: PerFirm,
        typical_rate: PerFirm, months: float,
    ) -> Flags:  # fmt: skip
        """Return each relation's cell, an index of :data:`CELLS`, (n_firms, n); ``typical`` are shape (n_firms,)."""
        return _cells(purchases, first, silence, knowledge, value, np.int32(month), typical_value, typical_rate, f32(self.known / months))

    def treated(self, cells: Flags, effort: PerFirm) -> PerDyad:
        """Return the factor on what each customer gets of rebates, offers and contacts, (n_firms, n)."""
        p = effort[:, None]
        factor = np.ones(cells.shape, np.float32)
        factor = np.where(cells == 1, 1.0 + p * self.bonus, factor)
        factor = np.where(cells >= 3, 1.0 - p, factor)
        return np.asarray(factor, np.float32)

    def served(self, cells: Flags, effort: PerFirm) -> Flags:
        """Return whom each firm still serves, (n_firms, n)."""
        return np.where((cells == 4) & (effort[:, None] >= 0.5), 0, 1).astype(np.uint8)
