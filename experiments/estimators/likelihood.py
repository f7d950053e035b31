"""Maximum likelihood, as all estimators here use it: parameters are positive, so their logarithms are searched (BFGS, scipy)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
WIDTH = 1e-5
"""Step of the differences that the curvature is found by, in logarithms."""
LOWEST, HIGHEST = -9.0, 12.0
"""Where logarithms of parameters are looked for."""


def climb(log_likelihood: Callable[[Vector], tuple[float, Vector]], starts: list[Vector], what: str) -> tuple[Vector, Vector, float]:
    """Return the parameters at the maximum, their standard errors and the log-likelihood there.

    Parameters
    ----------
    log_likelihood : callable
        Of the parameters: the value, a mean over customers, and its gradient with respect to the parameters.
    starts : list of ndarray
        Parameters to start from; the best end of all searches counts.
    what : str
        Name of the model, for the sentence that says that it cannot be fitted.

    Returns
    -------
    parameters, covariance, value : ndarray, ndarray, float
        ``covariance`` is that of the logarithms of the parameters, for one customer: divide by the number of customers.

    Raises
    ------
    ValueError
        If no search ends at a finite value.
    """
    from scipy.optimize import minimize

    def down(logs: Vector) -> tuple[float, Vector]:
        parameters = np.exp(logs)
        value, gradient = log_likelihood(parameters)
        if not np.isfinite(value) or not np.all(np.isfinite(gradient)):
            return 1e12, np.zeros(len(logs))
        return -value, -gradient * parameters

    bounds = [(LOWEST, HIGHEST)] * len(starts[0])
    ends = [
        minimize(
            down, np.clip(np.log(start), LOWEST, HIGHEST), jac=True, method="L-BFGS-B", bounds=bounds,
            options={"maxiter": 2_000, "ftol": 1e-14, "gtol": 1e-9},
        )
        for start in starts
    ]  # fmt: skip
    best = min(ends, key=lambda end: float(end.fun))
    if best.fun >= 1e11:
        raise ValueError(f"{what} cannot be fitted to these customers")
    top = np.asarray(best.x, float)
    rows = [(down(top + WIDTH * unit)[1] - down(top - WIDTH * unit)[1]) / (2.0 * WIDTH) for unit in np.eye(len(top))]
    curvature = np.array(rows)
    covariance = np.linalg.pinv((curvature + curvature.T) / 2.0, hermitian=True)
    return np.exp(top), np.asarray(covariance, np.float64), -float(best.fun)


def standard_errors(parameters: Vector, covariance: Vector, customers: int) -> tuple[float, ...]:
    """Return the parameters' standard errors: the delta method, from those of the logarithms."""
    return tuple(float(value) for value in parameters * np.sqrt(np.maximum(np.diag(covariance), 0.0) / customers))
