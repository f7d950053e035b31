"""Sources: what can be compared. A scenario of a run, or a point of a sweep that keeps its firms' months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from results.dashboard.data import Library
from results.dashboard.library import Entry
from results.language import say
from results.store import StoreError

MOST_POINTS = 400
"""Points of one sweep that can be chosen."""


@dataclass(frozen=True)
class Source:
    """A scenario of a run, or a point of a sweep.

    Attributes
    ----------
    key : str
        Its name in addresses.
    entry : Entry
        The results that it stands in.
    scenario : str
        The scenario's name.
    point : int
        The sweep's point; -1 for a scenario of a run.
    text : str
        What readers call it.
    """

    key: str
    entry: Entry
    scenario: str
    point: int
    text: str

    @property
    def where(self) -> str:
        """The condition in SQL that its rows fulfil."""
        return "point = $point" if self.point >= 0 else "scenario = $scenario"

    @property
    def asked(self) -> dict[str, Any]:
        """The condition's values."""
        return {"point": self.point} if self.point >= 0 else {"scenario": self.scenario}

    @property
    def labels(self) -> list[str]:
        """Columns that the condition speaks of."""
        return ["point"] if self.point >= 0 else ["scenario"]

    @property
    def content(self) -> Mapping[str, Any]:
        """Content of the scenario, where the manifest has it; of a sweep that of the first."""
        known = self.entry.scenarios
        return known.get(self.scenario, next(iter(known.values()), {}))

    @property
    def period(self) -> str:
        """What one step is called."""
        return str(self.content.get("period", "month"))


def sources(library: Library) -> dict[str, Source]:
    """Return everything that can be compared, by its key, the newest first."""
    found = []
    for entry in library.entries("run", "sweep").values():
        found += _scenarios(entry) if entry.kind == "run" else _points(library, entry)
    return {source.key: source for source in found}


def _scenarios(entry: Entry) -> list[Source]:
    listed = entry.scenarios
    named = {name: f"{entry.name} · {name}" if len(listed) > 1 else f"{entry.name} ({name})" if name != entry.name else name for name in listed}
    return [Source(f"{entry.name}|{name}", entry, name, -1, text) for name, text in named.items()]


def _points(library: Library, entry: Entry) -> list[Source]:
    if not (entry.place / "firm_months").is_dir():
        return []
    try:
        design = points(library, entry)
    except StoreError:
        return []  # a sweep that is damaged, or has only begun, cannot be compared
    names = [name for name in design.columns if name != "point"]
    scenario = next(iter(entry.scenarios), "")
    found = []
    for row in design.head(MOST_POINTS).to_dict("records"):
        text = ", ".join(f"{name} = {_short(row[name])}" for name in names)
        found.append(Source(f"{entry.name}|{row['point']}", entry, str(row.get("scenario", scenario)), int(row["point"]), f"{entry.name}: {text}"))
    return found


def points(library: Library, entry: Entry) -> pd.DataFrame:
    """Return the design of a sweep, one row per point.

    Raises
    ------
    StoreError
        If it cannot be read.
    """
    columns = library.columns(entry, "design")
    if "point" not in columns:
        raise StoreError(say("{name} does not hold the table {table}.", name=entry.name, table="design"))
    return library.kept(entry, "design", list(columns))


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def firms(library: Library, source: Source, table: str = "firm_months") -> pd.DataFrame:
    """Return the firms of a source and their strategies: columns ``firm`` and ``strategy``.

    Raises
    ------
    StoreError
        If they cannot be read.
    """

    def build() -> pd.DataFrame:
        frame = library.kept(source.entry, table, [*source.labels, "firm", "strategy"])
        return library.ask(f"SELECT DISTINCT firm, strategy FROM t WHERE {source.where} ORDER BY ALL", source.asked, t=frame).astype(str)

    return library.remembered(source.entry, table, ("firms", source.key), build)


MOST_ROWS = 300_000
"""Rows that a figure is drawn from; of longer tables the first replications are taken, and the page says so."""


@dataclass(frozen=True)
class Rows:
    """Rows of one source, and of how many of its replications they are.

    Attributes
    ----------
    frame : DataFrame
        The rows.
    taken, whole : int
        Replications in the frame, and in the table.
    """

    frame: pd.DataFrame
    taken: int
    whole: int

    @property
    def said(self) -> str:
        """What readers should know; empty where everything is there."""
        return "" if self.taken >= self.whole else say("Drawn from the first {n} of {all} replications.", n=self.taken, all=self.whole)


def rows(library: Library, source: Source, table: str, names: Sequence[str], *, where: str = "", values: Mapping[str, Any] | None = None) -> Rows:
    """Return rows of a source, texts as text.

    Parameters
    ----------
    library : Library
        Where they are.
    source : Source
        Whose.
    table : str
        Which table.
    names : sequence of str
        Columns; those that the table does not have are left out.
    where : str
        A further condition in SQL, with its values as ``$name``.
    values : mapping
        Those values.

    Raises
    ------
    StoreError
        If they cannot be read, or there are none.
    """
    there = library.columns(source.entry, table)
    read = [name for name in dict.fromkeys([*source.labels, "replication", *names]) if name in there]
    frame = library.kept(source.entry, table, read)
    given = {**source.asked, **(values or {})}
    condition = f"{source.where}{' AND ' if where else ''}{where}"
    counted = library.ask(f"SELECT replication, count(*) AS n FROM t WHERE {condition} GROUP BY replication ORDER BY replication", given, t=frame)
    if not len(counted):
        raise StoreError(say("{name} has no rows of this kind in its table {table}.", name=source.text, table=table))
    taken = max(2, int((counted["n"].cumsum() <= MOST_ROWS).sum()))
    last = int(counted["replication"].iloc[:taken].iloc[-1])
    found = library.ask(f"SELECT * FROM t WHERE {condition} AND replication <= $last", {**given, "last": last}, t=frame)
    texts = [name for name in found.columns if not (pd.api.types.is_numeric_dtype(found[name]) or pd.api.types.is_bool_dtype(found[name]))]
    return Rows(found.astype(dict.fromkeys(texts, "str")), min(taken, len(counted)), len(counted))


def strategies(library: Library, source: Source) -> dict[str, str]:
    """Return the strategy of each firm of a source, by the firm's name.

    Raises
    ------
    StoreError
        If they cannot be read.
    """
    known = firms(library, source, "firm_months").drop_duplicates("firm", keep="last")
    return dict(zip(known["firm"], known["strategy"], strict=True))
