"""A market that is played: stepped month by month at the reader's pace, and changed between two months with the bits of an event."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.dashboard.live import levers
from results.dashboard.live.work import FINISHED, NEVER, RUNNING, WAITING, News
from sim.scenario import Event, Scenario

LARGEST = 50_000
"""Most customers of a market that is played."""
LONGEST = 600
"""Most periods."""


@dataclass(frozen=True)
class Play:
    """Go on until a month is over.

    Attributes
    ----------
    until : int
        The last month.
    rate : float
        Months a second; infinite for as fast as possible.
    """

    until: int
    rate: float = inf


@dataclass(frozen=True)
class Pause:
    """Stay where it is."""


@dataclass(frozen=True)
class Move:
    """Move levers, from the next month on."""

    values: Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """One month: every measure of every firm.

    Attributes
    ----------
    month : int
        The period.
    values : ndarray, shape (n_measures, n_firms)
        In the order of :func:`sim.measures.measures`.
    """

    month: int
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Market:
    """A market that is asked for.

    Attributes
    ----------
    scenario : Scenario
        What it is at the start.
    firm : int
        Whose levers are moved, by its place.
    """

    scenario: Scenario
    firm: int

    def begin(self) -> "Playing":
        """Set the market up."""
        return Playing(self)


class Playing:
    """A market that is played.

    Parameters
    ----------
    task : Market
        What was asked for.
    """

    def __init__(self, task: Market) -> None:
        from sim.market import MarketModel  # imports mesa and numba: only where a market runs

        self._make, self._task = MarketModel, task
        self._model = MarketModel(task.scenario, seed=task.scenario.seed)
        self._until, self._pace, self._next = 0, 0.0, NEVER
        self._moved: dict[int, dict[str, float]] = {}
        self._version = 0

    def due(self) -> float:
        """Return when the next month is to be carried out."""
        return self._next if self._goes_on() else NEVER

    def turn(self) -> News:
        """Carry out a month."""
        model = self._model
        model.step()
        # A market that fell behind its pace does not hurry to catch up.
        self._next = max(self._next + self._pace, time.monotonic() - self._pace)
        row = Row(model.month, np.array([list(firm.figures.values()) for firm in model.firms]).T)
        return self._news(row)

    def told(self, order: Any) -> News:
        """Play, pause, or move levers."""
        if isinstance(order, Play):
            self._until, self._pace, self._next = order.until, 1.0 / order.rate, time.monotonic()
        elif isinstance(order, Pause):
            self._until = self._model.month
        elif isinstance(order, Move) and self._model.running:
            self._move(order.values)
        return self._news()

    def _goes_on(self) -> bool:
        return self._model.running and self._model.month < self._until

    def _move(self, values: Mapping[str, float]) -> None:
        month = self._model.month + 1
        moved = {**self._moved.get(month, {}), **values}
        changes = levers.changes(moved, self._task.scenario, self._task.firm)
        if self._model.month:
            self._model.change(changes, name(month))
        else:
            # Before the first month there is nothing to lose: the market is set up anew, with an event at its beginning.
            scenario = self._task.scenario
            event = Event(name=name(month), month=month, set=changes)
            self._model = self._make(scenario.but(events=(*scenario.events, event)), seed=scenario.seed)
        self._moved[month] = moved
        self._version += 1

    def _news(self, *rows: Row) -> News:
        model, firm = self._model, self._task.firm
        state = RUNNING if self._goes_on() else WAITING if model.running else FINISHED
        scenario = model.timeline.at(min(model.month + 1, model.scenario.periods))[0]
        facts: dict[str, Any] = {"version": self._version, "moved": dict(self._moved)}
        facts["levers"] = levers.reading(scenario, self._task.scenario, model.firms[firm].levers, firm)
        if not rows:
            facts["scenario"] = model.scenario
        return News(state, model.month, model.scenario.periods, rows, facts)


def name(month: int) -> str:
    """Return what the event is called that the levers' move in a month is.

    >>> name(13)
    'moved in month 13'
    """
    return f"moved in month {month}"
