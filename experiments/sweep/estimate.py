"""What a sweep will take, from one short run: time and disk."""

import time
from dataclasses import dataclass

from experiments.sweep import records
from experiments.sweep.plan import Plan
from experiments.sweep.work import carry_out
from sim.scenario import Scenario

PERIODS = 6
"""Periods of the short run."""
SAMPLE = 200
"""Points at most whose size is looked at."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep will take: its points and runs, seconds of one run on one processor, bytes of one run on the disk."""

    points: int
    runs: int
    seconds: float
    size: float


def estimate(planned: Plan) -> Estimate:
    """Measure one short run, and scale it to the length and size of all.

    Parameters
    ----------
    planned : Plan
        The runs.
    """
    every = max(1, len(planned.points) // SAMPLE)
    markets = [planned.scenario(point) for point in range(0, len(planned.points), every)]
    first = planned.job(0)
    short = first.scenario.but(months=max(1, round(first.scenario.months * min(1.0, PERIODS / first.scenario.periods))))
    job = type(first)(0, short, first.seed, first.tables, first.model)
    carry_out(job)  # kernels are compiled, and files read, once
    start = time.perf_counter()
    record = carry_out(job).record
    seconds = time.perf_counter() - start
    tables = records.decode(record) if record else {}
    per_row = len(record) / max(1, sum(len(next(iter(table.values()), ())) for table in tables.values()))
    rows = sum(_rows(market, first.tables) for market in markets) / len(markets)
    work = sum(_work(market) for market in markets) / len(markets)
    return Estimate(len(planned.points), planned.layout.runs, seconds * work / _work(short), per_row * rows)


def _work(market: Scenario) -> int:
    return market.customers * market.periods


def _rows(market: Scenario, tables: tuple[str, ...]) -> float:
    """Return about how many rows a run gives: one per firm, and per month and firm in the other tables."""
    return len(market.firms) * (1 + market.periods * (len(tables) - 1))
