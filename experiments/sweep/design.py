"""A design: which points of the factors' space a study looks at. One file in ``designs/`` for each kind, found because it is there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from experiments.sweep.factor import Axis
from sim.rules import Rule

AS_IT_IS = None
"""Value of a factor that a point leaves as the scenario has it."""
MOST_POINTS = 5_000_000

Points = list[tuple[Any, ...]]
"""One tuple for each point, one value in it for each factor, in the factors' order."""


class Design(Rule):
    """How points are chosen; a study picks one by ``kind``."""

    slot: ClassVar[str] = "design"

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the points in the design's order.

        Parameters
        ----------
        axes : sequence of Axis
            The study's factors, in its order.
        folder : Path
            Where relative paths start: the study's own folder.

        Raises
        ------
        ValueError
            If the factors do not suit the design; the text is the problem.
        """
        raise NotImplementedError


def from_unit(axes: Sequence[Axis], unit: NDArray[np.float64]) -> Points:
    """Return the points of a sample of the unit cube.

    Parameters
    ----------
    axes : sequence of Axis
        The factors.
    unit : array, shape (n_points, n_factors)
        Quantiles from 0 to 1.
    """
    columns = [axis.at(unit[:, place]) for place, axis in enumerate(axes)]
    return list(zip(*columns, strict=True))


def some(axes: Sequence[Axis]) -> Sequence[Axis]:
    """Return the factors, or refuse that there are none.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not axes:
        raise ValueError('factors: there are none; this design needs at least one, such as [factors."market.switching_cost"]')
    return axes
