"""What is wrong with a scenario, in one clear sentence for each problem: file, path, value, what is allowed, what was perhaps meant."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios import places
from scenarios.places import Path, Place
from sim.levers import Levers

MOST_SHOWN = 20
LONGEST_VALUE = 60


class ScenarioError(Exception):
    """Something is wrong with a scenario, or with its file.

    Parameters
    ----------
    *problems : str
        One sentence for each problem. ``str()`` of the error gives them line by line.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        more = len(self.problems) - MOST_SHOWN
        lines = [*self.problems[:MOST_SHOWN], *([f"and {more:,} more problems"] if more > 0 else [])]
        return "\n".join(lines)


def sentence(file: str, path: str, problem: str) -> str:
    """Return a problem with its place; a file or path may be empty."""
    return ": ".join(part for part in (file, path, problem) if part)


def shown(value: Any) -> str:
    """Return a value as it may stand in a sentence: short, whatever it is."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**18:
            return f"a number of {value.bit_length() // 3.33:.0f} digits"
        case int() | float():
            return repr(value)
        case str():
            return repr(value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 3] + "...")
        case datetime() | date() | time():
            return f"the date or time {value}"
        case Mapping():
            return "a table"
        case list() | tuple():
            return f"a list of {len(value)}" if value else "an empty list"
        case _:
            return f"a value of type {type(value).__name__}"


def _kind_of(value: Any) -> str:
    """Return a wrong value with what it is: strings are not numbers, however they look."""
    return f"{shown(value)} is text" if isinstance(value, str) else f"{shown(value)} does not fit"


def _meant(value: Any, place: Place | None) -> str:
    """Return the share that was perhaps meant by a number above 1: 1.4 for 0.14, 40 for 0.4 (40 %)."""
    if place is None or not place.unit.startswith(("share", "probability")) or not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    if not 1.0 < value <= 100.0:
        return ""
    guess = value / (100.0 if value >= 10.0 else 10.0)
    _, high = places.bounds(place)
    return f"; did you mean {guess:.12g}?" if high is None or guess <= high else ""


def _range(error: ErrorDetails, place: Place | None) -> str:
    value = error["input"]
    context = error.get("ctx", {})
    side, bound = next(((side, context[key]) for key, side in _SIDES if key in context), ("outside", 0))
    return f"{shown(value)} is {side} {places.number(bound)}; allowed: {places.allowed(place)}{_meant(value, place)}"


_SIDES = (("ge", "below"), ("gt", "not above"), ("le", "above"), ("lt", "not below"))


def _length(error: ErrorDetails, place: Place | None) -> str:
    context = error.get("ctx", {})
    low, high = places.bounds(place)
    count = len(error["input"]) if isinstance(error["input"], list | tuple | dict | str) else context.get("actual_length", 0)
    few = "too few" if error["type"] == "too_short" else "too many"
    return f"{count:,} {'is' if count == 1 else 'are'} {few}; allowed: {places.number(low or 0)} to {places.number(high or count)}"


def _type(error: ErrorDetails, place: Place | None) -> str:
    return f"{_kind_of(error['input'])}; allowed: {places.allowed(place)}"


def _infinite(error: ErrorDetails, place: Place | None) -> str:
    return f"{shown(error['input'])} is not a finite number; allowed: {places.allowed(place)}"


def _choice(error: ErrorDetails, place: Place | None) -> str:
    value = error["input"]
    if place is not None and place.rules:
        kind = value.get("kind") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping):
            return f"{_kind_of(value)}; allowed: {places.allowed(place)}"
        if not isinstance(kind, str):
            given = "missing" if kind is None else f"{shown(kind)} is not text"
            return f"{given}; allowed: {', '.join(place.rules)}"
        return f"there is no {shown(kind)}{places.perhaps(kind, place.rules)}"
    options = tuple(str(option) for option in get_args(place.type)) if place else ()
    near = places.nearest(value, options) if isinstance(value, str) else ""
    return f"{shown(value)} does not fit; allowed: {places.allowed(place)}" + (f"; did you mean '{near}'?" if near else "")


def _text(error: ErrorDetails, _place: Place | None) -> str:
    return f"{shown(error['input'])} is no name; allowed: 1 to 60 letters, digits, spaces and _ . + & -, a letter or digit first"


_TELL: dict[str, Callable[[ErrorDetails, Place | None], str]] = {
    "greater_than_equal": _range, "greater_than": _range, "less_than_equal": _range, "less_than": _range,
    "too_short": _length, "too_long": _length,
    "finite_number": _infinite,
    "literal_error": _choice, "union_tag_invalid": _choice, "union_tag_not_found": _choice, "is_instance_of": _choice,
    "string_pattern_mismatch": _text, "string_too_short": _text, "string_too_long": _text,
}  # fmt: skip


def _problems(error: ValidationError, data: Any, start: Place) -> Iterable[tuple[Path, str]]:
    """Yield the path and the problem of every error that pydantic found."""
    for details in error.errors(include_url=False):
        path, place, parent = _levers(*places.find(details["loc"], data, start), data)
        what = details["type"]
        if what == "too_short" and _long_enough(details["input"], place):
            continue  # its elements are wrong, and that is told already
        if what == "extra_forbidden":
            yield path, f"unknown key{places.perhaps(str(path[-1]), places.keys(parent, _at(data, path[:-1])))}"
        elif what == "missing":
            yield path, f"missing; needed: {places.allowed(place)}"
        elif what == "value_error":
            yield path, _as_written(details["msg"].removeprefix("Value error, "))
        elif what in _TELL:
            kind = place is not None and place.rules and isinstance(details["input"], Mapping)
            yield (*path, "kind") if kind else path, _TELL[what](details, place)
        elif what.endswith(("_type", "_from_float", "_parsing", "_size")):
            yield path, _type(details, place)
        else:
            yield path, f"{shown(details['input'])}: {details['msg'][:1].lower()}{details['msg'][1:]}"


def _levers(path: Path, place: Place | None, parent: Place | None, data: Any) -> tuple[Path, Place | None, Place | None]:
    """Put right the place of a problem with a lever: it stands in a table of levers (``fixed``), which pydantic does not report."""
    model = parent.model if parent else None
    around = _at(data, path[:-1]) if path else None
    if place is not None or model is None or not isinstance(around, Mapping) or path[-1] in around:
        return path, place, parent
    for name, field in model.model_fields.items():
        if get_origin(field.annotation) is dict and path[-1] in (around.get(name) or ()):
            return (*path[:-1], name, path[-1]), places.step(_LEVERS, path[-1], None), _LEVERS
    return path, place, parent


_LEVERS = Place(Levers)


def _long_enough(value: Any, place: Place | None) -> bool:
    low, _ = places.bounds(place)
    return isinstance(value, list | tuple) and low is not None and len(value) >= low


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = places.inside(data, part)
    return data


def _as_written(message: str) -> str:
    """Return a message of the model's own checks, whose paths have dots, with the paths as people write them."""
    return re.sub(r"\b([a-z_]+)\.(\d+)\b", r"\1[\2]", message)


def explain(error: ValidationError, data: Any, file_of: Callable[[Path], str] = lambda _path: "", start: Place = places.ROOT) -> ScenarioError:
    """Turn what pydantic found into sentences.

    Parameters
    ----------
    error : pydantic.ValidationError
        From checking a scenario.
    data : Any
        What was checked, as nested tables and lists.
    file_of : callable
        Tells the file in which a path stands.
    start : Place
        What was checked; a whole scenario unless told.
    """
    found = [sentence(file_of(path), places.written(path), problem) for path, problem in _problems(error, data, start)]
    return ScenarioError(*dict.fromkeys(found))
