"""The desk: which reader's work is where. A bounded set of worker processes, one piece of work a session, and an end to what nobody asks for."""

import copy
import itertools
import multiprocessing
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from results.dashboard.live.work import FAILED, FINISHED, RUNNING, News, Task
from results.dashboard.live.worker import BEGIN, DROP, STOP, TELL, serve

WORKERS, PLACES = 2, 24
"""Most worker processes, and most sessions in all of them."""
LIFE, LEAVE, IDLE, REST = 90.0, 5.0, 1800.0, 30.0
"""Seconds: a session's life after its page last asked, after its page was closed or loaded anew, and after its last order or news, though its
page is open; a worker's life without work."""
LOOK = 0.5
"""Seconds between two looks for what has ended."""
PATIENCE = 3.0
"""Seconds that a worker has to stop by itself."""


class Full(Exception):
    """Every place is taken."""


@dataclass
class Session:
    """One reader's piece of work, as far as its news tell.

    Attributes
    ----------
    token : str
        The reader's secret: whoever has it may look and give orders.
    state, done, total, problem
        As in :class:`results.dashboard.live.work.News`.
    rows : list
        All rows so far.
    facts : dict
        What is so, by name.
    kept : dict
        What the page keeps beside the work; it outlives a new beginning.
    """

    token: str
    number: int
    state: str = RUNNING
    done: int = 0
    total: int = 0
    problem: str = ""
    rows: list[Any] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    until: float = 0.0
    active: float = 0.0


class _Worker:
    """A worker process and the thread that hears its news."""

    def __init__(self, heard: Callable[[int, News], None], lost: Callable[["_Worker"], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection[Any, Any]
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), name="relmarket-live", daemon=True)
        self.process.start()
        theirs.close()
        self.numbers: set[int] = set()
        self.idle_since = time.monotonic()
        # A queue, for whoever sends holds the desk's lock, which the listener needs before a worker's pipe is free again.
        self._orders: SimpleQueue[tuple[str, int, Any]] = SimpleQueue()
        threading.Thread(target=self._listen, args=(heard, lost), name="live news", daemon=True).start()
        threading.Thread(target=self._speak, name="live orders", daemon=True).start()

    def _listen(self, heard: Callable[[int, News], None], lost: Callable[["_Worker"], None]) -> None:
        try:
            while True:
                heard(*self.pipe.recv())
        except (EOFError, OSError):
            lost(self)

    def _speak(self) -> None:
        with suppress(OSError):  # that a worker is gone is found by who listens to it
            while True:
                order = self._orders.get()
                self.pipe.send(order)
                if order[0] == STOP:
                    return

    def send(self, what: str, number: int = 0, content: Any = None) -> None:
        """Send an order, in its turn."""
        self._orders.put((what, number, content))

    def stop(self) -> None:
        """End the process, by its own will if it has one."""
        self.send(STOP)
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


class Desk:
    """All sessions of one server, and the workers that carry out their work.

    Parameters
    ----------
    workers : int
        Most worker processes. They start when they are needed, and end when they are not.
    places : int
        Most sessions at a time.
    life, leave, idle, rest : float
        Seconds, as :data:`LIFE`, :data:`LEAVE`, :data:`IDLE` and :data:`REST`.
    """

    def __init__(
        self, workers: int = WORKERS, places: int = PLACES, *, life: float = LIFE, leave: float = LEAVE, idle: float = IDLE, rest: float = REST
    ) -> None:
        self.most_workers, self.places = workers, places
        self.life, self.leave_time, self.idle, self.rest = life, leave, idle, rest
        self._lock = threading.RLock()
        self._sessions: dict[str, Session] = {}
        self._numbers: dict[int, str] = {}
        self._workers: list[_Worker] = []
        self._next = itertools.count(1)
        self._closed = threading.Event()
        self._sweeper: threading.Thread | None = None

    def begin(self, task: Task, token: str = "", **kept: Any) -> str:
        """Begin a piece of work and return the token of its session.

        Parameters
        ----------
        task : Task
            What is asked for.
        token : str
            A session whose present work is given up for the new one; a new session where there is none of that token.
        **kept
            What the page keeps beside the session, beside what it kept before.

        Raises
        ------
        Full
            If every place is taken.
        """
        with self._lock:
            session = self._seat(token, kept)
            worker = self._a_worker()
            worker.numbers.add(session.number)
            self._numbers[session.number] = session.token
            worker.send(BEGIN, session.number, task)
            return session.token

    def settle(self, token: str = "", **kept: Any) -> str:
        """Open a session for which there is nothing to carry out: what its page keeps is all there is. As :meth:`begin`, without work."""
        with self._lock:
            session = self._seat(token, kept)
            session.state = FINISHED
            return session.token

    def _seat(self, token: str, kept: dict[str, Any]) -> Session:
        """Return a fresh session in the place of an old one, or in a place of its own."""
        old = self._sessions.get(token)
        if old is None and len(self._sessions) >= self.places:
            raise Full
        if old is not None:
            self._release(old.number)
        session = Session(old.token if old else secrets.token_urlsafe(24), next(self._next), kept={**(old.kept if old else {}), **kept})
        session.active = time.monotonic()
        session.until = session.active + self.life
        self._sessions[session.token] = session
        return session

    def tell(self, token: str, order: Any) -> None:
        """Give a session's work an order; nothing happens where there is no such session."""
        with self._lock:
            session = self._sessions.get(token)
            if session is not None:
                session.active = time.monotonic()
                for worker in self._workers:
                    if session.number in worker.numbers:
                        worker.send(TELL, session.number, order)

    def look(self, token: str) -> Session | None:
        """Return a session as it is now, and know that its reader is there; none where it has ended."""
        with self._lock:
            session = self._sessions.get(token)
            if session is None:
                return None
            session.until = time.monotonic() + self.life
            seen = copy.copy(session)
            seen.rows, seen.facts, seen.kept = list(session.rows), dict(session.facts), dict(session.kept)
            return seen

    def keep(self, token: str, **kept: Any) -> None:
        """Keep something of the page's beside a session."""
        with self._lock:
            if token in self._sessions:
                self._sessions[token].kept.update(kept)

    def leave(self, token: str) -> None:
        """Know that a session's page was closed, or is being loaded anew: unless it asks again soon, the session ends."""
        with self._lock:
            if token in self._sessions:
                self._sessions[token].until = min(self._sessions[token].until, time.monotonic() + self.leave_time)

    def end(self, token: str) -> None:
        """End a session and its work."""
        with self._lock:
            session = self._sessions.pop(token, None)
            if session is not None:
                self._release(session.number)

    def close(self) -> None:
        """End everything."""
        self._closed.set()
        with self._lock:
            for token in list(self._sessions):
                self.end(token)
            workers, self._workers = self._workers, []
        for worker in workers:
            worker.stop()

    @property
    def processes(self) -> list[int]:
        """Numbers of the worker processes that run."""
        with self._lock:
            return [worker.process.pid for worker in self._workers if worker.process.pid is not None and worker.process.is_alive()]

    def __len__(self) -> int:
        """Return how many sessions there are."""
        return len(self._sessions)

    def _a_worker(self) -> _Worker:
        """Return the worker with the least to do; a new one where none is free and another may be started."""
        least = min(self._workers, key=lambda worker: len(worker.numbers), default=None)
        if least is None or (least.numbers and len(self._workers) < self.most_workers):
            least = _Worker(self._heard, self._lost)
            self._workers.append(least)
        if self._sweeper is None:
            self._sweeper = threading.Thread(target=self._sweep, name="live sweeper", daemon=True)
            self._sweeper.start()
        return least

    def _release(self, number: int) -> None:
        """Let a piece of work go; one that is over has gone by itself."""
        self._numbers.pop(number, None)
        for worker in self._workers:
            if number in worker.numbers:
                worker.numbers.discard(number)
                worker.idle_since = time.monotonic()
                worker.send(DROP, number)

    def _heard(self, number: int, news: News) -> None:
        """Note what a worker tells; what comes from work that was given up is not heard."""
        with self._lock:
            session = self._sessions.get(self._numbers.get(number, ""))
            if session is None:
                return
            session.active = time.monotonic()
            session.state, session.problem = news.state, news.problem
            session.done, session.total = news.done, news.total
            session.rows.extend(news.rows)
            session.facts.update(news.facts)
            if news.state in (FINISHED, FAILED):
                self._release(number)

    def _lost(self, worker: _Worker) -> None:
        """Note that a worker is gone, and tell those whose work it did."""
        with self._lock:
            if worker in self._workers:
                self._workers.remove(worker)
            for number in worker.numbers:
                session = self._sessions.get(self._numbers.pop(number, ""))
                if session is not None:
                    session.state, session.problem = FAILED, "gone"
            worker.numbers.clear()

    def _sweep(self) -> None:
        """End the sessions whose readers are gone, and the workers that have had nothing to do for a while."""
        while not self._closed.wait(LOOK):
            now = time.monotonic()
            with self._lock:
                for session in list(self._sessions.values()):
                    is_idle = session.state != RUNNING and session.active + self.idle < now
                    if session.until < now or is_idle:
                        self.end(session.token)
                idle = [worker for worker in self._workers if not worker.numbers and worker.idle_since + self.rest < now]
                self._workers = [worker for worker in self._workers if worker not in idle]
            for worker in idle:
                worker.stop()
