"""Need: how often customers buy in the category, the negative binomial model of repeat buying (Ehrenberg 1959).

Theory
    Each customer buys at a steady rate of her own, at random moments; rates differ between customers as a Gamma. In a
    contractual market a subscriber uses the service every month, and the rate is how often others look for a provider.
Equation
    n_it ~ Poisson(lambda_i season_t),  lambda_i ~ Gamma(r, alpha)
Symbols
    lambda_i: purchases a month; season_t: factor with mean 1 over a year.
Sources
    ehrenberg1959, goodhardt1984
Limits
    The mean is capped at 80 purchases in one period.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import exp, f32, kernel
from sim.rules import Mechanism
from sim.units import Counts, PerCustomer

_MOST = f32(80.0)
_NEGLIGIBLE = f32(1e-8)
_ZERO = f32(0.0)


@kernel
def _poisson(luck: PerCustomer, rate: PerCustomer, season: np.float32) -> Counts:
    count = np.zeros(luck.size, np.int32)
    mean = np.empty(luck.size, np.float32)
    term = np.empty(luck.size, np.float32)
    total = np.empty(luck.size, np.float32)
    for k in range(luck.size):
        mean[k] = min(rate[k] * season, _MOST)
        term[k] = exp(-mean[k])
        total[k] = term[k]
    # Inversion, all customers at once: one more purchase for everyone whose luck lies beyond the sum so far.
    undecided = np.int32(1)
    step = f32(0.0)
    while undecided > 0:
        step += f32(1.0)
        undecided = np.int32(0)
        for k in range(luck.size):
            beyond = np.int32((luck[k] >= total[k]) & ((term[k] > _NEGLIGIBLE) | (step < mean[k])))
            count[k] += beyond
            undecided += beyond
            term[k] = term[k] * mean[k] / step
            total[k] = total[k] + term[k]
    return count


class Need(Mechanism):
    """Purchases needed this month: Poisson at the customer's own Gamma-distributed rate."""

    slot: ClassVar[str] = "need"
    kind: Literal["poisson"] = "poisson"
    sources: ClassVar[tuple[str, ...]] = ("ehrenberg1959", "goodhardt1984")
    equation: ClassVar[str] = "n_it ~ Poisson(lambda_i season_t);  lambda_i ~ Gamma(r, alpha)"

    def purchases(self, luck: PerCustomer, rate: PerCustomer, season: float) -> Counts:
        """Return how many purchases each customer needs this month, shape (n,). Switched off: one each."""
        if not self.active:
            return (rate > 0).astype(np.int32)
        return _poisson(luck, rate, f32(season))
