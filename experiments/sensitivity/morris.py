"""Elementary effects: what one step of one factor changes, here and there in the space (Morris 1991; Campolongo et al. 2007)."""

import numpy as np
import pandas as pd

from experiments.contrasts import Values
from experiments.sensitivity.resampling import SEED, TIMES, ends
from experiments.sweep.designs.morris import Morris


def effects(values: Values, design: Morris, n_factors: int) -> Values:
    """Return the elementary effect of every factor on every trajectory.

    Parameters
    ----------
    values : array, shape (n_points,)
        Output at each point, in the design's order.
    design : Morris
        The design.
    n_factors : int
        Number of factors.

    Returns
    -------
    array, shape (trajectories, n_factors)
        Change of the output per way from a factor's first level to its last, in the output's unit.
    """
    places = design.places(n_factors)
    moves = np.diff(places, axis=1)  # one factor is not 0 in each step
    change = np.diff(values.reshape(design.trajectories, n_factors + 1), axis=1)
    factor = np.abs(moves).argmax(axis=2)
    direction = np.sign(np.take_along_axis(moves, factor[:, :, None], axis=2)[:, :, 0])
    found = np.empty((design.trajectories, n_factors))
    np.put_along_axis(found, factor, direction * change / design.step, axis=1)
    return found


def screening(values: Values, design: Morris, factors: list[str]) -> pd.DataFrame:
    """Return mu* (mean size of the effects), mu (their mean) and sigma (their spread: curvature or interaction) of every factor.

    Parameters
    ----------
    values : array, shape (n_points,)
        Output at each point, in the design's order.
    design : Morris
        The design.
    factors : list of str
        Their names, in the design's order.

    Returns
    -------
    DataFrame
        Columns ``factor``, ``index``, ``value``, ``low``, ``high`` (95 % bootstrap over trajectories) and ``n`` (trajectories).
    """
    found = effects(values, design, len(factors))
    again = found[np.random.default_rng(SEED).integers(len(found), size=(TIMES, len(found)))]
    rows = []
    for name, at, resampled in (
        ("mu_star", np.abs(found).mean(axis=0), np.abs(again).mean(axis=1)),
        ("mu", found.mean(axis=0), again.mean(axis=1)),
        ("sigma", found.std(axis=0, ddof=1), again.std(axis=1, ddof=1)),
    ):
        low, high = ends(resampled)
        rows += [(factor, name, at[k], low[k], high[k], len(found)) for k, factor in enumerate(factors)]
    return pd.DataFrame(rows, columns=["factor", "index", "value", "low", "high", "n"])
