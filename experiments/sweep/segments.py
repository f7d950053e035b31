"""Segments: append-only files of finished runs, each run with its length and checksum, so that it is there whole or not at all."""

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from results.store import StoreError

SUFFIX = ".runs"
LARGEST = 64 * 1024 * 1024
"""Bytes after which the next segment is begun."""
MAGIC = b"\xf5rmrun1\n"
"""Begins every record: where one is damaged, the next is found by it."""
OK, FAILED = 0, 1
_HEAD = struct.Struct("<8sQB32sQ")  # magic, run, kind, digest of the design, length of the payload
_SUM = 32


@dataclass(frozen=True)
class Entry:
    """Where a record stands."""

    run: int
    kind: int
    path: Path
    start: int
    length: int

    def payload(self) -> bytes:
        """Return what was stored.

        Raises
        ------
        OSError
            If it cannot be read.
        """
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.length)


class Segment:
    """A segment that grows; the writer is the only one that appends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("ab", buffering=0)
        self.size = self._file.tell()

    def append(self, run: int, kind: int, digest: bytes, payload: bytes) -> Entry:
        """Append one record, whole or not at all.

        Raises
        ------
        StoreError
            If there is no room; what was written of the record is taken away again.
        """
        head = _HEAD.pack(MAGIC, run, kind, digest, len(payload))
        record = head + payload + hashlib.sha256(head + payload).digest()
        try:
            written = 0
            while written < len(record):
                written += self._file.write(record[written:])
        except OSError as error:
            with suppress(OSError):
                self._file.truncate(self.size)
            raise StoreError(f"{self.path.parent.parent}: cannot be written ({(error.strerror or str(error)).lower()})") from error
        entry = Entry(run, kind, self.path, self.size + _HEAD.size, len(payload))
        self.size += len(record)
        return entry

    def close(self) -> None:
        """Close the file, its contents on the disk and not only with the system."""
        with suppress(OSError):
            os.fsync(self._file.fileno())
        self._file.close()


def entries(path: Path, digest: bytes) -> Iterator[Entry]:
    """Yield the whole records of a segment; what is damaged, cut off, or of another design is passed over.

    Parameters
    ----------
    path : Path
        The segment.
    digest : bytes
        The design whose runs are wanted.
    """
    data = path.read_bytes()
    place = data.find(MAGIC)
    while place >= 0:
        found = _entry(data, place, path, digest)
        if found is None:  # damaged: the next record begins at the next magic, wherever that is
            place = data.find(MAGIC, place + 1)
            continue
        entry, of_this_design = found
        if of_this_design:
            yield entry
        place = data.find(MAGIC, entry.start + entry.length + _SUM)


def _entry(data: bytes, place: int, path: Path, digest: bytes) -> tuple[Entry, bool] | None:
    """Return the record at a place, and whether it belongs to the design; None if it is not whole."""
    if place + _HEAD.size > len(data):
        return None
    _, run, kind, of, length = _HEAD.unpack_from(data, place)
    start = place + _HEAD.size
    end = start + length
    if end + _SUM > len(data) or hashlib.sha256(memoryview(data)[place:end]).digest() != data[end : end + _SUM]:
        return None
    return Entry(run, kind, path, start, length), of == digest
