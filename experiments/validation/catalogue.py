"""The catalogue of facts: one file each in ``facts/``, found because it is there."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from experiments.runner import RunError
from experiments.validation import facts as room
from experiments.validation.fact import Fact


@cache
def facts() -> dict[str, Fact]:
    """Return every fact by its name, ``V1`` first."""
    found = [module.FACT for module in _modules()]
    return {fact.name: fact for fact in sorted(found, key=lambda fact: fact.number)}


@cache
def files() -> dict[str, Path]:
    """Return the file of every fact by the fact's name."""
    return {module.FACT.name: Path(str(module.__file__)) for module in _modules()}


def _modules() -> list[ModuleType]:
    return [import_module(f"{room.__name__}.{module.name}") for module in iter_modules(room.__path__)]


def chosen(only: str) -> list[Fact]:
    """Return the facts that were asked for, in order of their numbers.

    Parameters
    ----------
    only : str
        Names such as ``V12,V13``, in any order; ``12`` and ``v12`` will do. Empty: all.

    Raises
    ------
    RunError
        If there is no such fact; the sentence says which there are.
    """
    known = facts()
    if not only.strip():
        return list(known.values())
    wanted = set()
    for word in only.split(","):
        name = f"V{word.strip().upper().removeprefix('V')}"
        if name not in known:
            raise RunError(f"--only: there is no fact {word.strip() or 'without a number'!r}; there are {', '.join(known)}")
        wanted.add(name)
    return [fact for name, fact in known.items() if name in wanted]
