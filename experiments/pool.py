"""Carrying replications out: in this process, one after the other, or in fresh worker processes. Same work, same bits."""

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from results import store
from sim.scenario import Scenario

LOOK = 0.1
"""Seconds between two looks at the workers' progress."""
PATIENCE = 3.0
"""Seconds that workers have to stop by themselves after Ctrl-C."""


class Interrupted(Exception):
    """The user asked to stop."""


@dataclass(frozen=True)
class Job:
    """One replication: what to run, its labels, and the directory that takes its tables."""

    scenario: Scenario
    run: store.Run
    directory: Path
    facts: Mapping[str, str]
    threads: int


def replicate(job: Job, report: Callable[[int], None]) -> str:
    """Run one replication and write its tables; return its identity.

    Parameters
    ----------
    job : Job
        The replication.
    report : callable
        Called with the periods done after every period; may raise :class:`Interrupted`.
    """
    from sim import MarketModel  # imports mesa and numba: only where a model runs

    model = MarketModel(job.scenario, seed=job.run.seed, threads=job.threads)
    while model.running:
        model.step()
        report(model.month)
    store.write_parts(job.directory, job.run, model.tables(), job.facts)
    return job.run.run


def in_turn(jobs: Sequence[Job], progress: Callable[[int, int], None]) -> None:
    """Carry the jobs out in this process, in their order."""
    total = sum(job.scenario.periods for job in jobs)
    before = 0
    progress(0, total)
    for job in jobs:
        start = before
        replicate(job, lambda done, start=start: progress(start + done, total))  # type: ignore[misc]
        before += job.scenario.periods


_shared: dict[str, Any] = {}
"""In a worker: the months done per job and the sign to stop, both in shared memory."""


def _join(done: Any, stop: Any) -> None:
    """Prepare a worker: Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.update(done=done, stop=stop)


def _work(number: int, job: Job) -> str:
    done, stop = _shared["done"], _shared["stop"]

    def report(months: int) -> None:
        done[number] = months
        if stop.value:
            raise Interrupted

    return replicate(job, report)


@contextmanager
def without_main() -> Iterator[None]:
    """Hide the main module while workers start.

    A fresh process would import it again, and a script without ``if __name__ == "__main__"`` would then start its run again in every worker.
    Nothing of it is needed there: scenarios with rules from the main module do not go to workers.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def in_processes(jobs: Sequence[Job], workers: int, progress: Callable[[int, int], None]) -> None:
    """Carry the jobs out in ``workers`` fresh processes.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, when the workers have stopped; jobs that were finished have their receipts.
    ChildProcessError
        If a worker was killed.
    """
    context = multiprocessing.get_context("spawn")
    done, stop = context.RawArray("q", len(jobs)), context.RawValue("b", 0)
    total = sum(job.scenario.periods for job in jobs)
    older = set(multiprocessing.active_children())
    progress(0, total)
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_join, initargs=(done, stop))
    pending: set[Future[str]] = set()
    try:
        with without_main():
            pending = {executor.submit(_work, number, job) for number, job in enumerate(jobs)}
        while pending:
            finished, pending = wait(pending, timeout=LOOK, return_when=FIRST_EXCEPTION)
            progress(sum(done), total)
            for future in finished:
                future.result()
        executor.shutdown()
    except BrokenProcessPool as error:
        raise ChildProcessError(str(error)) from error
    finally:
        stop.value = 1  # workers look at it after every month
        executor.shutdown(wait=False, cancel_futures=True)
        _end(set(multiprocessing.active_children()) - older)


def _end(workers: set[Any]) -> None:
    """Wait for worker processes to end, and end those that do not."""
    patience = time.monotonic() + PATIENCE
    for worker in workers:
        worker.join(max(0.0, patience - time.monotonic()))
        if worker.is_alive():
            worker.terminate()
            worker.join()
