"""Full factorial design: every combination of every factor's values (Fisher 1935)."""

import itertools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from experiments.sweep.design import MOST_POINTS, Design, Points
from experiments.sweep.factor import Axis


class Factorial(Design):
    """Every combination of the factors' values; the last factor changes fastest. Without factors, one point: the scenario as it is."""

    kind: Literal["factorial"] = "factorial"

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the combinations."""
        settings = [axis.settings() for axis in axes]
        if math.prod(map(len, settings)) > MOST_POINTS:
            raise ValueError(f"design: {math.prod(map(len, settings)):,} points are too many; allowed: {MOST_POINTS:,}")
        return list(itertools.product(*settings))
