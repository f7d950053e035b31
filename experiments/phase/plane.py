"""The plane of a phase diagram: two parameters of a study, each cut into the steps of the finest grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from experiments.phase.refine import Place
from experiments.sweep.designs.table import Table
from experiments.sweep.plan import plan
from experiments.sweep.study import Study, problem

COARSE = 5
"""Points of the coarse grid along a parameter, where the study's factor names no ``levels``."""
FINEST = 1_025
"""Most points of the finest grid along a parameter."""


@dataclass(frozen=True)
class Plane:
    """Two parameters and the values that a map may try.

    Attributes
    ----------
    study : Study
        What is mapped; its design is of no further use.
    x, y : str
        The parameters across and upwards.
    values : (list, list)
        Their values on the finest grid, ascending.
    coarse : (int, int)
        Points of the coarse grid along each.
    logarithmic : (bool, bool)
        Whether a parameter's steps are equal in ratio.
    """

    study: Study
    x: str
    y: str
    values: tuple[list[Any], list[Any]]
    coarse: tuple[int, int]
    logarithmic: tuple[bool, bool]

    def part(self, number: int, places: Sequence[Place]) -> Study:
        """Return the study of one round.

        Parameters
        ----------
        number : int
            Of the round, from 0.
        places : sequence of Place
            Its points, in order.
        """
        rows = tuple({self.x: self.values[0][i], self.y: self.values[1][j]} for i, j in places)
        return self.study.model_copy(update={"design": Table(rows=rows), "name": f"{self.study.name[:40]} round {number}"})

    def frame(self, places: Sequence[Place]) -> pd.DataFrame:
        """Return the parameters' values at points, one row each."""
        return pd.DataFrame({self.x: [self.values[0][i] for i, _ in places], self.y: [self.values[1][j] for _, j in places]})


def plane(study: Study, halvings: int, measure: str) -> Plane:
    """Check a study for a map, and return its plane.

    Parameters
    ----------
    study : Study
        With a factorial design of two factors between ``low`` and ``high``, and one scenario.
    halvings : int
        How often a cell of the coarse grid may be quartered.
    measure : str
        By which strategies are ranked.

    Raises
    ------
    StudyError
        If the study is not of that kind, or something in it is wrong at a corner of the plane.
    """
    if study.design.kind != "factorial":
        raise problem(study, place="design", what=f"{study.design.kind!r} does not suit a map, which chooses its points itself; allowed: factorial")
    if len(study.factors) != 2 or study.scenarios:
        count = len(study.factors) + bool(study.scenarios)
        raise problem(study, place="factors", what=f"there are {count}; a map needs two, each with low and high, and one scenario")
    for name, factor in study.factors.items():
        if factor.is_listed or factor.distribution:
            raise problem(study, place=f"factors: {name}", what="a map needs low and high, between which it chooses values")
    if study.replications < 2:
        raise problem(study, place="replications", what="a map needs 2 or more, to tell winning from luck")
    if "firm_months" not in study.tables:
        raise problem(study, place="tables", what="'firm_months' must be among them, for the power regimes")
    coarse = {name: factor.levels or COARSE for name, factor in study.factors.items()}
    filled = {name: factor.model_copy(update={"levels": coarse[name]}) for name, factor in study.factors.items()}
    planned = plan(study.model_copy(update={"factors": filled, "measures": (measure,)}))
    kinds = {firm.strategy.kind for firm in planned.bases[0].firms}
    if len(kinds) < 2:
        raise problem(study, place="scenario", what=f"all its firms are {kinds.pop()}; a map of winners needs two strategies or more")
    values = []
    for axis in planned.axes:
        n = (coarse[axis.name] - 1) * 2**halvings + 1
        finest = axis.factor.model_copy(update={"levels": n})
        listed = finest.settings(whole=axis.whole) if n <= FINEST else []
        if len(listed) < n:
            why = f"only {len(listed):,} whole numbers lie between low and high" if listed else f"allowed: {FINEST:,}"
            raise problem(study, place=f"factors: {axis.name}", what=f"the finest grid has {n:,} values, and {why}; lower --refine or levels")
        values.append(listed)
    (x, y), scales = study.factors, [factor.scale == "log" for factor in study.factors.values()]
    return Plane(planned.study, x, y, (values[0], values[1]), (coarse[x], coarse[y]), (scales[0], scales[1]))
