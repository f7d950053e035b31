"""The worker process: takes turns between the pieces of work that it was given, and ends with the server that started it."""

import logging
import signal
import time
from multiprocessing.connection import Connection
from typing import Any

from results.dashboard.live.work import FAILED, FINISHED, News, Task, Work

BEGIN, TELL, DROP, STOP = "begin", "tell", "drop", "stop"
"""What the server asks: begin a piece of work, give it an order, let it go, or end the process."""
LONGEST_SLEEP = 60.0


def serve(pipe: "Connection[Any, Any]") -> None:
    """Carry out what comes through a pipe until it is closed, as it is when the server ends, however that happens.

    Parameters
    ----------
    pipe : Connection
        Orders come in as ``(what, number of the work, its content)``; news go out as ``(number of the work, news)``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    works: dict[int, Work] = {}
    try:
        while _orders(pipe, works):
            for number, work in list(works.items()):
                if work.due() <= time.monotonic():
                    _send(pipe, works, number, work.turn)
    except (EOFError, OSError):
        return


def _orders(pipe: "Connection[Any, Any]", works: dict[int, Work]) -> bool:
    """Take the orders that are there, waiting for one while nothing is to do; return whether to go on."""
    due = min((work.due() for work in works.values()), default=LONGEST_SLEEP + time.monotonic())
    patience = min(max(0.0, due - time.monotonic()), LONGEST_SLEEP)
    while pipe.poll(patience):
        what, number, content = pipe.recv()
        if what == STOP:
            return False
        if what == DROP:
            works.pop(number, None)
        elif what == BEGIN:
            _send(pipe, works, number, lambda number=number, task=content: _begin(works, number, task))
        elif number in works:
            _send(pipe, works, number, lambda work=works[number], order=content: work.told(order))
        patience = 0.0
    return True


def _begin(works: dict[int, Work], number: int, task: Task) -> News:
    works[number] = task.begin()
    return works[number].told(None)


def _send(pipe: "Connection[Any, Any]", works: dict[int, Work], number: int, do: Any) -> None:
    """Do a turn or an order and send its news; work that is over, or fails, is let go, and the others go on."""
    try:
        news = do()
    except Exception as problem:
        logging.getLogger("relmarket.dashboard").exception("a piece of work failed")
        news = News(FAILED, 0, 0, problem=str(problem) or type(problem).__name__)
    if news.state in (FINISHED, FAILED):
        works.pop(number, None)
    pipe.send((number, news))
