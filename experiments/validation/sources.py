"""What a fact's numbers follow from: the model, the scenarios, its own file and whatever that imports, as one digest."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from results.manifest import HERE

WHOLE = ("sim", "scenarios")
"""Rooms that count whole: rules and scenarios are found there without being imported by name."""
FOLLOWED = ("experiments", "results")
"""Rooms of which only what is imported counts."""
KINDS = (".py", ".toml", ".csv")


def digest(file: Path | None, *, quick: bool) -> str:
    """Return the sha256 of what a fact's numbers follow from.

    Parameters
    ----------
    file : Path, optional
        The fact's file.
    quick : bool
        How much work it is given.
    """
    files = sorted(follows(file)) if file is not None else []
    return hashlib.sha256(f"{_rooms()} {_content(files)} {quick}".encode()).hexdigest()


def follows(file: Path) -> set[Path]:
    """Return a file and the project's files that it imports, and those that they import."""
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path)
    return found


@cache
def _imports(path: Path) -> tuple[Path, ...]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(place for name in names if name.partition(".")[0] in FOLLOWED for place in _places(name))


def _places(name: str) -> Iterator[Path]:
    """Yield the files of a module; of a name that is no module, nothing."""
    place = HERE.joinpath(*name.split("."))
    yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())


@cache
def _rooms() -> str:
    return _content(path for room in WHOLE for path in sorted((HERE / room).rglob("*")) if path.suffix in KINDS and path.is_file())


def _content(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
