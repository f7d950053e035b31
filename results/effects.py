"""Effects of a contrast: how large, how sure, how many replications would show it, what shared luck saved (Cohen 1988; Efron 1987)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.intervals import CONFIDENCE, interval

POWER = 0.8
"""Probability with which a difference should be found when it is there."""
RESAMPLES = 9_999
"""Bootstrap samples behind an interval: enough for its ends to be stable to about a hundredth of its width."""
MOST = 1_000_000
"""Replications above which nobody would run them: more are called infinite."""
SEED = 20_250_101
"""Seed of the bootstrap's resampling, so that the same results give the same interval."""
BATCH = 2_000_000
"""Numbers that the bootstrap holds in memory at most."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """A paired difference over replications.

    Attributes
    ----------
    first : float
        Mean without the change, in the measure's unit.
    mean, low, high : float
        Mean difference and its 95 % t-interval.
    boot_low, boot_high : float
        Its 95 % bootstrap interval (BCa), which does not suppose normal differences. With fewer than about 20 replications it is too
        narrow; the t-interval is then the one to read.
    d_z : float
        Mean difference over the standard deviation of the differences: how far the pairs stand out from their own noise.
    d : float
        Mean difference over the standard deviation of single replications: how far the two stand apart for who sees one run of each.
    needed : float
        Replications with which a paired test finds a difference of this size with 80 % power; infinite beyond a million.
    variance_ratio : float
        Variance of the difference under independent luck over that under shared luck. 10: independent replications would have to be
        ten times as many for the same interval. Infinite where the difference is the same in every replication.
    n : int
        Replications.
    """

    first: float
    mean: float
    low: float
    high: float
    boot_low: float
    boot_high: float
    d_z: float
    d: float
    needed: float
    variance_ratio: float
    n: int


def effect(first: Values, other: Values, resamples: int = RESAMPLES) -> Effect:
    """Return the effect of a change, from one number per replication without it and one with it, on the same luck.

    Parameters
    ----------
    first, other : array of float, shape (n_replications,)
        The measure without and with the change. Replications in which either is missing are left out.
    resamples : int
        Bootstrap samples.
    """
    known = ~(np.isnan(first) | np.isnan(other))
    a, b = first[known], other[known]
    mean, low, high, n = interval(b - a)
    boot_low, boot_high = bootstrap(b - a, resamples)
    d_z = over(mean, _spread(b - a))
    return Effect(
        first=float(np.mean(a)) if n else float("nan"),
        mean=mean,
        low=low,
        high=high,
        boot_low=boot_low,
        boot_high=boot_high,
        d_z=d_z,
        d=over(mean, float(np.sqrt((_spread(a) ** 2 + _spread(b) ** 2) / 2.0))),
        needed=replications_needed(d_z),
        variance_ratio=variance_ratio(a, b),
        n=n,
    )


def over(value: float, spread: float) -> float:
    """Return a value in units of a spread: 0 for 0, infinite for a value that never varies.

    >>> over(0.3, 0.1), over(0.0, 0.0), over(-1.0, 0.0)
    (3.0, 0.0, -inf)
    """
    if np.isnan(value) or np.isnan(spread):
        return float("nan")
    if spread == 0.0:
        return float(np.copysign(np.inf, value)) if value else 0.0
    return round(value / spread, 12)


def _spread(values: Values) -> float:
    """Return the standard deviation of a sample; 0 where the values differ by rounding alone."""
    if len(values) < 2:
        return float("nan")
    spread = float(np.std(values, ddof=1))
    return 0.0 if spread <= 1e-12 * float(np.max(np.abs(values))) else spread


def variance_ratio(first: Values, other: Values) -> float:
    """Return Var(a) + Var(b) over Var(a - b): how many times more replications independent luck would need.

    Parameters
    ----------
    first, other : array of float, shape (n_replications,)
        None missing, paired.
    """
    apart, together = _spread(first) ** 2 + _spread(other) ** 2, _spread(other - first) ** 2
    if np.isnan(apart) or apart == together == 0.0:
        return float("nan")
    return float("inf") if together == 0.0 else apart / together


def bootstrap(values: Values, resamples: int = RESAMPLES) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean, bias-corrected and accelerated (Efron 1987); missing for fewer than two values.

    Parameters
    ----------
    values : array of float
        One number per replication, none missing.
    resamples : int
        Bootstrap samples.
    """
    if len(values) < 2:
        return float("nan"), float("nan")
    if _spread(values) == 0.0:
        return float(np.mean(values)), float(np.mean(values))
    from scipy import stats  # takes most of a second to import

    found = stats.bootstrap(
        (values,), np.mean, n_resamples=resamples, batch=max(1, BATCH // len(values)), confidence_level=CONFIDENCE, method="BCa",
        rng=np.random.default_rng(SEED),
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def power(d_z: float, n: int) -> float:
    """Return the power of the two-sided paired t-test, by the noncentral t distribution (Cohen 1988).

    Parameters
    ----------
    d_z : float
        True mean difference over the standard deviation of differences.
    n : int
        Replications, at least 2.
    """
    from scipy.special import nctdtr, stdtrit

    critical = stdtrit(n - 1, 0.5 + CONFIDENCE / 2)
    shift = abs(d_z) * np.sqrt(n)
    return float(1.0 - nctdtr(n - 1, shift, critical) + nctdtr(n - 1, shift, -critical))


def replications_needed(d_z: float, wanted: float = POWER) -> float:
    """Return the fewest replications with which a paired difference is found with the wanted power at the 5 % level.

    Parameters
    ----------
    d_z : float
        Mean difference over the standard deviation of differences.
    wanted : float
        Power, between 0 and 1.

    Returns
    -------
    float
        At least 2; infinite where there is no difference to find, or more than a million would be needed; missing where ``d_z`` is.

    Examples
    --------
    >>> replications_needed(0.5)
    34.0
    """
    if np.isnan(d_z):
        return float("nan")
    if np.isinf(d_z):
        return 2.0
    if d_z == 0.0 or power(d_z, MOST) < wanted:
        return float("inf")
    few, enough = 1, 2
    while power(d_z, enough) < wanted:
        few, enough = enough, min(2 * enough, MOST)
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if power(d_z, middle) >= wanted else (middle, enough)
    return float(enough)
