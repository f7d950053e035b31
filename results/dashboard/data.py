"""Data: columns of Parquet tables in memory, and what is computed of them by DuckDB, so that the browser gets answers and not rows."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import numpy as np
import pandas as pd

from results.dashboard import library
from results.dashboard.library import Entry
from results.language import say
from results.store import StoreError

BUDGET = 1_500_000_000
"""Bytes of columns that are kept in memory; those not used for longest go first."""
ANSWERS = 400
"""Answers that are remembered, each a small table or a figure."""
THREADS = 2
"""Threads of one query; several run at once."""


Answer = TypeVar("Answer")


def quoted(name: str) -> str:
    """Return a column's name as SQL takes it, whatever is in it.

    >>> quoted('a"; DROP TABLE x')
    '"a""; DROP TABLE x"'
    """
    return '"' + name.replace('"', '""') + '"'


def _literal(path: Path) -> str:
    """Return a file's name so that DuckDB reads this file, and does not take signs in it for patterns."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


class Library(library.Folder):
    """The results in a folder, and their tables."""

    def __init__(self, root: Path, *, unfinished: Callable[[Path], pd.DataFrame] | None = None) -> None:
        """Look at a folder; see :class:`results.dashboard.library.Folder`."""
        super().__init__(root, unfinished=unfinished)
        self._files = duckdb.connect(config={"threads": THREADS, "autoinstall_known_extensions": False, "autoload_known_extensions": False})
        self._files.execute(f"SET allowed_directories = ['{str(self.root).replace(chr(39), chr(39) * 2)}/']")
        self._files.execute("SET enable_external_access = false")
        self._files.execute("SET lock_configuration = true")
        self._memory = duckdb.connect(config={"threads": THREADS, "enable_external_access": False, "lock_configuration": True})
        self._kept: OrderedDict[tuple[str, str, int, str], pd.Series] = OrderedDict()
        self._answers: OrderedDict[tuple[Hashable, ...], object] = OrderedDict()
        self._listed: dict[tuple[str, str], tuple[float, list[Path], int]] = {}
        self._keeping = threading.Lock()
        self._reading = threading.Lock()

    def columns(self, entry: Entry, table: str) -> dict[str, str]:
        """Return the columns of a table and their DuckDB types.

        Raises
        ------
        StoreError
            If there is no such table, or it cannot be read.
        """
        first = library.parts(entry, table)[:1]
        rows = self._read(entry, "DESCRIBE SELECT * FROM read_parquet($files)", first).fetchall()
        return {str(name): str(kind) for name, kind, *_ in rows}

    def frame(self, entry: Entry, table: str, names: Sequence[str], *, where: str = "", values: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Return columns of a table, read from the disk; for tables that are small, or of which ``where`` leaves little.

        Parameters
        ----------
        entry : Entry
            The results.
        table : str
            The table.
        names : sequence of str
            Columns; those that the table does not have are left out.
        where : str
            A condition in SQL with its values as ``$name``.
        values : mapping
            Those values.

        Raises
        ------
        StoreError
            If it cannot be read.
        """
        there = self.columns(entry, table)
        listed = ", ".join(quoted(name) for name in names if name in there)
        text = f"SELECT {listed or '*'} FROM read_parquet($files, union_by_name = true){' WHERE ' if where else ''}{where}"
        found: pd.DataFrame = self._read(entry, text, library.parts(entry, table), values).df()
        return found.astype({name: "str" for name in found.columns if found[name].dtype == object})

    def kept(self, entry: Entry, table: str, names: Sequence[str]) -> pd.DataFrame:
        """Return columns of a table that are kept in memory: read from the disk once for everybody, and again when the files change.

        Parameters
        ----------
        entry, table, names
            As for :meth:`frame`; texts become categories.

        Raises
        ------
        StoreError
            If it cannot be read.
        """
        files, stamp = self.files(entry, table)
        keys = {name: (entry.name, table, stamp, name) for name in names}
        with self._reading:  # two who want the same columns read them once
            missing = [name for name, key in keys.items() if key not in self._kept]
            if missing:
                self._keep(entry, table, stamp, missing, files)
        with self._keeping:
            for key in keys.values():
                self._kept.move_to_end(key)
            return pd.DataFrame({name: self._kept[key] for name, key in keys.items()})

    def files(self, entry: Entry, table: str) -> tuple[list[Path], int]:
        """Return a table's files and a number that changes when one of them does; looked at again every few seconds.

        Raises
        ------
        StoreError
            If there is none.
        """
        key = (entry.name, table)
        when, files, stamp = self._listed.get(key, (float("-inf"), [], 0))
        if time.monotonic() - when > library.AGAIN:
            files = library.parts(entry, table)
            stamp = self._stamp(files)
            self._listed[key] = (time.monotonic(), files, stamp)
        return files, stamp

    def remembered(self, entry: Entry, table: str, asked: Sequence[Hashable], build: Callable[[], Answer]) -> Answer:
        """Return an answer that somebody got before from the same files, or else build it: many readers look at the same.

        Parameters
        ----------
        entry, table
            What the answer is computed of.
        asked : sequence of hashable
            Everything else that it depends on.
        build : callable
            Computes it.
        """
        key = (entry.name, table, self.files(entry, table)[1], *asked)
        with self._keeping:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast("Answer", self._answers[key])
        found = build()
        with self._keeping:
            self._answers[key] = found
            while len(self._answers) > ANSWERS:
                self._answers.popitem(last=False)
        return found

    @staticmethod
    def _stamp(files: Sequence[Path]) -> int:
        """Return a number that changes when a file does.

        Raises
        ------
        StoreError
            If one has gone meanwhile.
        """
        try:
            return hash(tuple((path.name, (facts := path.stat()).st_mtime_ns, facts.st_size) for path in files))
        except OSError as error:
            raise StoreError(say("{name} is being written or removed; load the page again.", name=files[0].parent.name)) from error

    def _keep(self, entry: Entry, table: str, stamp: int, names: Sequence[str], files: Sequence[Path]) -> None:
        listed = ", ".join(quoted(name) for name in names)
        union = len({path.parent for path in files}) > 1 or entry.kind == "run"
        found = self._read(entry, f"SELECT {listed} FROM read_parquet($files, union_by_name = {str(union).lower()})", files).fetchnumpy()
        with self._keeping:
            for name in names:
                values = np.ma.filled(found[name], np.nan) if np.ma.isMaskedArray(found[name]) and found[name].dtype.kind == "f" else found[name]
                series = pd.Series(pd.Categorical(values)) if values.dtype == object else pd.Series(values)
                self._kept[entry.name, table, stamp, name] = series
            for old in [key for key in self._kept if key[:2] == (entry.name, table) and key[2] != stamp]:
                del self._kept[old]
            while len(self._kept) > len(names) and sum(one.memory_usage(index=False) for one in self._kept.values()) > BUDGET:
                self._kept.popitem(last=False)

    def notes(self, path: Path) -> dict[str, str]:
        """Return the texts embedded in a Parquet file; none where it cannot be read."""
        try:
            rows = self._files.cursor().execute("SELECT key, value FROM parquet_kv_metadata($file)", {"file": _literal(path)}).fetchall()
        except duckdb.Error:
            return {}
        return {bytes(key).decode(errors="replace"): bytes(value).decode(errors="replace") for key, value in rows}

    def ask(self, text: str, values: Mapping[str, Any] | None = None, **frames: pd.DataFrame) -> pd.DataFrame:
        """Return what a query over frames in memory gives.

        Parameters
        ----------
        text : str
            SQL, written in this program; values from outside stand in it as ``$name``.
        values : mapping
            Those values.
        **frames
            Frames by the names that the query calls them.
        """
        with self._memory.cursor() as db:
            for name, frame in frames.items():
                db.register(name, frame)
            return db.execute(text, dict(values or {})).df()

    def _read(self, entry: Entry, text: str, files: Sequence[Path], values: Mapping[str, Any] | None = None) -> Any:
        try:
            return self._files.cursor().execute(text, {"files": [_literal(path) for path in files], **(values or {})})
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise StoreError(say("{name} cannot be read: a file is damaged or missing ({reason}).", name=entry.name, reason=reason[:200])) from error
