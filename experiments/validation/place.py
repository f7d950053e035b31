"""The directory of a validation: manifest, tables and page, each written whole or not at all."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.validation import catalogue, words
from experiments.validation.fact import Fact
from experiments.validation.scorecard import curves, findings
from experiments.validation.shelf import Outcome
from results import document, manifest, names, store
from results.language import say
from results.store import StoreError
from results.told import told

FORMAT = "relmarket-validation-1"
"""Marks a directory as a validation of this program."""


def open_(directory: Path, *, quick: bool, command: str, force: bool) -> dict[str, Any]:
    """Return the manifest of a validation in a directory, which is made, or is one that goes on.

    Raises
    ------
    StoreError
        If something else is there: the sentence says what to do.
    """
    there = _held(directory)
    if there is not None and bool(there.get("quick")) != quick and not force:
        kind = "quick" if there.get("quick") else "full"
        raise StoreError(f"{directory}: holds a {kind} validation; give --force to replace it, or another place with --out")
    facts = manifest.describe([], [], replications=0, command=command)
    for meaningless in ("replications", "seeds", "runs", "scenarios"):  # every fact has its own, and says so in the scorecard
        del facts[meaningless]
    facts |= {"format": FORMAT, "quick": quick}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        manifest.write(directory, facts)
    except OSError as error:
        raise StoreError(f"{directory}: cannot be written ({(error.strerror or str(error)).lower()})") from error
    return facts


def _held(directory: Path) -> dict[str, Any] | None:
    """Return the manifest of the validation that is there already; None if nothing is."""
    if not store.check_directory(directory):
        return None
    try:
        facts = json.loads((directory / manifest.NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        facts = None
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise StoreError(f"{directory}: is not a validation of this program; choose another place with --out")
    return facts


def keep(directory: Path, facts: dict[str, Any], scored: Sequence[tuple[Fact, Outcome]], *, stopped: bool) -> Path:
    """Write tables, page and manifest of what is known; return the page's path.

    Parameters
    ----------
    directory : Path
        Where.
    facts : dict
        The manifest.
    scored : sequence
        Every fact that is known, with what came of it.
    stopped : bool
        Whether facts that were asked for are missing.
    """
    notes = {"relmarket": str(facts["relmarket"]), "model_sha256": str(facts["model_sha256"])}
    store.write_table(directory / "scorecard.parquet", findings(scored), notes)
    store.write_table(directory / "curves.parquet", curves(scored), notes)
    page = document.save(_page(facts, scored), directory)
    manifest.write(
        directory,
        {
            **facts,
            "status": "interrupted" if stopped else "finished",
            "finished": manifest.now(),
            "facts": [fact.name for fact, _ in scored],
            "failed": [fact.name for fact, outcome in scored if not outcome.passed],
        },
    )
    return page


def _page(facts: dict[str, Any], scored: Sequence[tuple[Fact, Outcome]]) -> str:
    """Return the page: the scorecard as figure and table, then a section per fact, then where it comes from."""
    from results.figures import fact as fact_figure
    from results.figures import scorecard as scorecard_figure

    drawn, table = curves(scored), findings(scored)
    kind = say("validation · quick: few replications, wide intervals") if facts["quick"] else say("validation")
    parts: list[str] = []
    if scored:
        known = {fact.name for fact, _ in scored}
        missing = names.joined([name for name in catalogue.facts() if name not in known])
        said = [words.total(scored), say("The ranges were fixed before the model was tuned, and are never widened.")]
        said += [say("Not measured here yet: {names}.", names=missing)] if missing else []
        parts.append(document.section(say("Scorecard"), said, document.grid([scorecard_figure.figure(table)], legend=False), _table(scored)))
    for fact, outcome in scored:
        lines = [told(fact.statement), told(outcome.evidence.note), words.broken(outcome.error) if outcome.error else ""]
        points = drawn[drawn["fact"] == fact.name]
        picture = document.grid([fact_figure.figure(points, told(fact.title))]) if len(points) else ""
        heading = say("{name}: {verdict}", name=f"{fact.name} {told(fact.title)}", verdict=words.outcome(outcome.passed))
        parts.append(document.section(heading, [*filter(None, lines)], picture))
    origin = [(say("command"), facts["command"]), ("relmarket", facts["relmarket"]), (say("sha256 of the model"), facts["model_sha256"])]
    parts.append(document.section(say("Where this comes from"), [], document.facts(origin)))
    question = say("Which published facts about customers and firms does the model reproduce?")
    return document.document(say("Validation"), kind, parts, question=question)


def _table(scored: Sequence[tuple[Fact, Outcome]]) -> str:
    rows: list[tuple[str, ...]] = []
    for fact, outcome in scored:
        title = say("{measure} ({unit})", measure=f"{fact.name} {told(fact.title)}", unit=words.source(fact.sources))
        rows.append((say("{name}: {verdict}", name=title, verdict=words.outcome(outcome.passed)),))
        rows += [words.row(finding) for finding in outcome.evidence.findings]
        if outcome.error:
            rows.append((words.broken(outcome.error), *[""] * (len(words.head()) - 2), words.said(words.FAIL)))
    return document.table(words.head(), rows, say("n: replications; a finding without an accepted range is shown, and not judged."))
