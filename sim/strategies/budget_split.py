"""A budget parted between winning and keeping customers (Blattberg & Deighton 1996; Reinartz, Thomas & Kumar 2005)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategy import Strategy, View

FACE_VALUE = 6.0  # assumed: the ratio that is handed down is taken to be the one at which the market's advertising costs what it costs
"""The cost ratio at which a unit of money buys a unit of advertising."""
_MOST = 100.0
"""Most advertising that the lever allows, currency per customer in the market and month."""


class BudgetSplit(Strategy):
    """A fixed budget, one part for advertising and the other for relational effort towards the customers whom the firm has.

    To find how much of a budget should keep customers instead of winning them, sweep ``retention_share``; to find how the answer depends on
    what winning costs, sweep ``cost_ratio`` too.

    How money becomes levers: the part for retention, over the firm's customers, buys every lever of the customer market the same part of the
    way to the relational pole: service, database, contacts, bonds, complaints. ``full_effort`` buys all of it; money beyond that is not spent.
    The part for acquisition buys advertising, times 6 over ``cost_ratio``: where winning a customer costs more times what keeping one
    costs, the same money wins fewer.

    Limits: accounts charge what the levers cost. For retention that is the budget only as far as ``full_effort`` is what full effort costs
    in the scenario; for acquisition it is the budget only at a ratio of 6. Elsewhere take ``uncharged`` off the profit, for each customer in
    the market and month.
    """

    kind: Literal["budget_split"] = "budget_split"
    sources: ClassVar[tuple[str, ...]] = ("blattberg1996", "reinartz2005")

    budget: float = parameter(0.004, "budget for each customer in the market", unit="currency/month", origin="assumed", low=0.0, high=10.0)
    retention_share: float = parameter(0.5, "part of the budget that is to keep customers", unit="share", origin="assumed", low=0.0, high=1.0)
    cost_ratio: float = parameter(6.0, "cost of winning a customer over the cost of keeping one", unit="ratio", origin="assumed", low=1.0, high=100.0)
    full_effort: float = parameter(
        0.04,
        "cost of full relational effort, above the transactional pole, for each own customer",
        unit="currency/month",
        origin="assumed",
        low=1e-6,
        high=1e3,
    )

    @property
    def place(self) -> float:
        """The part of the budget that is to keep customers."""
        return self.retention_share

    @property
    def uncharged(self) -> float:
        """Money lost on winning customers that no lever charges, currency per customer in the market and month; below a ratio of 6 negative."""
        return self.budget * (1.0 - self.retention_share) * (1.0 - FACE_VALUE / self.cost_ratio)

    def decide(self, view: View) -> Levers:
        """Return what each part of the budget buys with as many customers as the firm has."""
        keeping = self.retention_share * self.budget * view.market_size
        winning = (1.0 - self.retention_share) * self.budget * FACE_VALUE / self.cost_ratio
        effort = min(keeping / (self.full_effort * max(view.customers, 1)), 1.0)
        return Levers.at(0.0, markets={"customer": effort}).but(advertising=min(winning, _MOST))
