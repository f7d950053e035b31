"""What the command line does with uplift: runs both markets, keeps their tables and page, and says what made the difference."""

import shlex
import sys
from math import isnan
from pathlib import Path

import pandas as pd

from experiments import commands, runner
from experiments.progress import shown
from experiments.uplift import words
from experiments.uplift.analysis import RETURN, Uplift, analyse
from experiments.uplift.twin import without
from results import document, labels, manifest, names, show, store
from results.language import say
from results.told import told
from sim.scenario import Scenario


def uplift(scenario: Scenario, what: str, *, replications: int, out: str, force: bool) -> int:
    """Run a scenario with and without something, keep and show the difference; return the exit code."""
    twin = without(scenario, what)
    place = Path(out) if out else commands.RUNS / f"uplift-{store.slug(scenario.name)}-{store.slug(what)}"
    asked = shlex.join(["python", "run.py", *sys.argv[1:]])
    both = [twin.factual, twin.counterfactual]
    try:
        with shown("uplift") as progress:
            done = runner.run_to(place, both, replications=replications, force=force, progress=progress, command=asked)
    except KeyboardInterrupt:
        print("stopped before a replication was finished; nothing is kept", file=sys.stderr)
        return commands.STOPPED
    if set(done.results.summary["scenario"]) != {one.name for one in both}:
        print(f"{done.status}: the market without it was not run; the other's results are kept in {done.place}", file=sys.stderr)
        return commands.STOPPED if done.status == "interrupted" else 1
    found = analyse(twin, done.results)
    written = keep(found, done.place)
    for sentence in words.findings(found):
        show.console().print(sentence, soft_wrap=False, markup=False)
    _print(say("over the whole run"), _head(), brought_rows(found))
    _print(say("while it lasted"), _methods(), method_rows(found.methods))
    show.kept(written, results=done.place)
    return {"finished": 0, "interrupted": commands.STOPPED}.get(done.status, 1)


def keep(found: Uplift, place: Path) -> Path:
    """Write the tables ``uplift`` and ``uplift_methods`` and the page into a run directory; return the page's path."""
    from results import report
    from results.figures import uplift as drawn

    notes = manifest.embedded(found.results.manifest)
    store.write_table(place / "uplift.parquet", found.brought, notes)
    store.write_table(place / "uplift_methods.parquet", found.methods, notes)
    lead = document.section(
        say("What it brought: {what}", what=told(found.twin.what)),
        words.findings(found),
        document.grid([drawn.figure(found.methods)]),
        document.table([say("over the whole run"), *_head()], brought_rows(found), say("Paired by seed. * the interval leaves out 0.")),
        document.table([say("while it lasted"), *_methods()], method_rows(found.methods), say("Bias: the estimate less the truth, paired by seed.")),
    )
    return report.write(found.results, place, lead)


def _head() -> tuple[str, ...]:
    """Return the columns of what it brought."""
    return say("without"), say("difference"), say("95 % interval")


def _methods() -> tuple[str, ...]:
    """Return the columns of what the methods say."""
    return say("estimate"), say("95 % interval"), say("bias"), say("interval of the bias")


def brought_rows(found: Uplift) -> list[list[str]]:
    """Return what it brought as rows of texts, group by group."""
    rows: list[list[str]] = []
    for who, part in found.brought.groupby("who", sort=False):
        rows.append([words.whose(str(who), found)])
        for row in part.to_dict("records"):
            if row["measure"] == RETURN:
                rows.append([say("Return on the budget (profit for each unit of it)"), "", *show.difference({**row, "measure": "profit"})[1:]])
            else:
                rows.append([_heading(str(row["measure"])), *show.difference(row)])
    return rows


def method_rows(methods: pd.DataFrame) -> list[list[str]]:
    """Return the methods' estimates as rows of texts, measure by measure."""
    rows: list[list[str]] = []
    for measure, part in methods.groupby("measure", sort=False):
        rows.append([_heading(str(measure))])
        for place, row in enumerate(part.to_dict("records")):
            off = [show.signed(row["bias"], ""), _ends(row["bias_low"], row["bias_high"])] if place else ["", ""]
            rows.append([names.method(str(row["method"])), show.signed(row["mean"], ""), _ends(row["low"], row["high"]), *off])
    return rows


def _heading(measure: str) -> str:
    """Return a measure with its unit: all are of the firms together."""
    said = labels.label(measure)
    return say("{measure} ({unit})", measure=said.text, unit=labels.shown_unit(said.unit))


def _ends(low: float, high: float) -> str:
    """Write an interval; empty where there is none."""
    return "" if isnan(low) else show.ends_of(low, high, "")


def _print(title: str, head: tuple[str, ...], rows: list[list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    shown_table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    shown_table.add_column(title)
    for name in head:
        shown_table.add_column(name, justify="right", no_wrap=True)
    for first, *cells in rows:
        shown_table.add_row(Text(f"  {first}" if cells else first, style="" if cells else "italic", overflow="fold"), *cells)
    show.console().print("", shown_table)
