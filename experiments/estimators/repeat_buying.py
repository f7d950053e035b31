"""What every model of repeat buying answers: is she still a customer, and how often will she come (Schmittlein, Morrison & Colombo 1987).

A model knows a customer by how often she came back, when last, and how long she has been watched
(:class:`scenarios.purchase_log.Histories`). Time is in whatever unit the histories are in; so are the parameters of a fitted model.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scenarios.purchase_log import Histories

Vector = NDArray[np.float64]


class RepeatBuying(Protocol):
    """A fitted model of repeat buying."""

    def p_alive(self, data: Histories) -> Vector:
        """Return the probability that each customer has not left yet, shape (n,)."""
        ...

    def conditional_purchases(self, data: Histories, periods: float) -> Vector:
        """Return how many purchases to expect of each customer in the next ``periods``, given her history, shape (n,)."""
        ...


def aggregated(data: Histories) -> tuple[Histories, NDArray[np.intp]]:
    """Return every history once, with how many customers have it, and where each customer's is found.

    Parameters
    ----------
    data : Histories
        One row per customer, or rows that stand for several already.

    Returns
    -------
    once : Histories
        Its rows differ; likelihoods and expectations of a million customers are those of a few thousand rows.
    place : ndarray of int
        ``once.repeats[place]`` is ``data.repeats``, shape (n,).
    """
    rows = np.column_stack([data.repeats, data.last, data.observed])
    once, place = np.unique(rows, axis=0, return_inverse=True)
    place = place.reshape(-1)
    alike = np.bincount(place, weights=np.broadcast_to(data.alike, data.repeats.shape), minlength=len(once)).astype(np.float64)
    return Histories(once[:, 0], once[:, 1], once[:, 2], alike), place


def unseen(periods: Vector) -> Histories:
    """Return the history of a customer who has just come, once for each of ``periods``: nothing is known of her yet."""
    nothing = np.zeros(len(periods))
    return Histories(nothing, nothing, nothing)


def expected_purchases(model: RepeatBuying, periods: Vector) -> Vector:
    """Return how many repeat purchases to expect of a customer who has just come, up to each of some times.

    Parameters
    ----------
    model : RepeatBuying
        A fitted model.
    periods : ndarray
        Times since her first purchase, shape (n_times,).
    """
    times, place = np.unique(np.asarray(periods, float), return_inverse=True)
    values = np.array([float(model.conditional_purchases(unseen(times[:1]), float(time))[0]) for time in times])
    return values[place]


def residual_purchases(model: RepeatBuying, data: Histories, horizon: int, discount: float = 0.0) -> Vector:
    """Return the discounted purchases to expect of each customer: times her margin, they are her residual lifetime value.

    Equation
        sum over k = 1..H of (E[Y(k)] - E[Y(k-1)]) / (1 + d)^k

    Parameters
    ----------
    model : RepeatBuying
        A fitted model.
    data : Histories
        The customers, shape (n,).
    horizon : int
        H, how many periods are looked ahead, from 1.
    discount : float
        d, per period; a purchase counts at the end of its period, as ``clv`` does in the simulation.
    """
    once, place = aggregated(data)
    before, total = np.zeros(once.repeats.size), np.zeros(once.repeats.size)
    for period in range(1, horizon + 1):
        so_far = model.conditional_purchases(once, float(period))
        total += (so_far - before) / (1.0 + discount) ** period
        before = so_far
    return np.asarray(total[place])
