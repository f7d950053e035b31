"""Scenario files: found by name or path, read as TOML, and laid over the scenario that they extend."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios import places
from scenarios.errors import ScenarioError, sentence, shown

FOLDER = Path(__file__).parent
LARGEST = 20_000_000
"""Bytes in the largest file that is read as a scenario."""
DEEPEST = 20
"""Tables and lists that may stand in each other; a scenario needs six."""


@dataclass(frozen=True)
class Layer:
    """One file of a scenario: the file itself, or one that it extends.

    Attributes
    ----------
    label : str
        The file as sentences name it.
    folder : Path
        Where paths in the file start from.
    data : dict
        What the file says, without ``extends``.
    """

    label: str
    folder: Path
    data: dict[str, Any]


def names() -> tuple[str, ...]:
    """Return the names of the scenarios that are shipped."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def locate(name_or_path: str | Path, folder: Path = Path()) -> Path:
    """Return the file of a scenario.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a shipped scenario; or a path, which has a folder, ends in ``.toml``, or is a file that is there.
    folder : Path
        Where a relative path starts.

    Raises
    ------
    ScenarioError
        If there is neither such a name nor such a file.
    """
    if isinstance(name_or_path, str) and not name_or_path.endswith(".toml") and not {"/", "\\"} & set(name_or_path):
        if name_or_path in names():
            return FOLDER / f"{name_or_path}.toml"
        if name_or_path and "\0" not in name_or_path and len(name_or_path) < 200:
            for beside in (folder / f"{name_or_path}.toml", folder / name_or_path):
                if beside.is_file():
                    return beside
        raise ScenarioError(f"there is no scenario {shown(name_or_path)}{places.perhaps(name_or_path, names())}")
    return folder / name_or_path


def label(path: Path) -> str:
    """Return a file's name for sentences: only the last part for a scenario that is shipped."""
    return path.name if path.parent == FOLDER else str(path)


def parse(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises
    ------
    ScenarioError
        If it is not TOML; the sentence names line and column.
    """
    try:
        data = tomllib.loads(text)
        if _depth(data) <= DEEPEST:
            return data
        raise RecursionError
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(sentence(file, "", f"not valid TOML: {_lower(str(error))}")) from None
    except RecursionError:
        raise ScenarioError(sentence(file, "", "not a scenario: it is nested too deeply")) from None
    except ValueError:  # Python reads no whole number of so many digits
        raise ScenarioError(sentence(file, "", "not a scenario: a number has thousands of digits")) from None


def read(path: Path) -> dict[str, Any]:
    """Read one file.

    Raises
    ------
    ScenarioError
        If it is missing, a folder, unreadable, too large, not text, or not TOML.
    """
    name = label(path)
    try:
        if path.is_dir():
            raise ScenarioError(sentence(name, "", "this is a folder; a scenario is a file"))
        if not path.exists():
            raise ScenarioError(sentence(name, "", f"there is no such file{_sibling(path)}"))
        if not path.is_file():
            raise ScenarioError(sentence(name, "", "this is not an ordinary file"))
        if path.stat().st_size > LARGEST:
            raise ScenarioError(sentence(name, "", f"larger than {LARGEST // 10**6} MB; a scenario is a small text file"))
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ScenarioError(sentence(name, "", f"not a text file in UTF-8 (byte {error.start:,}); a scenario is TOML text")) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ScenarioError(sentence(name, "", f"cannot be read: {_lower(reason)}")) from None
    return parse(text.removeprefix("\ufeff"), name)


def layers(path: Path) -> list[Layer]:
    """Return a file and those that it extends, itself first.

    Raises
    ------
    ScenarioError
        If one cannot be read, or a file extends itself, directly or through others.
    """
    return chain(Layer(label(path), path.parent, read(path)), (path.resolve(),))


def chain(layer: Layer, seen: tuple[Path, ...] = ()) -> list[Layer]:
    """Return a layer and those that it extends, itself first; ``seen`` are the files on the way to it."""
    found: list[Layer] = []
    while True:
        parent = layer.data.pop("extends", None)
        found.append(layer)
        if parent is None:
            return found
        if not isinstance(parent, str) or not parent or "\0" in parent:
            problem = f"{shown(parent)} does not fit; allowed: the name of a scenario or the path of a file"
            raise ScenarioError(sentence(layer.label, "extends", problem))
        try:
            path = locate(parent, layer.folder)
            layer = Layer(label(path), path.parent, read(path))
            if path.resolve() in seen:
                raise ScenarioError(f"{shown(parent)} leads back to {layer.label}; a scenario cannot extend itself")
            seen = (*seen, path.resolve())
        except ScenarioError as error:
            raise ScenarioError(sentence(found[-1].label, "extends", str(error))) from None


def merged(found: list[Layer]) -> dict[str, Any]:
    """Return what layers say together: tables merge key by key, everything else (lists too) is replaced."""
    data: dict[str, Any] = {}
    for layer in reversed(found):
        data = _over(data, layer.data)
    return data


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a table over another; a table of another ``kind`` replaces, since it has other parameters."""
    if "kind" in above and above["kind"] != below.get("kind", above["kind"]):
        return dict(above)
    both = dict(below)
    for key, value in above.items():
        old = both.get(key)
        both[key] = _over(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return both


def source(found: list[Layer], path: places.Path) -> Layer:
    """Return the layer that says what stands at a path; the first one if none does."""
    for layer in found:
        data: Any = layer.data
        for depth, part in enumerate(path):
            if depth == len(path) - 1 and isinstance(data, Mapping) and part in data:
                return layer
            if isinstance(data, list):  # lists are replaced as a whole, so whoever has the list has its elements
                return layer
            data = places.inside(data, part)
    return found[0]


def _sibling(path: Path) -> str:
    """Return the end of a sentence that names a file of nearly the same name in the same folder."""
    if not path.parent.is_dir():
        return f"; nor is there a folder {path.parent}"
    near = places.nearest(path.name, (other.name for other in path.parent.glob("*.toml")))
    return f"; did you mean '{path.parent / near}'?" if near else ""


def _depth(data: Any) -> int:
    """Return how many tables and lists stand in each other, counted no further than one too many."""
    depth, level = 0, [data]
    while level and depth <= DEEPEST:
        depth += 1
        level = [inner for outer in level for inner in (outer.values() if isinstance(outer, Mapping) else outer)]
        level = [inner for inner in level if isinstance(inner, Mapping | list)]
    return depth


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
