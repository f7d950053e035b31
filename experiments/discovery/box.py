"""A box: limits on some factors, and how well they tell the points of interest from the others (Bryant & Lempert 2010)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Columns = Mapping[str, NDArray[np.generic]]
"""Each factor's values at the points: numbers, or texts, which have no order."""


@dataclass(frozen=True)
class Range:
    """Numbers from ``low`` to ``high``, either of which may be open (infinite)."""

    low: float = -np.inf
    high: float = np.inf

    def holds(self, values: NDArray[np.generic]) -> Mask:
        """Return which values lie within."""
        numbers = values.astype(float)
        return np.asarray((numbers >= self.low) & (numbers <= self.high))

    def words(self, name: str) -> str:
        """Return the limit in words.

        >>> Range(high=0.3).words("switching cost")
        'switching cost is below 0.3'
        """
        if self.low == -np.inf:
            return f"{name} is below {self.high:.3g}"
        if self.high == np.inf:
            return f"{name} is above {self.low:.3g}"
        return f"{name} is between {self.low:.3g} and {self.high:.3g}"


@dataclass(frozen=True)
class Kinds:
    """Some of the texts that a factor takes."""

    kinds: frozenset[str]

    def holds(self, values: NDArray[np.generic]) -> Mask:
        """Return which values are among them."""
        return np.isin(values.astype(str), sorted(self.kinds))

    def words(self, name: str) -> str:
        """Return the limit in words."""
        return f"{name} is {' or '.join(sorted(self.kinds))}"


Limit = Range | Kinds


@dataclass(frozen=True)
class Box:
    """Limits by factor; a factor that is not named may take any value."""

    limits: Mapping[str, Limit] = field(default_factory=dict)

    def holds(self, columns: Columns) -> Mask:
        """Return which points lie in the box."""
        inside = np.ones(len(next(iter(columns.values()))), bool)
        for name, limit in self.limits.items():
            inside &= limit.holds(columns[name])
        return inside

    def without(self, name: str) -> "Box":
        """Return the box with a factor set free."""
        return Box({other: limit for other, limit in self.limits.items() if other != name})


@dataclass(frozen=True)
class Quality:
    """How well a box tells the points of interest from the others.

    Attributes
    ----------
    n : int
        Points in the box.
    hits : int
        Points of interest among them.
    total : int
        Points of interest anywhere.
    points : int
        All points.
    """

    n: int
    hits: int
    total: int
    points: int

    @property
    def density(self) -> float:
        """Share of the box's points that are of interest, 0 to 1."""
        return self.hits / self.n if self.n else 0.0

    @property
    def coverage(self) -> float:
        """Share of the points of interest that the box holds, 0 to 1."""
        return self.hits / self.total if self.total else 0.0

    @property
    def gain(self) -> float:
        """Weighted relative accuracy: points of interest beyond what chance would put into the box, as a share of all points."""
        return (self.hits - self.n * self.total / self.points) / self.points


def quality(inside: Mask, interest: Mask) -> Quality:
    """Return the quality of a box.

    Parameters
    ----------
    inside, interest : array of bool, shape (n_points,)
        Which points are in the box, and which are of interest.
    """
    return Quality(int(inside.sum()), int((inside & interest).sum()), int(interest.sum()), len(interest))
