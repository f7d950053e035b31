"""Customers as Mesa agents: a view of one row, made only when asked for."""

from typing import Any

import mesa

from sim.agents.party import Party
from sim.customers import Block, columns


class Customer(Party):
    """One customer: reads and writes her row. Attitudes towards firms are arrays, one number per firm.

    Made by ``model.agents_by_type[Customer]``; not registered with Mesa, so that a million customers cost no more than their columns.
    """

    def __init__(self, model: mesa.Model, number: int, block: Block, row: int) -> None:
        object.__setattr__(self, "_block", block)
        object.__setattr__(self, "_row", row)
        self.model = model
        self.unique_id = number
        self.pos = None

    @property
    def segment(self) -> str:
        """Name of her segment."""
        return str(self.model.scenario.segments[self._block.segment].name)

    def __getattr__(self, name: str) -> Any:
        """Return her value in a column: a number, or one number per firm."""
        if name in columns():
            return getattr(self._block, name)[..., self._row]
        raise AttributeError(f"a customer has no {name!r}; columns: {', '.join(columns())}")

    def __setattr__(self, name: str, value: Any) -> None:
        """Set her value in a column."""
        if name in columns():
            getattr(self._block, name)[..., self._row] = value
        else:
            super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        """Two views of one row are one customer."""
        return isinstance(other, Customer) and other.unique_id == self.unique_id and other._block is self._block

    def __hash__(self) -> int:
        """Hash by number."""
        return hash(self.unique_id)
