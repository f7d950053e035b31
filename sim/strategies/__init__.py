"""Strategies: what firms do, one file each (Gronroos 1994). A file here is found because it is there; what several share stands here."""

from sim.levers import Levers, market_of
from sim.strategy import Strategy, View

TRANSACTIONAL, RELATIONAL = Levers.at(0.0), Levers.at(1.0)
"""The two poles of the continuum."""
TELLING = tuple(name for name in Levers.model_fields if market_of(name) == "customer" and getattr(TRANSACTIONAL, name) != getattr(RELATIONAL, name))
"""The levers by which a firm's place towards its customers can be told: those that differ between the poles."""


def places(levers: Levers) -> list[float]:
    """Return where each of the :data:`TELLING` levers stands: 0 at the transactional pole, 1 at the relational one, beyond them outside."""
    low, high = TRANSACTIONAL, RELATIONAL
    return [(getattr(levers, name) - getattr(low, name)) / (getattr(high, name) - getattr(low, name)) for name in TELLING]


def place_of(levers: Levers) -> float:
    """Return the place of a set of levers on the continuum, in [0, 1].

    It is the mean over the customer market's levers, each held between the poles: the continuum is one of relations with customers, and a
    firm that is relational to everybody else is still transactional to them.
    """
    held = [min(max(place, 0.0), 1.0) for place in places(levers)]
    return sum(held) / len(held)


class Steady(Strategy):
    """A strategy that does the same every month, whatever it sees."""

    @property
    def levers(self) -> Levers:
        """What the firm does every month."""
        raise NotImplementedError

    @property
    def place(self) -> float:
        """Mean place of its levers towards customers."""
        return place_of(self.levers)

    def decide(self, view: View) -> Levers:
        """Return the same levers every month."""
        return self.levers
