"""Loyalty at any price: to keep everyone, whoever is worth it (Reinartz & Kumar 2002)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import RELATIONAL, TRANSACTIONAL, place_of
from sim.strategy import Strategy, View


class LoyaltyOnly(Strategy):
    """Rewards for all, and an offer to everyone who seems to be leaving, the bigger the more leave.

    It takes loyalty for the aim and not for a means. Its database tells who may be leaving and not who is worth keeping, so it pays the
    unprofitable to stay; and it answers a rise of churn with money, since it does not ask for causes.
    """

    kind: Literal["loyalty_only"] = "loyalty_only"
    sources: ClassVar[tuple[str, ...]] = ("reinartz2002",)

    reward: float = parameter(0.06, "rebate to members of full standing, as a share of the price", unit="share", origin="assumed", low=0.0, high=0.9)
    save_offer: float = parameter(
        0.1, "rebate offered to those thought to be leaving, as a share of the price", unit="share", origin="assumed", low=0.0, high=0.9
    )
    insistence: float = parameter(
        1.0, "how much more is offered for each unit of last period's churn", unit="ratio", origin="assumed", low=0.0, high=100.0
    )

    @property
    def place(self) -> float:
        """Mean place of its levers towards customers in a month after nobody left."""
        return place_of(self._levers(0.0))

    def decide(self, view: View) -> Levers:
        """Return rewards, and save offers that grow with last period's churn up to the whole price that may be given back."""
        return self._levers(view.churn)

    def _levers(self, churn: float) -> Levers:
        # 0.9 is the most that the lever allows.
        return TRANSACTIONAL.but(reward=self.reward, save_offer=min(self.save_offer + self.insistence * churn, 0.9), crm=RELATIONAL.crm)
