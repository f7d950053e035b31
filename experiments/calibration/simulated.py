"""A calibrated market played: what each simulated customer bought in her own time, and how that looks in the log's calendar."""

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.cohort import Cohort, length, moments
from sim.market import MarketModel
from sim.scenario import Scenario

Vector = NDArray[np.float64]
Table = NDArray[np.int64]


def bought(scenario: Scenario, seed: int, periods: int) -> Table:
    """Return each customer's repeat purchases at the first firm by the end of periods 0, 1, ..., shape (periods + 1, n)."""
    model = MarketModel(long_enough(scenario, periods), seed=seed)
    before = _purchases(model)
    counts = np.zeros((periods + 1, len(before)), np.int64)
    for period in range(1, periods + 1):
        model.step()
        counts[period] = _purchases(model) - before
    return counts


def remaining(scenario: Scenario, seed: int, periods: int) -> Table:
    """Return the customers whose contract with the first firm goes on at the end of periods 0, 1, ..., shape (periods + 1,)."""
    model = MarketModel(long_enough(scenario, periods), seed=seed)
    counts = [int(np.sum(np.asarray(model.customers.get("current")) == 0))]
    for _ in range(periods):
        model.step()
        counts.append(int(np.sum(np.asarray(model.customers.get("current")) == 0)))
    return np.array(counts, np.int64)


def long_enough(scenario: Scenario, periods: int) -> Scenario:
    """Return a scenario that lasts at least so many periods."""
    return scenario.but(months=int(np.ceil(periods * scenario.months_per_period)) + 1)


def in_place_of(data: Cohort, n: int) -> Table:
    """Return the customer of the log in whose place each simulated one stands, shape (n,): all of them in turn, in a mixed order.

    The order is fixed: neighbours in a log often came together, and simulated neighbours are of one block.
    """
    order = np.random.default_rng(1).permutation(data.n)
    return np.asarray(order[np.arange(n) % data.n])


def mean_moments(counts: Table, data: Cohort) -> Vector:
    """Return the means of :func:`experiments.calibration.cohort.moments` over simulated customers, shape (N_MOMENTS,)."""
    n = counts.shape[1]
    watched = data.watched[in_place_of(data, n)]
    repeats = counts[watched, np.arange(n)]
    return np.asarray(moments(repeats, _last(counts, repeats), watched).mean(axis=0))


def calendar(counts: Table, data: Cohort) -> Vector:
    """Return repeats of all customers by the end of each period of the log's calendar, in the log's number of customers, (all_periods,)."""
    n = counts.shape[1]
    step = length(data.period)
    begun = data.begun[in_place_of(data, n)]
    column = np.arange(n)
    ends = np.ceil(step * np.arange(1, data.all_periods + 1))
    totals = np.empty(len(ends))
    for place, end in enumerate(ends):
        totals[place] = _between(counts, column, (end - 1 - begun) / step).sum()
    return np.asarray(totals * data.n / n)


def conditional(counts: Table, data: Cohort) -> tuple[Vector, Vector, Vector]:
    """Return what each simulated customer did by the end of the calibration and after it.

    Returns
    -------
    repeats, recency, later : ndarray
        Repeats, period of the last one (0 for none) over periods watched, and purchases in the holdout; shape (n,) each.
    """
    n = counts.shape[1]
    step = length(data.period)
    who = in_place_of(data, n)
    column = np.arange(n)
    watched = data.watched[who]
    repeats = counts[watched, column]
    last = _last(counts, repeats)
    later = _between(counts, column, (data.last - 1 - data.begun[who]) / step) - _between(counts, column, (data.end - 1 - data.begun[who]) / step)
    return repeats.astype(float), last / np.maximum(watched, 1), later


def _last(counts: Table, repeats: Table) -> Table:
    """Return the first period by whose end each customer has made so many repeats, shape (n,); 0 for none."""
    return np.asarray((counts < repeats).sum(axis=0))


def _between(counts: Table, column: Table, own: Vector) -> Vector:
    """Return repeats at a time between two periods, by a straight line."""
    time = np.clip(own, 0.0, len(counts) - 1.0)
    low = np.minimum(time.astype(np.int64), len(counts) - 2)
    before, after = counts[low, column], counts[low + 1, column]
    return np.asarray(before + (time - low) * (after - before), float)


def _purchases(model: MarketModel) -> Table:
    return np.asarray(model.customers.get("purchases"), np.int64)[:, 0]
