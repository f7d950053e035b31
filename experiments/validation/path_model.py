"""Path models: standardised regressions along arrows, and how well the arrows that are left out fit (Wright 1934; Morgan & Hunt 1994).

Theory
    Every variable that an arrow points at is regressed on those the arrows come from, all standardised: least squares gives path coefficients.
    A recursive model implies a correlation between any two variables; the less it differs from the observed one, the better it fits.
Sources
    morgan1994
Limits
    Variables are taken as measured without error. Errors of different equations are taken as independent, and so are predictions of fit.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

Arrows = Mapping[str, Sequence[str]]
"""Variables that arrows point at, in causal order, and for each those that they come from."""


def coefficients(data: pd.DataFrame, arrows: Arrows) -> dict[tuple[str, str], float]:
    """Return the standardised path coefficients by (cause, effect).

    Parameters
    ----------
    data : DataFrame
        One row per respondent, a column per variable.
    arrows : mapping
        The model.
    """
    names = list(data.columns)
    r = np.asarray(data.corr(), np.float64)
    found: dict[tuple[str, str], float] = {}
    for effect, causes in arrows.items():
        places = [names.index(cause) for cause in causes]
        solved = np.linalg.solve(r[np.ix_(places, places)], r[places, names.index(effect)])
        found |= {(cause, effect): float(value) for cause, value in zip(causes, solved, strict=True)}
    return found


def explained(data: pd.DataFrame, arrows: Arrows) -> dict[str, float]:
    """Return the share of each effect's variance that its causes explain."""
    names, r, paths = list(data.columns), np.asarray(data.corr(), np.float64), coefficients(data, arrows)

    def alike(one: str, other: str) -> float:
        return float(r[names.index(one), names.index(other)])

    return {effect: sum(paths[cause, effect] * alike(cause, effect) for cause in causes) for effect, causes in arrows.items()}


def misfit(data: pd.DataFrame, arrows: Arrows) -> float:
    """Return the root mean square of observed less implied correlations (SRMR), 0 for a perfect fit.

    The model implies the correlations of variables without causes as observed, and all others by tracing the arrows.
    """
    paths = coefficients(data, arrows)
    outer = [name for name in data.columns if name not in arrows and any(name in causes for causes in arrows.values())]
    names = [*outer, *arrows]
    observed = np.asarray(data[names].corr(), np.float64)
    implied = observed.copy()
    for place, effect in enumerate(arrows, len(outer)):
        weights = np.zeros(len(names))
        for cause in arrows[effect]:
            weights[names.index(cause)] = paths[cause, effect]
        implied[place, :place] = implied[:place, place] = weights[:place] @ implied[:place, :place]
    below = np.tril_indices(len(names), -1)
    return float(np.sqrt(np.mean((observed - implied)[below] ** 2)))
