"""What a month's customers depend on besides their own columns: the firms' offers, the rules, the month, and what others said."""

from dataclasses import dataclass

from sim.conditions import Conditions
from sim.mechanisms.accounts import Costs
from sim.mechanisms.complaints import Answer
from sim.mechanisms.power import Sides
from sim.scenario import Mechanisms, Scenario
from sim.units import Marks, PerFirm


@dataclass(frozen=True)
class Offer:
    """What the firms offer one segment this month: their levers, and what follows from them. All of shape (n_firms,)."""

    plan: dict[str, PerFirm]
    """Levers as they take effect."""
    price: PerFirm
    """List price after this month's discount, and after rivals' prices were matched, currency."""
    unit_cost: PerFirm
    core: PerFirm
    reliability: PerFirm
    brand: PerFirm
    offered: PerFirm
    """Mean performance without failures, share."""
    promised: PerFirm
    """Performance that advertising promises, share."""
    reached: PerFirm
    """Share of customers whom advertising reaches."""
    pressure: PerFirm
    """Contacts in terms of the ideal number."""
    answer: Answer
    costs: Costs
    told: PerFirm
    """How well customers are informed, in terms of openness."""
    capability: PerFirm
    """What people make of contacts, a factor."""
    people: PerFirm
    """How far technology is put to use, share."""
    sides: Sides
    typical_value: PerFirm
    """What an active customer has brought in a month of last year, currency."""
    typical_rate: PerFirm
    """What an active customer buys in a month."""


@dataclass(frozen=True)
class Now:
    """All that a block's month depends on besides its own columns."""

    scenario: Scenario
    rules: Mechanisms
    """The mechanisms, converted to the scenario's period."""
    month: int
    seed: int
    months: float
    """Months in one period."""
    season: float
    term: int
    """Periods between renewals."""
    discount: float
    """Value now of one currency unit of this month."""
    offers: tuple[Offer, ...]
    """By segment."""
    held_out: tuple[Offer, ...]
    """By segment, to the control group of campaigns."""
    mean_rates: tuple[float, ...]
    """Mean purchase rate by segment."""
    conditions: Conditions
    """What the other five markets make of this month."""
    population: int
    said: Marks
    """What every customer said last month, shape (population,)."""
    of: Marks
    """Of which firm."""
