"""What a strategy is: from what a firm can see to what it does this month."""

from dataclasses import dataclass, field
from typing import ClassVar

from sim.levers import Levers
from sim.rules import Rule


@dataclass(frozen=True)
class Rival:
    """What everybody can see of a rival: its price and share, its published accounts, and what it does in the open.

    Figures are last period's. ``levers`` is what the rival did last period: every lever can be observed by its customers, who talk.
    """

    firm: int
    price: float
    market_share: float
    profit: float
    levers: Levers


@dataclass(frozen=True)
class Page:
    """One period in a firm's own diary: what it did, and what came of it."""

    levers: Levers
    purchases: int
    customers: int
    profit: float
    satisfaction: float


@dataclass(frozen=True)
class View:
    """What a firm knows when it plans a month: its own accounts, and of its rivals what everybody can see.

    Figures are last period's; ``diary`` holds the firm's own past periods, oldest first and last period last (at most two years).
    Before the first month figures are 0, but for the customers of the start, and the diary is empty.
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
    rivals: tuple[Rival, ...]
    diary: tuple[Page, ...] = field(default=())
    market_size: int = 0
    """People in the market, customers of any firm or of none."""
    margin: float = 0.0
    """Contribution over active customers, last period, currency."""
    churn: float = 0.0
    """Share of active customers lost in the last period."""
    acquisition_cost: float = 0.0
    """Cost of acquisition over customers won in the past year, currency; 0 where none was won."""

    @property
    def past(self) -> tuple[int, ...]:
        """Own purchases of the periods before the last, oldest first."""
        return tuple(page.purchases for page in self.diary[:-1])


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
