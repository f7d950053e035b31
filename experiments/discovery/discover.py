"""Discovery: boxes, one after the other, tried against shuffled data and on resamples, and said in words (Bryant & Lempert 2010)."""

from dataclasses import dataclass

import numpy as np

from experiments.discovery import prim
from experiments.discovery.box import Box, Columns, Mask, Quality, quality

LEVEL = 0.05
"""Probability below which a box or a limit counts as more than chance."""
SHUFFLES = 99
"""How often the points of interest are shuffled, to see what PRIM finds where there is nothing."""
ENOUGH = 10
"""Shuffles that gain as much, after which no more are drawn."""
RESAMPLES = 50
"""How often the search is repeated on points drawn with replacement."""
MOST = 3
"""Boxes that are looked for: more than a few are no answer."""
SEED = 1
"""Seed of shuffles and resamples, so that the same sweep gives the same answer."""


@dataclass(frozen=True)
class Finding:
    """A box that stood the tests.

    Attributes
    ----------
    box : Box
        Limits on factors.
    quality : Quality
        Among the points that earlier boxes left; ``coverage`` counts all points of interest.
    quasi_p : dict of float
        Of each limit, from :func:`experiments.discovery.prim.simplified`.
    again : dict of float
        Share of resamples in which the search limits the factor too, 0 to 1.
    p : float
        Share of shuffled data in which the search gains as much or more, the data themselves counted among them.
    trajectory : tuple of Quality
        All boxes on the way, from the whole space to the smallest.
    """

    box: Box
    quality: Quality
    quasi_p: dict[str, float]
    again: dict[str, float]
    p: float
    trajectory: tuple[Quality, ...]


@dataclass(frozen=True)
class Discovery:
    """What was found, and where the search ended.

    Attributes
    ----------
    findings : tuple of Finding
        Boxes, the first one found first.
    n, total : int
        Points, and points of interest among them.
    together : Quality
        Of all boxes together.
    last_p : float
        Of the box at which the search gave up, as in :class:`Finding`; missing if it ended for want of points.
    trajectory : tuple of Quality
        The way of the first search, whether or not its box stood the tests.
    """

    findings: tuple[Finding, ...]
    n: int
    total: int
    together: Quality
    last_p: float
    trajectory: tuple[Quality, ...]


def discover(columns: Columns, interest: Mask) -> Discovery:
    """Return the boxes that hold the points of interest.

    Parameters
    ----------
    columns : mapping of array, shape (n_points,)
        Each factor's values: numbers, or texts.
    interest : array of bool, shape (n_points,)
        The points to describe.
    """
    rng = np.random.default_rng(SEED)
    left = np.ones(len(interest), bool)
    findings: list[Finding] = []
    first: tuple[Quality, ...] = ()
    last_p = float("nan")
    while len(findings) < MOST and 0 < (interest & left).sum() < left.sum() and left.sum() >= 2 * prim.FEWEST:
        way = prim.trajectory(columns, interest, left)
        first = first or tuple(step for _, step in way)
        last_p = _p_of_shuffles(columns, interest, left, way, rng)
        box, quasi_p = prim.simplified(prim.chosen(way)[0], columns, interest, left, level=LEVEL)
        if last_p > LEVEL or not box.limits:
            break
        inside = left & box.holds(columns)
        again = _reproduced(columns, interest, left, box, rng)
        findings.append(Finding(box, quality(inside, interest), quasi_p, again, last_p, tuple(step for _, step in way)))
        left &= ~inside
        last_p = float("nan")
    return Discovery(tuple(findings), len(interest), int(interest.sum()), quality(~left, interest), last_p, first)


def _p_of_shuffles(columns: Columns, interest: Mask, left: Mask, way: list[tuple[Box, Quality]], rng: np.random.Generator) -> float:
    """Return how often the search gains as much where the points of interest are shuffled among the points that are left."""
    mine = max(_gain(step, interest, left) for _, step in way)
    as_much = 0
    for done in range(1, SHUFFLES + 1):
        shuffled = np.zeros_like(interest)
        shuffled[left] = rng.permutation(interest[left])
        as_much += max(_gain(step, shuffled, left) for _, step in prim.trajectory(columns, shuffled, left)) >= mine
        if as_much == ENOUGH:  # nothing is there; the share up to here is a p-value of its own (Besag & Clifford 1991)
            return as_much / done
    return (as_much + 1) / (SHUFFLES + 1)


def _gain(step: Quality, interest: Mask, left: Mask) -> float:
    """Return a box's gain over chance among the points that are left."""
    n = int(left.sum())
    return (step.hits - step.n * int((interest & left).sum()) / n) / n


def _reproduced(columns: Columns, interest: Mask, left: Mask, box: Box, rng: np.random.Generator) -> dict[str, float]:
    """Return the share of resamples in which the chosen box limits each factor of this one, on the points that are left."""
    at = np.flatnonzero(left)
    counts = dict.fromkeys(box.limits, 0)
    for _ in range(RESAMPLES):
        drawn = rng.choice(at, size=len(at))
        mine = {name: values[drawn] for name, values in columns.items()}
        every = np.ones(len(drawn), bool)
        found, _ = prim.simplified(prim.chosen(prim.trajectory(mine, interest[drawn], every))[0], mine, interest[drawn], every, level=LEVEL)
        for name in counts:
            counts[name] += name in found.limits
    return {name: count / RESAMPLES for name, count in counts.items()}
