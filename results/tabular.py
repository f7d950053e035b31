"""Tables for other programs: CSV, Excel and Parquet, one table as one file or sheet."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from results import manifest
from results.store import StoreError, exists_already, reason

FORMATS = ("csv", "xlsx", "parquet")
MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel's format, its head among them."""
MOST_COLUMNS = 16_384
LONGEST_NAME = 31
"""Letters of a sheet's name."""
AT_ONCE = 20_000
"""Rows that are held in memory on their way into a sheet."""


def tables(place: Path) -> dict[str, list[Path]]:
    """Return the Parquet files of every table in a directory of results: of a run, a sweep or another analysis.

    Raises
    ------
    StoreError
        If the directory is not there, holds no table, or was not written by this program.
    """
    if not place.is_dir():
        raise StoreError(f"{place}: there is no such directory of results")
    if not (place / manifest.NAME).is_file():
        raise StoreError(f"{place}: is not a directory of results (no {manifest.NAME} that this program wrote)")
    found = {path.stem: [path] for path in sorted(place.glob("*.parquet"))}
    for folder in sorted(path for path in place.iterdir() if path.is_dir()):
        parts = sorted(folder.glob("*.parquet"))
        if parts:
            found.setdefault(folder.name, parts)
    if not found:
        raise StoreError(f"{place}: holds no tables")
    return found


def write(place: Path, out: Path, form: str, *, force: bool) -> list[Path]:
    """Write every table of a directory of results in another format, and return the files.

    Parameters
    ----------
    place : Path
        The directory of results.
    out : Path
        Where the files go; made if it is not there.
    form : str
        One of :data:`FORMATS`. Excel's tables become the sheets of one workbook.
    force : bool
        Whether files that are there already are replaced.

    Raises
    ------
    StoreError
        If a table cannot be read or written, or is too large for the format; files that were written before remain whole.
    """
    found = tables(place)
    names = [f"{place.resolve().name}.xlsx"] if form == "xlsx" else [f"{name}.{form}" for name in found]
    paths = [out / name for name in names]
    ready(out, paths, force=force)
    with duckdb.connect(config={"threads": 1}) as db:
        if form == "xlsx":
            _workbook(db, found, paths[0])
            return paths
        for path, (name, parts) in zip(paths, found.items(), strict=True):
            _copy(db, name, parts, path, form)
    return paths


def ready(out: Path, paths: Sequence[Path], *, force: bool) -> None:
    """Make a directory for files, and see that none of them is there already.

    Raises
    ------
    StoreError
        If it cannot be made, or a file is there and may not be replaced.
    """
    taken = [path for path in paths if path.exists()]
    if taken and not force:
        raise exists_already(taken[0])
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{out}: cannot be written ({reason(error)})") from error


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _query(db: duckdb.DuckDBPyConnection, parts: list[Path]) -> tuple[str, list[str]]:
    """Return the query of a table, its missing numbers as empty cells, and its columns."""
    source = f"read_parquet([{', '.join(_quoted(part) for part in parts)}], union_by_name = true)"
    described = db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    columns = [
        f"CASE WHEN isnan({_named(name)}) THEN NULL ELSE {_named(name)} END AS {_named(name)}" if kind in {"FLOAT", "DOUBLE"} else _named(name)
        for name, kind, *_ in described
    ]
    return f"SELECT {', '.join(columns)} FROM {source}", [str(row[0]) for row in described]


def _copy(db: duckdb.DuckDBPyConnection, name: str, parts: list[Path], path: Path, form: str) -> None:
    """Write a table to a file, whole or not at all, without holding it in memory."""
    part = path.with_name(f"{path.name}.part")
    options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
    try:
        query, _ = _query(db, parts)
        db.execute(f"COPY ({query}) TO {_quoted(part)} ({options})")
        part.replace(path)
    except (OSError, duckdb.Error) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: the table {name} cannot be written ({reason(error)})") from error


def _workbook(db: duckdb.DuckDBPyConnection, found: dict[str, list[Path]], path: Path) -> None:
    """Write all tables as the sheets of one workbook, whole or not at all."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise StoreError("xlsx needs openpyxl; install it with: pip install -e '.[export]'") from None
    book = Workbook(write_only=True)
    part = path.with_name(f"{path.name}.part")
    try:
        queries = {name: _query(db, parts) for name, parts in found.items()}
        for name, (query, columns) in queries.items():  # first of all, so that nothing is begun that cannot be ended
            _fits(name, int(db.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]), len(columns))
        for name, (query, columns) in queries.items():
            sheet = book.create_sheet(name[:LONGEST_NAME])
            sheet.freeze_panes = "A2"
            sheet.append(columns)
            for row in _rows(db, query):
                sheet.append([_cell(sheet, value) for value in row])
        book.save(part)
        part.replace(path)
    except (OSError, duckdb.Error) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written ({reason(error)})") from error


def _fits(name: str, rows: int, columns: int) -> None:
    """Raise where a table is too large for a sheet."""
    if rows + 1 > MOST_ROWS:
        raise StoreError(f"{name}: has {rows:,} rows, and a sheet of xlsx holds {MOST_ROWS - 1:,}; export csv or parquet")
    if columns > MOST_COLUMNS:
        raise StoreError(f"{name}: has {columns:,} columns, and a sheet of xlsx holds {MOST_COLUMNS:,}; export csv or parquet")


def _rows(db: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a query, some thousand at a time."""
    answer = db.execute(query)
    while rows := answer.fetchmany(AT_ONCE):
        yield from rows


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value as a cell takes it; a text that begins like a formula stays a text, and an infinite number becomes one."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str) and value.startswith("="):
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    return value
