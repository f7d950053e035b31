"""A customers' club: financial and social bonds, with most of both for the best customers (Berry & Parasuraman 1991)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import RELATIONAL, TRANSACTIONAL, Steady


class SocialClub(Steady):
    """A club for the best customers: a rebate, and people who know the members by name.

    The second level of bonds. It takes a file on every customer, letters and calls by people, and personal attention; rivals copy that more
    slowly than a price. Membership is for the best: what the club gives follows what a customer brings now and may bring later.
    """

    kind: Literal["social_club"] = "social_club"
    sources: ClassVar[tuple[str, ...]] = ("berry1991",)

    rebate: float = parameter(0.02, "rebate to a member of full standing, as a share of the price", unit="share", origin="assumed", low=0.0, high=0.9)
    attention: float = parameter(0.6, "effort to recognise members personally", unit="share", origin="assumed", low=0.0, high=1.0)
    selectivity: float = parameter(
        0.4,
        "how far the club is for the best only; from 0.5 on the firm parts from customers who lose it money",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )

    @property
    def levers(self) -> Levers:
        """The transactional pole with a rebate, personal attention, a file on each customer and its letters and calls, for the best above all."""
        return TRANSACTIONAL.but(
            reward=self.rebate, social=self.attention, portfolio=self.selectivity, crm=RELATIONAL.crm, mail=RELATIONAL.mail, phone=RELATIONAL.phone
        )
