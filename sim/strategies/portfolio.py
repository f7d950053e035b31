"""The customer portfolio: a relational firm that gives by customer value and not by product (Blattberg, Getz & Thomas 2001)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import RELATIONAL, Steady


class CustomerPortfolio(Steady):
    """A relational firm whose effort follows each customer's current and future value.

    Rebates, offers and contacts are reward and investment for those who bring much now and later, as usual for those who bring much now, less
    for those who may bring much later, and nothing for the others: with half of the lever or more, the firm parts from those who lose it
    money. To tell customers apart takes a better database than kindness to all does.
    """

    kind: Literal["portfolio"] = "portfolio"
    sources: ClassVar[tuple[str, ...]] = ("blattberg2001", "reinartz2003")

    focus: float = parameter(0.8, "how far effort follows customer value; 0: all alike", unit="share", origin="assumed", low=0.0, high=1.0)
    database: float = parameter(0.006, "spent on the database for each customer on it", unit="currency/month", origin="assumed", low=0.0, high=100.0)

    @property
    def levers(self) -> Levers:
        """The relational pole with effort by customer value, and the database that it takes."""
        return RELATIONAL.but(portfolio=self.focus, crm=self.database)
