"""Relationship selling: the seller's charm in the service of the sale (Crosby, Evans & Cowles 1990; Saxe & Weitz 1982)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import TRANSACTIONAL, Steady


class RelationshipSelling(Steady):
    """Charm, calls and pressure up to the signature; little advice, big promises and hardly any service after it.

    It looks like relationship marketing to whoever sees the seller only. Personal attention builds a social bond, but it serves this sale:
    what customers regret, and promises that are not kept, undo the trust that charm has won.
    """

    kind: Literal["relationship_selling"] = "relationship_selling"
    sources: ClassVar[tuple[str, ...]] = ("crosby1990", "saxe1982")

    charm: float = parameter(0.7, "the seller's effort to be close to the customer", unit="share", origin="assumed", low=0.0, high=1.0)
    calls: float = parameter(1.0, "the seller's calls to each customer on file", unit="contacts/quarter", origin="assumed", low=0.0, high=90.0)
    pressure: float = parameter(0.6, "how hard the seller presses for the sale", unit="share", origin="assumed", low=0.0, high=1.0)
    advice: float = parameter(0.1, "time spent on the customer's problem", unit="share", origin="assumed", low=0.0, high=1.0)
    overpromise: float = parameter(0.15, "how far more is promised than is delivered", unit="share", origin="assumed", low=0.0, high=1.0)
    aftercare: float = parameter(0.3, "level of service once the sale is made", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def levers(self) -> Levers:
        """The transactional pole with what the seller does, and with less service."""
        return TRANSACTIONAL.but(
            social=self.charm, phone=self.calls, pressure=self.pressure, advice=self.advice, promise=self.overpromise, service=self.aftercare
        )
