"""How near estimates come to the truth: bias, error, ranking, and who is told to be lost (Malthouse & Blattberg 2005 ask the same of real data)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.truth.records import Numbers

BEST = 0.2
"""Share of customers who count as the best."""

SCORES = {
    "bias": ("Bias", "share", "mean estimate over mean true value, less 1"),
    "rmse": ("Root mean squared error", "ratio", "root of the mean squared difference from true values, without their own error, over their mean"),
    "mae": ("Mean absolute error", "ratio", "mean absolute difference from true values, over their mean"),
    "spearman": ("Rank correlation", "correlation", "Spearman's correlation of estimates and true values; missing where all are estimated alike"),
    "best_found": ("Best customers found", "share", "share of the truly best 20 % who are among the 20 % estimated best; chance finds 20 %"),
    "precision": ("Lost: precision", "share", "of those whom the method gives up, the share who were lost; missing where it gives up nobody"),
    "recall": ("Lost: recall", "share", "of those who were lost, the share whom the method gives up"),
}
"""What is scored: label, unit, meaning."""


@dataclass(frozen=True)
class Estimate:
    """What a method says of each customer.

    Attributes
    ----------
    value : ndarray, shape (n,)
        Discounted margin of her purchases over the horizon, currency.
    lost : ndarray of bool, shape (n,)
        Whom it gives up.
    """

    value: Numbers
    lost: NDArray[np.bool_]


def scores(estimate: Estimate, value: Numbers, error: Numbers, lost: NDArray[np.bool_]) -> dict[str, float]:
    """Return every score of :data:`SCORES` for an estimate.

    Parameters
    ----------
    estimate : Estimate
        What a method says.
    value : ndarray, shape (n,)
        True values, currency.
    error : ndarray, shape (n,)
        Their standard errors, currency; 0 where they are exact.
    lost : ndarray of bool, shape (n,)
        Who was lost.
    """
    off, mean = estimate.value - value, float(value.mean())
    both = float((estimate.lost & lost).sum())
    return {
        "bias": _over(float(off.mean()), mean),
        "rmse": _over(float(np.sqrt(max(0.0, (off**2).mean() - (error**2).mean()))), mean),
        "mae": _over(float(np.abs(off).mean()), mean),
        "spearman": spearman(estimate.value, value),
        "best_found": best_found(estimate.value, value),
        "precision": _over(both, float(estimate.lost.sum())),
        "recall": _over(both, float(lost.sum())),
    }


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else float("nan")


def spearman(estimate: Numbers, value: Numbers) -> float:
    """Return Spearman's rank correlation, ties at their mean rank; missing where one side is all alike."""
    from scipy.stats import rankdata

    if np.ptp(estimate) == 0.0 or np.ptp(value) == 0.0:
        return float("nan")
    return float(np.corrcoef(rankdata(estimate), rankdata(value))[0, 1])


def best_found(estimate: Numbers, value: Numbers) -> float:
    """Return the share of the truly best who are among those estimated best, as many; ties are drawn by lot, and this is the mean over lots."""
    n = max(1, round(BEST * value.size))
    return float((_chosen(estimate, n) * _chosen(value, n)).sum() / n)


def _chosen(value: Numbers, n: int) -> Numbers:
    """Return each one's chance to be among the ``n`` largest."""
    cut = np.partition(value, value.size - n)[value.size - n]
    above, level = value > cut, value == cut
    return np.where(above, 1.0, np.where(level, (n - above.sum()) / level.sum(), 0.0))


def agreement(values: Numbers) -> float:
    """Return how well a mean over futures ranks customers as the true expectation does: the highest correlation that can be measured with it.

    Halves of the futures are ranked against each other, and Spearman and Brown's formula tells of all of them together.

    Parameters
    ----------
    values : ndarray, shape (n_futures, n)
        What each future brought of each customer.
    """
    if len(values) < 2:
        return float("nan")
    half = spearman(values[::2].mean(axis=0), values[1::2].mean(axis=0))
    return float(np.sqrt(max(0.0, 2.0 * half / (1.0 + half))))
