"""The thirty relationships of marketing, and what carries each in the model (Gummesson 1997).

The entries are in ``relationships.toml``; a test sets each of them and looks where it shows.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from docs.text import code, table

MARKET, BEYOND = ("classic market", "special market"), ("mega", "nano")
"""Groups of relationships: those of the market, and those above and below it."""


@dataclass(frozen=True)
class Relationship:
    """One of the thirty."""

    number: int
    name: str
    group: str
    set: dict[str, float | bool | str] = field(default_factory=dict)
    see: str = ""
    moves: str = ""
    missing: str = ""


def relationships() -> list[Relationship]:
    """Return the thirty in their order."""
    entries = tomllib.loads((Path(__file__).parent / "relationships.toml").read_text(encoding="utf-8"))["relationship"]
    return [Relationship(**entry) for entry in entries]


def coverage(groups: tuple[str, ...] = MARKET + BEYOND) -> tuple[int, int]:
    """Return how many relationships of some groups the model carries, and how many there are."""
    listed = [one for one in relationships() if one.group in groups]
    return sum(not one.missing for one in listed), len(listed)


def relationship_table() -> str:
    """Return the relationships as a Markdown table, with their coverage before it."""
    whole, market, beyond = coverage(), coverage(MARKET), coverage(BEYOND)
    counted = (
        f"The model carries {whole[0]} of {whole[1]} relationships: {market[0]} of the {market[1]} of the market, "
        f"{beyond[0]} of the {beyond[1]} beyond it."
    )
    head = ("no.", "relationship", "group", "set by", "seen in", "moves")
    rows = (
        (f"R{one.number}", one.name, one.group, ", ".join(code(_parameter(path)) for path in one.set) or f"nothing: {one.missing}", code(one.see),
         one.moves)
        for one in relationships()
    )  # fmt: skip
    return f"{counted}\n\n{table(head, rows)}"


def _parameter(path: str) -> str:
    """Return the parameter at a path, without the number of the firm or partner: ``levers.social`` of ``firms.0.fixed.social``."""
    name = ".".join(part for part in path.split(".") if not part.isdigit())
    return name.replace("firms.fixed.", "levers.")
