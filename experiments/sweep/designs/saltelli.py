"""Saltelli's design for Sobol indices: two samples, and mixtures that take one factor from the other (Saltelli et al. 2010)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from experiments.sweep.design import MOST_POINTS, Design, Points, from_unit, some
from experiments.sweep.factor import Axis


class Saltelli(Design):
    """Samples A and B, then A with one factor from B, factor by factor: base * (factors + 2) points."""

    kind: Literal["saltelli"] = "saltelli"
    base: int = Field(64, ge=4, le=MOST_POINTS, description="points of each sample, a power of two")
    seed: int = Field(1, ge=0, le=2**63 - 1, description="seed of the scrambling, not of the runs")

    @model_validator(mode="after")
    def _balanced(self) -> Self:
        if self.base & (self.base - 1):
            below = 1 << (self.base.bit_length() - 1)
            raise ValueError(f"base: {self.base} is no power of two, and only then do the points balance; did you mean {below} or {2 * below}?")
        return self

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return A, B, and the mixtures in the factors' order."""
        from scipy.stats import qmc  # costs most of a second

        n = len(some(axes))
        if self.base * (n + 2) > MOST_POINTS:
            raise ValueError(f"design: {self.base * (n + 2):,} points are too many; allowed: {MOST_POINTS:,}")
        both = qmc.Sobol(2 * n, rng=self.seed).random(self.base)
        first, second = both[:, :n], both[:, n:]
        mixed = [np.where(np.arange(n) == place, second, first) for place in range(n)]
        return from_unit(axes, np.concatenate([first, second, *mixed]))
