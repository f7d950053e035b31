"""What the command line does for a phase diagram: it charts the plane, keeps and shows."""

import shlex
import shutil
import sys
from pathlib import Path

from experiments.commands import RUNS, STOPPED
from experiments.phase import words
from experiments.phase.chart import Chart, RunsFailed, chart
from experiments.phase.plane import plane
from experiments.sweep.engine import Stopped
from experiments.sweep.progress import shown
from experiments.sweep.study import load_study
from results import names
from results.language import say
from results.store import StoreError, slug
from results.told import told

POINTS = "points.parquet"


def draw(study: str, *, refine: int, measure: str, workers: int, scheduler: str, out: str, force: bool) -> int:
    """Chart a study's plane; return the exit code: 1 if runs failed.

    Raises
    ------
    StudyError, StoreError
        If the study or the directory does not suit; one sentence.
    """
    if "://" in out:
        raise StoreError(f"--out {out}: a map grows from round to round in a directory of this machine; copy it when it is done")
    asked = load_study(study)
    place = Path(out) if out else RUNS / f"{slug(asked.name)}-map"
    command = shlex.join(["python", "run.py", *sys.argv[1:]])
    try:
        found = chart(
            plane(asked, refine, measure), place,
            halvings=refine, measure=measure, workers=workers, scheduler=scheduler, force=force, shown=shown, command=command,
        )  # fmt: skip
    except KeyboardInterrupt:
        print(f"stopped; what was finished is stored in {place}, and the same command does the rest", file=sys.stderr)
        return STOPPED
    except (Stopped, RunsFailed) as problem:
        print(f"run.py: {problem}", file=sys.stderr)
        return 1
    _tidy(place, 1 + max(found.refined.rounds.values()))
    lines = words.sentences(found)
    print()
    for line in lines:
        print(line)
    from results import show

    show.kept(_keep(found, place, lines, command), results=place / POINTS)
    return 0


def _tidy(place: Path, rounds: int) -> None:
    """Take away rounds that an earlier map left here, beyond those of this one."""
    for path in place.glob("round-*"):
        if path.name.removeprefix("round-").isdecimal() and int(path.name.removeprefix("round-")) >= rounds:
            shutil.rmtree(path)


def _keep(found: Chart, place: Path, lines: list[str], command: str) -> Path:
    """Write the points and the page, and return the page's path."""
    from results import manifest, sheet, store
    from results.figures import phase_diagram

    plane, study = found.plane, found.plane.study
    origin = {"relmarket": manifest.own_version(), "model_sha256": manifest.model_digest(), "command": command}
    store.write_table(place / POINTS, found.points, origin)
    called = {name: [names.strategy(str(kind)) for kind in found.points[name]] for name in ("winner", "second")}
    page = sheet.Sheet(
        title=say("Phase diagram: {study}", study=told(study.title) or study.name),
        kind=say(
            "{x} against {y} · {points} points · {n} replications",
            x=plane.x,
            y=plane.y,
            points=f"{len(found.refined.points):,}",
            n=study.replications,
        ),
        question=told(study.question),
        sentences=lines,
        figures=[phase_diagram.figure(found.points, plane.x, plane.y, measure=found.measure, logarithmic=plane.logarithmic)],
        tables=[(say("Points"), found.points.assign(**called))],
        origin=sheet.origin(origin),
    )
    return sheet.write(page, place)
