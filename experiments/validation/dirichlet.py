"""The Dirichlet model of repeat buying: NBD purchases of a category, Dirichlet choice of brands (Goodhardt, Ehrenberg & Chatfield 1984).

Theory
    In a stationary market how often somebody buys in the category differs as a Gamma, which brand she takes as a Dirichlet, and the two have
    nothing to do with each other. Three numbers and the brands' shares then give every brand's buyers, their purchases and their repeats.
Equation
    P(n) = NBD(n; M, K);  P(no purchase of j | n) = G(S) G(S - S s_j + n) / (G(S + n) G(S - S s_j))
    b_j = 1 - sum_n P(n) P(no purchase of j | n);  w_j = M s_j / b_j;  bought in both of two periods: 1 - 2 (1 - b_j) + (1 - b_j of both together)
Symbols
    M: category purchases per customer in the period; K: shape of the Gamma, small where few customers buy most; S: sum of the Dirichlet's
    parameters, small where customers differ in what they like; s_j: share of brand j; b_j: penetration; w_j: purchases per buyer.
Sources
    ehrenberg1959, goodhardt1984
Limits
    Brands are not grouped: nobody who likes one likes another the more for it.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

MOST = 1e4
"""Largest K and S that are told apart: beyond it customers do not differ."""
LEAST = 1e-3
Vector = NDArray[np.float64]


def shape(mean: float, zeros: float) -> float:
    """Return the NBD's K from the mean and the share of customers without a purchase.

    Parameters
    ----------
    mean : float
        Purchases per customer, above 0.
    zeros : float
        Share of customers without any, between 0 and 1.

    Returns
    -------
    float
        K; :data:`MOST` where there are no more such customers than chance alone makes.
    """
    from scipy.optimize import brentq

    def surplus(k: float) -> float:
        return float(np.exp(-k * np.log1p(mean / k)) - zeros)

    if surplus(MOST) >= 0.0:
        return MOST
    return float(brentq(surplus, LEAST, MOST))


def nbd(mean: float, k: float) -> Vector:
    """Return the NBD's probabilities of 0, 1, 2, ... purchases, as far as they count; shape (n_counts,)."""
    from scipy.special import gammaln

    n = np.arange(int(mean + 50.0 + 40.0 * np.sqrt(mean + mean**2 / k)))
    logs = gammaln(k + n) - gammaln(k) - gammaln(n + 1.0) - k * np.log1p(mean / k) + n * np.log(mean / (mean + k))
    return np.asarray(np.exp(logs), float)


@dataclass(frozen=True)
class Dirichlet:
    """A category and how its brands share it, for periods of one length.

    Attributes
    ----------
    mean : float
        M: category purchases per customer and period.
    k : float
        K: shape of the Gamma of purchase rates.
    s : float
        S: sum of the Dirichlet's parameters.
    """

    mean: float
    k: float
    s: float

    def during(self, periods: float) -> Self:
        """Return the model for a longer period: only the mean grows with time."""
        return replace(self, mean=self.mean * periods)

    def penetration(self, share: float) -> float:
        """Return the share of customers who buy a brand of this market share (above 0, below 1) in a period."""
        from scipy.special import gammaln

        chances = nbd(self.mean, self.k)
        n, others = np.arange(len(chances)), self.s * (1.0 - share)
        none = gammaln(self.s) - gammaln(others) + gammaln(others + n) - gammaln(self.s + n)
        return float(1.0 - np.sum(chances * np.exp(none)))

    def frequency(self, share: float) -> float:
        """Return purchases of the brand per buyer of it."""
        return self.mean * share / self.penetration(share)

    def repeat(self, share: float) -> float:
        """Return the share of a period's buyers of the brand who buy it in the next period too."""
        once, either = self.penetration(share), self.during(2.0).penetration(share)
        return (2.0 * once - either) / once


@dataclass(frozen=True)
class Brands:
    """What was bought in a period, brand by brand; all of shape (n_brands,).

    Attributes
    ----------
    share : ndarray
        Share of purchases.
    penetration : ndarray
        Share of customers who bought the brand.
    frequency : ndarray
        Purchases of the brand per buyer of it.
    """

    share: Vector
    penetration: Vector
    frequency: Vector

    @classmethod
    def of(cls, bought: NDArray[np.integer]) -> Self:
        """Count a period's purchases, shape (n_customers, n_brands); a brand that nobody bought has missing numbers."""
        purchases, buyers = bought.sum(axis=0), (bought > 0).sum(axis=0)
        with np.errstate(invalid="ignore"):
            return cls(purchases / purchases.sum(), buyers / len(bought), purchases / buyers)


def fit(bought: NDArray[np.integer]) -> Dirichlet:
    """Fit the model to a period: K from mean and zeros, S from every brand's penetration, weighted by its share.

    Parameters
    ----------
    bought : ndarray of int
        Purchases in the period, shape (n_customers, n_brands).

    Returns
    -------
    Dirichlet
        S is :data:`MOST` where a brand has no fewer buyers than it would have if all customers were alike.
    """
    from scipy.optimize import brentq

    category = bought.sum(axis=1)
    mean = float(category.mean())
    k, brands = shape(mean, float(np.mean(category == 0))), Brands.of(bought)

    def surplus(s: float, share: float, seen: float) -> float:
        return Dirichlet(mean, k, s).penetration(share) - seen

    found = []
    for share, seen in zip(brands.share, brands.penetration, strict=True):
        alike = surplus(MOST, share, seen) <= 0.0
        found.append(MOST if alike else float(brentq(surplus, LEAST, MOST, args=(share, seen))))
    return Dirichlet(mean, k, float(np.sum(brands.share * found)))
