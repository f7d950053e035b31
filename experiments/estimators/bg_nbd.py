"""BG/NBD: customers buy at their own rate and may leave after any purchase (Fader, Hardie & Lee 2005).

Theory
    While a customer is active she buys at random moments, at a rate lambda ~ Gamma(r, alpha); after each purchase she leaves for good with
    a probability p ~ Beta(a, b) of her own.
Equation
    P(alive) = 1 / (1 + 1[x>0] a/(b+x-1) ((alpha+T)/(alpha+t_x))^(r+x));
    E[Y(t) | alive] = E_p[(1 - ((alpha+T)/(alpha+T+pt))^(r+x)) / p],  p ~ Beta(a, b+x)
Symbols
    x repeat purchases, t_x time of the last, T time watched; Y(t) purchases in the next t.
Sources
    fader2005
Limits
    Somebody who has bought only once cannot have left. Rates do not change while she is active.

The likelihood is the one that scenarios take their purchase rates by (:mod:`scenarios.purchase_rates`).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from experiments.estimators.repeat_buying import Vector, aggregated
from scenarios.purchase_log import Histories
from scenarios.purchase_rates import fit

NODES = 96
"""Points at which the expectation over the probability of leaving is taken: its error is below one in a million."""
CHUNK = 4_096
"""Histories at a time: memory stays small whatever the number of customers."""


@dataclass(frozen=True)
class BgNbd:
    """A fitted BG/NBD; time is in the unit of the histories.

    Attributes
    ----------
    r, alpha : float
        Of the Gamma of purchase rates; the mean rate is r / alpha a period.
    a, b : float
        Of the Beta of leaving after a purchase.
    errors : tuple of float
        Standard errors of r, alpha, a, b.
    log_likelihood : float
        At the maximum.
    customers : int
        How many it is fitted to.
    """

    r: float
    alpha: float
    a: float
    b: float
    errors: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    log_likelihood: float = 0.0
    customers: int = 0

    @classmethod
    def fit(cls, data: Histories) -> Self:
        """Fit by maximum likelihood.

        Raises
        ------
        ValueError
            If there are too few customers, or none who bought twice.
        """
        found = fit(aggregated(data)[0])
        return cls(found.shape, found.scale, found.dropout_a, found.dropout_b, found.errors, found.log_likelihood, found.customers)

    def p_alive(self, data: Histories) -> Vector:
        """Return the probability that each customer has not left yet, shape (n,)."""
        from scipy.special import expit

        x = data.repeats
        with np.errstate(divide="ignore"):
            gone = np.log(self.a) - np.log(np.where(x > 0, self.b + x - 1.0, np.inf))
        gone += (self.r + x) * (np.log(self.alpha + data.observed) - np.log(self.alpha + data.last))
        return np.asarray(expit(-gone))

    def conditional_purchases(self, data: Histories, periods: float) -> Vector:
        """Return how many purchases to expect of each customer in the next ``periods``, given her history, shape (n,)."""
        return np.asarray(self.p_alive(data) * self._purchases_alive(data, periods))

    def _purchases_alive(self, data: Histories, periods: float) -> Vector:
        """Return the same for a customer who has not left: the mean over her probability of leaving, at points of its distribution."""
        from scipy.special import betaincinv, roots_legendre

        nodes, weights = roots_legendre(NODES)
        # Towards 0 the quantile function is a power of the share: points that crowd there as a fourth power follow it.
        share, weights = ((nodes + 1.0) / 2.0) ** 4, 2.0 * ((nodes + 1.0) / 2.0) ** 3 * weights
        seen, place = np.unique(data.repeats, return_inverse=True)
        leaving = np.maximum(betaincinv(self.a, self.b + seen[:, None], share), 1e-300)
        value = np.empty(data.repeats.size)
        for start in range(0, value.size, CHUNK):
            part = slice(start, start + CHUNK)
            p, shape = leaving[place[part]], (self.r + data.repeats[part])[:, None]
            log = np.log1p(p * periods / (self.alpha + data.observed[part])[:, None])
            value[part] = (-np.expm1(-shape * log) / p) @ weights
        return value
