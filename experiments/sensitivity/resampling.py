"""Bootstrap: an index again and again on points drawn with replacement, to see how far luck in the design moves it (Efron 1979)."""

import numpy as np

from experiments.contrasts import Values
from results.intervals import CONFIDENCE

SEED = 1
"""Seed of the resampling, so that the same sweep gives the same table."""
TIMES = 499
"""Resamples: enough that the ends of an interval of 95 % do not move in the second digit."""


def ends(resampled: Values) -> tuple[Values, Values]:
    """Return the ends of the 95 % percentile intervals.

    Parameters
    ----------
    resampled : array, shape (n_resamples, ...)
        The statistic on each resample.
    """
    low, high = np.quantile(resampled, [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2], axis=0)
    return low, high
