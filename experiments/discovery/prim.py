"""PRIM, the patient rule induction method: a box that shrinks by a small slice at a time to where the points of interest are dense.

Theory: bump hunting (Friedman & Fisher 1999); the slice is chosen by gain per point given up, which suits factors that take few values
(Kwakkel & Jaxa-Rozen 2016). Limits: a box has its sides along the axes; a slanted region is covered in part.
"""

from collections.abc import Iterator

import numpy as np

from experiments.discovery.box import Box, Columns, Kinds, Limit, Mask, Quality, Range, quality

PEEL = 0.05
"""Share of the box's points that a slice takes away, at least one value of the factor. Friedman & Fisher advise 0.05 to 0.1."""
SMALLEST = 0.05
"""Share of all points under which a box may not fall."""
FEWEST = 5
"""Points under which a box may not fall."""
DENSE = 0.8
"""Density that a box is asked to reach, as Bryant & Lempert suggest."""


def trajectory(columns: Columns, interest: Mask, among: Mask) -> list[tuple[Box, Quality]]:
    """Return the boxes from the whole space to the smallest, each a slice smaller than the one before.

    Parameters
    ----------
    columns : mapping of array, shape (n_points,)
        Each factor's values.
    interest : array of bool, shape (n_points,)
        The points that a box is to hold.
    among : array of bool, shape (n_points,)
        The points to look at: those that no earlier box holds.
    """
    fewest = max(FEWEST, int(np.ceil(SMALLEST * len(interest))))
    box, inside = Box(), among.copy()
    found = [(box, quality(inside, interest))]
    while True:
        before = found[-1][1]
        best, best_gain = None, 0.0
        for name, limit, keeps in _slices(columns, box, inside):
            kept = inside & keeps
            n = int(kept.sum())
            if fewest <= n < before.n:
                gain = (int((kept & interest).sum()) / n - before.density) / (before.n - n)
                if gain > best_gain:
                    best, best_gain = (name, limit, kept), gain
        if best is None:
            return found
        name, limit, inside = best
        box = Box({**box.limits, name: limit})
        found.append((box, quality(inside, interest)))


def _slices(columns: Columns, box: Box, inside: Mask) -> Iterator[tuple[str, Limit, Mask]]:
    """Yield the limits that are one slice tighter than the box's, with the points that they hold."""
    for name, values in columns.items():
        limit = box.limits.get(name)
        if values.dtype.kind in "OUST":
            here = np.unique(values[inside].astype(str))
            for kind in here if len(here) > 1 else ():
                fewer = Kinds(frozenset(map(str, here)) - {str(kind)})
                yield name, fewer, fewer.holds(values)
            continue
        was = limit if isinstance(limit, Range) else Range()
        numbers = values.astype(float)
        ordered = np.sort(numbers[inside])
        off = max(1, int(PEEL * len(ordered)))
        above = ordered[ordered > ordered[off - 1]]
        below = ordered[ordered < ordered[-off]]
        # A limit lies half way between the last value that is cut off and the first that stays.
        if len(above):
            tighter = Range(float(above[0] + ordered[ordered < above[0]][-1]) / 2.0, was.high)
            yield name, tighter, tighter.holds(numbers)
        if len(below):
            tighter = Range(was.low, float(below[-1] + ordered[ordered > below[-1]][0]) / 2.0)
            yield name, tighter, tighter.holds(numbers)


def chosen(found: list[tuple[Box, Quality]]) -> tuple[Box, Quality]:
    """Return the box of a trajectory that is reported: of those dense enough, else of all, the one that gains most over chance.

    The widest box that is dense enough would cover more, by reaching beyond the region until it is diluted.

    Parameters
    ----------
    found : list of (Box, Quality)
        From :func:`trajectory`.
    """
    dense = [pair for pair in found if pair[1].density >= DENSE and pair[0].limits]
    return max(dense or found, key=lambda pair: pair[1].gain)


def simplified(box: Box, columns: Columns, interest: Mask, among: Mask, *, level: float) -> tuple[Box, dict[str, float]]:
    """Return the box without the limits that chance explains, and the quasi-p-value of each that is left.

    The quasi-p-value of a limit is the probability that as many of the box's points or more would be of interest if the limit told nothing:
    a binomial tail at the density of the box without it (Bryant & Lempert 2010). "Quasi", for the limits were chosen on the same points.

    Parameters
    ----------
    box : Box
        A box.
    columns, interest, among
        As for :func:`trajectory`.
    level : float
        Largest quasi-p-value that a limit may have.
    """
    while True:
        values = {name: quasi_p(box, name, columns, interest, among) for name in box.limits}
        weakest = max(values, key=values.__getitem__, default=None)
        if weakest is None or values[weakest] <= level:
            return box, values
        box = box.without(weakest)


def quasi_p(box: Box, name: str, columns: Columns, interest: Mask, among: Mask) -> float:
    """Return the quasi-p-value of one limit of a box, 0 to 1."""
    from scipy.special import bdtrc

    here = quality(among & box.holds(columns), interest)
    freed = quality(among & box.without(name).holds(columns), interest)
    return float(bdtrc(here.hits - 1, here.n, freed.density)) if here.hits else 1.0
