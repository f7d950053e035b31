"""Balancing: what the weaker side of a relation does about it, Emerson's four moves (Emerson 1962).

Theory
    Power that is not balanced calls forth moves of the weaker side: it withdraws (wants less of what the stronger has), widens its network
    (finds alternatives), gives status (so that the stronger wants more of what it has), or forms coalitions (so that the stronger has fewer
    alternatives). Each takes time, and each brings the balance nearer to parity.
Equation
    level_m += pace (effort_m force - level_m),  force = sign(Pi) min(1, max(0, |Pi| - eps) / full)
    where the marketed side is the weaker (levels above 0):  D_ij (1 - withdraw) (1 - network),   D_ji + status + coalition
    where the marketer is the weaker (levels below 0):  D_ji (1 - |withdraw|) (1 - |network|),   D_ij + |status| + |coalition|
Symbols
    Pi: balance of power, mean over a firm's customers of a segment, or of one partner dyad; D: dependence; all shares.
Sources
    emerson1962
Limits
    Customers of a firm move together: coalitions and networks are theirs as a group.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.rules import Mechanism, parameter

MOVES = ("withdrawal", "network", "status", "coalition")
Levels = NDArray[np.float32]
"""Levels of the four moves, shape (4, ...): above 0 where the marketed side makes them, below 0 where the marketer does."""


class Balancing(Mechanism):
    """The weaker side withdraws, widens its network, gives status, forms coalitions. Off unless a scenario switches it on."""

    slot: ClassVar[str] = "balancing"
    kind: Literal["four_moves"] = "four_moves"
    sources: ClassVar[tuple[str, ...]] = ("emerson1962",)
    equation: ClassVar[str] = "level += pace (effort sign(Pi) min(1, (|Pi| - eps)+ / full) - level)"

    active: bool = parameter(False, "true: the weaker side moves towards balance; false: it bears it", unit="yes/no", origin="assumed")
    withdrawal: float = parameter(0.3, "effort of withdrawal", unit="share", origin="assumed", low=0.0, high=1.0)
    network: float = parameter(0.3, "effort of widening the network", unit="share", origin="assumed", low=0.0, high=1.0)
    status: float = parameter(0.2, "effort of giving status", unit="share", origin="assumed", low=0.0, high=1.0)
    coalition: float = parameter(0.2, "effort of forming coalitions", unit="share", origin="assumed", low=0.0, high=1.0)
    pace: float = parameter(0.1, "how fast moves take effect", unit="share/month", origin="assumed", low=0.0, high=1.0)

    def moved(self, levels: Levels, balance: NDArray[np.float32], eps: float, full: float) -> Levels:
        """Return the levels after a month in which the balance of power was ``balance``; shapes (4, ...) and (...)."""
        if not self.active:
            return np.zeros_like(levels)
        force = np.sign(balance) * np.minimum(np.maximum(np.abs(balance) - eps, 0.0) / full, 1.0)
        effort = np.array([getattr(self, move) for move in MOVES], np.float32).reshape((4,) + (1,) * balance.ndim)
        return np.asarray(levels + self.pace * (effort * np.nan_to_num(force) - levels), np.float32)

    def against(self, levels: Levels) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return what the moves do: a factor on D_ij, a factor on D_ji, and what is added to D_ji (less to D_ij), each (...)."""
        up, down = np.maximum(levels, 0.0), np.maximum(-levels, 0.0)
        marketed = (1.0 - up[0]) * (1.0 - up[1])
        marketer = (1.0 - down[0]) * (1.0 - down[1])
        added = up[2] + up[3] - down[2] - down[3]
        return marketed.astype(np.float32), marketer.astype(np.float32), added.astype(np.float32)
