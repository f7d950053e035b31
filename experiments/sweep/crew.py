"""Who does the work: this process, a pool of processes on this machine, or a Dask cluster; all by ``concurrent.futures``."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from typing import Any, Protocol

from experiments.sweep.work import Job, Outcome, carry_out

LOADED = ["experiments.sweep.work", "sim.market"]
"""What a worker needs before its first run; loading it takes longer than many a run."""


class Gone(Exception):
    """Nobody is there to do the rest; the text is a sentence for the user."""


class Crew(Protocol):
    """Whoever carries runs out."""

    workers: int
    """How many runs are carried out at the same time."""

    @property
    def window(self) -> int:
        """How many runs are handed out at most: few, so that memory does not grow with the study."""

    def submit(self, job: Job) -> Future[Outcome]:
        """Hand a run out."""

    def renew(self) -> None:
        """Go on after a worker process died."""

    def check(self) -> None:
        """Raise :class:`Gone` if nobody is left."""

    def close(self) -> None:
        """End the workers, whatever they do; nothing of theirs is on the disk."""


class InTurn:
    """The process itself, one run after the other."""

    workers = 1
    window = 1

    def __init__(self, work: Callable[[Any], Any] = carry_out) -> None:
        self._work = work

    def submit(self, job: Any) -> Future[Any]:
        """Carry the run out at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(self._work(job))
        except Exception as error:  # noqa: BLE001 - handed on, as other executors do
            future.set_exception(error)
        return future

    def renew(self) -> None:
        """Do nothing: this process cannot die and go on."""

    def check(self) -> None:
        """Do nothing: this process is here."""

    def close(self) -> None:
        """Do nothing: there is nobody to end."""


class Pool:
    """Fresh processes on this machine, one thread each."""

    def __init__(self, workers: int, work: Callable[[Any], Any] = carry_out) -> None:
        self.workers, self._work = workers, work
        self._executor = self._start()

    @property
    def window(self) -> int:
        """Enough that no worker waits for the parent."""
        return 3 * self.workers + 2

    def submit(self, job: Any) -> Future[Any]:
        """Hand a run to a process."""
        from experiments.pool import without_main  # the store's database, which a worker that imports this file need not load

        with without_main():
            return self._executor.submit(self._work, job)

    def renew(self) -> None:
        """Start new processes: a pool does not outlive one of its own."""
        self.close()
        self._executor = self._start()

    def check(self) -> None:
        """Do nothing: a dead process shows in its futures."""

    def close(self) -> None:
        """End the processes."""
        processes = list((self._executor._processes or {}).values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, mp_context=_context(), initializer=_join)


def _context() -> BaseContext:
    """Return how processes start: as copies of one that has loaded the model and does nothing else; fresh, where the system cannot copy."""
    import multiprocessing

    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(LOADED)
    return found


def _join() -> None:
    """Prepare a worker: Ctrl-C is the parent's to handle, and a worker does not outlive its parent."""
    import multiprocessing
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=follow, name="parent", daemon=True).start()


def crew(*, workers: int, scheduler: str) -> Crew:
    """Return who does the work.

    Parameters
    ----------
    workers : int
        Processes on this machine; 1 is this process.
    scheduler : str
        Empty, ``local``, or the address of a Dask scheduler.
    """
    if scheduler:
        from experiments.sweep.cluster import Cluster  # Dask, which need not be installed

        return Cluster(scheduler, workers)
    return InTurn(carry_out) if workers == 1 else Pool(workers, carry_out)


def processors() -> int:
    """Return how many processors this process may use: a container may allow fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
