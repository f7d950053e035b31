"""Purchase rates from a log: the BG/NBD model fitted by maximum likelihood (Fader, Hardie & Lee 2005).

Theory
    While a customer is active, purchases come as a Poisson process whose rate differs between customers as a Gamma(r, alpha);
    after every purchase the customer leaves for good with a probability that differs as a Beta(a, b).
Equation
    L = G(r+x) alpha^r / G(r) * B(a, b+x)/B(a, b) * [(alpha+T)^-(r+x) + 1[x>0] a/(b+x-1) (alpha+t_x)^-(r+x)]
Symbols
    x repeat purchases, t_x time of the last, T time watched (weeks since the first purchase); all of shape (n_customers,).
Sources
    Fader, Hardie & Lee (2005), Marketing Science 24(2), 275-284, doi:10.1287/mksc.1040.0098.
Limits
    A customer's rate does not change while active, and rate and leaving are independent.

``python -m scenarios`` prints the fit of every group of the log that is shipped.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.purchase_log import Histories, histories, read_log
from sim.units import months_per_period

DATA = Path(__file__).parent / "data"
MOST_STEPS = 200
LOWEST_LOG, HIGHEST_LOG = -9.0, 12.0
"""Where the logarithms of the parameters are looked for."""
Vector = NDArray[np.float64]
SMALLEST_GROUP = 20  # assumed: below this four parameters cannot be told apart


@dataclass(frozen=True)
class PurchaseRates:
    """A BG/NBD fitted to a group of customers; time is in weeks.

    Attributes
    ----------
    shape, scale : float
        r and alpha of the Gamma of purchase rates; the mean rate is r / alpha a week.
    dropout_a, dropout_b : float
        a and b of the Beta of leaving after a purchase.
    errors : tuple of float
        Standard errors of the four, in this order.
    log_likelihood : float
        At the maximum.
    customers : int
        Customers in the group.
    share : float
        Their share of the log's customers.
    """

    shape: float
    scale: float
    dropout_a: float
    dropout_b: float
    errors: tuple[float, float, float, float]
    log_likelihood: float
    customers: int
    share: float

    @property
    def months_scale(self) -> float:
        """Alpha in months: a year has 12 months and 52.1775 weeks."""
        return self.scale * months_per_period("week")


def log_likelihood(parameters: Vector, data: Histories) -> tuple[float, Vector]:
    """Return the log-likelihood and its gradient.

    Parameters
    ----------
    parameters : ndarray
        r, alpha, a, b; all above 0.
    data : Histories
        What was seen of each customer.

    Returns
    -------
    value : float
        Summed over customers.
    gradient : ndarray
        With respect to the parameters, shape (4,).
    """
    from scipy.special import gammaln, psi

    r, alpha, a, b = parameters
    x, after_all, after_last = data.repeats, alpha + data.observed, alpha + data.last
    failed = np.where(x > 0, b + x - 1.0, np.inf)  # without a repeat nobody can have left: that term is 0
    staying = -(r + x) * np.log(after_all)
    leaving = np.where(x > 0, np.log(a) - np.log(np.where(x > 0, failed, 1.0)) - (r + x) * np.log(after_last), -np.inf)
    either = np.logaddexp(staying, leaving)
    left = np.exp(leaving - either)
    value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x) + either
    gradient = np.array(
        [
            np.sum(data.alike * (psi(r + x) - psi(r) + np.log(alpha) - (1.0 - left) * np.log(after_all) - left * np.log(after_last))),
            np.sum(data.alike * (r / alpha - (r + x) * ((1.0 - left) / after_all + left / after_last))),
            np.sum(data.alike * (psi(a + b) - psi(a + b + x) + left / a)),
            np.sum(data.alike * (psi(a + b) + psi(b + x) - psi(b) - psi(a + b + x) - left / failed)),
        ]
    )
    return float(np.sum(data.alike * value)), gradient


def fit(data: Histories, share: float = 1.0) -> PurchaseRates:
    """Fit the BG/NBD by maximum likelihood, with standard errors from the curvature at the maximum.

    Parameters
    ----------
    data : Histories
        What was seen of each customer.
    share : float
        Share of the log's customers, kept with the result.

    Raises
    ------
    ValueError
        If there are too few customers, or nothing to learn from (no repeats), or the search does not settle.
    """
    n = data.customers
    if n < SMALLEST_GROUP:
        raise ValueError(f"{n} customers are too few to fit purchase rates; {SMALLEST_GROUP} are needed")
    if not np.any(data.repeats > 0):
        raise ValueError("no customer bought twice, so purchase rates cannot be fitted")

    start = np.log([1.0, max(1e-3, float(np.mean(data.observed)) / 4.0), 1.0, 2.0])
    top, curvature = _climb(start, data)
    r, alpha, a, b = (float(value) for value in np.exp(top))
    errors = np.exp(top) * np.sqrt(np.maximum(np.diag(np.linalg.pinv(-n * curvature)), 0.0))  # delta method: found in logarithms
    value = n * _per_customer(top, data)[0]
    return PurchaseRates(r, alpha, a, b, (float(errors[0]), float(errors[1]), float(errors[2]), float(errors[3])), value, n, share)


def _per_customer(logs: Vector, data: Histories) -> tuple[float, Vector]:
    """Return the mean log-likelihood and its gradient, with respect to the logarithms of the parameters."""
    parameters = np.exp(logs)
    value, gradient = log_likelihood(parameters, data)
    return value / data.customers, gradient * parameters / data.customers


def _climb(logs: Vector, data: Histories) -> tuple[Vector, Vector]:
    """Return the maximum and the curvature there: Newton's method, uphill even where the surface is not a hill yet.

    scipy.optimize would do, but costs a fifth of a second to import, and every command that loads a scenario would pay it.
    """
    value, slope = _per_customer(logs, data)
    for _ in range(MOST_STEPS):
        curvature = _curvature(logs, data)
        bend, axes = np.linalg.eigh(curvature)
        step = axes @ ((axes.T @ slope) / np.maximum(np.abs(bend), 1e-6))
        step /= max(1.0, float(np.max(np.abs(step))))
        before, there = value, logs
        for _ in range(40):
            there = np.clip(logs + step, LOWEST_LOG, HIGHEST_LOG)
            value, slope = _per_customer(there, data)
            if value >= before:
                break
            step = step / 2.0
        if value <= before + 1e-14 * abs(before):
            return (there, _curvature(there, data)) if value >= before else (logs, curvature)
        logs = there
    raise ValueError("the search for purchase rates did not settle")


def _curvature(logs: Vector, data: Histories) -> Vector:
    """Return the second derivatives of the mean log-likelihood, by differences of its gradient, shape (4, 4)."""
    width = 1e-5
    rows = [(_per_customer(logs + width * unit, data)[1] - _per_customer(logs - width * unit, data)[1]) / (2.0 * width) for unit in np.eye(4)]
    matrix = np.array(rows)
    return (matrix + matrix.T) / 2.0


@cache
def fitted(path: Path, group: str, weeks: float) -> PurchaseRates:
    """Return the rates of one group of a log, fitted once in a process.

    Parameters
    ----------
    path : Path
        The log, see :func:`scenarios.purchase_log.read_log`.
    group : str
        One of :data:`scenarios.purchase_log.GROUPS`.
    weeks : float
        How many weeks of the log the fit may read; what comes later is left for validation.
    """
    log = _logs(path)
    data = histories(log.of(group), weeks)
    return fit(data, data.repeats.size / histories(log, weeks).repeats.size)


_logs = cache(read_log)
