"""Finished cases of a comparison that is not over: each is kept at once, whole or not at all, in the sweep's segments."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.sweep import segments
from experiments.truth.future import Plan
from results import manifest
from results.store import StoreError
from sim.scenario import Scenario

NAME = f"cases{segments.SUFFIX}"


@dataclass(frozen=True)
class Question:
    """What is asked of one replication of one market, all that its scores follow from."""

    scenario: Scenario
    plan: Plan
    replication: int

    @property
    def digest(self) -> bytes:
        """The sha256 of the market, the luck, how long it is followed, and the model."""
        content = [self.scenario.model_dump(mode="json"), vars(self.plan), self.replication, manifest.model_digest()]
        return bytes.fromhex(manifest.digest(content))


@dataclass(frozen=True)
class Told:
    """What came of a case: rows of scores, and what its firms are like."""

    scores: list[list[Any]]
    firms: list[dict[str, Any]]


class Cases:
    """The finished cases of a directory; one process writes.

    Parameters
    ----------
    place : Path
        The directory.

    Raises
    ------
    StoreError
        If it cannot be written.
    """

    def __init__(self, place: Path) -> None:
        self._path = place / NAME
        try:
            self._segment = segments.Segment(self._path)
        except OSError as error:
            raise StoreError(f"{place}: cannot be written ({(error.strerror or str(error)).lower()})") from error

    def add(self, question: Question, told: str) -> None:
        """Keep what came of a question.

        Raises
        ------
        StoreError
            If there is no room; everything kept before stays.
        """
        self._segment.append(0, segments.OK, question.digest, told.encode())

    def get(self, question: Question) -> Told | None:
        """Return what came of a question; None if it is not kept, was asked otherwise, or was answered by another version of the model."""
        for entry in segments.entries(self._path, question.digest):
            return Told(**json.loads(entry.payload()))
        return None

    def close(self) -> None:
        """Close the file; what is kept stays."""
        self._segment.close()


def encoded(told: Told) -> str:
    """Return what came of a case as text that gives the same numbers, to the bit."""
    return json.dumps(vars(told), default=lambda found: found.tolist())
