"""What the command line does with estimators: simulates futures, scores the methods, keeps tables and page, and says which came near."""

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from math import isnan
from pathlib import Path

import pandas as pd

from experiments.commands import RUNS, STOPPED
from experiments.progress import shown
from experiments.runner import BROKEN, RunError
from experiments.sweep import lock
from experiments.sweep.crew import InTurn, Pool, processors
from experiments.sweep.lock import Lock
from experiments.truth import kept as kept_cases
from experiments.truth import words
from experiments.truth.analysis import EXPECTED, Comparison, answer, compare
from experiments.truth.future import Plan
from experiments.truth.kept import Cases
from results import manifest, sheet, show, store
from results.figures.estimators import method, score, who
from results.labels import number
from results.language import say
from results.store import StoreError
from results.told import told
from sim.scenario import Scenario

MARKETS = ("baseline", "noncontractual", "price_war", "contractual")
"""Markets where none is named: from one that the models' authors would recognise to one in which customers leave for good."""
FORMAT = "relmarket-estimators-1"
CUSTOMERS = 3_000
"""Customers of each of these: with the usual replications and futures, some ten minutes on two processors."""
UNFINISHED = ".unfinished"
OURS = (kept_cases.NAME, lock.NAME)
"""What a directory of finished cases holds."""
TABLES = ("scores", "runs", "firms")
PRINTED = ("bias", "rmse", "spearman", "best_found", "precision", "recall")


def estimators(scenarios: Sequence[Scenario], plan: Plan, *, replications: int, workers: int, out: str, force: bool) -> int:
    """Compare estimators of lifetime value with the truth, keep and show it; return the exit code.

    What is finished is kept at once, in a directory beside the results' place; the same command does the rest.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Markets.
    plan : Plan
        How long customers are on record, and how far and how often they are followed.
    replications : int
        Replications of each market.
    workers : int
        Worker processes; 0 takes as many as the machine has. The numbers are the same for any.
    out : str
        Where results go; empty for the usual place.
    force : bool
        Replace results that are there already.

    Raises
    ------
    RunError
        If two scenarios have one name, there is no firm with customers enough, or a worker process died.
    StoreError
        If the results cannot be kept, or another process is at work on them.
    """
    listed = [scenario.name for scenario in scenarios]
    twice = [name for name in listed if listed.count(name) > 1]
    if twice:
        raise RunError(f"the scenario {twice[0]!r} is named twice")
    place = Path(out) if out else RUNS / "estimators"
    _check(place, force=force)
    facts = manifest.describe(scenarios, [], replications=replications, command=shlex.join(["python", "run.py", *sys.argv[1:]]))
    unfinished = _begin(place)
    with Lock(unfinished):
        kept = Cases(unfinished)
        crew = InTurn(answer) if (wanted := min(workers or processors(), len(scenarios) * replications)) == 1 else Pool(wanted, answer)
        try:
            with shown("estimators") as progress:
                found = compare(scenarios, plan, replications, kept, crew, progress)
        except KeyboardInterrupt:
            print(f"stopped; what was finished is kept in {unfinished}, and the same command does the rest", file=sys.stderr)
            return STOPPED
        except BrokenProcessPool:
            raise RunError(f"{BROKEN}; what was finished is kept in {unfinished}, and the same command does the rest") from None
        finally:
            crew.close()
            kept.close()
        facts |= {"format": FORMAT, "status": "finished", "finished": manifest.now(), **vars(plan)}
        page = keep(found, facts, place) if len(found.table) else None
    shutil.rmtree(unfinished, ignore_errors=True)
    if page is None:
        raise RunError("no firm won customers enough for an estimate; give the market more customers or a longer record")
    sentences = words.findings(found)
    for sentence in sentences:
        show.console().print(sentence, markup=False)
    _print(found.table)
    show.kept(page, results=place)
    return 0


def _check(place: Path, *, force: bool) -> None:
    """Refuse a place that is taken by something else, or that may not be replaced."""
    if not store.check_directory(place):
        return
    if not (place / f"{TABLES[0]}.parquet").exists():
        raise StoreError(f"{place}: holds something else than a comparison of estimators; choose another place with --out")
    if not force:
        raise store.exists_already(place)


def _begin(place: Path) -> Path:
    """Return the directory in which finished cases are kept until all are, which is made if it is not there."""
    unfinished = place.with_name(f"{place.name}{UNFINISHED}")
    try:
        if unfinished.is_dir() and any(path.name not in OURS for path in unfinished.iterdir()):
            raise StoreError(f"{unfinished}: holds something else than an unfinished comparison; choose another place with --out")
        unfinished.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{unfinished}: cannot be written ({store.reason(error)})") from error
    return unfinished


def keep(found: Comparison, facts: dict[str, object], place: Path) -> Path:
    """Write the tables ``scores``, ``runs`` and ``firms``, the manifest and the page, all or none; return the page's path."""
    growing = place.with_name(f"{place.name}.partial-{os.getpid()}")
    try:
        growing.mkdir(parents=True, exist_ok=True)
        notes = manifest.embedded(facts)
        for name, frame in zip(TABLES, (found.table, found.runs, found.facts), strict=True):
            store.write_table(growing / f"{name}.parquet", frame, notes)
        manifest.write(growing, facts)
        written = _page(found, facts, growing)
        if place.exists():
            shutil.rmtree(place)
        growing.rename(place)
    except OSError as error:
        raise StoreError(f"{place}: cannot be written ({store.reason(error)})") from error
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    return place / written.name


def _page(found: Comparison, facts: dict[str, object], place: Path) -> Path:
    from results.figures import estimators as drawn

    against = found.table[found.table["truth"] == EXPECTED]
    kind = say("{markets} markets · n = {n} replications", markets=against["scenario"].nunique(), n=found.replications)
    return sheet.write(
        sheet.Sheet(
            title=say("Estimators against the truth"), kind=kind,
            question=say("Analysts estimate what customers will be worth. Here everybody's future is known: how near do they come?"),
            sentences=words.findings(found), tables=[(say("Scores"), _readable(against))],
            figures=[drawn.figure(against), drawn.figure(against, ("precision", "recall"))], origin=sheet.origin(facts),
        ),
        place,
    )  # fmt: skip


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    """Return scores as people read them: a row per market and method, a column per score."""
    rows = []
    for (scenario, strategy, name), part in table.groupby(["scenario", "strategy", "method"], sort=False):
        head = {say("market"): who(str(scenario), str(strategy)), say("method"): method(str(name))}
        rows.append({**head, **{score(one): text for one, text in cells(part).items()}})
    return pd.DataFrame(rows)


def cells(part: pd.DataFrame) -> dict[str, str]:
    """Return one method's scores as texts, with half their intervals' widths: shares in per cent, the bias as a ratio, where 1 is none."""
    found = {}
    for row in part[part["score"].isin(PRINTED)].to_dict("records"):
        name, mean, high = str(row["score"]), float(row["mean"]), float(row["high"])
        scale = 100.0 if name in ("best_found", "precision", "recall") else 1.0
        text = number(scale * mean + (1.0 if name == "bias" else 0.0))
        half = scale * (high - mean)
        found[name] = text if isnan(half) else f"{text} ±{half:.{len(text.partition('.')[2])}f}"
    return {name: found[name] for name in PRINTED}


def _print(table: pd.DataFrame) -> None:
    from rich.table import Table

    against = table[table["truth"] == EXPECTED]
    for (scenario, strategy), part in against.groupby(["scenario", "strategy"], sort=False):
        drawn = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
        drawn.add_column("", no_wrap=True)
        for head in (say("estimate / true"), say("rmse / true"), say("rank corr."), say("best 20 %"), say("precision"), say("recall")):
            drawn.add_column(head, justify="right", no_wrap=True)
        for name, rows in part.groupby("method", sort=False):
            drawn.add_row(f"  {told(str(name))}", *cells(rows).values())
        show.console().print(f"\n{who(str(scenario), str(strategy))}", style="bold", markup=False)
        show.console().print(drawn)
