"""Imitation: take over what the most profitable rival does, as fast as each level of bonds can be copied (Lieberman & Asaba 2006)."""

from typing import ClassVar, Literal

from sim.levers import Levers, market_of
from sim.rules import parameter
from sim.strategy import Strategy, View

FINANCIAL = frozenset({"discount", "advertising", "reward", "save_offer", "poaching", "price_matching"})
"""What money alone can do: seen today, done tomorrow."""
STRUCTURAL = frozenset(
    {"structural", "participation", "innovation", "imitation", "alliance"}
    | {name for name in Levers.model_fields if market_of(name) in ("supplier", "distributor", "influencer")}
)
"""What must be built together with others. Everything else is what a firm's own people do: the social level."""


class Imitator(Strategy):
    """Looks at the most profitable rival now and then, and takes over its levers level by level.

    Prices and rebates are copied at once, what people do slowly, and what is built with customers and partners hardly: that is why the higher
    bonds protect whoever has them. Between two looks, and while no rival earns more, it goes on as it is. Its memory is its own diary:
    what it did last is where it starts from.
    """

    kind: Literal["imitator"] = "imitator"
    sources: ClassVar[tuple[str, ...]] = ("berry1991", "lieberman2006")

    start: float = parameter(0.0, "place on the continuum before there is anyone to imitate", unit="share", origin="assumed", low=0.0, high=1.0)
    lag: int = parameter(3, "from one look at rivals to the next", unit="periods", origin="assumed", low=1, high=120)
    financial: float = parameter(
        1.0, "part of the way to the rival that prices, rebates and advertising go at a look", unit="share", origin="assumed", low=0.0, high=1.0
    )
    social: float = parameter(0.15, "part of the way that the conduct of people goes at a look", unit="share", origin="assumed", low=0.0, high=1.0)
    structural: float = parameter(
        0.02, "part of the way that goes at a look what is built with customers and partners", unit="share", origin="assumed", low=0.0, high=1.0
    )

    @property
    def place(self) -> float:
        """Where it starts; where it goes depends on its rivals."""
        return self.start

    def decide(self, view: View) -> Levers:
        """Return last period's levers, moved towards those of the most profitable rival when it is time to look."""
        own = view.diary[-1].levers if view.diary else Levers.at(self.start)
        # A rival that sells nothing, because it is not there yet or no more, is nobody's model.
        selling = [rival for rival in view.rivals if rival.market_share > 0.0]
        if not selling or (view.month - 1) % self.lag != 0:
            return own
        best = max(selling, key=lambda rival: (rival.profit, -rival.firm))
        if best.profit <= view.profit:
            return own
        return own.but(**{name: _towards(getattr(own, name), getattr(best.levers, name), self._pace(name)) for name in Levers.model_fields})

    def _pace(self, name: str) -> float:
        if name in FINANCIAL:
            return self.financial
        return self.structural if name in STRUCTURAL else self.social


def _towards(here: float, there: float, part: float) -> float:
    """Return the point a part of the way, never beyond either end by a rounding."""
    point = (1.0 - part) * here + part * there
    return min(max(point, min(here, there)), max(here, there))
