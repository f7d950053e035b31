"""Between the poles: a firm anywhere on the continuum from transactional to relational (Gronroos 1994)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategy import Strategy, View


class Continuum(Strategy):
    """Every lever part of the way from the transactional to the relational pole; the knob of sweeps and lessons."""

    kind: Literal["continuum"] = "continuum"
    sources: ClassVar[tuple[str, ...]] = ("gronroos1994",)

    orientation: float = parameter(0.5, "place between the poles: 0 transactional, 1 relational", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def place(self) -> float:
        """The scenario's orientation."""
        return self.orientation

    def decide(self, view: View) -> Levers:
        """Return the levers at the firm's orientation."""
        return Levers.at(self.orientation)
