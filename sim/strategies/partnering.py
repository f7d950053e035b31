"""Partnering: relations with suppliers, distributors and rivals, and transactions with customers (Morgan & Hunt 1994)."""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import Steady


class Partnering(Steady):
    """Long ties with suppliers and distributors, alliances with rivals; customers meet a transactional firm.

    Four of the ten partnerships of Morgan and Hunt, and not that with the ultimate customer. Goods may become cheaper, better and easier to
    find, and price wars fewer; nothing of it binds a customer, which is why partnering alone is not relationship marketing.
    """

    kind: Literal["partnering"] = "partnering"
    sources: ClassVar[tuple[str, ...]] = ("morgan1994",)

    partnership: float = parameter(
        1.0, "place on the continuum towards suppliers, distributors and rivals", unit="share", origin="assumed", low=0.0, high=1.0
    )
    alliance: float = parameter(0.8, "readiness to ally with rivals", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def levers(self) -> Levers:
        """The transactional pole but towards suppliers, distributors and rivals."""
        at = self.partnership
        return Levers.at(0.0, markets={"supplier": at, "distributor": at, "competitor": at}).but(alliance=self.alliance)
