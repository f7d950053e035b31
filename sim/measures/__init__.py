"""Measures: what is observed of the market, one family a file. A function with ``@measure`` is found because it is there."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sim.record import Record, Values


@dataclass(frozen=True)
class Measure:
    """A declared measure: how it is computed, and everything that tables, labels and the data dictionary need."""

    name: str
    label: str
    chinese: str
    unit: str
    meaning: str
    source: str
    low: float
    high: float
    family: str
    function: Callable[[Record], Values]


_FOUND: dict[str, Measure] = {}

Compute = Callable[[Record], Values]


def measure(
    *, label: str, chinese: str, unit: str, source: str = "", low: float = float("-inf"), high: float = float("inf")
) -> Callable[[Compute], Compute]:
    """Declare a measure of each firm and month; the function's first line of documentation is its meaning.

    Parameters
    ----------
    label, chinese : str
        What tables and figures call it, in English and in Simplified Chinese.
    unit : str
        ``customers``, ``purchases``, ``share``, ``share/period``, ``currency``, ``ratio`` and so on.
    source : str
        Key of ``sources.toml``.
    low, high : float
        Range outside which a value is an error.
    """

    def register(function: Compute) -> Compute:
        meaning = (function.__doc__ or "").strip().splitlines()[0]
        family = function.__module__.rpartition(".")[2]
        name = function.__name__
        _FOUND[name] = Measure(name, label, chinese, unit, meaning, source, low, high, family, function)
        return function

    return register


@cache
def _import_families() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def measures() -> dict[str, Measure]:
    """Return every declared measure by name, in the order of families and declaration."""
    _import_families()
    return dict(_FOUND)
