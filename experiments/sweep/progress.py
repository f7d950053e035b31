"""Progress of a sweep: a bar where there is a terminal, a plain line now and then where there is none."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from experiments.sweep.engine import Progress, Tally
from experiments.sweep.status import duration

OFTEN = 10.0
"""Seconds between two plain lines."""


@contextmanager
def shown(name: str) -> Iterator[Progress]:
    """Show progress on stderr while a sweep is carried out.

    Parameters
    ----------
    name : str
        Named in front.

    Yields
    ------
    callable
        To be called with a :class:`~experiments.sweep.engine.Tally`.
    """
    if not sys.stderr.isatty():
        yield Lines(name)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("runs  {task.fields[speed]}"), TimeRemainingColumn())
    pace = Pace()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None, speed="")

        def show(tally: Tally) -> None:
            failed = f", {tally.failed:,} failed" if tally.failed else ""
            bar.update(task, completed=tally.stored + tally.failed, total=tally.runs, speed=f"{pace.rate(tally):.3g} a second{failed}")

        yield show


class Pace:
    """How fast a session goes, from its first report on."""

    def __init__(self) -> None:
        self._start: tuple[float, int] | None = None

    def rate(self, tally: Tally) -> float:
        """Return runs a second since the first report; 0 at first."""
        now, done = time.monotonic(), tally.stored + tally.failed
        if self._start is None:
            self._start = (now, done)
        took = now - self._start[0]
        return (done - self._start[1]) / took if took > 0.0 else 0.0


class Lines:
    """Plain lines: the first at once, then one every few seconds."""

    def __init__(self, name: str) -> None:
        self._name, self._last, self._pace = name, -OFTEN, Pace()

    def __call__(self, tally: Tally) -> None:
        """Print a line if it is time for one."""
        rate, now, left = self._pace.rate(tally), time.monotonic(), tally.runs - tally.stored - tally.failed
        if now - self._last < OFTEN or not left:
            return
        self._last = now
        speed = f", {rate:.3g} a second, about {duration(left / rate)} left" if rate > 0.0 else ""
        failed = f", {tally.failed:,} failed" if tally.failed else ""
        print(f"{self._name}: {tally.stored:,} of {tally.runs:,} runs{failed}{speed}", file=sys.stderr, flush=True)
