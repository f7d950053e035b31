"""The shelf: where finished runs go, at once into a segment, and in parts of many runs into Parquet."""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from experiments.sweep import frames, records, segments, sums
from experiments.sweep.frames import FAILURES, SEGMENTS, SUMMARY, part_name
from experiments.sweep.layout import DESIGN, Layout
from results import store
from results.store import StoreError


@dataclass(frozen=True)
class Written:
    """A part that was written: the checksum of each of its files by name."""

    part: int
    files: Mapping[str, str]


class Shelf:
    """The finished runs of a sweep on disk. One process writes; many may read.

    A run that is finished is appended to a segment. When all runs of a part are there, the part is written as Parquet, listed with its
    checksum, and the segments that it came from go. Whatever moment the process dies at, every run is in one of both or in none, and what
    is in a part depends on its runs alone: so the files are the same after any number of interruptions.
    """

    def __init__(self, place: Path, layout: Layout) -> None:
        """Look at what is there, and take away what is damaged.

        Raises
        ------
        StoreError
            If the directory cannot be read or written.
        """
        self.place, self.layout = place, layout
        self.errors: dict[int, str] = {}
        self._digest = bytes.fromhex(layout.digest)
        try:
            (place / SEGMENTS).mkdir(parents=True, exist_ok=True)
            for torn in place.glob("**/*.part"):
                torn.unlink()
            store.write_table(place / DESIGN, layout.design, layout.notes)
            self._sums = self._sound(sums.read(place))
            self.parts = self._whole_parts()
            self._sums[DESIGN] = sums.of(place / DESIGN)
            sums.write(place, self._sums)
            self._entries = {
                run: entry for run, entry in frames.stored(place, layout).items() if not self._in_part(run) and entry.kind == segments.OK
            }
            self._tidy()
        except OSError as error:
            raise StoreError(f"{place}: cannot be written ({(error.strerror or str(error)).lower()})") from error
        self._segment: segments.Segment | None = None
        self._packer = ThreadPoolExecutor(1, thread_name_prefix="parts")
        self._packing: list[Future[Written]] = []
        self._counts = [sum(run in self._entries for run in layout.part(part)) for part in range(layout.parts)]
        for part in range(layout.parts):
            self._pack_if_whole(part)

    @property
    def stored(self) -> int:
        """How many runs are stored."""
        return len(self._entries) + sum(len(self.layout.part(part)) for part in self.parts)

    def missing(self) -> list[int]:
        """Return the runs that are not stored, in order."""
        return [run for run in range(self.layout.runs) if run not in self._entries and not self._in_part(run)]

    def unknown(self) -> list[int]:
        """Return the runs that are neither stored nor known to fail."""
        return [run for run in self.missing() if run not in self.errors]

    def add(self, run: int, record: bytes) -> None:
        """Store a finished run.

        Raises
        ------
        StoreError
            If there is no room; everything stored before stays.
        """
        self._entries[run] = self._append(run, segments.OK, record)
        self.errors.pop(run, None)
        part = run // self.layout.size
        self._counts[part] += 1
        self._pack_if_whole(part)
        self.settle(wait=False)

    def fail(self, run: int, error: str) -> None:
        """Store that a run failed, and why.

        Raises
        ------
        StoreError
            If there is no room.
        """
        self._append(run, segments.FAILED, error.encode())
        self.errors[run] = error

    def settle(self, *, wait: bool) -> None:
        """List the parts that have been written meanwhile, and take away the segments that they came from.

        Raises
        ------
        StoreError
            If a part could not be written.
        """
        ready = [future for future in self._packing if wait or future.done()]
        if not ready:
            return
        for future in ready:
            self._packing.remove(future)
            written = future.result()
            self._sums |= written.files
            self.parts.add(written.part)
            for run in self.layout.part(written.part):
                self._entries.pop(run, None)
        self._write_sums()
        self._tidy()

    def finish(self) -> None:
        """Write the parts in which runs failed, and the table of failures: every run is stored or has its error.

        Raises
        ------
        StoreError
            If there is no room.
        """
        self.settle(wait=True)
        for part in range(self.layout.parts):
            if part not in self.parts:
                self._sums |= self._write(part).files
        store.write_table(self.place / FAILURES, frames.failures(self.layout, self.errors), self.layout.notes)
        self._sums[FAILURES] = sums.of(self.place / FAILURES)
        self._write_sums()
        self.close()
        if not self.errors:  # runs that failed are tried again by the same command, which needs what their parts were made of
            shutil.rmtree(self.place / SEGMENTS, ignore_errors=True)

    def close(self) -> None:
        """Close the files; what is stored stays."""
        self._packer.shutdown(wait=True, cancel_futures=True)
        if self._segment:
            self._segment.close()
            self._segment = None

    def _in_part(self, run: int) -> bool:
        return run // self.layout.size in self.parts

    def _append(self, run: int, kind: int, payload: bytes) -> segments.Entry:
        if self._segment is None or self._segment.size > segments.LARGEST:
            if self._segment:
                self._segment.close()
            (self.place / SEGMENTS).mkdir(exist_ok=True)
            numbers = [int(path.stem) for path in (self.place / SEGMENTS).glob(f"*{segments.SUFFIX}") if path.stem.isdecimal()]
            self._segment = segments.Segment(self.place / SEGMENTS / f"{max(numbers, default=-1) + 1:06d}{segments.SUFFIX}")
        return self._segment.append(run, kind, self._digest, payload)

    def _pack_if_whole(self, part: int) -> None:
        if part not in self.parts and self._counts[part] == len(self.layout.part(part)):
            self._packing.append(self._packer.submit(self._write, part))

    def _write(self, part: int) -> Written:
        """Write a part's tables from its records, and return their checksums."""
        found = {run: self._entries[run] for run in self.layout.part(part) if run in self._entries}
        tables = {run: records.decode(entry.payload()) for run, entry in found.items()}
        files = {}
        for name in self.layout.tables:
            chosen = {run: table[name] for run, table in tables.items() if table.get(name)}
            if chosen or name == SUMMARY:
                path = self.place / part_name(name, part)
                store.write_table(path, self.layout.frame(list(chosen), list(chosen.values())), self.layout.notes)
                _to_disk(path)
                files[part_name(name, part)] = sums.of(path)
        return Written(part, files)

    def _sound(self, listed: Mapping[str, str]) -> dict[str, str]:
        """Return the checksums of the files that are as they were written; the others, and those that nobody lists, are taken away."""
        sound = {name: known for name, known in listed.items() if sums.of(self.place / name) == known}
        broken = {Path(name).stem for name in listed if name not in sound and "/" in name}
        sound = {name: known for name, known in sound.items() if Path(name).stem not in broken or "/" not in name}
        for table in self.layout.tables:
            for path in (self.place / table).glob("*"):
                if f"{table}/{path.name}" not in sound:
                    path.unlink()
        return sound

    def _whole_parts(self) -> set[int]:
        """Return the parts in which no run is missing; those with failed runs are made anew."""
        whole = set()
        for part in range(self.layout.parts):
            name = part_name(SUMMARY, part)
            if name not in self._sums:
                continue
            labels = store.read_table([self.place / name])[["point", "replication"]].drop_duplicates()
            if len(labels) == len(self.layout.part(part)):
                whole.add(part)
            else:
                for table in self.layout.tables:
                    self._sums.pop(part_name(table, part), None)
        return whole

    def _write_sums(self) -> None:
        try:
            sums.write(self.place, self._sums)
        except OSError as error:
            raise StoreError(f"{self.place}: cannot be written ({(error.strerror or str(error)).lower()})") from error

    def _tidy(self) -> None:
        """Take away the segments that hold nothing but runs that are in parts."""
        needed = {entry.path for entry in self._entries.values()}
        current = getattr(self, "_segment", None)
        for path in (self.place / SEGMENTS).glob(f"*{segments.SUFFIX}"):
            if path not in needed and not (current and path == current.path):
                path.unlink()


def _to_disk(path: Path) -> None:
    """Wait until a file is on the disk: what it was made of is removed next."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
