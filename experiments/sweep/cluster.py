"""A Dask cluster carries runs out, by the same ``concurrent.futures`` as a pool; the one file that imports Dask."""

import logging
import time
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any

from experiments.pool import without_main
from experiments.sweep.crew import Gone
from experiments.sweep.work import Job, Outcome, carry_out
from results.store import StoreError

ANSWER = 20.0
"""Seconds in which a cluster's scheduler must answer."""
SILENCE = 60.0
"""Seconds without a connection to the scheduler after which it counts as gone."""
LOOK = 2.0
"""Seconds between two looks at the cluster."""


class Cluster:
    """A Dask cluster: one that runs at an address, or one started here for this sweep."""

    def __init__(self, scheduler: str, workers: int) -> None:
        """Connect.

        Raises
        ------
        StoreError
            If Dask is not installed or no scheduler answers.
        """
        try:
            import distributed
            from dask import config
        except ImportError:
            raise StoreError("--scheduler: needs Dask; install it with: pip install 'relmarket[cluster]'") from None
        # What the cluster has to say of its troubles is a traceback for each; what they mean for the sweep is said in one sentence.
        for name in ("distributed.client", "distributed.nanny", "distributed.core"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._local: Any = None
        config.set({"distributed.comm.timeouts.connect": f"{ANSWER:.0f}s", "distributed.admin.log-length": 0})
        if scheduler == "local":
            with without_main():
                self._local = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
                )
        try:
            self._client = distributed.Client(self._local or scheduler, timeout=ANSWER)
        except (OSError, ValueError) as error:
            raise StoreError(
                f"--scheduler {scheduler}: no scheduler answers there ({type(error).__name__}); allowed: local or tcp://host:port"
            ) from None
        # Not pure: a run that was lost is asked for again, and must not be answered with what became of it before.
        self._executor: Executor = self._client.get_executor(pure=False)
        self._looked = self._seen = time.monotonic()
        self.workers = self._count()

    @property
    def window(self) -> int:
        """Enough that no worker waits for this process, however far away it is."""
        return max(8, 3 * self.workers)

    def submit(self, job: Job) -> Future[Outcome]:
        """Hand a run to the cluster."""
        return self._executor.submit(carry_out, job)

    def renew(self) -> None:
        """Do nothing: the cluster replaces its own workers."""

    def check(self) -> None:
        """Look whether the scheduler is there; a scheduler that dies says nothing."""
        now = time.monotonic()
        if self._client.status in ("closed", "closing"):
            raise Gone("the cluster's scheduler is gone")
        if now - self._looked < LOOK:
            return
        self._looked = now
        if self._client.status == "running":
            self._seen = now
            with suppress(OSError, ValueError, TimeoutError):
                self.workers = self._count()
        elif now - self._seen > SILENCE:
            raise Gone("the cluster's scheduler is gone")

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=5)
        if self._local is not None:
            with suppress(Exception):
                self._local.close(timeout=10)

    def _count(self) -> int:
        return max(1, int(sum(self._client.nthreads().values())))
