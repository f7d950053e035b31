"""The JSON Schema of scenario files, so that an editor completes keys, shows meanings and marks mistakes."""

from typing import Any

from scenarios.fits import KEYS
from scenarios.purchase_log import GROUPS
from sim.scenario import Scenario

_EXTENDS = {
    "type": "string",
    "minLength": 1,
    "description": "a scenario's name, or a path from this file: tables of this file are laid over its tables, key by key; lists replace",
}
_FIT = {
    "type": "object",
    "description": "take share, need_shape, need_scale, dropout_a and dropout_b from a purchase log, fitted by maximum likelihood",
    "properties": {
        "log": {"type": "string", "minLength": 1, "description": "the log: a CSV file beside the scenario, or one that is shipped"},
        "where": {"enum": list(GROUPS), "default": "everyone", "description": "which of the log's customers"},
        "weeks": {"type": "number", "minimum": 1, "maximum": 10_000, "description": "how many weeks of the log are read"},
    },
    "required": [key for key in KEYS if key != "where"],
    "additionalProperties": False,
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario files.

    Nothing is required at the top, since a file that extends another may leave out what the other says.
    """
    whole = Scenario.model_json_schema()
    parts: dict[str, Any] = whole.get("$defs", {})
    for part in (*parts.values(), whole):
        for field in part.get("properties", {}).values():
            _only_kinds(field, parts)
    parts["Segment"]["properties"]["fit"] = _FIT
    whole["properties"] = {"extends": _EXTENDS, **whole["properties"]}
    whole.pop("required", None)
    whole["$defs"] = {name: part for name, part in parts.items() if _is_used(name, whole, parts)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "title": "Scenario of relmarket"}


def _only_kinds(field: dict[str, Any], parts: dict[str, Any]) -> None:
    """Leave the rules that a file can name by ``kind``, and ask for the kind where there is more than one."""
    if "oneOf" not in field:
        return
    rules = [rule for rule in field["oneOf"] if "const" in _part(rule, parts)["properties"].get("kind", {})]
    for rule in rules if len(rules) > 1 else ():
        part = _part(rule, parts)
        part["required"] = sorted({"kind", *part.get("required", ())})
    field["oneOf"] = rules


def _part(reference: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = parts[reference["$ref"].rpartition("/")[2]]
    return part


def _is_used(name: str, whole: dict[str, Any], parts: dict[str, Any]) -> bool:
    """Tell whether some part refers to the named one."""
    reference = f"'#/$defs/{name}'"
    return any(reference in str(part) for part in (whole["properties"], *parts.values()))
