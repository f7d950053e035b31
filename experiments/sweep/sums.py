"""Checksums of finished files in the form of ``sha256sum``: a flipped bit is found, by this program or by anybody's."""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

NAME = "SHA256SUMS"
_LINE = re.compile(r"^([0-9a-f]{64})  (\S+)$")


def read(place: Path) -> dict[str, str]:
    """Return the checksum of every listed file by its name below ``place``; lines that are damaged are passed over."""
    try:
        text = (place / NAME).read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    found = (_LINE.match(line) for line in text.splitlines())
    return {match[2]: match[1] for match in found if match}


def write(place: Path, sums: Mapping[str, str]) -> None:
    """Write the list, whole or not at all.

    Raises
    ------
    OSError
        If there is no room.
    """
    part = place / f"{NAME}.part"
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{sums[name]}  {name}\n" for name in sorted(sums))
        file.flush()
        os.fsync(file.fileno())
    part.replace(place / NAME)


def of(path: Path) -> str:
    """Return a file's sha256; empty if it is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
