"""What the command line does to validate: it measures fact after fact, prints the scorecard, keeps tables and page."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.commands import RUNS, STOPPED
from experiments.progress import shown
from experiments.runner import RunError
from experiments.sweep.crew import processors
from experiments.validation import place, words
from experiments.validation.catalogue import chosen, facts
from experiments.validation.crew import crew, effort
from experiments.validation.fact import Fact
from experiments.validation.scorecard import score
from experiments.validation.shelf import Outcome, Shelf
from results import names, show
from results.told import told

DEFAULT, QUICK = RUNS / "validation", RUNS / "validation-quick"
"""Where scorecards go; a quick one never takes the place of a full one."""


def validate(*, quick: bool, only: str, out: str, workers: int, force: bool) -> int:
    """Measure facts, or go on with it, and show the scorecard; return the exit code: 1 if a fact is not reproduced.

    Parameters
    ----------
    quick : bool
        Fewer replications, the same ranges.
    only : str
        Names of facts, with commas between them; empty for all.
    out : str
        Directory; empty for the default.
    workers : int
        Processes; 0 takes one for each processor.
    force : bool
        Whether to measure again what is known.

    Raises
    ------
    RunError
        If there is no such fact.
    StoreError
        If the directory holds something else, or cannot be written.
    """
    wanted = chosen(only)
    if not wanted:
        raise RunError("validate: there are no facts to measure")
    directory = Path(out) if out else QUICK if quick else DEFAULT
    command = shlex.join(["python", "run.py", *sys.argv[1:]])
    manifest = place.open_(directory, quick=quick, command=command, force=force)
    shelf = Shelf(directory, quick=quick)
    if force:
        shelf.clear(wanted)
    scored: list[tuple[Fact, Outcome]] = []
    stopped = False
    players = crew(workers or processors())
    try:
        work = effort(quick=quick, players=players)
        for fact in wanted:
            with shown(fact.name) as players.tell:
                outcome = score(fact, work, shelf)
            report(fact, outcome)
            scored.append((fact, outcome))
    except KeyboardInterrupt:
        stopped = True
    finally:
        players.close()
    known = {fact.name: outcome for fact, outcome in scored}
    # What was measured here before, with the same sources, stays on the scorecard.
    whole = [(fact, found) for fact in facts().values() if (found := known.get(fact.name) or shelf.get(fact)) is not None]
    page = place.keep(directory, manifest, whole, stopped=stopped)
    return _end(scored, directory, page, stopped=stopped)


def _end(scored: Sequence[tuple[Fact, Outcome]], directory: Path, page: Path, *, stopped: bool) -> int:
    out = show.console()
    if scored:
        out.print(f"\n{words.total(scored)}", style="bold", markup=False)
    show.kept(page, results=directory)
    if stopped:
        print("stopped; the facts that were finished are kept, and the same command does the rest", file=sys.stderr)
        return STOPPED
    return 0 if all(outcome.passed for _, outcome in scored) else 1


def report(fact: Fact, outcome: Outcome) -> None:
    """Print a fact's part of the scorecard."""
    out = show.console()
    said, colour = words.outcome(outcome.passed), "green" if outcome.passed else "red"
    about = _plain(names.joined([words.source(fact.sources), f"{outcome.seconds:.0f} s"]))
    out.print(f"\n[bold]{fact.name}[/]  {_plain(told(fact.title))}  [bold {colour}]{said}[/]  [dim]{about}[/]")
    if outcome.evidence.findings:
        out.print(_indented(_table(outcome)))
    if outcome.error:
        out.print(_indented(f"[red]{_plain(words.broken(outcome.error))}[/]"))
    if outcome.evidence.note:
        out.print(_indented(f"[dim]{_plain(told(outcome.evidence.note))}[/]"))


def _indented(content: Any) -> Any:
    from rich.padding import Padding

    return Padding(content, (0, 0, 0, 4))


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _table(outcome: Outcome) -> Any:
    from rich.table import Table
    from rich.text import Text

    head, rows = words.head(), [words.row(finding) for finding in outcome.evidence.findings]
    # A column without a text, such as what was published where nothing was, would only make the others narrower.
    used = [column for column in range(len(head)) if column == 0 or any(row[column] for row in rows)]
    made = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column(head[0], overflow="fold", min_width=30)
    for column in used[1:]:
        made.add_column(head[column], justify="right", no_wrap=True)
    for finding, row in zip(outcome.evidence.findings, rows, strict=True):
        colour = {words.PASS: "green", words.FAIL: "bold red"}.get(words.verdict(finding), "")
        made.add_row(*(Text(row[column], style=colour if column == len(row) - 1 else "") for column in used))
    return made
