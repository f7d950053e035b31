"""Refinement: a coarse grid whose cells are quartered where the winner changes or is not certain (Berger & Oliger 1984)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, Protocol, TypeVar


class Judged(Protocol):
    """What refinement needs to know of a point."""

    @property
    def winner(self) -> str:
        """Who wins there."""

    @property
    def certain(self) -> bool:
        """Whether that is more than luck."""


Place = tuple[int, int]
"""A point by its number along each parameter, on the finest grid."""
J = TypeVar("J", bound=Judged)


@dataclass(frozen=True)
class Cell:
    """A square of the plane: its lowest corner and its side, in steps of the finest grid."""

    x: int
    y: int
    side: int

    @property
    def corners(self) -> tuple[Place, Place, Place, Place]:
        """The four corners."""
        return ((self.x, self.y), (self.x + self.side, self.y), (self.x, self.y + self.side), (self.x + self.side, self.y + self.side))

    @property
    def quarters(self) -> tuple["Cell", ...]:
        """The four cells of half the side."""
        half = self.side // 2
        return tuple(Cell(self.x + dx, self.y + dy, half) for dx, dy in product((0, half), repeat=2))


@dataclass(frozen=True)
class Refined(Generic[J]):
    """The plane, finely cut along the frontier and coarsely elsewhere.

    Attributes
    ----------
    points : dict
        What was found at each point that was looked at.
    rounds : dict of int
        In which round each was looked at, from 0.
    cells : tuple of Cell
        They cover the plane and do not overlap.
    full : int
        Points of the full grid of the finest resolution.
    """

    points: Mapping[Place, J]
    rounds: Mapping[Place, int]
    cells: tuple[Cell, ...]
    full: int

    @property
    def saving(self) -> float:
        """Share of the full grid's points that was not needed, 0 to 1."""
        return 1.0 - len(self.points) / self.full

    def areas(self) -> dict[str, float]:
        """Return the share of the plane in which each strategy wins; a cell that the frontier crosses is shared out by its corners."""
        areas: dict[str, float] = {}
        for cell in self.cells:
            for corner in cell.corners:
                winner = self.points[corner].winner
                areas[winner] = areas.get(winner, 0.0) + cell.side**2 / 4.0
        whole = sum(cell.side**2 for cell in self.cells)
        return {winner: area / whole for winner, area in sorted(areas.items())}

    def doubtful_area(self) -> float:
        """Return the share of the plane in cells that the frontier crosses, or in which the winner is not certain."""
        whole = sum(cell.side**2 for cell in self.cells)
        return sum(cell.side**2 for cell in self.cells if doubtful(cell, self.points)) / whole


def refine(coarse: tuple[int, int], halvings: int, look: Callable[[int, Sequence[Place]], Mapping[Place, J]]) -> Refined[J]:
    """Look at a coarse grid, then at ever more points where cells are doubtful, until the finest resolution.

    Parameters
    ----------
    coarse : (int, int)
        Points of the coarse grid along each parameter, 2 or more.
    halvings : int
        How often a cell may be quartered.
    look : callable
        Called with the number of the round and the points that are new in it, sorted; returns what is found at each.

    Returns
    -------
    Refined
        The frontier lies in cells of the finest size, unless it is so small that it falls between all points of the coarse grid.
    """
    side = 2**halvings
    wide, high = ((n - 1) * side for n in coarse)
    cells = [Cell(x, y, side) for x in range(0, wide, side) for y in range(0, high, side)]
    points: dict[Place, J] = {}
    rounds: dict[Place, int] = {}
    number = 0
    while True:
        new = sorted({corner for cell in cells for corner in cell.corners} - points.keys())
        if new:
            points.update(look(number, new))
            rounds.update(dict.fromkeys(new, number))
            number += 1
        parted = {cell for cell in cells if cell.side > 1 and doubtful(cell, points)}
        if not parted:
            return Refined(points, rounds, tuple(sorted(cells, key=lambda cell: (cell.x, cell.y))), (wide + 1) * (high + 1))
        cells = [cell for cell in cells if cell not in parted] + [quarter for cell in cells if cell in parted for quarter in cell.quarters]


def doubtful(cell: Cell, points: Mapping[Place, J]) -> bool:
    """Say whether the winner changes within a cell, or is not certain: at its corners, or at a neighbour's on its edge.

    Parameters
    ----------
    cell : Cell
        The cell.
    points : mapping
        What is known, at its corners at least.
    """
    span = range(cell.side + 1)
    edge = ((cell.x + dx, cell.y + dy) for dx in span for dy in span if dx in (0, cell.side) or dy in (0, cell.side))
    found = [points[place] for place in edge if place in points]
    return len({one.winner for one in found}) > 1 or not all(one.certain for one in found)
