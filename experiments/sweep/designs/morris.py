"""Morris screening: trajectories on which one factor moves at a time, all over the space (Morris 1991)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from experiments.sweep.design import MOST_POINTS, Design, Points, from_unit, some
from experiments.sweep.factor import Axis


class Morris(Design):
    """Random trajectories of factors + 1 points; on each, every factor moves once, by half of its levels."""

    kind: Literal["morris"] = "morris"
    trajectories: int = Field(20, ge=2, le=100_000, description="number of trajectories; each takes factors + 1 points")
    levels: int = Field(4, ge=2, le=1_000, description="values that a factor takes, an even number")
    seed: int = Field(1, ge=0, le=2**63 - 1, description="seed of the design, not of the runs")

    @model_validator(mode="after")
    def _even(self) -> Self:
        if self.levels % 2:
            raise ValueError(f"levels: {self.levels} is odd, and a step is half of the levels; did you mean {self.levels + 1}?")
        return self

    @property
    def step(self) -> float:
        """Length of a step, as a share of the way from a factor's first level to its last."""
        return (self.levels / 2) / (self.levels - 1)

    def places(self, n_factors: int) -> NDArray[np.int64]:
        """Return each factor's level at each point, from 0.

        Parameters
        ----------
        n_factors : int
            Number of factors.

        Returns
        -------
        array, shape (trajectories, n_factors + 1, n_factors)
            From one point of a trajectory to the next, one factor moves.
        """
        luck = np.random.default_rng(self.seed).random((2, self.trajectories, n_factors))
        start = (luck[0] * self.levels).astype(np.int64)
        turn = luck[1].argsort(axis=1).argsort(axis=1)  # which step moves the factor
        # Half of the levels up from the lower half, down from the upper: the one way that stays inside.
        moved = (start + self.levels // 2) % self.levels
        steps = np.arange(n_factors + 1)[None, :, None]
        found: NDArray[np.int64] = np.where(turn[:, None, :] < steps, moved[:, None, :], start[:, None, :])
        return found

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the trajectories, one after the other."""
        if self.trajectories * (len(some(axes)) + 1) > MOST_POINTS:
            raise ValueError(f"design: {self.trajectories * (len(axes) + 1):,} points are too many; allowed: {MOST_POINTS:,}")
        places = self.places(len(axes)).reshape(-1, len(axes))
        # A range is entered at its ends; a list or a distribution at the middle of equal parts, for its end may be infinite.
        ends = np.array([not (axis.factor.is_listed or axis.factor.distribution) for axis in axes])
        return from_unit(axes, np.where(ends, places / (self.levels - 1), (places + 0.5) / self.levels))
