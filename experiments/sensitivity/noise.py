"""Noise: how much of what varies over a design is luck between replications, by analysis of variance (Fisher 1925)."""

from dataclasses import dataclass

import numpy as np

from experiments.contrasts import Values


@dataclass(frozen=True)
class Noise:
    """Luck's part in an output's variance.

    Attributes
    ----------
    of_runs : float
        Variance between replications over the variance of single runs, 0 to 1; missing for one replication.
    of_means : float
        The same for the means over replications that indices are computed on. What a seed does alike at every point (common random numbers)
        moves all means together and is no noise there.
    replications : int
        Runs at each point.
    """

    of_runs: float
    of_means: float
    replications: int


def noise(values: Values) -> Noise:
    """Return luck's part in an output.

    Parameters
    ----------
    values : array, shape (n_points, n_replications)
        Output of every run.
    """
    n_points, n = values.shape
    if n < 2 or n_points < 2:
        return Noise(np.nan, np.nan, n)
    means = values.mean(axis=1)
    within, between = float(values.var(axis=1, ddof=1).mean()), float(means.var(ddof=1))
    rest = values - means[:, None] - values.mean(axis=0)[None, :] + values.mean()
    interaction = float((rest**2).sum()) / ((n_points - 1) * (n - 1))
    # The variance of means holds noise already, 1/n of it; what is left is the factors' own.
    total = max(between - interaction / n, 0.0) + within
    return Noise(
        of_runs=within / total if total > 0.0 else np.nan, of_means=min(1.0, interaction / n / between) if between > 0.0 else np.nan, replications=n
    )
