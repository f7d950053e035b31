"""Mesa's view of a million customers: the verbs of an AgentSet, answered on columns."""

import weakref
from collections.abc import Callable, Iterator
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet
from numpy.typing import NDArray

from sim.agents.customer import Customer
from sim.customers import Block, columns
from sim.draws import Luck
from sim.units import Table

SAMPLE = 2_000
"""Customers in the table of final states; all, where there are fewer."""


class CustomerSet:
    """Customers of a market, all or some: ``len``, iteration, ``select``, ``get``, ``set``, ``agg``, ``groupby``, ``do``, ``map``.

    Parameters
    ----------
    model : mesa.Model
        The market; not kept alive by this set.
    blocks : list of Block
        Its customers.
    numbers : ndarray of int64, optional
        Which of them, from 0; all where not given.
    """

    def __init__(self, model: mesa.Model, blocks: list[Block], numbers: NDArray[np.int64] | None = None) -> None:
        self._blocks = blocks
        self._firsts = np.array([block.first for block in blocks])
        total = blocks[-1].first + blocks[-1].n
        self._numbers = np.arange(total) if numbers is None else numbers
        self._model = weakref.ref(model)

    @property
    def model(self) -> Any:
        """The market."""
        found = self._model()
        if found is None:
            raise ReferenceError("the model of these customers is gone; keep a reference to the model while you use its agents")
        return found

    def __len__(self) -> int:
        """Return how many customers these are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[Customer]:
        """Make one agent after the other."""
        return (self._customer(int(number)) for number in self._numbers)

    def __getitem__(self, item: int | slice) -> Customer | list[Customer]:
        """Return one customer, or a list of some, by place."""
        if isinstance(item, slice):
            return [self._customer(int(number)) for number in self._numbers[item]]
        return self._customer(int(self._numbers[item]))

    def __contains__(self, agent: object) -> bool:
        """Say whether an agent is one of these customers."""
        return isinstance(agent, Customer) and agent.model == self.model and agent.unique_id - 1 in self._numbers

    def _customer(self, number: int) -> Customer:
        block = self._blocks[int(np.searchsorted(self._firsts, number, side="right")) - 1]
        return Customer(self.model, number + 1, block, number - block.first)

    def get(self, names: str | list[str]) -> NDArray[Any] | list[NDArray[Any]]:
        """Return one column, or several: one number per customer, or for relations one row per customer with a number per firm."""
        if isinstance(names, list):
            return [np.asarray(self.get(name)) for name in names]
        if names == "unique_id":
            return self._numbers + 1
        if names == "segment":
            titles = np.array([segment.name for segment in self.model.scenario.segments], object)
            return np.concatenate([np.full(block.n, titles[block.segment], object) for block in self._blocks])[self._numbers]
        if names not in columns():
            raise AttributeError(f"customers have no {names!r}; columns: {', '.join(columns())}")
        return np.concatenate([getattr(block, names).T for block in self._blocks])[self._numbers]

    def set(self, name: str, value: Any) -> "CustomerSet":
        """Set a column: one value for all, or one (or one row) per customer."""
        if name not in columns():
            raise AttributeError(f"customers have no column {name!r}; columns: {', '.join(columns())}")
        whole = np.concatenate([getattr(block, name).T for block in self._blocks])
        whole[self._numbers] = value
        for block in self._blocks:
            getattr(block, name)[...] = whole[block.first : block.first + block.n].T
        return self

    def select(self, which: Callable[[Customer], bool] | NDArray[np.bool_] | None = None, at_most: float = np.inf) -> "CustomerSet":
        """Return the customers for whom ``which`` holds: a condition on a customer, or an array of yes and no (much faster).

        ``at_most`` keeps the first so many of them; a float up to 1.0 is a part of all these customers, as in Mesa.
        """
        if which is None:
            keep = np.ones(len(self), bool)
        else:
            keep = which if isinstance(which, np.ndarray) else np.array([bool(which(customer)) for customer in self], bool)
        if keep.shape != self._numbers.shape:
            raise ValueError(f"select: {keep.shape} answers for {len(self)} customers; one yes or no for each is needed")
        chosen = self._numbers[keep]
        if at_most == np.inf:
            return CustomerSet(self.model, self._blocks, chosen)
        most = int(len(self) * at_most) if type(at_most) is float and at_most <= 1.0 else int(at_most)
        return CustomerSet(self.model, self._blocks, chosen[:most])

    def agg(self, name: str, function: Callable[[NDArray[Any]], Any]) -> Any:
        """Return a function of a column."""
        return function(np.asarray(self.get(name)))

    def groupby(self, name: str) -> dict[Any, "CustomerSet"]:
        """Return the customers by their value in a column of one number per customer."""
        values = np.asarray(self.get(name))
        if values.ndim != 1:
            raise ValueError(f"groupby: {name!r} has one number per firm; group by a column of one number per customer")
        return {key: self.select(values == key) for key in np.unique(values)}

    def do(self, method: str | Callable[..., Any], *args: Any) -> "CustomerSet":
        """Call a method of every customer, or a function with every customer."""
        self.map(method, *args)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any) -> list[Any]:
        """Return what a method of every customer, or a function of every customer, returns."""
        if isinstance(method, str):
            return [getattr(customer, method)(*args) for customer in self]
        return [method(customer, *args) for customer in self]

    def table(self) -> Table:
        """Return the final state of a sample of customers, one row per customer and firm with history."""
        total = len(self)
        seed = self.model.seed
        draws = np.concatenate([Luck(seed, 0, b.first, b.n).uniform("sample") for b in self._blocks])
        chosen = self._numbers if total <= SAMPLE else np.sort(np.argsort(draws, kind="stable")[:SAMPLE])
        sample = CustomerSet(self.model, self._blocks, chosen)
        firms = np.array([firm.name for firm in self.model.scenario.firms], object)
        rows, places = np.nonzero(np.asarray(sample.get("purchases")) > 0)
        table: Table = {"customer": chosen[rows] + 1, "segment": np.asarray(sample.get("segment"))[rows], "firm": firms[places]}
        for name, declared in columns().items():
            values = np.asarray(sample.get(name))
            table[name] = values[rows, places] if declared.metadata["dyad"] else values[rows]
        current = table["current"]
        table["current"] = np.array([firms[place] if place >= 0 else None for place in current], object)
        return table


class Everyone:
    """All agents of a market: customers, made when asked for, and Mesa's own set of the others."""

    def __init__(self, customers: CustomerSet, others: "AgentSet[Any]") -> None:
        self._customers, self._others = customers, others

    def __len__(self) -> int:
        """Return how many agents there are."""
        return len(self._customers) + len(self._others)

    def __iter__(self) -> Iterator[mesa.Agent]:
        """Visit the others first, then customer by customer."""
        yield from self._others
        yield from self._customers

    def __contains__(self, agent: object) -> bool:
        """Say whether an agent is one of these."""
        return agent in self._customers or agent in self._others

    def select(self, which: Callable[[Any], bool] | None = None, agent_type: type[mesa.Agent] | None = None) -> Any:
        """Return the agents of a type for which a condition holds."""
        if agent_type is Customer:
            return self._customers if which is None else self._customers.select(which)
        if agent_type is not None:
            return self._others.select(which, agent_type=agent_type)
        return [agent for agent in self if which is None or which(agent)]

    def groupby(self, by: str | Callable[[Any], Any]) -> dict[Any, list[mesa.Agent]]:
        """Return the agents by an attribute or a function."""
        groups: dict[Any, list[mesa.Agent]] = {}
        for agent in self:
            groups.setdefault(by(agent) if callable(by) else getattr(agent, by), []).append(agent)
        return groups

    def get(self, name: str) -> list[Any]:
        """Return an attribute of every agent."""
        return [getattr(agent, name) for agent in self]

    def do(self, method: str | Callable[..., Any], *args: Any) -> "Everyone":
        """Call a method of every agent, or a function with every agent."""
        for agent in self:
            method(agent, *args) if callable(method) else getattr(agent, method)(*args)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any) -> list[Any]:
        """Return what a method of every agent, or a function of every agent, returns."""
        return [method(agent, *args) if callable(method) else getattr(agent, method)(*args) for agent in self]
