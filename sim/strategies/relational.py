"""Relationship marketing: keep and deepen relations, and let sales follow from them (Berry 1983; Gronroos 1994)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.strategy import Strategy, View


class Relational(Strategy):
    """Steady price, modest promises, high service, a database, dialogue, bonds on three levels, complaints welcomed."""

    kind: Literal["relational"] = "relational"
    sources: ClassVar[tuple[str, ...]] = ("berry1983", "gronroos1994")

    @property
    def place(self) -> float:
        """The relational pole."""
        return 1.0

    def decide(self, view: View) -> Levers:
        """Return the relational pole, whatever last month's sales were."""
        return Levers.at(1.0)
