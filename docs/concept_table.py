"""The table of the sources' concepts: what each means, what sets it, where its effect is seen, and which test shows it.

The entries are in ``docs/concepts/*.toml``; a test checks that everything they name is there.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ENTRIES = Path(__file__).parent / "concepts"
COUNT = 100
"""Concepts in the sources."""


@dataclass(frozen=True)
class Concept:
    """One concept of the sources."""

    id: str
    name: str
    sources: str
    meaning: str
    bold: bool = False
    set: list[str] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    test: list[str] = field(default_factory=list)
    not_done: str = ""


def concepts() -> list[Concept]:
    """Return all concepts in their order."""
    found = [Concept(**_plain(entry)) for path in sorted(ENTRIES.glob("*.toml")) for entry in tomllib.loads(path.read_text("utf-8"))["concept"]]
    return sorted(found, key=lambda concept: concept.id)


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    sources = entry.get("sources", "")
    return {**entry, "sources": ", ".join(sources) if isinstance(sources, list) else sources}


def summary() -> str:
    """Return how many concepts work, and how many are left out."""
    listed = concepts()
    done = [concept for concept in listed if not concept.not_done]
    bold = [concept for concept in listed if concept.bold]
    return (
        f"{len(done)} of {len(listed)} concepts work: they can be set, their effect is seen in the tables, and a test shows it with a number. "
        f"Of the {len(bold)} load-bearing ones (in bold) {sum(not concept.not_done for concept in bold)} do."
    )


def table() -> str:
    """Return the concepts that work as a Markdown table."""
    rows = ["| id | concept | meaning | set by | seen in | shown by |", "| --- | --- | --- | --- | --- | --- |"]
    for concept in concepts():
        if concept.not_done:
            continue
        name = f"**{concept.name}**" if concept.bold else concept.name
        cells = (concept.id, f"{name} ({concept.sources})", concept.meaning, _code(concept.set), _code(concept.see), _tests(concept.test))
        rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(rows)


def left_out() -> str:
    """Return the concepts that are left out, with the reason."""
    rows = [f"- {concept.id}, {concept.name} ({concept.sources}): {concept.not_done}" for concept in concepts() if concept.not_done]
    return "\n".join(rows) or "None."


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _tests(names: list[str]) -> str:
    found = []
    for name in names:
        path, _, test = name.partition("::")
        found.append(f"[{test}](../{path})")
    return ", ".join(found)
