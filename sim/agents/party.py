"""What every agent of the market has in common: a number, a model, and its state by attribute."""

import weakref
from typing import Any

import mesa


class Party(mesa.Agent):
    """An agent that does not keep its model alive: thousands of markets in one process must be freed as soon as they end."""

    _model: "weakref.ref[mesa.Model]"

    def __init__(self, model: mesa.Model, number: int) -> None:
        super().__init__(model)
        self.unique_id = number
        # Mesa 3.3 counts agents in a table of the class that holds every model ever made.
        getattr(mesa.Agent, "_ids", {}).pop(model, None)

    @property
    def model(self) -> Any:
        """The market that the agent belongs to."""
        found = self._model()
        if found is None:
            raise ReferenceError("the model of this agent is gone; keep a reference to the model while you use its agents")
        return found

    @model.setter
    def model(self, model: mesa.Model) -> None:
        self._model = weakref.ref(model)
