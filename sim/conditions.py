"""Conditions: what the other five markets make of the firms' offers this month. Neutral where a market is not there."""

from dataclasses import dataclass, field

import numpy as np

from sim.units import Flags, PerCustomer, PerDyad, PerFirm


def _ones(n: int) -> PerFirm:
    return np.ones(n, np.float32)


def _zeros(n: int) -> PerFirm:
    return np.zeros(n, np.float32)


@dataclass
class Shelves:
    """Where customers shop, and what they find there."""

    reach: PerCustomer
    """Weights of the distributors, shape (n_distributors,)."""
    shelf: PerDyad
    """Chance to find each firm there, (n_firms, n_distributors)."""
    direct: PerFirm
    """Reach of each firm's own channel."""


@dataclass
class Conditions:
    """Per firm, shape (n_firms,), unless said otherwise."""

    n_firms: int
    n_segments: int
    present: Flags = field(init=False)
    """1 for firms that take part this month."""
    price: PerFirm = field(init=False)
    """Factor on the list price: rivals' prices matched."""
    unit_cost: PerFirm = field(init=False)
    """Cost of the goods in one purchase, currency; NaN: as the scenario says."""
    quality: PerFirm = field(init=False)
    """Added to core quality: supplies, shared research."""
    reliability: PerFirm = field(init=False)
    """Factor: late supplies."""
    capability: PerFirm = field(init=False)
    """Factor on service, recovery and contacts: what people make of them."""
    people: PerFirm = field(init=False)
    """Factor on what technology does: how far it is used."""
    labour: PerFirm = field(init=False)
    """Factor on the cost of service: pay and staffing."""
    bonds: PerDyad = field(init=False)
    """Added to reward, social and structural effort: copied of rivals, (3, n_firms)."""
    reach: PerFirm = field(init=False)
    """Share of customers who hear of the firm from communities and allies."""
    cap: PerFirm = field(init=False)
    """Most of the gain that the authorities let a firm take."""
    transparency: float = 0.0
    """Added to the market's transparency."""
    message: PerFirm = field(init=False)
    """What media say, share."""
    publicity: PerFirm = field(init=False)
    """Weight of it in what a customer believes."""
    scandal: PerFirm = field(init=False)
    """Gravity of this month's scandals."""
    fit: PerDyad = field(init=False)
    """How near offers are to what segments wish for, (n_segments, n_firms)."""
    lead: PerFirm = field(init=False)
    """Performance by which a discovery leads."""
    demand: float = 1.0
    """Factor on everybody's needs."""
    turnover: PerFirm = field(init=False)
    """Share of employees who left."""
    correction: PerFirm = field(init=False)
    """Service added because standards were missed."""
    shelves: Shelves | None = None
    costs: dict[str, PerFirm] = field(default_factory=dict)
    """What relations with other markets cost this month by market or recipient, currency."""

    def __post_init__(self) -> None:
        n = self.n_firms
        self.present = np.ones(n, np.uint8)
        self.unit_cost = np.full(n, np.nan, np.float32)
        for name in ("price", "reliability", "capability", "people", "labour", "cap"):
            setattr(self, name, _ones(n))
        for name in ("quality", "reach", "message", "publicity", "scandal", "lead", "turnover", "correction"):
            setattr(self, name, _zeros(n))
        self.bonds = np.zeros((3, n), np.float32)
        self.fit = np.full((self.n_segments, n), 0.5, np.float32)

    def spend(self, where: str, amount: PerFirm) -> None:
        """Add to what relations with a market cost this month; absent firms spend nothing."""
        self.costs[where] = np.asarray(self.costs.get(where, 0.0) + amount * self.present, np.float64)
