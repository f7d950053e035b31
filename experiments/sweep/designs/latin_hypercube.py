"""Latin hypercube: each factor's range is cut into as many slices as there are points, each used once (McKay, Beckman & Conover 1979)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from experiments.sweep.design import MOST_POINTS, Design, Points, from_unit, some
from experiments.sweep.factor import Axis


class LatinHypercube(Design):
    """Random points that cover each factor's range evenly."""

    kind: Literal["latin_hypercube"] = "latin_hypercube"
    points: int = Field(ge=2, le=MOST_POINTS, description="number of points")
    optimization: Literal["none", "random-cd", "lloyd"] = Field("none", description="how points are spread further; slow for thousands")
    seed: int = Field(1, ge=0, le=2**63 - 1, description="seed of the design, not of the runs")

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the sample."""
        from scipy.stats import qmc  # costs most of a second

        further = None if self.optimization == "none" else self.optimization
        sampler = qmc.LatinHypercube(len(some(axes)), optimization=further, rng=self.seed)
        return from_unit(axes, sampler.random(self.points))
