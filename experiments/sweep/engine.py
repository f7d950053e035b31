"""The engine: does what is missing of a study, stores each run at once, and never loses one."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from experiments.runner import START
from experiments.sweep import frames, manifest, remote
from experiments.sweep.crew import Crew, Gone, crew, processors
from experiments.sweep.frames import Sweep
from experiments.sweep.lock import Lock
from experiments.sweep.plan import Plan, plan
from experiments.sweep.shelf import Shelf
from experiments.sweep.study import Study
from experiments.sweep.work import Outcome, WrongVersion
from results import manifest as runs
from results.store import StoreError, check_directory, slug

RUNS = Path("results/runs")
"""Where sweeps go by default, below the current directory."""
LOOK = 0.5
"""Seconds between two looks at whoever works."""
ALONE, DEATHS = 2, 4
"""Worker deaths after which a run is carried out with no other beside it, and after which it counts as failed."""
DIED = "its worker process died each time it was tried; is there enough memory?"


@dataclass(frozen=True)
class Tally:
    """How far a sweep is: runs stored, runs designed, runs failed, and the model's own seconds in this session."""

    stored: int
    runs: int
    failed: int = 0
    seconds: float = 0.0


Progress = Callable[[Tally], None]


def silent(tally: Tally) -> None:
    """Show no progress."""


class Stopped(Exception):
    """The sweep ended before every run was tried; what is finished is stored. The text is a sentence for the user."""


def sweep(
    study: Study | Plan,
    out: Path | str = "",
    *,
    workers: int = 0,
    scheduler: str = "",
    limit: int = 0,
    force: bool = False,
    progress: Progress = silent,
    command: str = "",
) -> Sweep:
    """Run what is missing of a study.

    Parameters
    ----------
    study : Study or Plan
        What to run.
    out : Path or str
        The sweep's directory, or an fsspec URL to which the tables are copied when they are whole. Default: ``results/runs/NAME``.
    workers : int
        Worker processes; 0 takes as many as the machine has and the work is worth. The bytes are the same for any.
    scheduler : str
        ``local`` or the address of a Dask scheduler.
    limit : int
        Runs to do at most; 0 is no limit.
    force : bool
        Begin anew where the directory holds another study, or the work of another version.
    progress : callable
        Called with a :class:`Tally` after every run.
    command : str
        What was asked for, for the manifest.

    Returns
    -------
    Sweep
        What is stored; ``complete`` says whether that is everything.

    Raises
    ------
    StudyError, StoreError
        If something is wrong with the study or the place, in one sentence.
    Stopped
        If nobody was left to do the work; what is finished is stored.
    """
    planned = study if isinstance(study, Plan) else plan(study)
    place = home(planned.study, out)
    if remote.is_url(out):
        remote.check(str(out), planned.layout.digest)
    _prepare(place, planned, force=force)
    with Lock(place) as lock:
        facts = _begin(place, planned, command)
        shelf = Shelf(place, planned.layout)
        todo = shelf.missing()[: limit or None]
        lock.tell(stored=shelf.stored, first=shelf.stored, runs=planned.layout.runs)

        def tell(tally: Tally) -> None:
            lock.tell(stored=tally.stored, failed=tally.failed)
            progress(tally)

        try:
            if todo:
                _work(planned, shelf, todo, _crew(planned, len(todo), workers, scheduler), tell)
            if not shelf.unknown():
                shelf.finish()
                manifest.write(place, {**facts, "finished": runs.now()})
        finally:
            shelf.close()
        done = frames.read(place)
        if remote.is_url(out) and not shelf.unknown():
            remote.upload(place, str(out))
    return done


def home(study: Study, out: Path | str) -> Path:
    """Return the directory in which a study's sweep grows."""
    return RUNS / slug(study.name) if not str(out) or remote.is_url(out) else Path(out)


def _crew(planned: Plan, n_runs: int, workers: int, scheduler: str) -> Crew:
    """Return who does the work: as many workers as asked for, or as the work is worth."""
    if scheduler:
        return crew(workers=workers or processors(), scheduler=scheduler)
    if not workers:
        work = sum(base.customers * base.periods for base in planned.bases) // len(planned.bases) * n_runs
        workers = max(1, min(processors(), n_runs, work // START))
    return crew(workers=min(workers, n_runs), scheduler="")


def _prepare(place: Path, planned: Plan, *, force: bool) -> None:
    """Make the directory, or see that it holds this very study.

    Raises
    ------
    StoreError
        If it is taken.
    """
    import shutil

    try:
        if check_directory(place) and any(name.name not in ("lock", f"{runs.NAME}.part") for name in place.iterdir()):
            facts = manifest.read(place)
            if facts["design_sha256"] != planned.layout.digest:
                if not force:
                    raise StoreError(f"{place}: {_other(facts, planned)}; choose another place with --out, or give --force to begin anew")
                Lock(place).release()  # nobody may be at work in what is taken away
                shutil.rmtree(place)
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{place}: cannot be written ({(error.strerror or str(error)).lower()})") from error


def _other(facts: dict[str, object], planned: Plan) -> str:
    """Return how the work in a directory differs from what is asked for."""
    if facts["model_sha256"] != planned.model:
        return f"was begun with another version of the model ({str(facts['model_sha256'])[:12]}, now {planned.model[:12]})"
    return "holds another study, or this one as it was before it was changed"


def _begin(place: Path, planned: Plan, command: str) -> dict[str, object]:
    """Write the manifest if there is none, and return it."""
    try:
        return manifest.read(place)
    except StoreError:
        facts = planned.manifest(command)
        manifest.write(place, facts)
        return facts


def _work(planned: Plan, shelf: Shelf, todo: Sequence[int], crew: Crew, tell: Progress) -> None:
    """Carry runs out and store each as soon as it is finished."""
    waiting, alone = deque(todo), deque[int]()
    flying: dict[Future[Outcome], int] = {}
    deaths: Counter[int] = Counter()
    seconds = 0.0
    tell(Tally(shelf.stored, planned.layout.runs))
    try:
        while waiting or alone or flying:
            while _next(waiting, alone, len(flying), crew.window):
                run = alone.popleft() if alone and not flying else waiting.popleft()
                flying[crew.submit(planned.job(run))] = run
                if deaths[run] >= ALONE:
                    break
            done, _ = wait(flying, timeout=LOOK, return_when=FIRST_COMPLETED)
            crew.check()
            died = []
            for future in done:
                run = flying.pop(future)
                outcome = _outcome(future, run)
                if outcome is None:
                    died.append(run)
                else:
                    seconds += outcome.seconds
                    _store(shelf, outcome)
                    tell(Tally(shelf.stored, planned.layout.runs, len(shelf.errors), seconds))
            if died:
                died += _drain(flying, shelf)
                crew.renew()
            for run in sorted(died):
                deaths[run] += 1
                if deaths[run] >= DEATHS:
                    shelf.fail(run, DIED)
                else:
                    (alone if deaths[run] >= ALONE else waiting).appendleft(run)
    except Gone as gone:
        raise Stopped(f"{gone}; {shelf.stored:,} of {planned.layout.runs:,} runs are stored, and the same command does the rest") from None
    finally:
        crew.close()
    shelf.settle(wait=True)


def _next(waiting: deque[int], alone: deque[int], flying: int, window: int) -> bool:
    """Whether another run may be handed out: those whose workers died before are carried out alone, to find which one it is."""
    if alone:
        return flying == 0
    return bool(waiting) and flying < window


def _outcome(future: Future[Outcome], run: int) -> Outcome | None:
    """Return what came of a run; None if its worker died.

    Raises
    ------
    StoreError
        If a worker has another version of the model.
    Gone
        If a cluster has given the run up.
    """
    try:
        return future.result()
    except BrokenProcessPool:
        return None
    except CancelledError:
        raise Gone("the cluster has lost its runs; its scheduler has probably ended") from None
    except WrongVersion as error:
        raise StoreError(str(error)) from None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # Dask's: it has tried the run several times
            return Outcome(run, b"", DIED, 0.0)
        raise


def _drain(flying: dict[Future[Outcome], int], shelf: Shelf) -> list[int]:
    """Store what was finished when a pool broke, and return the runs that were not."""
    lost = []
    wait(flying)
    for future, run in flying.items():
        outcome = _outcome(future, run)
        if outcome is None:
            lost.append(run)
        else:
            _store(shelf, outcome)
    flying.clear()
    return lost


def _store(shelf: Shelf, outcome: Outcome) -> None:
    if outcome.error:
        shelf.fail(outcome.run, outcome.error)
    else:
        shelf.add(outcome.run, outcome.record)
