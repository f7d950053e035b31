"""A loyalty programme: the financial bond alone, on top of transactional marketing (Berry & Parasuraman 1991; Dowling & Uncles 1997)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import TRANSACTIONAL, Steady


class LoyaltyProgramme(Steady):
    """Points for purchases, worth a rebate to members; all else as a transactional firm does it.

    The first level of bonds. It works at once and needs nothing but money, so it binds only as long as rivals do not match it, and it is
    given to those who would have bought anyway: that is why Dowling and Uncles ask whether such programmes really work.
    """

    kind: Literal["loyalty_programme"] = "loyalty_programme"
    sources: ClassVar[tuple[str, ...]] = ("berry1991", "dowling1997")

    rebate: float = parameter(
        0.04, "what points are worth to a member of full standing, as a share of the price", unit="share", origin="assumed", low=0.0, high=0.9
    )

    @property
    def levers(self) -> Levers:
        """The transactional pole with a rebate to members."""
        return TRANSACTIONAL.but(reward=self.rebate)
