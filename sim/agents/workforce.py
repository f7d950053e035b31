"""The workforce: the employees of one firm, by department (internal market)."""

from typing import Any

import mesa

from sim.agents.party import Party
from sim.dyads import Dyads


class Workforce(Party):
    """The employees of one firm: ``workforce.satisfaction``, ``workforce.skill`` and so on, one number per department.

    Parameters
    ----------
    model : mesa.Model
        The market.
    number : int
        Its ``unique_id``.
    dyads : Dyads
        The relations of all firms with their departments.
    place : int
        The firm's place, from 0.
    """

    def __init__(self, model: mesa.Model, number: int, dyads: Dyads, place: int) -> None:
        object.__setattr__(self, "_dyads", dyads)
        object.__setattr__(self, "place", place)
        super().__init__(model, number)
        self.name = str(model.scenario.firms[place].name)
        self.departments = dyads.names

    def __getattr__(self, name: str) -> Any:
        """Return a column of its departments: one number for each."""
        dyads: Dyads | None = self.__dict__.get("_dyads")
        if dyads is not None and name in dict(dyads):
            return getattr(dyads, name)[self.place]
        raise AttributeError(f"a workforce has no {name!r}; columns: {', '.join(dict(dyads or ()))}")

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a column of its departments."""
        dyads: Dyads | None = self.__dict__.get("_dyads")
        if dyads is not None and name in dict(dyads):
            getattr(dyads, name)[self.place] = value
        else:
            super().__setattr__(name, value)

    @property
    def employees(self) -> float:
        """Staff in all departments."""
        return float(self.volume.sum())
