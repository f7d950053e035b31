"""What the command line does for a sensitivity analysis: it sees to the sweep, analyses it, keeps and shows."""

from math import isnan
from pathlib import Path

from experiments.sensitivity import analysis, words
from experiments.sensitivity.analysis import Sensitivity
from experiments.sweep import commands, engine, load_study, read
from experiments.sweep.frames import Sweep
from results import names
from results.language import say
from results.told import told

FOLDER = "sensitivity"
"""Where the analysis stands, below the sweep's directory."""


def sensitivity(study: str, *, workers: int, scheduler: str, out: str, force: bool) -> int:
    """Analyse a sweep's directory, or a study, whose sweep is run or resumed first; return the exit code.

    Raises
    ------
    StudyError, StoreError
        If the study, its design or the directory does not suit; one sentence.
    """
    place = Path(study)
    if not place.is_dir():
        asked = analysis.suits(load_study(study))
        failed = commands.sweep(study, workers=workers, scheduler=scheduler, out=out, limit=0, dry_run=False, force=force)
        if failed:
            return failed
        place = engine.home(asked, out)
    sweep = read(place)
    found = analysis.analyse(sweep)
    _show(found)
    from results import show

    show.kept(_keep(sweep, found), results=place / FOLDER)
    return 0


def _show(found: Sensitivity) -> None:
    """Print a table for each output and method, with what it says."""
    from rich.table import Table

    from results import show

    out = show.console()
    for part in found.parts:
        table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(say("factor"), overflow="fold")
        for name in words.SHOWN[part.method]:
            table.add_column(name.replace("mu_star", "mu*"), justify="right", no_wrap=True)
            table.add_column(say("95 % interval"), justify="right", no_wrap=True)
        shown = [part.index(name) for name in words.SHOWN[part.method]]
        for factor in shown[0].index:
            cells: list[str] = []
            for rows in shown:
                value, low, high = rows.loc[factor, ["value", "low", "high"]]
                cells += ["–", ""] if isnan(value) else [f"{value:.3g}", say("{low} to {high}", low=f"{low:.3g}", high=f"{high:.3g}")]
            table.add_row(str(factor), *cells)
        out.print("\n" + say("{measure} ({unit})", measure=words.output(part, scenario=True), unit=part.method), style="bold", markup=False)
        out.print(table)
        out.print(names.clauses([words.base(part.method, part.n), words.luck(part.luck)]), style="dim", markup=False)
    out.print()
    for line in words.sentences(found):
        out.print(line, markup=False)


def _keep(sweep: Sweep, found: Sensitivity) -> Path:
    """Write the tables and the page, and return the page's path."""
    from results import sheet, store
    from results.figures import sensitivity as drawn

    place = sweep.place / FOLDER
    for name in ("indices", "noise"):
        store.write_table(place / f"{name}.parquet", getattr(found, name), sweep.layout.notes)
    figures = [
        drawn.figure(part.rows.assign(**part.labels), analysis.ranked(part.rows), replications=sweep.study.replications, noise=part.luck.of_means)
        for part in found.parts
    ]
    study = sweep.study
    page = sheet.Sheet(
        title=say("Sensitivity: {study}", study=told(study.title) or study.name),
        kind=say("{design} · {points} points · {n} replications", design=study.design.kind, points=f"{len(sweep.design):,}", n=study.replications),
        question=told(study.question),
        sentences=words.sentences(found),
        figures=figures,
        tables=[(say("Indices"), found.indices), (say("Luck"), found.noise)],
        origin=sheet.origin(sweep.manifest),
    )
    return sheet.write(page, place)
