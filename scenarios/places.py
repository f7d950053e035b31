"""Places in a scenario: what stands at a path, what is allowed there, and which name was perhaps meant."""

import difflib
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.rules import Choice, Rule, kinds
from sim.scenario import Scenario

Part = str | int
Path = tuple[Part, ...]


@dataclass(frozen=True)
class Place:
    """What a scenario's declaration says of one place.

    Attributes
    ----------
    type : Any
        The declared type, without annotations.
    notes : tuple
        Its annotations: bounds, and the :class:`~sim.rules.Choice` of a rule.
    unit : str
        Unit of a parameter; empty where there is none.
    """

    type: Any
    notes: tuple[Any, ...] = ()
    unit: str = ""

    @property
    def rules(self) -> dict[str, type[Rule]]:
        """The rules that may stand here, by kind; empty where no rule is picked."""
        for note in self.notes:
            if isinstance(note, Choice):
                return kinds(note.package)[note.slot]
        return {}

    @property
    def model(self) -> type[BaseModel] | None:
        """The class of a table with fixed keys."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, BaseModel) else None


ROOT = Place(Scenario)
MOST_LISTED = 25
"""Names that a sentence lists at most."""


def _place(declared: Any, notes: tuple[Any, ...] = (), unit: str = "") -> Place:
    """Return the place of a declared type, with its annotations taken apart."""
    while get_origin(declared) is Annotated:
        declared, *more = get_args(declared)
        for note in more:
            notes = (*notes, *note.metadata) if isinstance(note, FieldInfo) else (*notes, note)
    return Place(declared, notes, unit)


def of_field(field: FieldInfo) -> Place:
    """Return the place that a field declares."""
    extra = field.json_schema_extra
    return _place(field.annotation, tuple(field.metadata), str(extra.get("unit", "")) if isinstance(extra, dict) else "")


def keys(place: Place | None, data: Any) -> tuple[str, ...]:
    """Return the keys that a table may have; ``data`` tells which rule it is."""
    model = _chosen(place, data)
    return tuple(model.model_fields) if model else ()


def _chosen(place: Place | None, data: Any) -> type[BaseModel] | None:
    """Return the class of the table at a place: the rule that its ``kind`` names, where there is a choice."""
    if isinstance(data, Rule):
        return type(data)
    if place is None or not place.rules:
        return place.model if place else None
    kind = data.get("kind") if isinstance(data, Mapping) else None
    only = next(iter(place.rules)) if len(place.rules) == 1 else ""
    return place.rules.get(kind if isinstance(kind, str) else only)


def step(place: Place | None, part: Part, data: Any) -> Place | None:
    """Return the place one part further on, or None where the declaration says nothing.

    Parameters
    ----------
    place : Place or None
        Where the path stands.
    part : str or int
        A key, or a position in a list.
    data : Any
        The value that stands at ``place``, to see which kind of rule it is.
    """
    model = _chosen(place, data)
    if model is not None:
        field = model.model_fields.get(str(part))
        return of_field(field) if field else None
    if place is None:
        return None
    origin, arguments = get_origin(place.type), get_args(place.type)
    if origin is tuple and isinstance(part, int):
        return _place(arguments[0])
    if origin is dict:
        return _place(arguments[1])
    return None


def is_open(place: Place | None) -> bool:
    """Tell whether a table may have any key, as levers by name."""
    return place is not None and get_origin(place.type) is dict


def inside(data: Any, part: Part) -> Any:
    """Return the value at a key or position, or None if there is none."""
    if isinstance(data, Mapping):
        return data.get(part)
    if isinstance(data, BaseModel):
        return getattr(data, str(part), None)
    if isinstance(data, Sequence) and not isinstance(data, str) and isinstance(part, int) and 0 <= part < len(data):
        return data[part]
    return None


def find(location: Iterable[Part], data: Any, start: Place = ROOT) -> tuple[Path, Place | None, Place | None]:
    """Follow a location that pydantic reports and leave out what is no part of the file: the tags of rules.

    Parameters
    ----------
    location : iterable of str or int
        As in an error of pydantic.
    data : Any
        What was checked.
    start : Place
        Where the location starts.

    Returns
    -------
    path : tuple of str or int
        The path as it stands in the file.
    place : Place or None
        What is declared there.
    parent : Place or None
        What is declared around it.
    """
    path: Path = ()
    place: Place | None = start
    parent: Place | None = None
    chosen = False
    for part in location:
        if place is not None and place.rules and not chosen:  # the part after a choice is the tag of the rule
            chosen = True
            continue
        chosen = False
        place, parent = step(place, part, data), place
        data = inside(data, part)
        path = (*path, part)
    return path, place, parent


def written(path: Sequence[Part]) -> str:
    """Return a path as people write it: ``firms[1].strategy.orientation``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def nearest(name: str, among: Iterable[str]) -> str:
    """Return the name that was perhaps meant, or an empty string if none is near."""
    known = {known.lower(): known for known in among}
    close = difflib.get_close_matches(name.lower()[:100], list(known), n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def perhaps(name: str, among: Iterable[str]) -> str:
    """Return the end of a sentence: the nearest name, or, of a short list, all that there are."""
    among = tuple(among)
    near = nearest(name, among)
    if near:
        return f"; did you mean '{near}'?"
    return f"; allowed: {', '.join(among)}" if 0 < len(among) <= MOST_LISTED else ""


def bounds(place: Place | None) -> tuple[float | None, float | None]:
    """Return the smallest and largest allowed number (or length of a list); None where there is no bound."""
    low: Any = None
    high: Any = None
    for note in place.notes if place else ():
        match note:
            case Ge(bound):
                low = bound
            case Le(bound):
                high = bound
            case MinLen(bound):
                low = bound
            case MaxLen(bound):
                high = bound
            case _:
                pass
    return low, high


def number(value: float) -> str:
    """Return a bound as people write it: 1, 0.5, 12,000."""
    return f"{int(value):,}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:g}"


def allowed(place: Place | None) -> str:
    """Return what may stand at a place, as in "a number from 0 to 1 (share)"."""
    if place is None:
        return "nothing"
    if place.rules:
        return f"a table with kind = {_either(place.rules)}"
    declared = place.type
    if get_origin(declared) is Literal:
        return _either(get_args(declared))
    if get_origin(declared) in (Union, types.UnionType):
        return " or ".join(allowed(_place(option)) for option in get_args(declared))
    if get_origin(declared) is tuple:
        low, high = bounds(place)
        return "a list" if low is None or high is None else f"a list of {low} to {high}"
    if get_origin(declared) is dict or place.model:
        return "a table"
    name = {float: "a number", int: "a whole number", bool: "true or false", str: "text"}.get(declared, "another kind of value")
    low, high = bounds(place) if declared in (float, int) else (None, None)
    if low is not None and high is not None:
        name += f" from {number(low)} to {number(high)}"
    elif low is not None:
        name += f" of at least {number(low)}"
    elif high is not None:
        name += f" of at most {number(high)}"
    return f"{name} ({place.unit})" if place.unit and declared in (float, int) else name


def _either(options: Iterable[Any]) -> str:
    """Return "'a', 'b' or 'c'"."""
    quoted = [f"'{option}'" for option in options]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
