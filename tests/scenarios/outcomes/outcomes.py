"""What scenarios show, as numbers: small versions run on seeds 1 to R, and differences with their 95 % t-intervals.

An interval that holds by luck alone excludes 0 on the stated side in 2.5 % of all choices of seeds: that is each claim's false-alarm rate. Seeds
are fixed, so a test that has passed goes on passing until the model changes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from results.intervals import interval
from scenarios import load
from sim.market import MarketModel

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Claim:
    """A mean over replications and its 95 % t-interval."""

    mean: float
    low: float
    high: float


def runs(name: str, replications: int = 5, changes: Mapping[str, Any] | None = None, **top: Any) -> Tables:
    """Return the tables of a scenario on seeds 1 to ``replications``, with a column ``replication``; kept for the tests that follow.

    ``top`` are top-level values such as ``customers=1000``, ``changes`` values by dotted path.
    """
    return _runs(name, replications, json.dumps({**top, **(changes or {})}, sort_keys=True))


@cache
def _runs(name: str, replications: int, changes: str) -> Tables:
    scenario = load(name).but(json.loads(changes))
    parts: dict[str, list[pd.DataFrame]] = {}
    for seed in range(1, replications + 1):
        model = MarketModel(scenario, seed)
        model.run_model()
        for table, columns in model.tables().items():
            parts.setdefault(table, []).append(pd.DataFrame(columns).assign(replication=seed))
    return {table: pd.concat(frames, ignore_index=True) for table, frames in parts.items()}


def value(tables: Tables, measure: str, firm: str, months: tuple[int, int], how: str = "mean", table: str = "firm_months") -> pd.Series:
    """Return a firm's measure by replication, over months from the first to the last given (both included)."""
    rows = tables[table]
    rows = rows[(rows["firm"] == firm) & rows["month"].between(*months)]
    found: pd.Series = rows.groupby("replication")[measure].agg(how)
    return found


def claim(values: pd.Series) -> Claim:
    """Return the mean of one number per replication and its interval."""
    mean, low, high, _ = interval(np.asarray(values, float))
    return Claim(mean, low, high)


def difference(more: pd.Series, less: pd.Series) -> Claim:
    """Return the mean paired difference of two numbers per replication and its interval."""
    return claim(more - less)
