"""Verification: whether the stored files are whole, and whether running again gives the same bits."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.sweep import frames, manifest, records, sums
from experiments.sweep.frames import Sweep
from experiments.sweep.plan import of_manifest
from experiments.sweep.work import carry_out
from results import manifest as runs
from results.store import StoreError


@dataclass(frozen=True)
class Verification:
    """What was found.

    Attributes
    ----------
    files : int
        Files whose checksums were compared.
    damaged : tuple of str
        Files that are not as they were written.
    again : tuple of int
        Runs that were run again.
    differing : tuple of str
        One sentence for each of them that came out otherwise.
    """

    files: int
    damaged: tuple[str, ...]
    again: tuple[int, ...]
    differing: tuple[str, ...]

    @property
    def fine(self) -> bool:
        """Whether everything is as it was written, and came out the same."""
        return not self.damaged and not self.differing


def verify(place: Path, n_runs: int = 3, *, seed: int | None = None) -> Verification:
    """Compare the checksums of all files, and run some runs again to compare bits.

    Parameters
    ----------
    place : Path
        A sweep directory, finished or not.
    n_runs : int
        Runs to run again, drawn at random among those that are stored.
    seed : int, optional
        Seed of the drawing.

    Raises
    ------
    StoreError
        If the directory is no sweep, or was made by another version of the model.
    """
    facts = manifest.read(place)
    listed = sums.read(place)
    damaged = tuple(sorted({name for name, known in listed.items() if sums.of(place / name) != known} | _unlisted(place, facts, listed)))
    if damaged:
        return Verification(len(listed), damaged, (), ())
    if facts["model_sha256"] != runs.model_digest():
        made, now = str(facts["model_sha256"])[:12], runs.model_digest()[:12]
        raise StoreError(f"{place}: was made by another version of the model ({made}, now {now}); only that one can give the same bits")
    sweep = frames.read(place)
    planned = of_manifest(json.dumps(facts))
    if planned.layout.digest != facts["design_sha256"]:
        raise StoreError(f"{place}: manifest.json does not give the runs that are stored; it was changed, or another version of the program wrote it")
    labels = sweep.summary[["point", "replication"]].drop_duplicates().itertuples(index=False)
    there = [int(point) * planned.layout.replications + int(replication) for point, replication in labels]
    chosen = tuple(sorted(random.Random(seed).sample(there, min(n_runs, len(there)))))
    return Verification(len(listed), (), chosen, tuple(text for run in chosen for text in _differs(sweep, run, carry_out(planned.job(run)).record)))


def _unlisted(place: Path, facts: Mapping[str, Any], listed: Mapping[str, str]) -> set[str]:
    """Return the finished tables that have no checksum; while a sweep is at work there may be one."""
    there = {f"{table}/{path.name}" for table in facts["study"]["tables"] for path in (place / table).glob("*.parquet")}
    return there - listed.keys() if facts["finished"] else set()


def _differs(sweep: Sweep, run: int, record: bytes) -> list[str]:
    """Return how a run that was run again differs from what is stored."""
    point, replication = sweep.layout.where(run)
    again: Mapping[str, Any] = records.decode(record) if record else {}
    for name in sweep.layout.tables:
        stored = _rows(sweep.table(name), point, replication)
        fresh = sweep.layout.frame([run], [again.get(name, {})])
        if not same(stored, fresh):
            return [f"point {point}, replication {replication}: table {name} came out otherwise"]
    return []


def _rows(table: pd.DataFrame, point: int, replication: int) -> pd.DataFrame:
    return table[(table["point"] == point) & (table["replication"] == replication)].reset_index(drop=True)


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two tables hold the same bits; columns that one lacks may be missing throughout in the other."""
    if len(one) != len(other):
        return False
    for name in one.columns.union(other.columns):
        if name not in one or name not in other:
            if (one if name in one else other)[name].notna().any():
                return False
        elif one[name].dtype == other[name].dtype and one[name].dtype.kind in "fiu":
            if one[name].to_numpy().tobytes() != other[name].to_numpy().tobytes():
                return False
        elif not one[name].equals(other[name].astype(one[name].dtype)):
            return False
    return True
