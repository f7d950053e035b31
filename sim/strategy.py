"""What a strategy is: from what a firm can see to what it does this month."""

from dataclasses import dataclass, field
from typing import ClassVar

from sim.levers import Levers
from sim.rules import Rule


@dataclass(frozen=True)
class View:
    """What a firm knows when it plans a month: its own accounts, and of its rivals what everybody can see.

    Figures are last period's; ``past`` holds the firm's own purchases of the periods before, oldest first.
    """

    month: int
    firm: int
    price: float
    unit_cost: float
    customers: int
    purchases: int
    profit: float
    market_share: float
    satisfaction: float
    complaints: int
    rival_prices: tuple[float, ...]
    rival_shares: tuple[float, ...]
    past: tuple[int, ...] = field(default=())


class Strategy(Rule):
    """A firm's way of doing business: a frozen object whose ``decide`` is a pure function of the view.

    A subclass declares ``kind: Literal["my_strategy"] = "my_strategy"`` and parameters with :func:`sim.rules.parameter`.
    ``place`` says where on the continuum it stands: it is what tables and figures group by.
    """

    slot: ClassVar[str] = "strategy"

    @property
    def place(self) -> float:
        """Place on Gronroos' continuum, 0 transactional to 1 relational."""
        raise NotImplementedError

    def decide(self, view: View) -> Levers:
        """Return the levers for this month.

        Parameters
        ----------
        view : View
            What the firm can know; nothing else is available to it.
        """
        raise NotImplementedError
