"""Turnover: customers leave the category for good, unannounced, and newcomers take their place (Schmittlein et al. 1987).

Theory
    Some customers move away or lose the need, whatever any firm does; some leave after a disappointing or a last purchase.
    After each purchase (contractual: at each renewal) a customer leaves with her own probability, which differs between
    customers: the dropout of BG/NBD and of the shifted-beta-geometric model. Commitment lowers it.
Equation
    P(leave) = 1 - (1 - departure) (1 - p_i (1 - protection C_i))^n_i;   P(newcomer in a vacated place) = arrival
Symbols
    p_i: probability of leaving after one purchase, Beta(a, b) by segment; C_i: commitment to the provider of last month, share;
    n_i: purchases this month (contractual: 1 when the contract ends, renewed or not); after her last one she makes no more.
Sources
    schmittlein1987, fader2005, fader2007, morgan1994
Limits
    Who leaves for reasons of her own does so at the end of the month, after all its purchases.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.kernels import f32, kernel, log
from sim.rules import Mechanism, parameter
from sim.units import Counts, Marks, PerCustomer, PerDyad

_ONE = f32(1.0)
_ZERO = f32(0.0)
_TINY = f32(1e-7)
_MANY = f32(2**30)


@kernel
def _lasts(
    luck: PerCustomer, dropout: PerCustomer, commitment: PerDyad, current: Marks, departure: np.float32, protection: np.float32,
) -> Counts:  # fmt: skip
    devotion = np.zeros(luck.size, np.float32)
    for j in range(commitment.shape[0]):
        commit = commitment[j]
        for k in range(luck.size):
            devotion[k] = commit[k] if current[k] == j else devotion[k]
    last = np.empty(luck.size, np.int32)
    stay = _ONE - departure
    for k in range(luck.size):
        p = dropout[k] * (_ONE - protection * devotion[k])
        # She is still there after n purchases if her luck is at least 1 - (1 - departure) (1 - p)^n.
        n = log((_ONE - luck[k]) / stay) / log(_ONE - max(p, _TINY))
        after = np.int32(min(max(n, -_ONE), _MANY)) + np.int32(1)
        after = after if p > _ZERO else np.int32(_MANY)
        last[k] = np.int32(0) if luck[k] < departure else after
    return last


class Turnover(Mechanism):
    """Customers leave the category, after purchases or for reasons of their own, and newcomers replace them."""

    slot: ClassVar[str] = "turnover"
    kind: Literal["turnover"] = "turnover"
    sources: ClassVar[tuple[str, ...]] = ("schmittlein1987", "fader2005", "fader2007", "morgan1994")
    equation: ClassVar[str] = "P(leave) = 1 - (1 - departure) (1 - p_i (1 - protection C_i))^n_i;  P(newcomer) = arrival"

    departure: float = parameter(
        0.015, "customers who leave the category for reasons of their own", unit="probability/month", origin="assumed", low=0.0, high=1.0
    )
    arrival: float = parameter(
        0.20, "chance that a vacated place is taken by a newcomer", unit="probability/month", origin="assumed", low=0.0, high=1.0
    )
    protection: float = parameter(
        0.5, "how far full commitment lowers the probability of leaving after a purchase", unit="share", origin="assumed", low=0.0, high=1.0
    )

    def lasts(self, luck: PerCustomer, dropout: PerCustomer, commitment: PerDyad, current: Marks) -> Counts:
        """Return with which purchase of this month each customer leaves the category, shape (n,): 1 the first; 0 for reasons of her own.

        ``commitment`` is towards every firm, (n_firms, n); that towards the ``current`` provider protects. Switched off: nobody leaves.
        """
        if not self.active:
            return np.full(luck.size, int(_MANY), np.int32)
        return _lasts(luck, dropout, commitment, current, f32(self.departure), f32(self.protection))

    def leaves(self, lasts: Counts, occasions: Counts, rate: PerCustomer) -> NDArray[np.bool_]:
        """Return who leaves the category at the end of this month, shape (n,): with the last purchase, or for reasons of her own."""
        return (lasts <= occasions) & (rate > 0)

    def arrives(self, luck: PerCustomer, rate: PerCustomer) -> NDArray[np.bool_]:
        """Return in which vacated places a newcomer appears this month, shape (n,)."""
        if not self.active:
            return np.zeros(luck.size, np.bool_)
        return (luck < f32(self.arrival)) & (rate <= 0)
