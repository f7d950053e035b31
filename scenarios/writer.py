"""A scenario as TOML text: what :func:`scenarios.load` reads back as an equal scenario."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario import Scenario


def to_toml(scenario: Scenario) -> str:
    """Return a scenario as the text of a scenario file, every value spelled out.

    Parameters
    ----------
    scenario : Scenario
        A scenario whose strategies and mechanisms are known by ``kind``; a rule given as an object of a notebook's own class is
        written with its parameters, and can be read where its class is known.
    """
    return "\n".join(_table(scenario.model_dump(round_trip=True), "")).strip() + "\n"


def _table(table: Mapping[str, Any], path: str) -> list[str]:
    """Return the lines of a table: its own values first, then the tables in it, as TOML asks."""
    values, tables = [], []
    for key, value in table.items():
        inner = f"{path}.{_key(key)}" if path else _key(key)
        if isinstance(value, Mapping) and _deep(value):
            tables += ["", f"[{inner}]", *_table(value, inner)]
        elif _is_list_of_tables(value):
            for element in value:
                tables += ["", f"[[{inner}]]", *_table(element, inner)]
        elif value is not None:
            values.append(f"{_key(key)} = {_value(value)}")
    return values + tables


def _deep(value: Mapping[str, Any]) -> bool:
    """Tell whether a table deserves lines of its own; a small one (``fixed``, ``strategy``) stands on one line."""
    return len(value) > 4 or any(isinstance(inner, Mapping) for inner in value.values())


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(element, Mapping) for element in value)


def _key(key: str) -> str:
    return key if key and all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in key) else json.dumps(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }" if value else "{}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(element) for element in value) + "]"
    return repr(value)
