"""Running a scenario many times: replication k on the scenario's seed + k, one after the other or in worker processes."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.pool import Interrupted, Job, in_processes, in_turn
from results import manifest, store
from results.frames import Results
from results.growing import Store
from sim.scenario import Scenario

AS_PAYS = 0
"""Number of workers: as many as are worth their start."""
START = 5_000_000
"""Customer-periods of work that a worker process costs to start."""

BROKEN = "a worker process died; is there enough memory? Try fewer customers or workers=1"
"""What is known when a worker is gone: the system has ended it, mostly for want of memory."""

Progress = Callable[[int, int], None]
"""Called with the periods done and the periods to do, over all replications."""


def silent(done: int, total: int) -> None:
    """Show no progress."""


class RunError(Exception):
    """A run cannot be started or did not end; the text is a sentence for the user."""


@dataclass(frozen=True)
class Finished:
    """Where results are, and whether they are all there."""

    place: Path
    status: str
    results: Results


def design(scenarios: Sequence[Scenario], replications: int) -> list[tuple[Scenario, store.Run]]:
    """Return the replications of a run in their order: every scenario on the same seeds, counted from its own.

    Raises
    ------
    RunError
        If there is nothing to run, or two scenarios would have the same name.
    """
    if not scenarios or replications < 1:
        raise RunError(f"replications: {replications} is below 1" if scenarios else "there is no scenario to run")
    for scenario in scenarios:
        if scenario.seed + replications > 2**64:
            raise RunError(f"seed: {scenario.seed} leaves no room for {replications} replications below 2^64")
    names = [scenario.name for scenario in scenarios]
    slugs = [store.slug(name).casefold() for name in names]
    for name, slug in zip(names, slugs, strict=True):
        if slugs.count(slug) > 1:
            raise RunError(f"two scenarios are called {name!r}; give one of them another name (scenario.but(name=...))")
    return [
        (scenario, store.Run(f"{store.slug(scenario.name)}-{k:04d}", scenario.name, k, scenario.seed + k))
        for scenario in scenarios
        for k in range(replications)
    ]


def _picklable(scenario: Scenario) -> bool:
    """Whether a fresh process can build the scenario: rules written in a notebook or script are not importable there."""
    rules = [firm.strategy for firm in scenario.firms] + [getattr(scenario.mechanisms, name) for name in type(scenario.mechanisms).model_fields]
    return all(cls.__module__ != "__main__" and "<locals>" not in cls.__qualname__ for cls in map(type, rules))


def workers_that_pay(scenarios: Iterable[Scenario], replications: int, processors: int) -> int:
    """Return how many worker processes are worth their start for so much work; 1 means to stay in this process."""
    listed = list(scenarios)
    work = sum(scenario.customers * scenario.periods for scenario in listed) * replications
    return max(1, min(processors, len(listed) * replications, work // START))


def run_to(
    place: Path,
    scenarios: Sequence[Scenario],
    *,
    replications: int = 1,
    workers: int = AS_PAYS,
    threads: int = 1,
    force: bool = False,
    progress: Progress = silent,
    command: str = "",
) -> Finished:
    """Run scenarios and keep the results in a directory.

    Parameters
    ----------
    place : Path
        The run directory; must not exist, or be empty, unless ``force``.
    scenarios : sequence of Scenario
        Each with a name of its own. Replication k runs on the scenario's seed + k.
    replications : int
        Replications of each scenario.
    workers : int
        Worker processes; ``AS_PAYS`` decides by the size of the work. The bits are the same.
    threads : int
        Threads within a replication that runs in this process. The bits are the same.
    force : bool
        Replace an older run in that place.
    progress : callable
        Called with periods done and to do.
    command : str
        What was asked for, for the manifest.

    Returns
    -------
    Finished
        Where the results are. With at least one replication finished, ``status`` is ``interrupted`` after Ctrl-C and ``broken`` after the
        death of a worker process.

    Raises
    ------
    StoreError
        If the results cannot be kept, in one sentence.
    RunError
        If a worker process died before a replication was finished.
    KeyboardInterrupt
        After Ctrl-C before a replication was finished.
    """
    planned = design(scenarios, replications)
    kept = Store(place, force=force)
    facts = manifest.describe(scenarios, [vars(run) for _, run in planned], replications=replications, command=command)
    notes = manifest.embedded(facts)
    jobs = [Job(scenario, run, kept.directory, notes, threads) for scenario, run in planned]
    n_workers = _workers(scenarios, replications, workers)
    try:
        kept.write_manifest(facts)
        facts["status"] = _carry_out(jobs, n_workers, progress)
        facts["finished"] = manifest.now()
        if not store.finished(kept.directory):
            raise {"broken": RunError(BROKEN)}.get(facts["status"], KeyboardInterrupt())
        where = kept.close(facts)
    except BaseException:
        kept.discard()
        raise
    return Finished(place=where, status=str(facts["status"]), results=store.read(where))


def _carry_out(jobs: Sequence[Job], n_workers: int, progress: Progress) -> str:
    """Carry the jobs out and return how it ended."""
    try:
        if n_workers == 1:
            in_turn(jobs, progress)
        else:
            in_processes(jobs, n_workers, progress)
    except (Interrupted, KeyboardInterrupt):
        return "interrupted"
    except ChildProcessError:
        return "broken"
    return "finished"


def _workers(scenarios: Sequence[Scenario], replications: int, workers: int) -> int:
    if not all(map(_picklable, scenarios)):
        return 1
    # A container may allow fewer processors than the machine has.
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(workers, len(scenarios) * replications) or workers_that_pay(scenarios, replications, processors)


def run(scenario: Scenario, replications: int = 1, *, workers: int = AS_PAYS, threads: int = 1, progress: Progress = silent) -> Results:
    """Run a scenario some times and return its tables.

    Parameters
    ----------
    scenario : Scenario
        What to run; ``scenario.but(seed=7)`` runs it on other seeds.
    replications : int
        How many times, on the seeds ``scenario.seed``, ``scenario.seed + 1``, ...
    workers, threads, progress
        As in :func:`run_to`.

    Returns
    -------
    Results
        Tables as pandas frames: ``firm_months``, ``summary`` and the others.

    Examples
    --------
    >>> from scenarios import load
    >>> results = run(load("duel").but(customers=500, months=6), replications=2)
    >>> len(results.firm_months)  # 2 replications x 6 months x 4 firms
    48
    """
    return run_all([scenario], replications, workers=workers, threads=threads, progress=progress)


def run_all(scenarios: Sequence[Scenario], replications: int = 1, **how: Any) -> Results:
    """Run several scenarios on the same seeds and return their tables together."""
    with tempfile.TemporaryDirectory(prefix="relmarket-") as scratch:
        done = run_to(Path(scratch) / "run", scenarios, replications=replications, **how)
    if done.status == "interrupted":
        raise KeyboardInterrupt
    if done.status == "broken":
        raise RunError(BROKEN)
    return done.results
