"""Draws: every decision has luck of its own, fixed by (seed, decision, agent, month).

Philox4x32-10 (Salmon et al. 2011) is a stateless generator: the key is the replication's seed, the counter is
(agent, month, stream, draw index), and one call gives four draws. Nothing of the scenario enters, so two scenarios under
one seed meet the same customers with the same luck (common random numbers), and a draw does not depend on what was drawn
before it, on which thread, or in which process.
"""

import numpy as np
from numpy.typing import NDArray

from sim.kernels import f32, kernel
from sim.units import PerCustomer, PerDyad

FIRST_DRAWS = {
    # Customer decisions: name -> (stream, which of the stream's four draws). A number is never used for another decision.
    "purchases": (1, 0),
    "trigger": (1, 1),
    "voice": (1, 2),
    "fate_of_complaint": (1, 3),
    "neighbour": (2, 0),
    "heard": (2, 1),
    "talk": (2, 2),
    "arrival": (2, 3),
    "departure": (3, 0),
    "reservation": (3, 1),
    "provider": (3, 2),
    "rewired": (4, 0),
    "far_neighbour": (4, 1),
    "purchase_rate": (5, 0),
    "dropout": (5, 1),
    "orientation": (5, 2),
    "first_firm": (5, 3),
    "sample": (6, 0),
    "last_purchase": (6, 1),
    "outlet": (6, 2),
    # Decisions of partners and firms.
    "bid": (7, 0),
    "partner_reservation": (7, 1),
    "exposure": (7, 2),
    "discovery": (7, 3),
}
"""Decisions that take one draw a month."""

MANY_DRAWS = {
    # Decisions that take one draw per firm, or per purchase: name -> stream.
    "choice": 101,
    "failure": 102,
    "performance": 103,
    "contact": 104,
    "advertising": 105,
    "taste": 106,
    "awareness": 107,
    "shelf": 108,
    # Decisions of partners that take one draw per firm.
    "lateness": 109,
    "parting": 110,
    "courtship": 111,
}
"""Decisions that take one draw per firm or per purchase each month."""

_MASK = np.uint64(0xFFFFFFFF)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_32 = np.uint64(32)
_8 = np.uint64(8)
_STEP = f32(2.0**-24)


Word = np.uint64


@kernel
def fill(key: Word, month: Word, stream: Word, index: Word, agents: NDArray[np.uint32], out: PerDyad) -> None:
    """Fill ``out`` (4, n) with the four uniforms of each agent."""
    a0 = out[0]
    a1 = out[1]
    a2 = out[2]
    a3 = out[3]
    for k in range(a0.size):
        c0 = np.uint64(agents[k])
        c1 = month
        c2 = stream
        c3 = index
        k0 = key & _MASK
        k1 = key >> _32
        for _ in range(10):
            p0 = _M0 * c0
            p1 = _M1 * c2
            c0 = (p1 >> _32) ^ c1 ^ k0
            c1 = p1 & _MASK
            c2 = (p0 >> _32) ^ c3 ^ k1
            c3 = p0 & _MASK
            k0 = (k0 + _W0) & _MASK
            k1 = (k1 + _W1) & _MASK
        # 24 bits fill a float32 exactly; adding half a step would round the largest up to 1.
        a0[k] = f32(np.uint32(c0 >> _8)) * _STEP
        a1[k] = f32(np.uint32(c1 >> _8)) * _STEP
        a2[k] = f32(np.uint32(c2 >> _8)) * _STEP
        a3[k] = f32(np.uint32(c3 >> _8)) * _STEP


class Luck:
    """The draws of some agents in one month: uniforms in [0, 1), float32.

    Parameters
    ----------
    seed : int
        The replication's seed, 0 to 2^64 - 1.
    month : int
        The period's number; 0 is the start, before the first period.
    first : int
        Number of the first agent.
    n : int
        How many agents, one after the other.
    """

    def __init__(self, seed: int, month: int, first: int, n: int) -> None:
        self.seed, self.month = seed, month
        self._agents = np.arange(first, first + n, dtype=np.uint32)
        self._drawn: dict[int, PerDyad] = {}

    def some(self, rows: NDArray[np.int64]) -> "Luck":
        """Return the draws of some of these agents, by place."""
        luck = Luck(self.seed, self.month, 0, 0)
        luck._agents = self._agents[rows]
        return luck

    def _four(self, stream: int, index: int) -> PerDyad:
        out = np.empty((4, len(self._agents)), np.float32)
        fill(Word(self.seed), Word(self.month), Word(stream), Word(index), self._agents, out)
        return out

    def uniform(self, decision: str) -> PerCustomer:
        """Return one draw per agent for a decision of :data:`FIRST_DRAWS`, shape (n,)."""
        stream, lane = FIRST_DRAWS[decision]
        if stream not in self._drawn:
            self._drawn[stream] = self._four(stream, 0)
        return np.asarray(self._drawn[stream][lane])

    def uniforms(self, decision: str, count: int) -> PerDyad:
        """Return ``count`` draws per agent for a decision of :data:`MANY_DRAWS`, shape (count, n)."""
        stream = MANY_DRAWS[decision]
        if count <= 4:
            return np.asarray(self._four(stream, 0)[:count])
        draws = np.empty((-(-count // 4) * 4, len(self._agents)), np.float32)
        for index in range(len(draws) // 4):
            draws[4 * index : 4 * index + 4] = self._four(stream, index)
        return np.asarray(draws[:count])
