"""Gamma-Gamma: what a customer spends on a purchase, when her average so far is partly luck (Fader, Hardie & Lee 2005).

Theory
    Amounts vary around a mean of the customer's own as a Gamma(p, nu); nu differs between customers as a Gamma(q, v). Few purchases say
    little, so her expected amount lies between her own average and everybody's.
Equation
    L = G(px+q) / (G(px) G(q)) v^q m^(px-1) x^(px) / (v + x m)^(px+q);   E[M | m, x] = p (v + x m) / (p x + q - 1)
Symbols
    m: average amount of x purchases, above 0.
Sources
    Fader, Hardie & Lee (2005), Journal of Marketing Research 42(4), 415-430, doi:10.1509/jmkr.2005.42.4.415.
Limits
    How much a customer spends has nothing to do with how often she buys: look at their correlation before use.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from experiments.estimators.likelihood import climb, standard_errors
from experiments.estimators.repeat_buying import Vector
from scenarios.purchase_rates import SMALLEST_GROUP

MANY, FINENESS = 20_000, 0.01
"""Of more customers than this, those whose averages differ by less than this share are fitted as one row: the rest is the search's time."""


@dataclass(frozen=True)
class GammaGamma:
    """A fitted Gamma-Gamma; money is in the currency of the amounts.

    Attributes
    ----------
    p, q, v : float
        The mean amount over customers is p v / (q - 1).
    errors : tuple of float
        Standard errors of p, q, v.
    log_likelihood : float
        At the maximum.
    customers : int
        How many it is fitted to.
    """

    p: float
    q: float
    v: float
    errors: tuple[float, ...] = (0.0, 0.0, 0.0)
    log_likelihood: float = 0.0
    customers: int = 0

    @classmethod
    def fit(cls, purchases: Vector, average: Vector) -> Self:
        """Fit by maximum likelihood; customers without purchases or without money are left out.

        Parameters
        ----------
        purchases : ndarray
            Purchases of each customer whose amounts are known, shape (n,).
        average : ndarray
            Average amount of these, currency, shape (n,).

        Raises
        ------
        ValueError
            If too few customers spent anything, or all spent the same.
        """
        purchases, average = np.asarray(purchases, float), np.asarray(average, float)
        paid = (purchases > 0) & (average > 0)
        x, m = purchases[paid], average[paid]
        n = x.size
        if n < SMALLEST_GROUP:
            raise ValueError(f"{n} customers with amounts are too few to fit what they spend; {SMALLEST_GROUP} are needed")
        if np.ptp(m) <= 1e-9 * m.mean():
            raise ValueError("all customers spend the same, so there is nothing to fit")
        unit = float(np.average(m, weights=x))  # amounts in units of the mean: the search is alike in any currency
        m = m / unit
        if n > MANY:
            x, m, alike = _alike(x, m)
        else:
            alike = np.ones(n)

        def mean(parameters: Vector) -> tuple[float, Vector]:
            from scipy.special import gammaln, psi

            p, q, v = parameters
            px, log_sum = p * x, np.log(v + x * m)
            value = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v) + (px - 1.0) * np.log(m) + px * np.log(x) - (px + q) * log_sum
            both = psi(px + q)
            slope = [x * (both - psi(px) + np.log(m) + np.log(x) - log_sum), both - psi(q) + np.log(v) - log_sum, q / v - (px + q) / (v + x * m)]
            return float(alike @ value) / n, np.stack(slope) @ alike / n

        top, covariance, value = climb(mean, [np.array([4.0, 4.0, 1.0]), np.array([1.0, 2.0, 1.0])], "what customers spend")
        errors = standard_errors(top, covariance, n)
        value = n * value - n * np.log(unit)
        return cls(float(top[0]), float(top[1]), float(top[2]) * unit, (errors[0], errors[1], errors[2] * unit), float(value), n)

    @property
    def mean(self) -> float:
        """Mean amount over customers, currency; infinite where the fit leaves it undefined (q at most 1)."""
        return self.p * self.v / (self.q - 1.0) if self.q > 1.0 else float("inf")

    def conditional_amount(self, purchases: Vector, average: Vector) -> Vector:
        """Return the amount to expect of each customer's next purchases, currency, shape (n,); with no purchases, the mean over customers."""
        x = np.asarray(purchases, float)
        m = np.where(x > 0, average, 0.0)
        with np.errstate(divide="ignore"):
            return np.asarray(self.p * (self.v + x * m) / np.maximum(self.p * x + self.q - 1.0, 1e-12))


def _alike(x: Vector, m: Vector) -> tuple[Vector, Vector, Vector]:
    """Return purchases and averages once each, averages to a hundredth, with how many customers have them."""
    rows, alike = np.unique(np.column_stack([x, np.round(np.log(m) / FINENESS)]), axis=0, return_counts=True)
    return rows[:, 0], np.exp(FINENESS * rows[:, 1]), alike.astype(float)
