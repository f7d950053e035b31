"""A structural partner: bonds on all three levels, with a relationship manager and single sourcing (Berry & Parasuraman 1991; Jackson 1985)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import Steady


class StructuralPartner(Steady):
    """Integration with customers, a manager for each relation, and one supplier for long.

    The third level of bonds, on top of the other two. The firm builds what is not to be had elsewhere into the customer's own work: slow and
    dear to build, hard to copy, and both a lock and an attraction. One manager calls regularly and speaks for every department, gives advice
    and does not use the power that integration brings. Such a promise can be kept only with suppliers who are partners too.
    """

    kind: Literal["structural_partner"] = "structural_partner"
    sources: ClassVar[tuple[str, ...]] = ("berry1991", "jackson1985")

    integration: float = parameter(0.6, "effort to integrate with customers", unit="share", origin="assumed", low=0.0, high=1.0)
    calls: float = parameter(1.0, "calls of the relationship manager to each customer", unit="contacts/quarter", origin="assumed", low=0.0, high=90.0)
    advice: float = parameter(
        0.5, "how far the relationship manager solves the customer's problem before selling", unit="share", origin="assumed", low=0.0, high=1.0
    )
    single_sourcing: float = parameter(
        1.0, "how far the firm buys from one supplier for long, instead of asking for bids", unit="share", origin="assumed", low=0.0, high=1.0
    )

    @property
    def levers(self) -> Levers:
        """The relational pole towards customers, suppliers and employees, transactional elsewhere, with deeper integration and more calls."""
        base = Levers.at(0.0, markets={"customer": 1.0, "supplier": 1.0, "internal": 1.0})
        return base.but(structural=self.integration, phone=self.calls, advice=self.advice, supplier_partnership=self.single_sourcing)
