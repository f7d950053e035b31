"""Rank correlations: how steadily an output rises with a factor, plain (Spearman 1904) and with all others held (Iman & Conover 1979)."""

import numpy as np
import pandas as pd

from experiments.contrasts import Values
from results.intervals import CONFIDENCE


def correlations(points: dict[str, Values], values: Values) -> pd.DataFrame:
    """Return Spearman's rho and the partial rank correlation (PRCC) of every factor with an output.

    Parameters
    ----------
    points : dict of array, shape (n_points,)
        Each factor's values.
    values : array, shape (n_points,)
        Output at each point.

    Returns
    -------
    DataFrame
        Columns ``factor``, ``index`` (``spearman`` or ``prcc``), ``value``, ``low``, ``high`` (95 %, by Fisher's z; Bonett & Wright 2000 for
        rho) and ``n`` (points). A factor that does not vary, or is bound to others, has none.
    """
    from scipy.special import ndtri
    from scipy.stats import rankdata

    varying = [name for name, column in points.items() if np.ptp(column) > 0.0]
    n = len(values)
    quantile = float(ndtri(0.5 + CONFIDENCE / 2))
    rows = []
    plain = partial = np.full(len(varying), np.nan)
    if varying and np.ptp(values) > 0.0:
        ranks = np.array([rankdata(column) for column in (*(points[name] for name in varying), values)])
        ranks -= ranks.mean(axis=1, keepdims=True)
        plain = np.corrcoef(ranks)[-1, :-1]
        if n > len(varying) + 2:
            partial = np.array([_partial(ranks, place) for place in range(len(varying))])
    for place, name in enumerate(varying):
        for index, value, width in (
            ("spearman", plain[place], np.sqrt((1.0 + plain[place] ** 2 / 2.0) / max(n - 3, 1))),
            ("prcc", partial[place], 1.0 / np.sqrt(max(n - len(varying) - 2, 1))),
        ):
            z = np.arctanh(np.clip(value, -1.0 + 1e-15, 1.0 - 1e-15))
            rows.append((name, index, value, np.tanh(z - quantile * width), np.tanh(z + quantile * width), n))
    rows += [(name, index, np.nan, np.nan, np.nan, n) for name in points if name not in varying for index in ("spearman", "prcc")]
    return pd.DataFrame(rows, columns=["factor", "index", "value", "low", "high", "n"])


def _partial(ranks: Values, place: int) -> float:
    """Return the correlation of a factor with the output, of what all other factors leave of both; missing if they leave nothing.

    Parameters
    ----------
    ranks : array, shape (n_factors + 1, n_points)
        Centred; the output stands last.
    place : int
        Which factor.
    """
    others = np.delete(ranks[:-1], place, axis=0).T
    both = ranks[[place, -1]].T
    left = both - others @ np.linalg.lstsq(others, both, rcond=None)[0] if others.size else both
    sizes = np.linalg.norm(left, axis=0)
    if (sizes < 1e-9 * np.linalg.norm(both, axis=0)).any():
        return float("nan")
    return float(left[:, 0] @ left[:, 1] / np.prod(sizes))
