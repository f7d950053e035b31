"""One writer at a time: a lock that tells whose it is, and that dies with its owner."""

import json
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Self

from results.store import StoreError

NAME = "lock"
OFTEN = 5.0
"""Seconds between two signs of life."""
TRIES, PAUSE = 3, 0.05
"""How often, and after how many seconds again, the lock is asked for: whoever only looks whether it is held has it for an instant."""
DEAD = 120.0
"""Seconds without a sign of life after which an owner on another machine counts as dead."""


class Lock:
    """Holds a directory for one process.

    The system's own lock on the file ends with the process, however that dies. Where the directory is shared between machines and the system's
    lock may not be, the owner's signs of life decide.
    """

    def __init__(self, place: Path) -> None:
        """Take the lock.

        Raises
        ------
        StoreError
            If another process has it; says which.
        """
        self._path = place / NAME
        self._facts = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time(), "stored": 0, "failed": 0, "runs": 0, "first": 0}
        before = owner(place)
        found = self._take(place)
        if found is None or lives_elsewhere(self._path, before):
            who = f"process {before['pid']} on {before['host']}" if before else "another process"
            raise StoreError(f"{place}: is being worked on by {who}; wait for it, end it, or choose another place with --out")
        self._file = found
        self._over = threading.Event()
        self._writing = threading.Lock()
        self._write()
        self._pulse = threading.Thread(target=self._beat, name="lock", daemon=True)
        self._pulse.start()

    def tell(self, **facts: int) -> None:
        """Say how far the work is, for `status` in another shell: ``stored``, ``failed``, ``runs``, ``first`` (stored at the start)."""
        self._facts.update(facts)

    def release(self) -> None:
        """Give the lock back."""
        self._over.set()
        self._pulse.join()
        with suppress(OSError):
            self._path.unlink()
        self._file.close()

    def __enter__(self) -> Self:
        """Hold it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.release()

    def _take(self, place: Path) -> BinaryIO | None:
        """Return the file once it is locked; None if another process has it."""
        for _ in range(TRIES):
            try:
                file = self._path.open("a+b")
            except OSError as error:
                raise StoreError(f"{place}: cannot be written ({(error.strerror or str(error)).lower()})") from error
            # A file that its owner took away between our opening and locking it is nobody's lock.
            if _held(file.fileno()) and self._path.exists() and os.path.samestat(os.fstat(file.fileno()), self._path.stat()):
                return file
            file.close()
            time.sleep(PAUSE)
        return None

    def _beat(self) -> None:
        while not self._over.wait(OFTEN):
            self._write()

    def _write(self) -> None:
        with self._writing, suppress(OSError):  # a full disk must not stop the sign of life's owner here; it fails where it stores
            self._file.seek(0)
            self._file.truncate()
            self._file.write(json.dumps(self._facts | {"at": time.time()}).encode())
            self._file.flush()


def owner(place: Path) -> dict[str, Any]:
    """Return what the owner of a directory last said; empty if there is none."""
    try:
        facts = json.loads((place / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) and {"pid", "host", "stored", "failed"} <= facts.keys() else {}


def lives_elsewhere(path: Path, facts: dict[str, Any]) -> bool:
    """Whether an owner on another machine has given a sign of life lately."""
    if not facts or facts["host"] == socket.gethostname():
        return False
    probe = path.with_name(f"{NAME}.{os.getpid()}")  # the time of the directory's own machine, whose clock may not be ours
    try:
        probe.touch()
        return probe.stat().st_mtime - path.stat().st_mtime < DEAD
    except OSError:
        return True
    finally:
        probe.unlink(missing_ok=True)


def is_held(place: Path) -> bool:
    """Whether a process that lives holds a directory."""
    try:
        with (place / NAME).open("r+b") as file:
            return not _held(file.fileno()) or lives_elsewhere(place / NAME, owner(place))
    except OSError:
        return False


def _held(number: int) -> bool:
    """Take the system's lock on an open file; return whether that worked."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            os.lseek(number, 1 << 30, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
