"""Status of a sweep, from what is on the disk alone: what is stored, who works on it, how fast, how long still."""

from dataclasses import dataclass
from pathlib import Path

from experiments.sweep import frames, layout, lock, manifest, segments, sums
from experiments.sweep.frames import SUMMARY, part_name


@dataclass(frozen=True)
class Status:
    """How far a sweep is.

    Attributes
    ----------
    runs, stored, failed : int
        Runs that the study has, that are stored, and that failed.
    worker : str
        The process that works on it; empty if none does.
    rate : float
        Runs a second in the session that works on it; 0 if none does.
    """

    place: Path
    name: str
    runs: int
    stored: int
    failed: int
    worker: str
    rate: float

    @property
    def left(self) -> int:
        """Runs that are neither stored nor failed."""
        return self.runs - self.stored - self.failed

    def lines(self) -> list[str]:
        """Return it in words."""
        found = [f"{self.place}: study {self.name}", f"runs     {self.stored:,} of {self.runs:,} stored, {self.failed:,} failed, {self.left:,} to do"]
        if self.worker:
            speed = f", {self.rate:.3g} runs a second, about {duration(self.left / self.rate)} left" if self.rate > 0 else ""
            found.append(f"at work  {self.worker}{speed}")
        elif self.left:
            found.append("at work  nobody; the same `run.py sweep` command does the rest")
        elif self.failed:
            found.append(f"at work  nobody; the same `run.py sweep` command tries the failed runs again, whose errors are in {frames.FAILURES}")
        else:
            found.append("at work  nobody; everything is done")
        return found


def status(place: Path) -> Status:
    """Look how far a sweep is, without disturbing whoever works on it.

    Raises
    ------
    StoreError
        If the directory is no sweep.
    """
    facts = manifest.read(place)
    shape = layout.of_manifest(place, facts)
    listed = sums.read(place)
    entries = frames.stored(place, shape)
    packed = {run for part in range(shape.parts) if part_name(SUMMARY, part) in listed for run in shape.part(part)}
    failed = {run for run, entry in entries.items() if entry.kind == segments.FAILED}
    whole = {run for run, entry in entries.items() if entry.kind == segments.OK}
    stored = len((packed - failed) | whole)
    told = lock.owner(place) if lock.is_held(place) else {}
    worker = f"process {told['pid']} on {told['host']}" if told else ""
    took = told["at"] - told["since"] if told else 0.0
    rate = (told["stored"] - told["first"]) / took if took > 0.0 else 0.0
    return Status(place, str(facts["study"]["name"]), shape.runs, stored, len(failed - whole), worker, rate)


def duration(seconds: float) -> str:
    """Return a time in the unit in which people would say it.

    >>> duration(42), duration(300), duration(90_000)
    ('42 s', '5 min', '25 h')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:,.0f} h"
