"""Keeping results: a directory of Parquet files that pandas, DuckDB and R read without this software.

Each replication writes one part file per table; its part of ``summary``, written last, is the receipt: a replication without it was not
finished and does not count.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from results import manifest as manifests
from results.frames import Results

RECEIPT = "summary"
"""The table whose part is written last."""


class StoreError(Exception):
    """Results cannot be kept or read; the text is a sentence for the user."""


@dataclass(frozen=True)
class Run:
    """One replication as it is labelled in every table."""

    run: str
    scenario: str
    replication: int
    seed: int


def check_directory(place: Path, shown: Path | None = None) -> bool:
    """Return whether a place for results is taken.

    Parameters
    ----------
    place : Path
        Where results are to go.
    shown : Path, optional
        The place as the user gave it.

    Raises
    ------
    StoreError
        If it is a file.
    """
    if place.exists() and not place.is_dir():
        raise StoreError(f"{shown or place}: is a file, not a directory; choose another place with --out")
    return place.exists() and any(place.iterdir())


def exists_already(place: Path) -> StoreError:
    """Return what is said of a place that has such results, where nobody asked to replace them."""
    return StoreError(f"{place}: exists already; give --force to replace it, or another place with --out")


def slug(name: str) -> str:
    """Return a name that every file system takes: letters, digits, point, minus and underscore."""
    return re.sub(r"[^\w.-]+", "_", name).strip(".") or "run"


def _text(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _frame(run: Run, table: Mapping[str, Any]) -> pd.DataFrame:
    """Return a table as a frame with the run's four columns in front and text as text."""
    columns = {name: np.asarray(values) for name, values in table.items()}
    n = len(next(iter(columns.values()), ()))
    held: dict[str, Any] = {
        "run": pd.Series([run.run] * n, dtype="str"),
        "scenario": pd.Series([run.scenario] * n, dtype="str"),
        "replication": np.full(n, run.replication, np.int32),
        "seed": np.full(n, run.seed, np.uint64),
    }
    held |= {name: pd.Series(values, dtype="str") if values.dtype.kind in "OUS" else values for name, values in columns.items()}
    return pd.DataFrame(held)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the process's one database in memory: to open another takes far longer than to read or write a table."""
    return duckdb.connect(config={"threads": 1})  # one thread: equal tables give equal bytes


def _connect() -> duckdb.DuckDBPyConnection:
    """Return a connection of its own to it, in which nobody else's names are known."""
    return _database().cursor()


def _copy(db: duckdb.DuckDBPyConnection, frame: pd.DataFrame, path: Path, facts: Mapping[str, str]) -> None:
    """Write a frame to a Parquet file, whole or not at all."""
    db.register("part", frame)
    _write(db, "part", path, facts)


def _write(db: duckdb.DuckDBPyConnection, what: str, path: Path, facts: Mapping[str, str]) -> None:
    """Write a table of the database, or a query in brackets, to a Parquet file, whole or not at all."""
    notes = ", ".join(f'"{key}": {_text(value)}' for key, value in facts.items())
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db.execute(f"COPY {what} TO {_text(part)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{notes}}})")
        part.replace(path)
    except (OSError, duckdb.Error) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written ({reason(error)})") from error


def reason(error: Exception) -> str:
    """Return why a file operation failed, in a few words and on one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    text = str(error).strip().splitlines()[0]
    found = re.search(r"No space left on device|Permission denied|Read-only file system|Disk quota exceeded", text)
    return found.group(0).lower() if found else text


def write_parts(directory: Path, run: Run, tables: Mapping[str, Mapping[str, Any]], facts: Mapping[str, str]) -> None:
    """Write one finished replication: a part file per table, the receipt last.

    Parameters
    ----------
    directory : Path
        The run directory that is growing.
    run : Run
        Labels of the replication; its files are named by ``run.run``.
    tables : mapping
        Tables as columns by name; ``summary`` must be among them.
    facts : mapping
        Texts embedded in every file.

    Raises
    ------
    StoreError
        If a file cannot be written, in one sentence.
    """
    with _connect() as db:
        for name, table in tables.items():
            if name != RECEIPT and table:
                _copy(db, _frame(run, table), directory / name / f"{run.run}.parquet", facts)
        _copy(db, _frame(run, tables[RECEIPT]), directory / RECEIPT / f"{run.run}.parquet", facts)


def finished(directory: Path) -> list[str]:
    """Return the identities of the replications that have their receipt."""
    return sorted(path.stem for path in (directory / RECEIPT).glob("*.parquet"))


def write_table(path: Path, frame: pd.DataFrame, facts: Mapping[str, str]) -> None:
    """Write a frame to a Parquet file, whole or not at all; equal frames give equal bytes.

    Parameters
    ----------
    path : Path
        The file; its folder is made.
    frame : DataFrame
        What to keep.
    facts : mapping
        Texts embedded in the file.

    Raises
    ------
    StoreError
        If it cannot be written, in one sentence.
    """
    with _connect() as db:
        _copy(db, frame, path, facts)


def read_table(paths: Sequence[Path]) -> pd.DataFrame:
    """Return Parquet files, one after the other, as one frame, text as text.

    Raises
    ------
    StoreError
        If one cannot be read, in one sentence.
    """
    try:
        frame = _read_parts(paths)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{paths[0].parent}: cannot be read ({reason(error)})") from error
    return frame.astype({name: "str" for name in frame.columns if frame[name].dtype == object})


def _read_parts(paths: Sequence[Path]) -> pd.DataFrame:
    with _connect() as db:
        return db.execute(_all_of(paths)).df()


def _all_of(paths: Sequence[Path]) -> str:
    listed = ", ".join(_text(path) for path in paths)
    return f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"


def join_parts(paths: Sequence[Path], path: Path, facts: Mapping[str, str]) -> None:
    """Write Parquet files, one after the other, as one file, without holding them in memory.

    Raises
    ------
    StoreError
        If it cannot be written, in one sentence.
    """
    with _connect() as db:
        _write(db, f"({_all_of(paths)})", path, facts)


def read(directory: Path | str) -> Results:
    """Read a run directory; replications that were not finished are left out.

    Raises
    ------
    StoreError
        If the directory is not there, is not a run directory or cannot be read.
    """
    place = Path(directory)
    facts = _manifest(place)
    order = [str(run["run"]) for run in facts["runs"]]
    whole = place / f"{RECEIPT}.parquet"
    try:
        summary = _read_parts([whole] if whole.exists() else [place / RECEIPT / f"{run}.parquet" for run in order if run in finished(place)])
        done = set(summary["run"])
        frames = {RECEIPT: summary}
        for table in sorted(path for path in place.iterdir() if path.is_dir() and path.name != RECEIPT):
            parts = [table / f"{run}.parquet" for run in order if run in done and (table / f"{run}.parquet").exists()]
            if parts:
                frames[table.name] = _read_parts(parts)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{place}: cannot be read ({reason(error)})") from error
    return Results(manifest=facts, frames=frames)


def _manifest(place: Path) -> dict[str, Any]:
    if not place.is_dir():
        raise StoreError(f"{place}: there is no such run directory")
    try:
        return manifests.read(place)
    except (OSError, ValueError) as error:
        raise StoreError(f"{place}: is not a run directory (no manifest.json that this program wrote)") from error
