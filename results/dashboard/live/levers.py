"""The levers that readers move while a market runs: a few with names, each a path of the scenario (Gronroos 1994 for the first)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from results.language import say
from sim.levers import Levers
from sim.scenario import Scenario

FIXED = ("reward", "social", "structural", "email", "dialogue", "complaint_ease", "recovery")
"""Levers of the firm that are held at a value."""


@dataclass(frozen=True)
class Lever:
    """A lever for readers.

    Attributes
    ----------
    name : str
        Its name in orders.
    low, high, step : float
        Its range and grid on the page; the scenario allows more.
    """

    name: str
    low: float
    high: float
    step: float

    @property
    def whole_market(self) -> bool:
        """Whether it is the market's and not one firm's."""
        return self.name in {"information", "switching_cost"}


LEVERS = {
    lever.name: lever
    for lever in (
        Lever("orientation", 0.0, 1.0, 0.05),
        Lever("price", 0.5, 1.5, 0.01),
        Lever("reward", 0.0, 0.2, 0.01),
        Lever("social", 0.0, 1.0, 0.05),
        Lever("structural", 0.0, 1.0, 0.05),
        Lever("email", 0.0, 30.0, 1.0),
        Lever("dialogue", 0.0, 1.0, 0.05),
        Lever("complaint_ease", 0.0, 1.0, 0.05),
        Lever("recovery", 0.0, 1.0, 0.05),
        Lever("information", 0.0, 1.0, 0.05),
        Lever("switching_cost", 0.0, 3.0, 0.1),
    )
}


def text(name: str) -> str:
    """Return what a lever is called, in the reader's language."""
    return {
        "orientation": say("Orientation: 0 transactional, 1 relational"),
        "price": say("List price, times the scenario's"),
        "reward": say("Financial bond: rebate to members (share of the price)"),
        "social": say("Social bond: recognising customers in person"),
        "structural": say("Structural bond: integration with customers"),
        "email": say("Contact: e-mails a quarter"),
        "dialogue": say("Contact: share that asks and listens"),
        "complaint_ease": say("Complaints: how easy to make"),
        "recovery": say("Complaints: how well made good"),
        "information": say("Information: what customers can compare"),
        "switching_cost": say("Switching cost (units of utility)"),
    }[name]


def reading(scenario: Scenario, base: Scenario, planned: Levers, firm: int) -> dict[str, float]:
    """Return where the levers stand.

    Parameters
    ----------
    scenario : Scenario
        As it stands in the coming month.
    base : Scenario
        As it was at the start, for the price.
    planned : Levers
        What the firm did last month.
    firm : int
        Its place.

    Returns
    -------
    dict
        A number for each of :data:`LEVERS`.
    """
    spec = scenario.firms[firm]
    start = base.firms[firm].price
    place = spec.strategy.place
    # A place on the continuum says what will be done; what another strategy will do, only the coming month tells.
    levers = (Levers.at(place) if spec.strategy.kind == "continuum" else planned).but(**spec.fixed)
    found = {"orientation": place, "price": spec.price / start if start else 1.0}
    found |= {name: float(getattr(levers, name)) for name in FIXED}
    found |= {"information": scenario.market.transparency, "switching_cost": scenario.market.switching_cost}
    return {name: round(float(found[name]), 6) for name in LEVERS}


def changes(moved: Mapping[str, Any], base: Scenario, firm: int) -> dict[str, Any]:
    """Return the values by path of the scenario that moved levers stand for.

    Parameters
    ----------
    moved : mapping
        Values by lever.
    base : Scenario
        As it was at the start, for the price.
    firm : int
        The firm's place.

    Raises
    ------
    ValueError
        If there is no such lever, or a value is outside its range: it comes from a browser, so anything may stand there.
    """
    found: dict[str, Any] = {}
    for name, given in moved.items():
        lever = LEVERS.get(name)
        if lever is None or isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given):
            raise ValueError(f"{name!r}: there is no such lever, or {given!r} is not a number")
        if not lever.low <= given <= lever.high:
            raise ValueError(f"{name}: {given} is not between {lever.low} and {lever.high}")
        value = float(given)
        if name == "orientation":
            found[f"firms.{firm}.strategy"] = {"kind": "continuum", "orientation": value}
        elif name == "price":
            found[f"firms.{firm}.price"] = round(value * base.firms[firm].price, 6)
        elif name in FIXED:
            found[f"firms.{firm}.fixed.{name}"] = value
        else:
            found["market.transparency" if name == "information" else "market.switching_cost"] = value
    return found
