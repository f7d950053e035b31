"""A contract cohort year by year: how many are still there, and what sorting alone makes of it (Fader & Hardie 2007).

Theory
    Customers renew or leave with a probability of their own, which never changes. Whoever is likely to leave goes first, so the renewal rate of
    a cohort rises with its age by sorting alone.
Equation
    renewal rate of year t = S(t) / S(t - 1)
Symbols
    S: share of the cohort surviving, by years.
Sources
    fader2007
Limits
    A cohort is everybody who has a contract at the start; whoever comes back to the firm has still left.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.estimators import ShiftedBetaGeometric
from scenarios import load
from sim.scenario import Scenario

Vector = NDArray[np.float64]

YEARS, FITTED = 12, 7
"""Years followed, and those of them that the model is fitted on (fader2007)."""
COHORT = 10_000.0
"""Customers in a cohort that is fitted: the maximum does not depend on it."""
PUBLISHED: Mapping[str, Sequence[float]] = {
    "contractual_high_end": (1.0, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491, 0.468, 0.445, 0.427, 0.409, 0.394),
    "contractual_regular": (1.0, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241, 0.223, 0.207, 0.194, 0.183, 0.173),
}
"""Share of customers surviving after 0 to 12 years, by the scenario that is made after them (published: fader2007)."""
TITLES = {"contractual_high_end": "high end", "contractual_regular": "regular"}


def market(name: str, customers: int) -> Scenario:
    """Return a contract market over the twelve years."""
    return load(name).but(customers=customers, months=12 * YEARS)


def survival(model: Any) -> Vector:
    """Carry a market out and return the share of its first contracts that run on after 0, 1, 2, ... years, shape (n_years + 1,)."""
    customers = model.customers
    provider = np.array(customers.get("current"))
    stays = provider >= 0
    n_start, left = stays.sum(), [1.0]
    while model.running:
        model.step()
        stays &= (customers.get("current") == provider) & (customers.get("entered") == 0)
        if model.month % 12 == 0:
            left.append(float(stays.sum() / n_start))
    return np.array(left)


def renewal(surviving: Vector) -> Vector:
    """Return the renewal rate of every year, shape (n_years,): those still there of those who were there a year before."""
    return np.asarray(surviving[1:] / surviving[:-1])


def fitted(shares: Vector) -> ShiftedBetaGeometric:
    """Return the shifted-beta-geometric model of a cohort, from the shares surviving after 0, 1, 2, ... years, all of them used."""
    there = shares * COHORT
    return ShiftedBetaGeometric.fit(there[:-1], there[:-1] - there[1:])


def holdout_error(shares: Vector) -> float:
    """Return the mean absolute percentage error, as a share, of later years as predicted by a fit on the first :data:`FITTED`."""
    predicted = fitted(shares[: FITTED + 1]).survival(np.arange(float(len(shares))))
    return float(np.mean(np.abs(predicted - shares)[FITTED + 1 :] / shares[FITTED + 1 :]))
