"""Progress on the terminal: a bar where there is one, a plain line now and then where there is none."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OFTEN = 5.0
"""Seconds between two plain lines."""


@contextmanager
def shown(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show progress on stderr while a run is carried out.

    Parameters
    ----------
    what : str
        Named in front of the bar.

    Yields
    ------
    callable
        To be called with the periods done and to do.
    """
    if not sys.stderr.isatty():
        yield _Lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("periods"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Lines:
    """Plain lines: the first at once, then one every few seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.last = -OFTEN

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= OFTEN and done < total:
            self.last = now
            print(f"{self.what}: {done:,} of {total:,} periods", file=sys.stderr, flush=True)
