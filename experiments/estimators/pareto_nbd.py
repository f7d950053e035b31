"""Pareto/NBD: customers buy at their own rate and leave unseen at a moment of their own (Schmittlein, Morrison & Colombo 1987).

Theory
    While a customer is active she buys at random moments, at a rate lambda ~ Gamma(r, alpha); she leaves for good at a random moment, at a
    rate mu ~ Gamma(s, beta), whether she buys or not.
Equation
    L = G(r+x) alpha^r beta^s / G(r) [ (alpha+T)^-(r+x) (beta+T)^-s + s int_{t_x}^{T} (alpha+u)^-(r+x) (beta+u)^-(s+1) du ];
    P(alive) = first term / both;  E[Y(t) | alive] = (r+x) (beta+T) / ((alpha+T) (s-1)) [1 - ((beta+T)/(beta+T+t))^(s-1)]
Symbols
    x repeat purchases, t_x time of the last, T time watched; Y(t) purchases in the next t.
Sources
    schmittlein1987
Limits
    Rates do not change while she is active. The integral over the moment of leaving is Gauss and Legendre's, at points that crowd at its
    start: no hypergeometric function, and so no region of the parameters where one overflows.
"""

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np

from experiments.estimators.likelihood import climb, standard_errors
from experiments.estimators.repeat_buying import Vector, aggregated
from scenarios.purchase_log import Histories
from scenarios.purchase_rates import SMALLEST_GROUP

NODES = 24
"""Points of the integral: the log-likelihood of CDNOW is right to nine digits."""
CHUNK = 16_384


@dataclass(frozen=True)
class ParetoNbd:
    """A fitted Pareto/NBD; time is in the unit of the histories.

    Attributes
    ----------
    r, alpha : float
        Of the Gamma of purchase rates; the mean rate is r / alpha a period.
    s, beta : float
        Of the Gamma of the rates of leaving; the mean is s / beta a period.
    errors : tuple of float
        Standard errors of r, alpha, s, beta.
    log_likelihood : float
        At the maximum.
    customers : int
        How many it is fitted to.
    """

    r: float
    alpha: float
    s: float
    beta: float
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
        once, _ = aggregated(data)
        n = once.customers
        if n < SMALLEST_GROUP:
            raise ValueError(f"{n} customers are too few to fit the Pareto/NBD; {SMALLEST_GROUP} are needed")
        if not np.any(once.repeats > 0):
            raise ValueError("no customer bought twice, so the Pareto/NBD cannot be fitted")
        span = max(1e-3, float(np.average(once.observed, weights=once.alike)))
        starts = [np.array([0.5, span / 4.0, 0.5, span / 4.0]), np.array([1.0, span / 2.0, 1.0, span])]
        top, covariance, value = climb(lambda parameters: _mean(parameters, once), starts, "the Pareto/NBD")
        r, alpha, s, beta = (float(number) for number in top)
        return cls(r, alpha, s, beta, standard_errors(top, covariance, n), n * value, n)

    def p_alive(self, data: Histories) -> Vector:
        """Return the probability that each customer has not left yet, shape (n,)."""
        alive = np.empty(data.repeats.size)
        for start in range(0, alive.size, CHUNK):
            part = slice(start, start + CHUNK)
            here = Histories(data.repeats[part], data.last[part], data.observed[part])
            terms = _terms(np.array([self.r, self.alpha, self.s, self.beta]), here)[0]
            alive[part] = np.exp(terms[:, 0] - np.logaddexp.reduce(terms, axis=1))
        return alive

    def conditional_purchases(self, data: Histories, periods: float) -> Vector:
        """Return how many purchases to expect of each customer in the next ``periods``, given her history, shape (n,)."""
        from scipy.special import exprel

        rate = (self.r + data.repeats) / (self.alpha + data.observed)
        ahead = np.log1p(periods / (self.beta + data.observed))
        # (beta+T) (1 - e^(-(s-1) ahead)) / (s-1), written so that s = 1 is no exception.
        time = (self.beta + data.observed) * ahead * exprel(-(self.s - 1.0) * ahead)
        return np.asarray(self.p_alive(data) * rate * time)


@cache
def _nodes() -> tuple[Vector, Vector]:
    """Return points of (0, 1) and their weights, crowded towards 0, where the integrand falls fastest."""
    from scipy.special import roots_legendre

    nodes, weights = roots_legendre(NODES)
    half = (np.asarray(nodes) + 1.0) / 2.0
    return half**2, half * np.asarray(weights)


def _terms(parameters: Vector, data: Histories) -> tuple[Vector, Vector, Vector]:
    """Return the logarithms of both parts of the likelihood, the second at its points, and where these lie after alpha and beta.

    Each of shape (n, 1 + NODES); the points are spaced in log(alpha + u).
    """
    r, alpha, s, beta = parameters
    x, last, observed = data.repeats[:, None], data.last[:, None], data.observed[:, None]
    nodes, weights = _nodes()
    width = np.log((alpha + observed) / (alpha + last))
    after_alpha = np.concatenate([alpha + observed, (alpha + last) * np.exp(width * nodes)], axis=1)
    after_beta = np.concatenate([beta + observed, after_alpha[:, 1:] + (beta - alpha)], axis=1)
    terms = -(r + x) * np.log(after_alpha) - s * np.log(after_beta)
    with np.errstate(divide="ignore"):  # nobody can have left where T = t_x
        terms[:, 1:] += np.log(s) - np.log(after_beta[:, 1:]) + np.log(after_alpha[:, 1:]) + np.log(width) + np.log(weights)
    return terms, after_alpha, after_beta


def _mean(parameters: Vector, data: Histories) -> tuple[float, Vector]:
    """Return the mean log-likelihood of a customer and its gradient.

    The points move with alpha, and the value of an integral does not depend on where it is taken: the gradient is that of the integrand,
    at points that stay.
    """
    from scipy.special import gammaln, psi

    r, alpha, s, beta = parameters
    x, customers = data.repeats, data.customers
    terms, after_alpha, after_beta = _terms(parameters, data)
    either = np.logaddexp.reduce(terms, axis=1)
    part = np.exp(terms - either[:, None])
    value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + either
    left = 1.0 - part[:, 0]
    slope = np.array(
        [
            np.sum(data.alike * (psi(r + x) - psi(r) + np.log(alpha) - np.sum(part * np.log(after_alpha), axis=1))),
            np.sum(data.alike * (r / alpha - (r + x) * np.sum(part / after_alpha, axis=1))),
            np.sum(data.alike * (np.log(beta) + left / s - np.sum(part * np.log(after_beta), axis=1))),
            np.sum(data.alike * (s / beta - s * np.sum(part / after_beta, axis=1) - np.sum((part / after_beta)[:, 1:], axis=1))),
        ]
    )
    return float(np.sum(data.alike * value)) / customers, slope / customers
