"""Dotted paths into a scenario, such as ``firms.0.price``: a changed scenario is a newly checked one."""

from collections.abc import Sequence
from typing import Any

from sim.rules import Checked, Rule, registered


def plain(value: Any) -> Any:
    """Return a checked object as dictionaries and lists, down to its rules, which stay what they are."""
    if isinstance(value, Checked) and not isinstance(value, Rule):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def replaced(place: Any, path: Sequence[str], value: Any, walked: str = "the scenario") -> Any:
    """Return ``place`` with the value at a path put in its stead.

    Parameters
    ----------
    place : Any
        Dictionaries, lists and rules, as :func:`plain` gives them.
    path : sequence of str
        Keys and element numbers.
    value : Any
        The new value; checked by whoever builds a scenario of the result.

    Raises
    ------
    KeyError
        If a part leads nowhere; the message says what there is.
    """
    if not path:
        return value
    part, rest = path[0], path[1:]
    here = f"{walked}.{part}" if walked != "the scenario" else part
    if isinstance(place, list):
        if not part.isdigit() or int(part) >= len(place):
            raise KeyError(f"{here}: {walked} has elements 0 to {len(place) - 1}")
        number = int(part)
        return [replaced(item, rest, value, here) if k == number else item for k, item in enumerate(place)]
    if isinstance(place, Rule):
        if part == "kind":
            return {"kind": value}
        fields = {name: plain(getattr(place, name)) for name in type(place).model_fields}
        changed = replaced(fields, path, value, walked)
        return changed if registered(place) else type(place).model_validate(changed)
    if isinstance(place, dict):
        if rest and part not in place:
            raise KeyError(f"{here}: {walked} has {', '.join(place) or 'nothing in it'}")
        return {**place, part: replaced(place.get(part), rest, value, here)}
    raise KeyError(f"{here}: {walked} is a single value")
