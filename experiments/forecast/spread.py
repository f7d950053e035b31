"""What makes the width of a forecast's interval: luck, and parameters that data leave open (analysis of variance, one factor at random).

Theory
    Each set of parameters is played on several lucks, each luck once. How futures of one set differ is luck; how the sets' means differ beyond
    that is parameters (Searle, Casella & McCulloch 1992). The interval is for what will happen, once: it does not shrink to nothing with more
    futures, as an interval of the mean does.
Equation
    y_sr = m + parameters_s + luck_sr;  luck = W,  parameters = (B - W) / R,  total = B / R + (1 - 1 / R) W;
    interval = mean +- t(nu) sqrt(total + B / (S R)),  nu by Satterthwaite
Symbols
    y_sr: what came in future r of set s; S, R: sets, and futures of each; W: mean square within sets, B: between them, R var(means); nu: degrees
    of freedom.
Sources
    Searle, Casella & McCulloch (1992), Variance Components, doi:10.1002/9780470316856; Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114,
    doi:10.2307/3002019.
Limits
    An outcome that is far from normal has an interval that is only roughly right. Few sets tell the two parts apart only roughly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.intervals import CONFIDENCE


@dataclass(frozen=True)
class Spread:
    """Where an outcome will lie, and why not more precisely.

    Attributes
    ----------
    mean, low, high : float
        Expectation, and the ends of the 95 % interval of one future.
    luck, parameters : float
        Variances: of luck, and of what data leave open of the parameters; the latter missing where one set was played.
    n : int
        Futures.
    """

    mean: float
    low: float
    high: float
    luck: float
    parameters: float
    n: int

    @property
    def share(self) -> float:
        """The parameters' share of the variance; missing where one set was played, or nothing varies."""
        whole = self.luck + self.parameters
        return self.parameters / whole if whole > 0.0 else float("nan")


def spread(outcomes: NDArray[np.float64]) -> Spread:
    """Return where an outcome will lie.

    Parameters
    ----------
    outcomes : ndarray, shape (n_sets, n_futures)
        What came: a row for each set of parameters; at least two futures a set.
    """
    from scipy.special import stdtrit  # scipy.stats would take most of a second to import

    n_sets, n_each = outcomes.shape
    mean, within = float(outcomes.mean()), float(outcomes.var(axis=1, ddof=1).mean())
    if n_sets == 1:
        freedom, total, of_mean, parameters = n_each - 1.0, within, within / n_each, float("nan")
    else:
        between = n_each * float(outcomes.mean(axis=1).var(ddof=1))
        parts = np.array([between / n_each, (1.0 - 1.0 / n_each) * within])
        total, of_mean, parameters = float(parts.sum()), between / (n_sets * n_each), max(0.0, (between - within) / n_each)
        freedom = total**2 / max(float((parts**2) @ (1.0 / np.array([n_sets - 1.0, n_sets * (n_each - 1.0)]))), 1e-300)
    half = float(stdtrit(max(freedom, 1.0), 0.5 + CONFIDENCE / 2.0) * np.sqrt(total + of_mean))
    return Spread(mean, mean - half, mean + half, within, parameters, outcomes.size)
