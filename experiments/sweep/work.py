"""The work of one run, as a worker does it: the same in this process, in a pool and on a cluster."""

import time
from dataclasses import dataclass
from functools import cache

from experiments.sweep import records
from results import manifest
from sim.scenario import Scenario

LONGEST = 500
"""Characters of an error that are kept."""


class WrongVersion(Exception):
    """A worker has another version of the model than the one that asked; the text is a sentence for the user."""


@dataclass(frozen=True)
class Job:
    """One run: its number, what to run, and the sha256 of the model that must run it."""

    run: int
    scenario: Scenario
    seed: int
    tables: tuple[str, ...]
    model: str


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes
    ----------
    run : int
        Its number.
    record : bytes
        Its tables, from :func:`experiments.sweep.records.encode`; empty if it failed.
    error : str
        Why it failed, in one line; empty if it did not.
    seconds : float
        The model's own time.
    """

    run: int
    record: bytes
    error: str
    seconds: float


def carry_out(job: Job) -> Outcome:
    """Run one replication and return its tables as bytes, or why it failed.

    Raises
    ------
    WrongVersion
        If this process has another version of the model.
    """
    if _model() != job.model:
        raise WrongVersion(f"a worker has another version of the model ({_model()[:12]}, not {job.model[:12]}); install the same one everywhere")
    from sim import MarketModel  # imports mesa and numba: only where a model runs

    start = time.perf_counter()
    try:
        model = MarketModel(job.scenario, seed=job.seed, threads=1)
        model.run_model()
        tables = model.tables()
        seconds = time.perf_counter() - start
        return Outcome(job.run, records.encode({name: tables[name] for name in job.tables if name in tables}), "", seconds)
    except Exception as error:  # one run that fails, in whatever way, must not end thousands of others
        if _asked_to_stop(error):
            raise KeyboardInterrupt from error
        return Outcome(job.run, b"", _line(error), time.perf_counter() - start)


def _asked_to_stop(error: BaseException | None) -> bool:
    """Whether an error stands for Ctrl-C: raised while compiled code was being entered, it comes out wrapped in another one."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


def _line(error: Exception) -> str:
    """Return an error as one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:LONGEST] if text else type(error).__name__


@cache
def _model() -> str:
    """Return the sha256 of this process's model, read once."""
    return manifest.model_digest()
