"""Fitting by simulation: the method of simulated moments (McFadden 1989), with common random numbers and a weak prior.

Theory
    Where a model can be played and has no likelihood, parameters are sought at which played customers are like real ones in their moments:
    here the shares of customers in cells, and the mean count. Every evaluation meets the same luck, so the distance is smooth enough to climb
    down. What a moment says of a parameter is its slope: where there is none, the interval is that of the prior, and the log cannot tell.
Equation
    minimise  N sum_m ((o_m - s_m(theta)) / sd_m)^2  +  sum_k ((theta_k - start_k) / prior_k)^2;
    cov = (J'J)^-1 J'V J (J'J)^-1,  V = (1 + N/S) misfit cor(m) for moments and 1 for the prior
Symbols
    o_m, s_m: observed and simulated moment m; sd_m, cor(m): how it varies between customers, and with other moments; N, S: real and simulated
    customers; misfit: chi-square over its degrees of freedom, at least 1; J: slopes of the residuals; theta: free scale.
Sources
    McFadden (1989), Econometrica 57(5), 995-1026, doi:10.2307/1913621.
Limits
    Found is the nearest minimum. The search is scipy's ``least_squares`` (a trust region), with slopes by central differences.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.market import Free

Vector = NDArray[np.float64]
STEP = 0.15
"""Half-width of the differences, on the free scale: wide enough that many customers change their cell."""
MOST_STEPS = 8
FARTHEST = 3.0
"""How many standard deviations of the prior the search may go."""
UNTOLD = 0.7
"""A parameter whose interval is wider than this share of its prior's is one that the log does not tell."""

Simulate = Callable[[Sequence[float]], Vector]
"""From the parameters' values to the moments."""


@dataclass(frozen=True)
class Fitted:
    """What simulation found.

    Attributes
    ----------
    free : tuple of Free
        The parameters.
    place : ndarray
        Where they are, on the free scale, shape (n_free,).
    covariance : ndarray
        Of these, shape (n_free, n_free).
    misfit : float
        Mean square of the moments' residuals, in units of what luck would make it: about 1 where the market fits.
    evaluations : int
        Distinct parameter sets that were played.
    """

    free: tuple[Free, ...]
    place: Vector
    covariance: Vector
    misfit: float
    evaluations: int

    @property
    def levels(self) -> list[float]:
        """The parameters' values."""
        return [one.value(float(place)) for one, place in zip(self.free, self.place, strict=True)]

    def interval(self, number: int) -> tuple[float, float]:
        """Return the 95 % interval of a parameter."""
        half = 1.96 * float(np.sqrt(self.covariance[number, number]))
        one, place = self.free[number], float(self.place[number])
        return one.value(place - half), one.value(place + half)

    def told(self, number: int) -> bool:
        """Whether the log says something of a parameter: its interval is clearly narrower than the prior's."""
        return bool(np.sqrt(self.covariance[number, number]) < UNTOLD * self.free[number].prior)

    def draw(self, luck: np.random.Generator) -> list[float]:
        """Return the values of one draw from the parameters' distribution, within where they were looked for."""
        drawn = luck.multivariate_normal(self.place, self.covariance, method="eigh")
        return [
            one.value(float(np.clip(place, one.start - FARTHEST * one.prior, one.start + FARTHEST * one.prior)))
            for one, place in zip(self.free, drawn, strict=True)
        ]


class Evaluations:
    """Evaluations kept in a file, one line each: a search that is killed and started anew meets them again and goes on.

    Parameters
    ----------
    path : Path
        The file; it need not be there.
    problem : str
        What is fitted, as a digest: evaluations of another problem do not count.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self._path, self._problem = path, problem
        self._known: dict[str, list[float]] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._take(line)

    def _take(self, line: str) -> None:
        try:
            kept = json.loads(line)
        except ValueError:  # the line that was being written when the search was killed
            return
        if isinstance(kept, dict) and kept.get("problem") == self._problem:
            self._known[str(kept["at"])] = list(kept["moments"])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._known)

    def at(self, place: Vector, simulate: Callable[[], Vector]) -> Vector:
        """Return the moments at a place: from the file, or simulated and kept."""
        key = json.dumps([round(float(value), 10) for value in place])
        if key not in self._known:
            moments = [float(value) for value in simulate()]
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n" if self._broken() else "")
                file.write(json.dumps({"problem": self._problem, "at": key, "moments": moments}) + "\n")
            self._known[key] = moments
        return np.array(self._known[key])

    def _broken(self) -> bool:
        """Whether the file ends in the middle of a line."""
        content = self._path.read_bytes() if self._path.exists() else b""
        return bool(content) and not content.endswith(b"\n")


def fit(
    free: tuple[Free, ...], observed: Vector, scatter: Vector, customers: int, simulated: int, simulate: Simulate, kept: Evaluations,
    progress: Callable[[int], None],
) -> Fitted:  # fmt: skip
    """Find the free parameters.

    Parameters
    ----------
    free : tuple of Free
        The parameters.
    observed : ndarray
        Moments of real customers, shape (n_moments,).
    scatter : ndarray
        Covariance of the moments between real customers, shape (n_moments, n_moments).
    customers, simulated : int
        Real and simulated customers.
    simulate : callable
        Plays a market.
    kept : Evaluations
        Where evaluations are kept.
    progress : callable
        Called with the number of evaluations, after each new one.
    """
    from scipy.optimize import least_squares

    start = np.array([one.start for one in free])
    prior = np.array([one.prior for one in free])
    spread = np.sqrt(np.maximum(np.diag(scatter), 0.5 / customers))  # a cell where nobody is: half a customer
    weight = np.sqrt(customers) / spread

    def residuals(place: Vector) -> Vector:
        before = len(kept)
        moments = kept.at(place, lambda: simulate([one.value(float(value)) for one, value in zip(free, place, strict=True)]))
        if len(kept) > before:
            progress(len(kept))
        return np.concatenate([weight * (moments - observed), (place - start) / prior])

    def slopes(place: Vector) -> Vector:
        columns = [(residuals(place + STEP * unit) - residuals(place - STEP * unit)) / (2.0 * STEP) for unit in np.eye(len(place))]
        return np.stack(columns, axis=1)

    bounds = (start - FARTHEST * prior, start + FARTHEST * prior)
    found = least_squares(
        residuals, start, jac=slopes, bounds=bounds, method="trf", x_scale=1.0, xtol=0.01, ftol=1e-3, gtol=1e-3, max_nfev=MOST_STEPS
    )
    jacobian, n = slopes(found.x), len(observed)
    luck = 1.0 + customers / simulated
    misfit = float(np.sum(found.fun[:n] ** 2)) / max(1, n - len(free)) / luck
    variance = np.eye(n + len(free))
    variance[:n, :n] = scatter / np.outer(spread, spread) * luck * max(1.0, misfit)
    bread = np.linalg.pinv(jacobian.T @ jacobian, hermitian=True)
    covariance = bread @ jacobian.T @ variance @ jacobian @ bread
    return Fitted(free, np.asarray(found.x, float), np.asarray(covariance), misfit, len(kept))
