"""Sobol indices: the share of an output's variance that a factor explains alone, and with all others (Sobol' 1993; Saltelli et al. 2010)."""

import numpy as np
import pandas as pd

from experiments.contrasts import Values
from experiments.sensitivity.resampling import SEED, TIMES, ends


def indices(values: Values, factors: list[str]) -> pd.DataFrame:
    """Return first-order and total indices of every factor.

    Parameters
    ----------
    values : array, shape (n_points,)
        Output at each point of a Saltelli design, in its order: sample A, sample B, the mixtures.
    factors : list of str
        Their names, in the design's order.

    Returns
    -------
    DataFrame
        Columns ``factor``, ``index`` (``first`` or ``total``), ``value``, ``low``, ``high`` (95 % bootstrap over the samples' points), ``n``
        (points of a sample). All are missing where the output does not vary.
    """
    table = values.reshape(len(factors) + 2, -1)
    n = table.shape[1]
    at = _both(table)
    luck = np.random.default_rng(SEED)
    low, high = ends(np.array([_both(table[:, luck.integers(n, size=n)]) for _ in range(TIMES)]))
    rows = [(factor, name, at[i, k], low[i, k], high[i, k], n) for i, name in enumerate(("first", "total")) for k, factor in enumerate(factors)]
    return pd.DataFrame(rows, columns=["factor", "index", "value", "low", "high", "n"])


def _both(table: Values) -> Values:
    """Return first-order and total indices, shape (2, n_factors)."""
    from scipy.stats import sobol_indices

    n_factors, n = len(table) - 2, table.shape[1]
    if np.ptp(table) == 0.0:
        return np.full((2, n_factors), np.nan)
    found = sobol_indices(func={"f_A": table[:1], "f_B": table[1:2], "f_AB": table[2:, None, :]}, n=n)
    return np.array([np.ravel(found.first_order), np.ravel(found.total_order)])
