"""What there is: scenarios, strategies, mechanisms, measures and parameters, from their own declarations."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from scenarios import ScenarioError, load, names
from scenarios import places as at
from sim.levers import Levers, market_of
from sim.parties import DepartmentSpec, DistributorSpec, FirmSpec, InfluencerSpec, Readiness, SupplierSpec
from sim.rules import Rule, kinds
from sim.scenario import Campaign, Event, Market, Mechanisms, Scenario, Segment

Rows = list[tuple[str, ...]]
"""A header and rows of text."""


def first_line(thing: Any) -> str:
    """Return the first line of something's documentation."""
    return (thing.__doc__ or "").strip().partition("\n")[0]


def scenarios() -> Rows:
    """Return the shipped scenarios: name, title and question."""
    rows: Rows = [("name", "title", "question")]
    for name in names():
        try:
            scenario = load(name)
            rows.append((name, scenario.title, scenario.question))
        except ScenarioError as error:
            rows.append((name, "cannot be loaded", str(error).partition("\n")[0]))
    return rows


def strategies() -> Rows:
    """Return the strategies: kind, what it does, sources."""
    found = kinds("sim.strategies")["strategy"]
    return [("kind", "what it does", "sources"), *((kind, first_line(cls), ", ".join(cls.sources)) for kind, cls in found.items())]


def mechanisms() -> Rows:
    """Return the mechanisms in the order of the month: slot, kind, what it does, sources."""
    found = kinds("sim.mechanisms")
    slots = [*Mechanisms.model_fields, *sorted(set(found) - set(Mechanisms.model_fields))]
    rows: Rows = [("slot", "kind", "what it does", "sources")]
    for slot in slots:
        rows += [(slot, kind, first_line(cls), ", ".join(cls.sources)) for kind, cls in found.get(slot, {}).items()]
    return rows


def measures() -> Rows:
    """Return the measures: name, label in both languages, unit, meaning and source."""
    from sim.measures import measures as declared

    head = ("name", "label", "中文", "unit", "meaning", "source")
    return [head, *((m.name, m.label, m.chinese, m.unit, m.meaning, m.source) for m in declared().values())]


def parameters() -> Rows:
    """Return every parameter: path, default, unit, range, origin and meaning; N stands for a position in a list."""
    rows: Rows = [("path", "default", "unit", "range", "origin", "meaning")]
    for path, model in _tables():
        rows += [(f"{path}{name}", *described(field)) for name, field in model.model_fields.items() if _is_value(field)]
    for name, lever in Levers.model_fields.items():
        *told, meaning = described(lever)
        rows.append((f"firms.N.fixed.{name}", *told, f"{meaning} ({market_of(name)} market)"))
    return rows


def _tables() -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the tables of a scenario with the path before their keys."""
    yield "", Scenario
    yield "market.", Market
    yield "segments.N.", Segment
    yield "firms.N.", FirmSpec
    for kind, strategy in kinds("sim.strategies")["strategy"].items():
        yield f"firms.N.strategy({kind}).", strategy
    yield "firms.N.readiness.", Readiness
    for planning in kinds("sim.mechanisms")["planning"].values():
        yield "firms.N.planning.", planning
    for what, party in (
        ("suppliers", SupplierSpec),
        ("distributors", DistributorSpec),
        ("departments", DepartmentSpec),
        ("influencers", InfluencerSpec),
    ):
        yield f"{what}.N.", party
    for slot in Mechanisms.model_fields:
        found = kinds("sim.mechanisms").get(slot, {})
        for kind, mechanism in found.items():
            yield f"mechanisms.{slot}{f'({kind})' if len(found) > 1 else ''}.", mechanism
    yield "events.N.", Event
    yield "campaigns.N.", Campaign


def _is_value(field: FieldInfo) -> bool:
    """Whether a field is a number, text or choice that one sets, not a table or a rule."""
    place = at.of_field(field)
    return bool(field.description) and not place.model and not place.rules


def described(field: FieldInfo) -> tuple[str, str, str, str, str]:
    """Return a field's default, unit, range, origin and meaning as text."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    if field.default is not PydanticUndefined:
        default = plain(field.default)
    else:
        default = "{}" if field.default_factory is not None else "(needed)"
    if "relational" in extra:
        default += f" to {plain(extra['relational'])}"
    return default, str(extra.get("unit", "")), span(field), str(extra.get("origin", "")), str(field.description or "")


def span(field: FieldInfo) -> str:
    """Return the allowed range of a field, such as ``0 to 1``, or its choices."""
    place = at.of_field(field)
    if place.type in (int, float):
        low, high = at.bounds(place)
        ends = [at.number(end) if end is not None else "" for end in (low, high)]
        return " to ".join(ends) if all(ends) else f"at least {ends[0]}" if ends[0] else f"at most {ends[1]}" if ends[1] else "any"
    allowed = at.allowed(place)
    return allowed if allowed != "another kind of value" else ""


def plain(value: Any) -> str:
    """Return a value as it would stand in a scenario file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return "[]" if value == () else str(value)


TOPICS: dict[str, Callable[[], Rows]] = {
    "scenarios": scenarios,
    "strategies": strategies,
    "mechanisms": mechanisms,
    "measures": measures,
    "parameters": parameters,
}


def values_of(rule: Rule) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield a rule's parameters: name, value, unit, origin and meaning; an origin of the default counts only where it is still the value."""
    for name, field in type(rule).model_fields.items():
        if name in ("kind", "active") or not field.description:
            continue
        value = getattr(rule, name)
        _, unit, _, origin, meaning = described(field)
        yield name, plain(value), unit, origin if value == field.default else "set by the scenario", meaning
