"""Comparison: a measure of groups of firms over time, and paired differences between sources, computed where the rows are.

The same sums as :mod:`results.tables`, said in SQL: shares are added, money is the mean of the firms, rates and attitudes are weighed by
customers. Differences are taken seed by seed, so that luck which two sources share cancels.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from results import tables
from results.dashboard.data import Library, quoted
from results.dashboard.sources import Source
from results.intervals import CONFIDENCE

ALL = "all firms"
GROUPS = ("strategy", "firm", "all")
"""How firms are put together."""


def measures(library: Library, source: Source) -> list[str]:
    """Return the numeric columns of a source's firm months that are measures.

    Raises
    ------
    StoreError
        If they cannot be read.
    """
    labels = {"point", "run", "scenario", "replication", "seed", "month", "firm", "strategy"}
    from sim.measures import measures as declared

    there = library.columns(source.entry, "firm_months")
    return [name for name in declared() if name in there and name not in labels]


def read(library: Library, source: Source, measures: Sequence[str], segment: str = "") -> None:
    """Read the columns of several measures at once: files are opened once and not for each of them.

    Parameters
    ----------
    library : Library
        Where the rows are.
    source : Source
        Whose.
    measures : sequence of str
        Which.
    segment : str
        Segment of customers; empty for all.

    Raises
    ------
    StoreError
        If they cannot be read.
    """
    columns = set().union(*(_columns(source, measure, segment) for measure in measures))
    library.kept(source.entry, _table(segment), sorted(columns))


def _columns(source: Source, measure: str, segment: str) -> set[str]:
    """Return the columns that a measure is computed of."""
    read = {"replication", "seed", "month", "firm", "strategy", measure, *source.labels, *(["segment"] if segment else [])}
    if tables.is_summed(measure) or measure in tables.PER_FIRM:
        return read
    weight = tables.WEIGHTS.get(measure, "customers")
    return read | {"customers" if weight == "customers_at_start" else weight}


def _table(segment: str) -> str:
    return "segment_months" if segment else "firm_months"


def _values(
    library: Library, source: Source, measure: str, group: str, firms: Sequence[str], segment: str
) -> tuple[str, dict[str, object], pd.DataFrame]:
    """Return the query of one row per seed, group and month, its values and its frame."""
    table = _table(segment)
    weight = tables.WEIGHTS.get(measure, "customers")
    is_summed, is_mean = tables.is_summed(measure), measure in tables.PER_FIRM
    frame = library.kept(source.entry, table, sorted(_columns(source, measure, segment)))
    value = quoted(measure)
    counted = {"customers_at_start": "coalesce(lag(customers) OVER (PARTITION BY replication, firm ORDER BY month), customers)"}.get(
        weight, quoted(weight)
    )
    counted = "1.0" if is_summed or is_mean else counted
    who = {"strategy": "strategy::VARCHAR", "firm": "firm::VARCHAR", "all": f"'{ALL}'"}[group]
    conditions = [
        source.where,
        *(["firm::VARCHAR IN (SELECT unnest($firms))"] if firms else []),
        *(["segment::VARCHAR = $segment"] if segment else []),
    ]
    total = "sum(v)" if is_summed else "sum(v * w) / sum(w)"
    text = (
        f"WITH r AS (SELECT replication, seed, month, {who} AS who, {value}::DOUBLE AS v, ({counted})::DOUBLE AS w FROM t"
        f" WHERE {' AND '.join(conditions)}), values AS (SELECT seed, who, month, {total} AS value FROM r"
        " WHERE v IS NOT NULL AND NOT isnan(v) AND w > 0 GROUP BY seed, who, month)"
    )
    given: dict[str, object] = {**source.asked, **({"firms": list(firms)} if firms else {}), **({"segment": segment} if segment else {})}
    return text, given, frame


def over_time(
    library: Library, source: Source, measure: str, *, group: str = "strategy", firms: Sequence[str] = (), segment: str = ""
) -> pd.DataFrame:
    """Return a measure's mean over replications, month by month, with its 95 % interval.

    Parameters
    ----------
    library : Library
        Where the rows are.
    source : Source
        Whose.
    measure : str
        A measure of the firms' months.
    group : str
        One of :data:`GROUPS`.
    firms : sequence of str
        Firms that count; none for all.
    segment : str
        Segment of customers that counts; empty for all.

    Returns
    -------
    DataFrame
        Columns ``who``, ``month``, ``mean``, ``low``, ``high`` and ``n``.

    Raises
    ------
    StoreError
        If the rows cannot be read.
    """

    def build() -> pd.DataFrame:
        text, given, frame = _values(library, source, measure, group, firms, segment)
        return _with_intervals(library.ask(f"{text} SELECT who, month, {_SUMS} FROM values GROUP BY who, month ORDER BY who, month", given, t=frame))

    return library.remembered(source.entry, _table(segment), ("over time", source.key, measure, group, tuple(firms), segment), build)


_SUMS = "avg(value) AS mean, stddev_samp(value) AS spread, count(*) AS n"


def _with_intervals(found: pd.DataFrame) -> pd.DataFrame:
    from scipy.special import stdtrit

    n = found["n"].to_numpy(float)
    half = np.where(n > 1, stdtrit(np.maximum(n - 1, 1), 0.5 + CONFIDENCE / 2) * found["spread"].to_numpy(float) / np.sqrt(np.maximum(n, 1)), np.nan)
    return found.drop(columns="spread").assign(low=found["mean"] - half, high=found["mean"] + half)


def single_runs(
    library: Library, source: Source, measure: str, *, group: str = "strategy", firms: Sequence[str] = (), segment: str = "", most: int = 30
) -> pd.DataFrame:
    """Return the first replications one by one: columns ``seed``, ``who``, ``month`` and ``value``.

    Parameters
    ----------
    library, source, measure, group, firms, segment
        As for :func:`over_time`.
    most : int
        Replications that are returned.

    Raises
    ------
    StoreError
        If the rows cannot be read.
    """
    text, given, frame = _values(library, source, measure, group, firms, segment)
    chosen = f"{text} SELECT * FROM values WHERE seed IN (SELECT DISTINCT seed FROM values ORDER BY seed LIMIT $most) ORDER BY who, seed, month"
    return library.ask(chosen, {**given, "most": most}, t=frame)


def difference(
    library: Library, first: Source, other: Source, measure: str, *, group: str = "strategy", firms: Sequence[str] = (), segment: str = ""
) -> pd.DataFrame:
    """Return how a measure differs from the first source, month by month, paired by seed; those groups that both have.

    Parameters
    ----------
    library, measure, group, firms, segment
        As for :func:`over_time`.
    first, other : Source
        The difference is the other's value less the first's.

    Returns
    -------
    DataFrame
        Columns ``who``, ``month``, ``mean``, ``low``, ``high`` and ``n``; empty where the two share no seed.

    Raises
    ------
    StoreError
        If the rows cannot be read.
    """
    frames = []
    for source in (first, other):
        text, given, frame = _values(library, source, measure, group, firms, segment)
        frames.append(library.ask(f"{text} SELECT seed, who, month, value FROM values", given, t=frame))
    paired = (
        "WITH values AS (SELECT who, month, b.value - a.value AS value FROM a JOIN b USING (seed, who, month))"
        f" SELECT who, month, {_SUMS} FROM values GROUP BY who, month ORDER BY who, month"
    )
    return _with_intervals(library.ask(paired, a=frames[0], b=frames[1]))


def at(
    library: Library, source: Source, measure: str, month: int, *, year: int, group: str = "strategy", firms: Sequence[str] = (), segment: str = ""
) -> pd.DataFrame:
    """Return a measure at a month, replication by replication: columns ``seed``, ``who`` and ``value``.

    Parameters
    ----------
    library, source, measure, group, firms, segment
        As for :func:`over_time`.
    month : int
        When; beyond the end, the last month.
    year : int
        Steps in a year, over which measures of a single month's events are averaged, as in the main table.

    Raises
    ------
    StoreError
        If the rows cannot be read.
    """
    back = year if measure in tables.FLOWS else 1

    def build() -> pd.DataFrame:
        text, given, frame = _values(library, source, measure, group, firms, segment)
        chosen = (
            f"{text}, last AS (SELECT least($month, max(month)) AS m FROM values) SELECT seed, who, avg(value) AS value FROM values, last"
            " WHERE month <= m AND month > m - $back GROUP BY seed, who ORDER BY who, seed"
        )
        return library.ask(chosen, {**given, "month": month, "back": back}, t=frame)

    return library.remembered(source.entry, _table(segment), ("at", source.key, measure, month, back, group, tuple(firms), segment), build)
