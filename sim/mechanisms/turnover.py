"""Turnover: customers leave the category for good, unannounced, and newcomers take their place (Schmittlein et al. 1987).

Theory
    Some customers move away or lose the need, whatever any firm does; some leave after a disappointing or a last purchase.
    After each purchase (contractual: at each renewal) a customer leaves with her own probability, which differs between
    customers: the dropout of BG/NBD and of the shifted-beta-geometric model. Commitment lowers it.
Equation
    P(leave) = 1 - (1 - departure) (1 - p_i (1 - protection C_i))^n_i;   P(newcomer in a vacated place) = arrival
Symbols
    p_i: probability of leaving after one purchase, Beta(a, b) by segment; C_i: commitment to the current provider, share;
    n_i: purchases this month (contractual: 1 when the contract ends, renewed or not).
Sources
    schmittlein1987, fader2005, fader2007, morgan1994
Limits
    Who leaves does so at the end of the month, after all its purchases.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.kernels import exp, f32, kernel, log
from sim.rules import Mechanism, parameter
from sim.units import Counts, Marks, PerCustomer, PerDyad

_ONE = f32(1.0)


@kernel
def _leaves(
    luck: PerCustomer, dropout: PerCustomer, commitment: PerDyad, current: Marks, occasions: Counts, rate: PerCustomer,
    departure: np.float32, protection: np.float32,
) -> NDArray[np.bool_]:  # fmt: skip
    devotion = np.zeros(luck.size, np.float32)
    for j in range(commitment.shape[0]):
        commit = commitment[j]
        for k in range(luck.size):
            devotion[k] = commit[k] if current[k] == j else devotion[k]
    leaves = np.empty(luck.size, np.bool_)
    stay = _ONE - departure
    for k in range(luck.size):
        once = _ONE - dropout[k] * (_ONE - protection * devotion[k])
        leaves[k] = (luck[k] < _ONE - stay * exp(f32(occasions[k]) * log(once))) & (rate[k] > f32(0.0))
    return leaves


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

    def leaves(
        self, luck: PerCustomer, dropout: PerCustomer, commitment: PerDyad, current: Marks, occasions: Counts, rate: PerCustomer
    ) -> NDArray[np.bool_]:
        """Return who leaves the category at the end of this month, shape (n,).

        ``commitment`` is towards every firm, (n_firms, n); that towards the ``current`` provider protects.
        """
        if not self.active:
            return np.zeros(luck.size, np.bool_)
        return _leaves(luck, dropout, commitment, current, occasions, rate, f32(self.departure), f32(self.protection))

    def arrives(self, luck: PerCustomer, rate: PerCustomer) -> NDArray[np.bool_]:
        """Return in which vacated places a newcomer appears this month, shape (n,)."""
        if not self.active:
            return np.zeros(luck.size, np.bool_)
        return (luck < f32(self.arrival)) & (rate <= 0)
