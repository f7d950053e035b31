"""A customer's history: a run carried out once more, with the same bits, while some of its customers are watched."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.dashboard.live.market import Pause
from results.dashboard.live.work import FINISHED, NEVER, RUNNING, News
from sim.scenario import Scenario

LARGEST = 250_000
"""Most customers of a market that is run again for a reader."""
SAMPLE = 200
"""Customers who are watched beside the one that a reader names."""


@dataclass(frozen=True)
class Seen:
    """Watched customers in one month, as :class:`results.replay.Month` has them; plain, so that who reads it need not know the model."""

    month: int
    columns: dict[str, NDArray[Any]]
    events: dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Watch:
    """Customers of a scenario to be watched.

    Attributes
    ----------
    scenario : Scenario
        The market.
    seed : int
        The replication's seed.
    number : int
        A customer that the reader names, from 1; 0 for none.
    facts : dict
        What else the reader should know.
    """

    scenario: Scenario
    seed: int
    number: int
    facts: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> "Watching":
        """Set the market up."""
        from results.purchases import sample

        drawn = set(sample(self.scenario.customers, self.seed, SAMPLE).tolist())
        return Watching(self, tuple(sorted(drawn | ({self.number} if self.number else set()))))


@dataclass(frozen=True)
class WatchStored:
    """Customers of a replication in a run directory to be watched.

    Attributes
    ----------
    place : Path
        The directory.
    run : str
        The replication's identity.
    number : int
        A customer that the reader names, from 1; 0 for none.
    """

    place: Path
    run: str
    number: int

    def begin(self) -> "Watching":
        """Read the manifest and set the market up."""
        from results.replay import differs, stored

        found = stored(self.place, self.run)
        return Watch(found.scenario, found.run.seed, self.number, {"differs": bool(differs(found.facts))}).begin()


class Watching:
    """A market that is run again; a row of its news is a :class:`Seen`.

    Parameters
    ----------
    task : Watch
        What was asked for.
    customers : tuple of int
        Who is watched.
    """

    def __init__(self, task: Watch, customers: tuple[int, ...]) -> None:
        from results.replay import replay  # imports the model: only where one runs

        self._months = replay(task.scenario, task.seed, np.array(customers))
        self._facts = {"scenario": task.scenario, "customers": customers, **task.facts}
        self._done, self._total, self._over = 0, task.scenario.periods, False

    def due(self) -> float:
        """Return when the next month is to be carried out: at once, until all are."""
        return NEVER if self._over else time.monotonic()

    def turn(self) -> News:
        """Carry out a month."""
        month = next(self._months)
        self._done = month.month
        self._over = month.month == self._total
        return self._news(Seen(month.month, month.columns, month.events))

    def told(self, order: Any) -> News:
        """Stop where it is, when asked to."""
        self._over = self._over or isinstance(order, Pause)
        return self._news()

    def _news(self, *rows: Seen) -> News:
        return News(FINISHED if self._over else RUNNING, self._done, self._total, rows, {} if rows else self._facts)
