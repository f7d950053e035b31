"""The firm, the marketer of the customer market: its strategy decides, its accounts tell what came of it."""

from collections import deque
from math import isnan

import mesa

from sim.agents.party import Party
from sim.levers import Levers
from sim.parties import FirmSpec
from sim.strategy import Page, View

KEPT = 24
"""Periods that a diary goes back."""


class Firm(Party):
    """A firm: ``strategy`` and ``levers`` of this month, and every measure of last month as an attribute.

    Parameters
    ----------
    model : mesa.Model
        The market.
    number : int
        Its ``unique_id``.
    place : int
        Its place among the scenario's firms, from 0.
    spec : FirmSpec
        What the scenario says of it.
    """

    def __init__(self, model: mesa.Model, number: int, place: int, spec: FirmSpec) -> None:
        super().__init__(model, number)
        self.place = place
        self.name = spec.name
        self.strategy = spec.strategy
        self.levers = Levers.at(0.0)
        self.figures: dict[str, float] = {}
        self.diary: deque[Page] = deque(maxlen=KEPT)

    def plan(self, spec: FirmSpec, view: View) -> Levers:
        """Decide this month's levers: what the strategy says, then the places in single markets and the levers that the scenario holds fixed."""
        self.strategy = spec.strategy
        decided = spec.strategy.decide(view)
        if spec.orientation:
            decided = decided.within(spec.orientation)
        self.levers = decided.but(**spec.fixed) if spec.fixed else decided
        return self.levers

    def close(self, figures: dict[str, float]) -> None:
        """Close a month: its measures, and a page of the diary."""
        self.figures = figures
        told = {name: 0.0 if isnan(value) else value for name, value in figures.items()}
        self.diary.append(Page(self.levers, int(told["purchases"]), int(told["customers"]), told["profit"], told["satisfaction"]))

    def __getattr__(self, name: str) -> float:
        """Return a measure of last month, such as ``firm.market_share``."""
        figures: dict[str, float] = self.__dict__.get("figures", {})
        if name in figures:
            return figures[name]
        raise AttributeError(f"a firm has no {name!r}; its measures are known once a month has passed")
