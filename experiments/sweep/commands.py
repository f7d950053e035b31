"""What the command line does with sweeps: start or resume one, look how far it is, verify it."""

import shlex
import sys
from pathlib import Path

from experiments.commands import STOPPED
from experiments.sweep import engine, estimate, remote, status, verify
from experiments.sweep.crew import processors
from experiments.sweep.frames import FAILURES
from experiments.sweep.plan import plan
from experiments.sweep.progress import shown
from experiments.sweep.study import load_study


def sweep(study: str, *, workers: int, scheduler: str, out: str, limit: int, dry_run: bool, force: bool) -> int:
    """Start or resume a sweep, or say what it would take; return the exit code: 1 if a run failed."""
    asked = load_study(study)
    planned = plan(asked)
    if dry_run:
        return _told(estimate.estimate(planned), workers or processors(), engine.home(asked, out))
    place = engine.home(asked, out)
    command = shlex.join(["python", "run.py", *sys.argv[1:]])
    try:
        with shown(asked.name) as progress:
            done = engine.sweep(planned, out, workers=workers, scheduler=scheduler, limit=limit, force=force, progress=progress, command=command)
    except KeyboardInterrupt:
        print(f"stopped; what was finished is stored in {place}, and the same command does the rest", file=sys.stderr)
        return STOPPED
    except engine.Stopped as stopped:
        print(f"run.py: {stopped}", file=sys.stderr)
        return 1
    failed = len(done.failures)
    print(f"results  {out if out and remote.is_url(out) and not done.missing - failed else done.place}")
    print(f"runs     {done.layout.runs - done.missing:,} of {done.layout.runs:,} at {len(done.design):,} points")
    for row in done.failures.head(3).itertuples(index=False):
        print(f"failed   point {row.point}, replication {row.replication}: {row.error}", file=sys.stderr)
    if failed:
        print(f"{failed:,} runs failed; their errors are in {done.place / FAILURES}, and the same command tries them again", file=sys.stderr)
    elif done.missing:
        print(f"{done.missing:,} runs are still to do; the same command does them")
    return 1 if failed else 0


def _told(found: estimate.Estimate, workers: int, place: Path) -> int:
    """Print what a sweep would take."""
    time = status.duration(found.seconds * found.runs / workers)
    each = f"{found.seconds * 1000:,.0f} ms" if found.seconds < 10 else status.duration(found.seconds)
    print(f"runs     {found.runs:,}: {found.points:,} points, {found.runs // found.points:,} replications each")
    print(f"time     about {time} on {workers} processor{'s' if workers > 1 else ''} ({each} a run, measured on a short one)")
    print(f"disk     about {size(found.size * found.runs)} in {place} ({size(found.size)} a run)")
    return 0


def size(count: float) -> str:
    """Return a number of bytes for people.

    >>> size(1_500), size(3e9)
    ('1.5 kB', '3 GB')
    """
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:,.3g} TB"


def show_status(place: str) -> int:
    """Print how far a sweep is; return the exit code."""
    for line in status.status(Path(place)).lines():
        print(line)
    return 0


def check(place: str, n_runs: int) -> int:
    """Verify a sweep and print what was found; return 1 if something is not as it should be."""
    found = verify.verify(Path(place), n_runs)
    for name in found.damaged:
        print(f"{Path(place) / name}: is damaged; the sweep's command makes it anew", file=sys.stderr)
    for text in found.differing:
        print(f"{place}: {text}", file=sys.stderr)
    if found.fine:
        print(f"{place}: {found.files:,} files are as they were written; {len(found.again):,} runs, run again, gave the same bits")
    return 0 if found.fine else 1
