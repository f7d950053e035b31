"""What the agents of the other five markets have in common: a column of their market's dyads, one number per firm."""

from typing import Any

import mesa

from sim.agents.party import Party
from sim.dyads import Dyads


class Partner(Party):
    """A partner of the firms: reads and writes its column of the dyads; ``supplier.trust`` is its trust in each firm, one number per firm.

    Parameters
    ----------
    model : mesa.Model
        The market.
    number : int
        Its ``unique_id``.
    dyads : Dyads
        The relations of its market.
    place : int
        Its place among the partners, from 0.
    """

    def __init__(self, model: mesa.Model, number: int, dyads: Dyads, place: int) -> None:
        object.__setattr__(self, "_dyads", dyads)
        object.__setattr__(self, "place", place)
        super().__init__(model, number)
        self.name = dyads.names[place]
        self.partnership = dyads.kinds[place]
        """Which of the ten partnerships it is (Morgan & Hunt 1994)."""

    def __getattr__(self, name: str) -> Any:
        """Return its side of the relations with the firms: one number per firm."""
        dyads: Dyads | None = self.__dict__.get("_dyads")
        if dyads is not None and name in dict(dyads):
            return getattr(dyads, name)[:, self.place]
        raise AttributeError(f"{type(self).__name__} has no {name!r}; columns: {', '.join(dict(dyads or ()))}")

    def __setattr__(self, name: str, value: Any) -> None:
        """Set its side of the relations with the firms."""
        dyads: Dyads | None = self.__dict__.get("_dyads")
        if dyads is not None and name in dict(dyads):
            getattr(dyads, name)[:, self.place] = value
        else:
            super().__setattr__(name, value)
