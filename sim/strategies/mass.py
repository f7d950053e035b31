"""Mass marketing: one offer and one message for everybody (McCarthy 1960), the ordinary marketing that relationship marketing is set against."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import TRANSACTIONAL, Steady


class Mass(Steady):
    """Broadcast advertising, one offer for all, no database and no contact with anybody in particular.

    The marketing mix in its purest form: a product, a price, a place and a promotion. It neither discounts at need nor poaches nor writes to
    anyone, so what it wins it wins by being known.
    """

    kind: Literal["mass"] = "mass"
    sources: ClassVar[tuple[str, ...]] = ("mccarthy1960", "gronroos1994")

    advertising: float = parameter(
        0.0024, "spent on broadcast advertising for each customer in the market", unit="currency/month", origin="assumed", low=0.0, high=100.0
    )
    promise: float = parameter(0.08, "how far advertising promises more than is delivered", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def levers(self) -> Levers:
        """The transactional pole with more advertising, and without any contact or offer to single customers."""
        return TRANSACTIONAL.but(advertising=self.advertising, promise=self.promise, mail=0.0, email=0.0, poaching=0.0)
