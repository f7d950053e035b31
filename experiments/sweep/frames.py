"""Reading a sweep, finished or not: its study, its design, and its tables as pandas frames."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.sweep import layout, manifest, records, segments, sums
from experiments.sweep.layout import Layout
from experiments.sweep.study import Study
from results import store

SUMMARY = "summary"
FAILURES = "failures.parquet"
SEGMENTS = "segments"


@dataclass(frozen=True)
class Sweep:
    """A sweep directory that was read: what was asked, and every run that is stored.

    Attributes
    ----------
    place : Path
        The directory.
    manifest : dict
        What ran.
    study : Study
        What was asked.
    layout : Layout
        Which run stands where.
    """

    place: Path
    manifest: dict[str, Any]
    study: Study
    layout: Layout

    @property
    def design(self) -> pd.DataFrame:
        """One row per point in the design's order: ``point`` and one column per factor."""
        return self.layout.design

    @property
    def factors(self) -> list[str]:
        """Names of the factors, which are columns of every table."""
        return [name for name in self.design.columns if name != "point"]

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row per point, replication and firm: labels, factors, ``scenario``, ``firm``, ``strategy``, totals and lifetime values."""
        return self.table(SUMMARY)

    @cached_property
    def firm_months(self) -> pd.DataFrame:
        """One row per point, replication, month and firm; empty if the study does not keep it."""
        return self.table("firm_months")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """One row per run that failed: ``run``, ``point``, ``replication``, ``seed``, ``error``."""
        if (self.place / FAILURES).exists():
            return store.read_table([self.place / FAILURES])
        failed = {run: entry.payload().decode() for run, entry in self._entries.items() if entry.kind == segments.FAILED}
        return failures(self.layout, failed)

    @cached_property
    def missing(self) -> int:
        """How many runs of the design are not in the tables: not yet done, or failed."""
        return self.layout.runs - len(self.summary[["point", "replication"]].drop_duplicates())

    @property
    def complete(self) -> bool:
        """Whether every point has all its replications."""
        return self.missing == 0

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of all runs that are stored, in the design's order; empty if the study does not keep it."""
        frames = list(self._parts(name))
        if not frames:
            return self.layout.frame([], [])
        return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]

    @cached_property
    def _entries(self) -> dict[int, segments.Entry]:
        """Runs that are stored one by one, by number: not yet in a part."""
        return stored(self.place, self.layout)

    def _parts(self, name: str) -> Iterator[pd.DataFrame]:
        listed = sums.read(self.place)
        ready: list[Path] = []
        for part in range(self.layout.parts):
            if part_name(SUMMARY, part) in listed:
                ready += [self.place / part_name(name, part)] if part_name(name, part) in listed else []
                continue
            if ready:
                yield store.read_table(ready)
                ready = []
            found = {run: self._entries[run] for run in self.layout.part(part) if run in self._entries}
            whole = {run: entry for run, entry in found.items() if entry.kind == segments.OK}
            tables = {run: records.decode(entry.payload()).get(name, {}) for run, entry in whole.items()}
            if any(tables.values()):
                yield self.layout.frame(list(tables), list(tables.values()))
        if ready:
            yield store.read_table(ready)


def read(place: Path | str) -> Sweep:
    """Read a sweep directory; a sweep that is not finished gives the runs that are stored.

    Raises
    ------
    StoreError
        If the directory is not there, is no sweep or cannot be read.
    """
    path = Path(place)
    facts = manifest.read(path)
    return Sweep(path, facts, Study.parse(facts["study"], file=str(path)), layout.of_manifest(path, facts))


def part_name(table: str, part: int) -> str:
    """Return the name of a part file below the sweep's directory."""
    return f"{table}/{part:05d}.parquet"


def stored(place: Path, of: Layout) -> dict[int, segments.Entry]:
    """Return the runs in a directory's segments by number; a run that succeeded counts before one that failed."""
    found: dict[int, segments.Entry] = {}
    for path in sorted((place / SEGMENTS).glob(f"*{segments.SUFFIX}")):
        for entry in segments.entries(path, bytes.fromhex(of.digest)):
            if entry.run < of.runs and (entry.run not in found or entry.kind == segments.OK):
                found[entry.run] = entry
    return found


def failures(of: Layout, errors: dict[int, str]) -> pd.DataFrame:
    """Return the table of failed runs, one row each, from their sentences by number of the run."""
    runs = sorted(errors)
    places = [of.where(run) for run in runs]
    return pd.DataFrame(
        {
            "run": pd.Series(runs, dtype="int64"),
            "point": pd.Series([point for point, _ in places], dtype="int64"),
            "replication": pd.Series([replication for _, replication in places], dtype="int32"),
            "seed": pd.Series([of.seed + replication for _, replication in places], dtype="uint64"),
            "error": pd.Series([errors[run] for run in runs], dtype="str"),
        }
    )
