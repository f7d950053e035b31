"""sBG: how long contracts last when customers differ in how prone they are to leave (Fader & Hardie 2007).

Theory
    At each renewal a customer leaves with a probability p ~ Beta(a, b) of her own. Retention rises with tenure although nobody changes:
    those prone to leave go first.
Equation
    retention after t renewals r_t = (b + t - 1) / (a + b + t - 1);  S(t) = r_1 ... r_t = B(a, b+t) / B(a, b)
Symbols
    t: renewals, counted from 1; S: share of a cohort that is still there.
Sources
    fader2007
Limits
    A customer's probability does not change; a cohort is alike but for it.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from experiments.estimators.likelihood import climb, standard_errors
from experiments.estimators.repeat_buying import Vector


@dataclass(frozen=True)
class ShiftedBetaGeometric:
    """A fitted sBG.

    Attributes
    ----------
    a, b : float
        Of the Beta of leaving at a renewal; the mean is a / (a + b).
    errors : tuple of float
        Standard errors of a and b.
    log_likelihood : float
        At the maximum.
    customers : int
        Customers at the first renewal that was seen.
    """

    a: float
    b: float
    errors: tuple[float, ...] = (0.0, 0.0)
    log_likelihood: float = 0.0
    customers: int = 0

    @classmethod
    def fit(cls, at_risk: Vector, lost: Vector) -> Self:
        """Fit by maximum likelihood.

        Parameters
        ----------
        at_risk : ndarray
            Customers whose t-th renewal was seen, t = 1, 2, ..., shape (n_renewals,); cohorts of different age may be added up.
        lost : ndarray
            How many of them left at it, shape (n_renewals,).

        Raises
        ------
        ValueError
            If nobody was seen at a renewal, nobody left, everybody left at the first one, or more left than were there.
        """
        at_risk, lost = np.asarray(at_risk, float), np.asarray(lost, float)
        if at_risk.shape != lost.shape or at_risk.sum() <= 0 or np.any(lost < 0) or np.any(lost > at_risk):
            raise ValueError("a retention table needs customers at every renewal, and no more who leave than there are")
        if lost.sum() <= 0:
            raise ValueError("nobody left, so retention cannot be fitted")
        if lost.sum() >= at_risk.sum():
            raise ValueError("everybody left at the first renewal, so retention cannot be fitted")
        t = np.arange(1, len(at_risk) + 1)
        kept, n = at_risk - lost, int(at_risk.max())

        def mean(parameters: Vector) -> tuple[float, Vector]:
            a, b = parameters
            value = lost * np.log(a) + kept * np.log(b + t - 1.0) - at_risk * np.log(a + b + t - 1.0)
            slope_b = kept / (b + t - 1.0) - at_risk / (a + b + t - 1.0)
            slope_a = lost / a - at_risk / (a + b + t - 1.0)
            return float(value.sum()) / n, np.array([slope_a.sum(), slope_b.sum()]) / n

        share = float(lost[0] / max(at_risk[0], 1.0)) or 0.1
        starts = [np.array([size * share, size * (1.0 - share)]) + 1e-3 for size in (1.0, 10.0)]
        top, covariance, value = climb(mean, starts, "the sBG")
        return cls(float(top[0]), float(top[1]), standard_errors(top, covariance, n), n * value, n)

    def retention(self, renewal: Vector) -> Vector:
        """Return the share of customers who stay at their t-th renewal, t from 1, of those who come to it."""
        t = np.asarray(renewal, float)
        return np.asarray((self.b + t - 1.0) / (self.a + self.b + t - 1.0))

    def survival(self, renewals: Vector) -> Vector:
        """Return the share of a cohort still there after t renewals, t from 0."""
        from scipy.special import betaln

        return np.asarray(np.exp(betaln(self.a, self.b + np.asarray(renewals, float)) - betaln(self.a, self.b)))

    def residual_terms(self, renewed: Vector, horizon: int, discount: float = 0.0) -> Vector:
        """Return the discounted terms to expect of customers who have renewed so often: times the margin of a term, their residual value.

        Parameters
        ----------
        renewed : ndarray
            Renewals so far, from 0, shape (n,); the next term begins only if she renews once more.
        horizon : int
            How many renewals are looked ahead, from 1.
        discount : float
            Per term; a term counts at the renewal that begins it, which is one term from now for the first.
        """
        t = np.asarray(renewed, float)
        ahead = np.arange(1, horizon + 1)
        share = self.survival(t[:, None] + ahead) / self.survival(t)[:, None]
        return np.asarray(share @ (1.0 + discount) ** -ahead.astype(float))
