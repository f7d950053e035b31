"""Sweeps as pages show them: what varied, what came out at each point, and how far it is, also while it runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from results.dashboard import library as folder
from results.dashboard import sources
from results.dashboard.data import Library
from results.dashboard.library import Entry
from results.intervals import intervals
from results.language import say
from results.store import StoreError

LABELS = ("point", "replication", "seed", "scenario", "firm", "strategy", "months", "orientation", "run")
ALL = "all"
INDICES = "sensitivity/indices"
NOISE = "sensitivity/noise"


@dataclass(frozen=True)
class Summary:
    """What is known of a sweep.

    Attributes
    ----------
    entry : Entry
        Where it is.
    frame : DataFrame
        One row per point, replication and firm that is stored.
    factors : list of str
        What varied.
    measures : list of str
        What came out.
    """

    entry: Entry
    frame: pd.DataFrame
    factors: list[str]
    measures: list[str]

    @property
    def done(self) -> int:
        """Runs that are stored."""
        return len(self.frame[["point", "replication"]].drop_duplicates())

    @property
    def runs(self) -> int:
        """Runs that were asked for."""
        asked = self.entry.facts.get("runs")
        return int(asked) if isinstance(asked, int) else self.done

    @property
    def strategies(self) -> list[str]:
        """Strategies that took part."""
        return sorted(self.frame["strategy"].astype(str).unique())

    def points(self, measure: str, strategy: str) -> pd.DataFrame:
        """Return one row per point: the factors, and the measure's mean over replications with its interval.

        Parameters
        ----------
        measure : str
            One of the measures; its mean over the firms.
        strategy : str
            Of which strategy; :data:`ALL` for all firms.
        """
        own = self.frame if strategy == ALL else self.frame[self.frame["strategy"] == strategy]
        means = own.groupby(["point", "replication"], observed=True)[measure].mean().reset_index()
        factors = self.frame[["point", *self.factors]].drop_duplicates("point")
        return factors.merge(intervals(means, ["point"], measure), on="point").sort_values("point", ignore_index=True)


def summary(library: Library, entry: Entry) -> Summary:
    """Read what is stored of a sweep.

    Raises
    ------
    StoreError
        If it cannot be read.
    """
    design = sources.points(library, entry)
    factors = [name for name in design.columns if name != "point"]
    if entry.is_running and library.unfinished is not None:
        frame = library.unfinished(entry.place)
    else:
        frame = library.kept(entry, "summary", list(library.columns(entry, "summary")))
    if "strategy" not in frame or not len(frame):
        raise StoreError(say("{name} has no finished runs yet.", name=entry.name))
    texts = [name for name in frame.columns if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    frame = frame.astype(dict.fromkeys(texts, "str"))
    measures = [name for name in frame.columns if name not in {*LABELS, *factors} and pd.api.types.is_numeric_dtype(frame[name])]
    return Summary(entry, frame, factors, measures)


def has(entry: Entry, table: str) -> bool:
    """Whether a directory holds a table as one file."""
    return (entry.place / f"{table}.parquet").is_file()


def indices(library: Library, entry: Entry) -> pd.DataFrame:
    """Return the sensitivity indices of a sweep, with the column ``luck``: the share of the variance of means that is luck.

    Raises
    ------
    StoreError
        If they cannot be read.
    """
    found = library.frame(entry, INDICES, ["scenario", "measure", "who", "method", "factor", "index", "value", "low", "high", "n"])
    if not has(entry, NOISE):
        return found.assign(luck=float("nan"))
    noise = library.frame(entry, NOISE, ["scenario", "measure", "who", "of_means"]).rename(columns={"of_means": "luck"})
    return found.merge(noise, on=["scenario", "measure", "who"], how="left")


def plane(library: Library, entry: Entry) -> tuple[pd.DataFrame, str, str, str, tuple[bool, bool]]:
    """Return the points of a map, its two parameters, the measure that ranked the strategies, and which axes are logarithmic.

    Raises
    ------
    StoreError
        If it cannot be read.
    """
    columns = list(library.columns(entry, "points"))
    if len(columns) < 4 or "round" not in columns[2:]:
        raise StoreError(say("{name} does not hold the table {table}.", name=entry.name, table="points"))
    x, y = columns[:2]
    facts: Mapping[str, Any] = library.entries("sweep").get(f"{entry.name}/round-00", entry).facts
    factors = facts.get("study", {}).get("factors", {})
    scales = tuple(isinstance(factors.get(name), dict) and factors[name].get("scale") == "log" for name in (x, y))
    command = library.notes(folder.parts(entry, "points")[0]).get("command", "")
    asked = re.search(r"--measure[ =](\w+)", command)
    return library.frame(entry, "points", columns), x, y, asked.group(1) if asked else "total_profit", (scales[0], scales[1])
