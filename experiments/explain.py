"""What a scenario is and how its month runs: every step with its equation, its parameters and its sources."""

import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any

import sim
from experiments.catalogue import first_line, values_of
from sim.rules import Mechanism
from sim.scenario import Scenario

INDENT = "    "
PARTNERS = {"influence": "influencers", "supply": "suppliers", "distribution": "distributors", "internal_market": "departments"}
"""Mechanisms of markets that are there only with partners, and the scenario's lists of them."""


def explain(scenario: Scenario) -> Iterator[str]:
    """Yield the lines that explain a scenario.

    Parameters
    ----------
    scenario : Scenario
        What to explain. The order of the month is the order of its mechanisms.
    """
    yield f"{scenario.name}: {scenario.title}" if scenario.title else scenario.name
    if scenario.question:
        yield scenario.question
    length = f"{scenario.periods:,} {scenario.period}s" if scenario.period != "month" else f"{scenario.months:,} months"
    yield f"{scenario.customers:,} customers, {len(scenario.firms)} firms, {length}, {scenario.market.setting}, seed {scenario.seed}"
    yield ""
    yield "Firms (place on the continuum: 0 transactional, 1 relational)"
    for firm in scenario.firms:
        numbers = ", ".join(f"{name} {getattr(firm, name):g}" for name in ("price", "unit_cost", "quality", "start_share"))
        yield f"{INDENT}{firm.name}: {firm.strategy.kind}, place {firm.strategy.place:g}, {numbers}"
    for what in PARTNERS.values():
        listed = getattr(scenario, what)
        if listed:
            yield f"{what.capitalize()}: {', '.join(partner.name for partner in listed)}"
    yield ""
    yield f"One {scenario.period}, in this order"
    for number, slot in enumerate(type(scenario.mechanisms).model_fields, start=1):
        there = slot not in PARTNERS or bool(getattr(scenario, PARTNERS[slot]))
        yield from step(number, slot, getattr(scenario.mechanisms, slot), there)


def step(number: int, slot: str, rule: Mechanism, there: bool) -> Iterator[str]:
    """Yield the lines of one step of the month; ``there`` says whether its market has any partners."""
    module = sys.modules[type(rule).__module__]
    theory = first_line(module) or first_line(type(rule))
    off = "" if rule.active and there else "  [switched off by this scenario]" if there else f"  [no {PARTNERS[slot]} in this scenario]"
    yield ""
    yield f"{number:2}. {slot.replace('_', ' ')} ({rule.kind}){off}"
    yield f"{INDENT}{theory}"
    if not (rule.active and there):
        return
    for line in cleandoc(rule.equation or section(module.__doc__ or "", "Equation")).splitlines():
        yield f"{INDENT * 2}{line}"
    rows = list(values_of(rule))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    for row in rows:
        cells = "  ".join(text.ljust(width) for text, width in zip(row[:4], widths, strict=True))
        yield f"{INDENT}{cells}  {row[4]}"
    for key in rule.sources:
        yield f"{INDENT}source: {reference(key)}"


def section(text: str, name: str) -> str:
    """Return a section of a docstring in this project's form: its lines, without their indentation.

    >>> section('''First.
    ...
    ... Theory
    ...     A thought.
    ... Equation
    ...     a = b
    ... ''', "Equation")
    'a = b'
    """
    lines = cleandoc(text).splitlines()
    if name not in lines:
        return ""
    found = []
    for line in lines[lines.index(name) + 1 :]:
        if line and not line.startswith(" "):
            break
        found.append(line)
    return cleandoc("\n".join(["", *found])).strip()


@cache
def bibliography() -> dict[str, Any]:
    """Return the references by key."""
    path = Path(sim.__file__).parent / "sources.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def reference(key: str) -> str:
    """Return the reference of a key as text; the key itself where the bibliography has none."""
    found = bibliography().get(key)
    if found is None:
        return key
    where = " ".join(str(found[part]) for part in ("in", "volume") if part in found) + (f", {found['pages']}" if "pages" in found else "")
    title = found["title"] if found["title"].endswith(("?", "!")) else f"{found['title']}."
    doi = f", doi:{found['doi']}" if "doi" in found else ""
    return f"{found['authors']} ({found['year']}). {title} {where}{doi}"
