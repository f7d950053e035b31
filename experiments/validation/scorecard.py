"""The scorecard: facts measured one after the other, their findings and curves as tables."""

import time
from collections.abc import Sequence
from math import nan

import pandas as pd

from experiments.validation.fact import Effort, Evidence, Fact, Finding
from experiments.validation.shelf import Outcome, Shelf

COLUMNS = (
    "fact", "title", "source", "what", "value", "low", "high", "n", "least", "most", "unit", "target", "judged", "passed", "seconds", "note",
)  # fmt: skip
"""Columns of the table ``scorecard``, one row per finding."""
TEXTS = ("fact", "title", "source", "what", "unit", "note")
CURVES = ("fact", "panel", "series", "x", "y", "low", "high", "x_title", "y_title", "points")
"""Columns of the table ``curves``, one row per point."""


def measure(fact: Fact, effort: Effort) -> Outcome:
    """Measure a fact; one that cannot be measured fails, and says why."""
    began = time.monotonic()
    evidence, error = Evidence([]), ""
    try:
        evidence = fact.measure(effort)
        if not any(finding.judged for finding in evidence.findings):
            error = "nothing was judged"
    except Exception as problem:  # noqa: BLE001 - whatever a fact stumbles over is its own row, and the others go on
        error = f"{type(problem).__name__}: {problem}".rstrip(": ")
    return Outcome(fact.name, evidence, error, time.monotonic() - began)


def score(fact: Fact, effort: Effort, shelf: Shelf) -> Outcome:
    """Return what came of a fact: what is not on the shelf yet is measured and put there."""
    outcome = shelf.get(fact)
    if outcome is None:
        outcome = measure(fact, effort)
        shelf.put(fact, outcome)
    return outcome


def findings(scored: Sequence[tuple[Fact, Outcome]]) -> pd.DataFrame:
    """Return the table ``scorecard``: a row per finding; a fact that could not be measured has one that says why."""
    rows = [row for fact, outcome in scored for row in _rows(fact, outcome)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"fact": "str", "title": "str", "source": "str", "what": "str", "unit": "str", "note": "str"}
    )


def _rows(fact: Fact, outcome: Outcome) -> list[tuple[object, ...]]:
    about = (fact.name, fact.title, ", ".join(fact.sources))
    ends = (outcome.seconds, outcome.evidence.note)
    rows: list[tuple[object, ...]] = [(*about, *_numbers(found), found.judged, found.passed, *ends) for found in outcome.evidence.findings]
    if outcome.error:
        nothing = Finding(f"could not be measured: {outcome.error}", nan, nan, nan, 0)
        rows.append((*about, *_numbers(nothing), True, False, *ends))
    return rows


def _numbers(found: Finding) -> tuple[object, ...]:
    return found.what, found.value, found.low, found.high, found.n, found.least, found.most, found.unit, found.target


def curves(scored: Sequence[tuple[Fact, Outcome]]) -> pd.DataFrame:
    """Return the table ``curves``: a row per point of every fact's figure."""
    tables = [curve.table().assign(fact=fact.name) for fact, outcome in scored for curve in outcome.evidence.curves]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(CURVES))
    return whole[list(CURVES)]
