"""What was set otherwise: the parameters in which the scenarios of a report differ, or one scenario from what ships under its name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from results import document
from results.gallery import Look
from results.language import say

ABOUT = ("name", "title", "question", "notice", "attempt", "chinese", "seed")
"""What tells of a scenario and changes nothing in it; the seed stands with the replications."""
FEW, MOST = 12, 200
"""Most parameters that are listed openly, and at all."""


def leaves(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Return every parameter of a scenario's content as path and text.

    >>> list(leaves({"market": {"transparency": 0.5}, "firms": [{"price": 1.0}]}))
    [('market.transparency', '0.5'), ('firms.0.price', '1.0')]
    """
    if isinstance(content, Mapping):
        for key, value in content.items():
            if path or key not in ABOUT:
                yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from leaves(value, f"{path}.{place}")
    else:
        yield path, str(content)


def differing(contents: Sequence[Any]) -> list[list[str]]:
    """Return the parameters in which scenarios differ, one row each: its path, then its value in each scenario.

    A party that only some of the scenarios have, such as a supplier, is one row with its name and not one for each of its parameters.
    """
    flat = [dict(leaves(content)) for content in contents]
    rows: dict[str, list[str]] = {}
    for path in dict.fromkeys(path for one in flat for path in one):
        whole = ".".join(path.split(".")[:2])
        if len({one.get(path) for one in flat}) == 1 or whole in rows:
            continue
        there = [any(known.startswith(f"{whole}.") or known == whole for known in one) for one in flat]
        if all(there):
            rows[path] = [one.get(path, "") for one in flat]
        else:
            rows[whole] = [one.get(f"{whole}.name", one.get(whole, "✓")) if has else "" for one, has in zip(flat, there, strict=True)]
    return [[path, *values] for path, values in rows.items()]


def section(shown: Sequence[Look]) -> str:
    """Return the parameters that differ; nothing where none does."""
    if len(shown) > 1:
        heads, contents = [look.name for look in shown], [look.scenario for look in shown]
    else:
        heads, contents = [say("as it ships"), say("in this run")], [_shipped(shown[0]), shown[0].scenario]
    rows = differing(contents) if all(contents) else []
    if not rows:
        return ""
    note = say("{n} more are left out.", n=len(rows) - MOST) if len(rows) > MOST else ""
    table = document.table([say("parameter"), *heads], rows[:MOST], note)
    if len(rows) > FEW:
        table = document.folded(say("{n} parameters", n=len(rows)), table)
    return document.section(say("What was set otherwise"), [], table)


def _shipped(look: Look) -> Any:
    """Return the content of the scenario that ships under this name; nothing where there is none."""
    import scenarios

    name = str(look.scenario["name"])
    return scenarios.load(name).model_dump(mode="json") if name in scenarios.names() else {}
