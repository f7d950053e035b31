"""Small pieces of Markdown: tables, ranges, references."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from math import isinf
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import sim
from experiments.catalogue import plain, span


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    cells = [list(head), *(list(row) for row in rows)]
    lines = ["| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in row) + " |" for row in cells]
    return "\n".join([lines[0], "| " + " | ".join("---" for _ in cells[0]) + " |", *lines[1:]])


def code(text: str) -> str:
    """Return text as code; nothing for nothing."""
    return f"`{text}`" if text else ""


def reach(low: float, high: float) -> str:
    """Return a range of numbers in words.

    >>> reach(0.0, 1.0), reach(0.0, float("inf")), reach(float("-inf"), float("inf"))
    ('0 to 1', 'at least 0', 'any')
    """
    if isinf(low) and isinf(high):
        return "any"
    if isinf(high):
        return f"at least {low:g}"
    return f"{low:g} to {high:g}"


@cache
def bibliography() -> dict[str, dict[str, Any]]:
    """Return the references by key."""
    return tomllib.loads((Path(sim.__file__).parent / "sources.toml").read_text(encoding="utf-8"))


def cited(keys: Iterable[str]) -> str:
    """Return keys of the bibliography as links to the list of references."""
    return ", ".join(f"[{key}](references.md#{key})" for key in keys if key)


def origin(text: str) -> str:
    """Return where a number comes from, with a link where it was published."""
    kind, _, key = text.partition(": ")
    return f"{kind}: {cited([key])}" if kind == "published" and key in bibliography() else text


def extra(field: FieldInfo) -> Mapping[str, Any]:
    """Return what a field's declaration says besides its type: unit, origin, and a lever's relational pole."""
    return field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}


def default(field: FieldInfo) -> str:
    """Return a field's default as it would stand in a scenario file."""
    if field.default is not PydanticUndefined:
        return code(plain(field.default))
    return "`{}`" if field.default_factory is not None else "needed"


def parameters(model: type[BaseModel], leave_out: Iterable[str] = ()) -> str:
    """Return the parameters of a rule or a part of a scenario as a table: those that are declared with a meaning."""
    fields = {name: field for name, field in model.model_fields.items() if field.description and name not in leave_out}
    if not fields:
        return "No parameters."
    return table(
        ("parameter", "default", "unit", "range", "origin", "meaning"),
        (
            (code(name), default(field), str(extra(field).get("unit", "")), span(field), origin(str(extra(field).get("origin", ""))),
             str(field.description))
            for name, field in fields.items()
        ),
    )  # fmt: skip
