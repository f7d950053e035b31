"""The work of a sweep's worker, with its peak memory put down: a copied process is not its parent's child, and the system does not tell of it."""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

from experiments.sweep.work import Job, Outcome, carry_out

SUFFIX = ".peak"


@dataclass(frozen=True)
class Watched:
    """Carries runs out and writes the process's peak memory into a folder."""

    folder: str

    def __call__(self, job: Job) -> Outcome:
        """Return what came of a run."""
        outcome = carry_out(job)
        Path(self.folder, f"{os.getpid()}{SUFFIX}").write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        return outcome


def largest(folder: Path) -> float:
    """Return the peak memory of the largest worker, MB; 0 if none wrote."""
    return max((float(path.read_text()) for path in folder.glob(f"*{SUFFIX}")), default=0.0)
