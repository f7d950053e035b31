"""Work: what a worker process carries out in short turns, so that many readers share it and each can change their mind."""

from dataclasses import dataclass, field
from math import inf
from typing import Any, Protocol

WAITING, RUNNING, FINISHED, FAILED = "waiting", "running", "finished", "failed"
"""States of a piece of work: it waits for an order, it goes on, it is over, or it has come to a bad end."""
NEVER = inf
"""When work that waits for an order wants its next turn."""


@dataclass(frozen=True)
class News:
    """What a turn brought.

    Attributes
    ----------
    state : str
        :data:`WAITING`, :data:`RUNNING`, :data:`FINISHED` or :data:`FAILED`.
    done, total : int
        Periods carried out, and to carry out.
    rows : tuple
        What is new since the last news; the reader's side keeps all of them.
    facts : dict
        What is now so, by name: it replaces what was so before.
    problem : str
        Why it failed, in a sentence.
    """

    state: str
    done: int
    total: int
    rows: tuple[Any, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


class Work(Protocol):
    """A piece of work that has begun."""

    def due(self) -> float:
        """Return when it wants its next turn, in seconds of ``time.monotonic``; :data:`NEVER` where it waits for an order."""

    def turn(self) -> News:
        """Do a little, a month of a market at most, and tell what it brought."""

    def told(self, order: Any) -> News:
        """Take an order of the reader's."""


class Task(Protocol):
    """A piece of work that is asked for: frozen, and small enough to be sent to a worker."""

    def begin(self) -> Work:
        """Set the work up, in the worker."""
