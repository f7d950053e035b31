"""Means with their 95 % intervals over replications: Student's t, since replications are few and independent."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

CONFIDENCE = 0.95
"""Coverage of every interval that this project prints or draws."""


def half_width(values: NDArray[np.float64]) -> float:
    """Return half the width of the 95 % t-interval of the mean; missing for fewer than two values.

    Parameters
    ----------
    values : array of float
        One number per replication, none missing.
    """
    from scipy.special import stdtrit  # scipy.stats would take most of a second to import

    n = len(values)
    if n < 2:
        return float("nan")
    spread = float(np.std(values, ddof=1)) / np.sqrt(n)
    return float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2) * spread)


def interval(values: Any) -> tuple[float, float, float, int]:
    """Return mean, lower end, upper end and number of the values that are not missing.

    Parameters
    ----------
    values : sequence of float
        One number per replication; missing numbers are left out, and the count says how many were not.
    """
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if len(known) == 0:
        return float("nan"), float("nan"), float("nan"), 0
    mean, half = float(np.mean(known)), half_width(known)
    return mean, mean - half, mean + half, len(known)


def intervals(frame: pd.DataFrame, by: list[str], value: str) -> pd.DataFrame:
    """Return one row per group with the columns ``mean``, ``low``, ``high`` and ``n``.

    Parameters
    ----------
    frame : DataFrame
        One row per group and replication.
    by : list of str
        Columns that name the group.
    value : str
        Column to average over replications.
    """
    from scipy.special import stdtrit

    groups = frame.groupby(by, sort=True, observed=True)[value]
    table = groups.agg(mean="mean", spread="std", n="count").reset_index()
    n = table["n"].to_numpy()
    t = stdtrit(np.maximum(n - 1, 1), 0.5 + CONFIDENCE / 2)
    half = np.where(n > 1, t * table["spread"].to_numpy() / np.sqrt(np.maximum(n, 1)), np.nan)
    table["low"], table["high"] = table["mean"] - half, table["mean"] + half
    return table.drop(columns="spread")[[*by, "mean", "low", "high", "n"]]
