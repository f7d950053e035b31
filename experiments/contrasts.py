"""Contrasts in a sweep: what a run brought to each strategy, and to relational less transactional firms on the same luck."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.sweep.frames import Sweep
from experiments.sweep.study import StudyError
from scenarios import places

RELATIONAL, TRANSACTIONAL = "relational", "transactional"
DIFFERENCE = "relational - transactional"
"""Who a paired difference belongs to, beside the strategies themselves."""
PROFIT = "total_profit"
"""The measure by which a strategy wins, unless another is asked for."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Output:
    """One number of every run: a measure of the firms of a strategy, mean per firm, or its paired difference.

    Attributes
    ----------
    measure : str
        A column of the table ``summary``.
    who : str
        A strategy, or :data:`DIFFERENCE`.
    runs : array, shape (n_points, n_replications)
        In the design's order.
    """

    measure: str
    who: str
    runs: Values

    @property
    def name(self) -> str:
        """What the output is called."""
        return f"{self.measure}, {self.who}"


def per_firm(summary: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return a measure per firm of each strategy.

    Parameters
    ----------
    summary : DataFrame
        One row per point, replication and firm.
    measure : str
        One of its columns.

    Returns
    -------
    DataFrame
        Index ``point`` and ``replication``; one column per strategy, missing where a run has no firm of it.
    """
    found = summary.groupby(["point", "replication", "strategy"], observed=True)[measure].mean()
    return found.unstack("strategy").sort_index()


def outputs(summary: pd.DataFrame, measure: str, *, n_points: int, n_replications: int) -> list[Output]:
    """Return what a measure says of every run: each strategy, and the paired difference where both kinds of firms are there.

    Parameters
    ----------
    summary : DataFrame
        One row per point, replication and firm.
    measure : str
        One of its columns.
    n_points, n_replications : int
        Size of the design.

    Returns
    -------
    list of Output
        The strategies by name, then the difference; a strategy that a run lacks has missing values there.
    """
    table = per_firm(summary, measure)
    every = pd.MultiIndex.from_product([range(n_points), range(n_replications)], names=["point", "replication"])
    table = table.reindex(every)
    if {RELATIONAL, TRANSACTIONAL} <= set(table.columns):
        table[DIFFERENCE] = table[RELATIONAL] - table[TRANSACTIONAL]
    return [Output(measure, str(who), table[who].to_numpy(float).reshape(n_points, n_replications)) for who in table.columns]


def whole(sweep: Sweep, what: str) -> Sweep:
    """Return the sweep, or refuse it because runs are missing.

    Raises
    ------
    StudyError
        If a point lacks a replication.
    """
    if not sweep.complete:
        raise StudyError(
            f"{sweep.place}: {sweep.missing:,} of {sweep.layout.runs:,} runs are missing, and {what} needs them all; "
            f"`run.py sweep` with the same study does them"
        )
    return sweep


def known(sweep: Sweep, measure: str) -> str:
    """Return the name of a measure of the sweep's summary.

    Raises
    ------
    StudyError
        If there is no such column of numbers.
    """
    labels = {"point", "replication", "seed", *sweep.factors}
    numbers = [name for name in sweep.summary.select_dtypes("number").columns if name not in labels]
    if measure not in numbers:
        raise StudyError(f"{sweep.place}: there is no measure {measure!r} in the summary{places.perhaps(measure, numbers)}")
    return measure


def codes(column: pd.Series) -> Values | None:
    """Return a factor as numbers: as it is, or 0 and 1 for two kinds; None for three kinds or more, which have no order.

    Parameters
    ----------
    column : Series
        A factor's values.
    """
    if pd.api.types.is_numeric_dtype(column):
        return np.asarray(column, np.float64)
    kinds = sorted(map(str, column.unique()))
    if len(kinds) > 2:
        return None
    return np.array([float(kinds.index(str(kind))) for kind in column], np.float64)
