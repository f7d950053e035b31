"""Transactional marketing: each sale counts for itself (the pole that Gronroos 1994 calls marketing-mix management)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategy import Strategy, View


class Transactional(Strategy):
    """Discounts at need, loud promises, little service after the sale, complaints kept away."""

    kind: Literal["transactional"] = "transactional"
    sources: ClassVar[tuple[str, ...]] = ("gronroos1994",)

    discount_depth: float = parameter(0.10, "discount given in a month when one is needed", unit="share", origin="assumed", low=0.0, high=0.9)
    tolerance: float = parameter(
        0.03,
        "fall of purchases below the average of the three periods before that calls for a discount",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )

    @property
    def place(self) -> float:
        """The transactional pole."""
        return 0.0

    def decide(self, view: View) -> Levers:
        """Return the transactional pole, with a discount when last month's sales fell behind the three periods before."""
        levers = Levers.at(0.0)
        quarter = view.past[-3:]
        if quarter and view.purchases < (1.0 - self.tolerance) * sum(quarter) / len(quarter):
            levers = levers.but(discount=self.discount_depth)
        return levers
