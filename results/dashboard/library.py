"""The library: which results are in the folder. Names lead only to directories that were found there, never to a path that somebody wrote."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from results import manifest
from results.language import say
from results.store import RECEIPT, StoreError

SWEEP = "relmarket-sweep-1"
"""Format of a sweep's manifest."""
DEPTH = 2
"""Folders below the root in which results are looked for: those of a map stand in the map's own."""
AGAIN = 2.0
"""Seconds for which a list of directories holds."""
MOST = 2_000
"""Directories that are looked at."""


@dataclass(frozen=True)
class Entry:
    """A directory of results.

    Attributes
    ----------
    name : str
        Its path below the root, with slashes; the root's own name where the root itself holds results.
    place : Path
        Where it is.
    kind : str
        ``run``, ``sweep``, ``map`` or ``validation``.
    facts : mapping
        Its manifest; empty for a map.
    """

    name: str
    place: Path
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def scenarios(self) -> dict[str, Mapping[str, Any]]:
        """Contents of its scenarios, by name."""
        return {str(one["name"]): one["content"] for one in self.facts.get("scenarios", ())}

    @property
    def is_running(self) -> bool:
        """Whether it is a sweep that has not ended."""
        return self.kind == "sweep" and not self.facts.get("finished")


class Folder:
    """The results in a folder; many threads may read."""

    def __init__(self, root: Path, *, unfinished: Callable[[Path], pd.DataFrame] | None = None) -> None:
        """Look at a folder.

        Raises
        ------
        StoreError
            If it is not there.
        """
        self.root = root.resolve()
        if not self.root.is_dir():
            raise StoreError(f"{root}: there is no such folder of results; `run.py demo` makes results/runs with a first run in it")
        self.unfinished = unfinished
        self._lock = threading.Lock()
        self._seen: tuple[float, dict[str, Entry]] = (float("-inf"), {})
        self._facts: dict[Path, tuple[int, Mapping[str, Any]]] = {}

    def entries(self, *kinds: str) -> dict[str, Entry]:
        """Return what is there by name, of these kinds, the newest first."""
        with self._lock:
            when, found = self._seen
            if time.monotonic() - when > AGAIN:
                found = dict(self._look())
                self._seen = (time.monotonic(), found)
        return {name: entry for name, entry in found.items() if entry.kind in kinds}

    def entry(self, name: str, *kinds: str) -> Entry:
        """Return what has a name.

        Raises
        ------
        StoreError
            If nothing of these kinds has it, whatever the name looks like.
        """
        found = self.entries(*kinds)
        if name not in found:
            raise StoreError(say("There are no such results: {name}.", name=name[:80]))
        return found[name]

    def _look(self) -> Iterator[tuple[str, Entry]]:
        """Yield every directory of results, the newest first; links that lead out of the folder are passed over."""
        found: list[tuple[float, Entry]] = []
        places = [(self.root, 0)]
        for looked, (place, depth) in enumerate(places):
            if looked > MOST:
                break
            entry = self._entry(place)
            if entry:
                found.append((_when(entry), entry))
            if depth < DEPTH and (entry is None or entry.kind == "map"):
                places += [(below, depth + 1) for below in self._below(place)]
        for _, entry in sorted(found, key=lambda pair: (-pair[0], pair[1].name)):
            yield entry.name, entry

    def _below(self, place: Path) -> list[Path]:
        try:
            listed = sorted(place.iterdir())
        except OSError:
            return []
        return [below for below in listed if ".partial-" not in below.name and below.is_dir() and below.resolve().is_relative_to(self.root)]

    def _entry(self, place: Path) -> Entry | None:
        name = place.relative_to(self.root).as_posix() if place != self.root else place.name or "."
        facts = self._manifest(place / manifest.NAME)
        if facts.get("format") == SWEEP:
            return Entry(name, place, "sweep", facts)
        if (place / "points.parquet").is_file():
            return Entry(name, place, "map")
        if any((place / "scorecard").glob("*.parquet")) or (place / "scorecard.parquet").is_file():
            return Entry(name, place, "validation", facts)
        if facts.get("format") == manifest.FORMAT and facts.get("scenarios"):
            return Entry(name, place, "run", facts)
        return None

    def _manifest(self, path: Path) -> Mapping[str, Any]:
        """Return a manifest, read again only when it changed; empty when it is missing or damaged."""
        try:
            stamp = path.stat().st_mtime_ns
            if path in self._facts and self._facts[path][0] == stamp:
                return self._facts[path][1]
            read = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        facts = read if isinstance(read, dict) and _is_whole(read) else {}
        self._facts[path] = (stamp, facts)
        return facts


def _is_whole(facts: Mapping[str, Any]) -> bool:
    """Whether a manifest has what pages read of it, each of its kind."""
    scenarios = facts.get("scenarios", [])
    return (
        isinstance(scenarios, list)
        and all(isinstance(one, dict) and isinstance(one.get("content"), dict) and isinstance(one.get("name"), str) for one in scenarios)
        and isinstance(facts.get("study", {}), dict)
        and isinstance(facts.get("runs", []), list | int)
    )


def _when(entry: Entry) -> float:
    try:
        return entry.place.stat().st_mtime
    except OSError:
        return 0.0


def parts(entry: Entry, table: str) -> list[Path]:
    """Return the Parquet files of a table, in order; of a run those whose replication was finished.

    Raises
    ------
    StoreError
        If there is none.
    """
    inside = entry.place.resolve()
    whole = entry.place / f"{table}.parquet"
    found = [whole] if whole.is_file() else sorted((entry.place / table).glob("*.parquet"))
    if entry.kind == "run" and table != RECEIPT and not (entry.place / f"{RECEIPT}.parquet").is_file():
        done = {path.stem for path in (entry.place / RECEIPT).glob("*.parquet")}
        found = [path for path in found if path.stem in done]
    found = [path for path in found if path.resolve().is_relative_to(inside)]
    if not found:
        raise StoreError(say("{name} does not hold the table {table}.", name=entry.name, table=table))
    return found
