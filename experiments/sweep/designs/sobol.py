"""Sobol sequence, scrambled: points that fill the space evenly, at every power of two (Sobol' 1967; Owen 1998)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from experiments.sweep.design import MOST_POINTS, Design, Points, from_unit, some
from experiments.sweep.factor import Axis


class Sobol(Design):
    """Points of a scrambled Sobol sequence; their number is a power of two."""

    kind: Literal["sobol"] = "sobol"
    points: int = Field(ge=2, le=MOST_POINTS, description="number of points, a power of two")
    seed: int = Field(1, ge=0, le=2**63 - 1, description="seed of the scrambling, not of the runs")

    @model_validator(mode="after")
    def _balanced(self) -> Self:
        if self.points & (self.points - 1):
            below = 1 << (self.points.bit_length() - 1)
            raise ValueError(f"points: {self.points} is no power of two, and only then do the points balance; did you mean {below} or {2 * below}?")
        return self

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the first points of the sequence."""
        from scipy.stats import qmc  # costs most of a second

        return from_unit(axes, qmc.Sobol(len(some(axes)), rng=self.seed).random(self.points))
