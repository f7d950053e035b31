"""Database marketing alone: the technology of relations without the conduct (Rigby, Reichheld & Schefter 2002)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import TRANSACTIONAL, Steady


class DatabaseOnly(Steady):
    """A big database and letters and e-mails by system; no dialogue, no trained people, little service.

    It knows its customers and does nothing with it that they would notice: contacts are cheap and cool, nobody asks, nobody is taught to
    answer. Relations are culture and the whole staff's service, so the tool without the conduct is expected to bring about nothing.
    """

    kind: Literal["database_only"] = "database_only"
    sources: ClassVar[tuple[str, ...]] = ("blattberg2008", "rigby2002")

    spending: float = parameter(0.008, "spent on the database for each customer on it", unit="currency/month", origin="assumed", low=0.0, high=100.0)
    mail: float = parameter(4.0, "letters to each customer on the database", unit="contacts/quarter", origin="assumed", low=0.0, high=90.0)
    email: float = parameter(4.0, "e-mails to each customer on the database", unit="contacts/quarter", origin="assumed", low=0.0, high=90.0)
    automation: float = parameter(0.9, "share of contacts made by systems", unit="share", origin="assumed", low=0.0, high=1.0)
    service: float = parameter(0.4, "level of additional services", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def levers(self) -> Levers:
        """The transactional pole with the database and its sendings, and without training."""
        return TRANSACTIONAL.but(crm=self.spending, mail=self.mail, email=self.email, automation=self.automation, service=self.service, training=0.0)
