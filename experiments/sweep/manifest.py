"""The manifest of a sweep: the study as it was asked, what ran it, and how to do it again."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from results import manifest as runs
from results.store import StoreError

FORMAT = "relmarket-sweep-1"
"""Marks a directory as a sweep of this program."""


def describe(
    *, study: Mapping[str, Any], scenarios: Sequence[Mapping[str, Any]], points: int, part: int, digest: str, notes: Mapping[str, str], command: str
) -> dict[str, Any]:
    """Return the manifest of a sweep that is about to start.

    Parameters
    ----------
    study : mapping
        The study, with a table's rows in it, so that it needs no other file.
    scenarios : sequence of mapping
        Contents of the scenarios that the study starts from.
    points : int
        Points of the design.
    part : int
        Runs in one part file.
    digest : str
        sha256 of everything that fixes the results.
    notes : mapping
        Texts embedded in every table.
    command : str
        What was asked for.
    """
    return {
        "format": FORMAT,
        "study": dict(study),
        "scenarios": [{"name": content["name"], "sha256": runs.digest(content), "content": dict(content)} for content in scenarios],
        "points": points,
        "runs": points * int(study["replications"]),
        "part": part,
        "design_sha256": digest,
        "notes": dict(notes),
        "command": command,
        "again": "install this version with these packages and give the command; `python run.py verify DIR` runs some runs again and compares bits",
        "started": runs.now(),
        "finished": "",
        "relmarket": runs.own_version(),
        "model_sha256": runs.model_digest(),
        "packages": {package: runs._version(package) for package in runs.PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count() or 1,
        "byteorder": sys.byteorder,
    }


def read(place: Path) -> dict[str, Any]:
    """Return the manifest of a sweep directory.

    Raises
    ------
    StoreError
        If there is none, or it is not one of a sweep.
    """
    if not place.is_dir():
        raise StoreError(f"{place}: there is no such directory")
    try:
        facts = json.loads((place / runs.NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise StoreError(f"{place}: is not a sweep (no manifest.json that this program wrote)") from None
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        kind = "holds a run, not a sweep" if isinstance(facts, dict) and facts.get("format") == runs.FORMAT else "is not a sweep of this program"
        raise StoreError(f"{place}: {kind}; `run.py sweep STUDY` makes one")
    return facts


def write(place: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest, whole or not at all.

    Raises
    ------
    StoreError
        If there is no room.
    """
    try:
        runs.write(place, facts)
    except OSError as error:
        raise StoreError(f"{place}: cannot be written ({(error.strerror or str(error)).lower()})") from error
