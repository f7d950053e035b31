"""How a strategy looks, the same in every figure: a colour, a dash and a mark that no other strategy has together."""

from collections.abc import Iterable
from typing import Any

# The palette of Okabe and Ito (2008), made to be told apart with every kind of colour vision.
ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#7F7F7F"
PALE, DARK_GREEN, LIGHT_GREEN = "#C9CCD1", "#00664A", "#7FCFB6"
"""For parts of a whole, which must not be taken for a strategy: no blue, no orange."""

STRATEGIES: dict[str, tuple[str, str]] = {
    "transactional": (ORANGE, "dash"),
    "relational": (BLUE, "solid"),
    "continuum": (GREEN, "dashdot"),
    "loyalty_programme": (PURPLE, "dot"),
    "social_club": (SKY, "longdash"),
    "structural_partner": (VERMILION, "longdashdot"),
    "mass": (VERMILION, "dot"),
    "relationship_selling": (ORANGE, "dot"),
    "budget_split": (GREY, "dash"),
    "database_only": (PURPLE, "dash"),
    "loyalty_only": (PURPLE, "longdashdot"),
    "basic": (SKY, "dot"),
    "personalised": (SKY, "dash"),
    "interactive": (SKY, "dashdot"),
    "co_creative": (SKY, "solid"),
    "partnering": (GREEN, "longdash"),
    "portfolio": (BLUE, "longdash"),
    "imitator": (GREY, "dot"),
    "best_response": (GREY, "longdashdot"),
}
"""Colour and dash of a strategy: warm colours sell, blue ones relate, grey ones follow others."""
MARKS: dict[str, str] = {
    "transactional": "square", "relational": "circle", "continuum": "diamond", "loyalty_programme": "star", "social_club": "hexagon2",
    "structural_partner": "pentagon", "mass": "square-open", "relationship_selling": "triangle-up", "budget_split": "cross", "database_only": "x",
    "loyalty_only": "star-open", "basic": "triangle-down", "personalised": "triangle-right", "interactive": "triangle-left",
    "co_creative": "hourglass", "partnering": "bowtie", "portfolio": "circle-open", "imitator": "diamond-open", "best_response": "cross-open",
}  # fmt: skip
"""The mark of a strategy on its lines and points."""
OTHERS = ((GREEN, "dot"), (PURPLE, "dashdot"), (SKY, "dot"), (VERMILION, "dash"), (GREY, "longdash"), (GREY, "dot"))
OTHER_MARKS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "star", "cross", "x", "pentagon", "hexagon2")


def look(strategy: str) -> tuple[str, str]:
    """Return the colour and the dash of a strategy or another named group; the same for the same name, always."""
    if strategy in STRATEGIES:
        return STRATEGIES[strategy]
    return OTHERS[sum(strategy.encode()) % len(OTHERS)]


def looks(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return a look for each name: its own where it has one, else one that no other of these names has."""
    listed = list(names)
    given = {name: STRATEGIES[name] for name in listed if name in STRATEGIES}
    free = [pair for pair in (*OTHERS, *STRATEGIES.values()) if pair not in given.values()]
    for number, name in enumerate(sorted(set(listed) - set(given))):
        given[name] = free[number % len(free)]
    return given


def mark(name: str) -> str:
    """Return the mark of a strategy or another named group; the same for the same name, always."""
    return MARKS.get(name) or OTHER_MARKS[sum(name.encode()) % len(OTHER_MARKS)]


PATTERNS = {"solid": "", "dash": "/", "dot": ".", "dashdot": "x", "longdash": "\\", "longdashdot": "+"}
"""How a dash looks where an area is filled."""


def hatched(shape: str) -> dict[str, Any]:
    """Return the pattern that lies over a bar's colour, so that bars differ in grey as lines do.

    Parameters
    ----------
    shape : str
        Plotly's sign of the pattern, such as ``/``; empty for none. :data:`PATTERNS` has those that go with dashes.
    """
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "#202124", "fgopacity": 0.55, "solidity": 0.12, "size": 7}
