"""One factor at a time: the scenario as it is, then each factor alone at each of its values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from experiments.sweep.design import AS_IT_IS, Design, Points, some
from experiments.sweep.factor import Axis


class OneAtATime(Design):
    """The scenario as it is, then each factor alone at each of its values. Quick to read; it cannot see interactions."""

    kind: Literal["one_at_a_time"] = "one_at_a_time"

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the base point and those where one factor differs."""
        base = (AS_IT_IS,) * len(some(axes))
        return [base, *((*base[:place], value, *base[place + 1 :]) for place, axis in enumerate(axes) for value in axis.settings())]
