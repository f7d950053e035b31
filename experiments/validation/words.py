"""How the scorecard is written: numbers with their units, accepted ranges, verdicts and sources, for terminal and page."""

from collections.abc import Sequence
from math import inf, isinf, isnan

from experiments.explain import bibliography
from experiments.validation.fact import Fact, Finding
from experiments.validation.shelf import Outcome
from results import names
from results.labels import number, shown_unit
from results.language import say
from results.told import told

PASS, FAIL, SHOWN = "PASS", "FAIL", ""
"""Verdicts; a finding without a range is shown and not judged."""


def head() -> tuple[str, ...]:
    """Return the columns of a fact's findings."""
    return say("measured"), say("value"), say("95 % interval"), "n", say("accepted"), say("published"), ""


def said(verdict: str) -> str:
    """Return a verdict in the reader's language."""
    return {PASS: say("PASS"), FAIL: say("FAIL")}.get(verdict, verdict)


def outcome(passed: bool) -> str:
    """Return in the reader's language whether a fact is reproduced."""
    return said(PASS if passed else FAIL)


def amount(value: float, unit: str = "") -> str:
    """Write a number for people; what has no end is written as such."""
    return ("∞" if value > 0 else "-∞") if isinf(value) else number(value, unit)


def accepted(least: float, most: float, unit: str = "") -> str:
    """Write an accepted range; empty where nothing is judged.

    >>> accepted(0.52, 0.67), accepted(0.6, float("inf")), accepted(-float("inf"), 0.05, "share")
    ('0.520 to 0.670', 'at least 0.600', 'at most 5.00')
    """
    if least == -inf and most == inf:
        return ""
    if most == inf:
        return say("at least {least}", least=amount(least, unit))
    if least == -inf:
        return say("at most {most}", most=amount(most, unit))
    return say("{low} to {high}", low=amount(least, unit), high=amount(most, unit))


def verdict(finding: Finding) -> str:
    """Return whether a finding passes; empty where it is not judged."""
    return SHOWN if not finding.judged else PASS if finding.passed else FAIL


def row(finding: Finding) -> tuple[str, ...]:
    """Return a finding's texts under :func:`head`."""
    unit = shown_unit(finding.unit)
    ends = "" if isnan(finding.low) or finding.low == finding.high else accepted(finding.low, finding.high, finding.unit)
    return (
        say("{measure} ({unit})", measure=told(finding.what), unit=unit) if unit else told(finding.what),
        amount(finding.value, finding.unit),
        ends,
        str(finding.n) if finding.n else "",
        accepted(finding.least, finding.most, finding.unit),
        "" if isnan(finding.target) else amount(finding.target, finding.unit),
        said(verdict(finding)),
    )


def source(keys: Sequence[str]) -> str:
    """Return sources as a reader cites them.

    >>> source(["fader2005"])
    'Fader, Hardie & Lee 2005'
    """
    return "; ".join(_cited(key) for key in keys)


def _cited(key: str) -> str:
    found = bibliography().get(key)
    if found is None:
        return key
    names = [author.partition(",")[0].strip() for author in str(found["authors"]).split(";")]
    who = " & ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if len(names) <= 3 else f"{names[0]} et al."
    return f"{who} {found['year']}"


def total(scored: Sequence[tuple[Fact, Outcome]]) -> str:
    """Return how many facts are reproduced, and which are not."""
    failing = [fact.name for fact, outcome in scored if not outcome.passed]
    if not failing:
        return say("All {n} facts are reproduced.", n=len(scored)) if len(scored) > 1 else say("{fact} is reproduced.", fact=scored[0][0].name)
    return say(
        "{good} of {all} facts are reproduced; not reproduced: {failing}.",
        good=len(scored) - len(failing), all=len(scored), failing=names.joined(failing),
    )  # fmt: skip


def broken(error: str) -> str:
    """Return that a fact could not be measured, and why."""
    return told(f"could not be measured: {error}")
