"""What the command line does to discover where relationship marketing loses: it reads a sweep, searches, keeps and shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments import contrasts
from experiments.contrasts import DIFFERENCE
from experiments.discovery import prim, words
from experiments.discovery.box import Kinds, Limit, Range
from experiments.discovery.discover import Discovery, discover
from experiments.sweep.frames import Sweep, read
from experiments.sweep.study import StudyError
from results import names
from results.language import say
from results.told import told

FOLDER = "discovery"
"""Where the answer stands, below the sweep's directory."""


def answer(place: str, *, measure: str) -> int:
    """Say under which conditions relationship marketing loses in a sweep; return the exit code.

    Raises
    ------
    StudyError, StoreError
        If the directory is no sweep, runs are missing, or it does not tell; one sentence.
    """
    sweep = contrasts.whole(read(place), "discovery")
    difference = _difference(sweep, contrasts.known(sweep, measure))
    columns = _columns(sweep)
    means = difference.runs.mean(axis=1)
    found = discover(columns, means < 0.0)
    lines = [*words.sentences(found), words.doubts(_undecided(difference.runs), *difference.runs.shape)]
    from results import show

    out = show.console()
    about = say("{measure}, {who}", measure=measure, who=names.contrast(DIFFERENCE))
    title = say("{name}: {verdict}", name=told(sweep.study.title) or sweep.study.name, verdict=about)
    out.print(f"\n{title}", style="bold", markup=False)
    for line in lines:
        out.print(line, markup=False)
    show.kept(_keep(sweep, measure, columns, means, found, lines), results=sweep.place / FOLDER)
    return 0


def _difference(sweep: Sweep, measure: str) -> contrasts.Output:
    """Return the paired difference of every run.

    Raises
    ------
    StudyError
        If some run lacks one kind of firms.
    """
    size = {"n_points": len(sweep.design), "n_replications": sweep.study.replications}
    for output in contrasts.outputs(sweep.summary, measure, **size):
        if output.who == DIFFERENCE and not np.isnan(output.runs).any():
            return output
    raise StudyError(f"{sweep.place}: {measure} of relational and of transactional firms is not there in every run; discovery compares the two")


def _columns(sweep: Sweep) -> dict[str, Any]:
    """Return the factors that vary, as numbers or texts.

    Raises
    ------
    StudyError
        If there are none, or too few points.
    """
    varying = {name: sweep.design[name] for name in sweep.factors if len(sweep.design[name].unique()) > 1}
    if not varying or len(sweep.design) < 4 * prim.FEWEST:
        raise StudyError(
            f"{sweep.place}: has {len(sweep.design):,} points and {len(varying)} factors that vary; discovery needs {4 * prim.FEWEST} points "
            f"or more, and a factor: a latin_hypercube design of some hundred points suits"
        )
    return {name: column.to_numpy(float) if _is_number(column) else column.astype(str).to_numpy(object) for name, column in varying.items()}


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _undecided(runs: contrasts.Values) -> int:
    """Return at how many points the difference may be luck alone."""
    from results.intervals import interval

    ends = np.array([interval(row)[1:3] for row in runs])
    return int(((ends[:, 0] <= 0.0) & (ends[:, 1] >= 0.0)).sum())


def _keep(sweep: Sweep, measure: str, columns: dict[str, Any], means: Any, found: Discovery, lines: Sequence[str]) -> Path:
    """Write the tables and the page, and return the page's path."""
    from results import sheet, store

    place = sweep.place / FOLDER
    boxes = pd.DataFrame(_rows(found), columns=["box", "factor", "limit", "low", "high", "quasi_p", "resamples", "density", "coverage", "n", "p"])
    points = sweep.design.assign(difference=means, interest=means < 0.0)
    for number, one in enumerate(found.findings, start=1):
        points[f"box_{number}"] = one.box.holds(columns)
    for name, table in {"boxes": boxes, "points": points}.items():
        store.write_table(place / f"{name}.parquet", table, sweep.layout.notes)
    study = sweep.study
    page = sheet.Sheet(
        title=say("Where relationship marketing loses: {study}", study=told(study.title) or study.name),
        kind=say(
            "scenario discovery (PRIM) · {points} points · {n} replications · {measure}",
            points=f"{len(sweep.design):,}",
            n=study.replications,
            measure=measure,
        ),
        question=told(study.question),
        sentences=lines,
        figures=_figures(points, columns, found, study.replications),
        tables=[(say("Limits"), boxes)] if len(boxes) else [],
        origin=sheet.origin(sweep.manifest),
    )
    return sheet.write(page, place)


def _rows(found: Discovery) -> list[tuple[Any, ...]]:
    """Return a row for each limit of each box."""
    rows = []
    for number, one in enumerate(found.findings, start=1):
        for name, limit in one.box.limits.items():
            # An open side has no number.
            ends = [end if np.isfinite(end) else np.nan for end in ((limit.low, limit.high) if isinstance(limit, Range) else (np.nan, np.nan))]
            q = one.quality
            rows.append((number, name, limit.words(name), *ends, one.quasi_p[name], one.again[name], q.density, q.coverage, q.n, one.p))
    return rows


def _figures(points: pd.DataFrame, columns: dict[str, Any], found: Discovery, replications: int) -> list[Any]:
    """Return the figure over the two factors that tell most; none where everything or nothing is lost."""
    from results.figures import discovery as drawn

    if not found.trajectory:
        return []
    limits = [(one.quasi_p[name], name) for one in found.findings for name in one.box.limits]
    order = list(dict.fromkeys([name for _, name in sorted(limits)] + list(columns)))
    x, y = (order * 2)[:2]
    shown = points.copy()
    ticks = {}
    for name in {x, y}:
        if columns[name].dtype == object:  # kinds stand side by side
            ticks[name] = sorted(set(columns[name]))
            shown[name] = [float(ticks[name].index(kind)) for kind in columns[name]]
        else:
            shown[name] = columns[name]
    boxes = [(_side(one.box.limits.get(x), ticks.get(x)), _side(one.box.limits.get(y), ticks.get(y))) for one in found.findings]
    trajectory = pd.DataFrame([{"coverage": step.coverage, "density": step.density, "n": step.n} for step in found.trajectory])
    called = {True: say("relationship marketing loses"), False: say("it does not")}
    return [drawn.figure(shown, x, y, boxes, trajectory, taken=_taken(found), names=called, ticks=ticks, replications=replications)]


def _taken(found: Discovery) -> tuple[float, float] | None:
    """Return coverage and density of the first box; None if there is none."""
    return (found.findings[0].quality.coverage, found.findings[0].quality.density) if found.findings else None


def _side(limit: Limit | None, kinds: list[str] | None) -> tuple[float, float]:
    """Return a box's side along an axis: of kinds, from the first to the last that it holds."""
    if isinstance(limit, Range):
        return limit.low, limit.high
    if isinstance(limit, Kinds) and kinds:
        held = [kinds.index(kind) for kind in limit.kinds]
        return min(held) - 0.3, max(held) + 0.3
    return -np.inf, np.inf
