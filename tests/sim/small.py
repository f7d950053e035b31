"""Small things for tests: arrays as the mechanisms take them, markets that run in a blink, and histories of their columns."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from sim.conditions import Conditions
from sim.customers import columns
from sim.market import MarketModel
from sim.offers import offers
from sim.parties import DepartmentSpec, DistributorSpec, InfluencerSpec, SupplierSpec
from sim.scenario import FirmSpec, Market, Scenario, Segment
from sim.strategies.continuum import Continuum
from sim.strategies.relational import Relational
from sim.strategies.transactional import Transactional

ROOT = Path(__file__).parents[2]
SEGMENTS = (
    Segment(name="light", share=2.0, need_shape=1.0, need_scale=2.0, dropout_a=1.0, dropout_b=12.0, orientation=0.5, orientation_spread=0.3),
    Segment(name="heavy", share=1.0, need_shape=2.0, need_scale=1.0, orientation=0.7, price_sensitivity=0.8, taste_spread=0.6),
)
FIRMS = (
    FirmSpec(name="Transactional", strategy=Transactional(), start_share=0.25),
    FirmSpec(name="Relational", strategy=Relational(), start_share=0.25, reliability=0.9),
    FirmSpec(name="Between", strategy=Continuum(orientation=0.5), start_share=0.2, price=1.1, quality=0.7),
)


def scenario(**top: Any) -> Scenario:
    """A market of 400 customers, two segments, three firms with different strategies, twelve months."""
    return Scenario(name="small", **({"customers": 400, "months": 12, "segments": SEGMENTS, "firms": FIRMS} | top))


def contractual(**top: Any) -> Scenario:
    """The same with contracts of three months."""
    return scenario(**({"market": Market(setting="contractual", contract_term=3.0)} | top))


def steady(**top: Any) -> Scenario:
    """A market in which firms react to nothing: what one customer does cannot reach another but by word of mouth."""
    firms = tuple(FirmSpec(name=name, strategy=Continuum(orientation=place), start_share=0.3) for name, place in (("Low", 0.0), ("High", 1.0)))
    off = {f"mechanisms.{slot}.active": False for slot in ("word_of_mouth", "ladder", "complaints")}
    return scenario(**({"firms": firms} | top)).but(off)


PARTNERS: dict[str, Any] = {
    "suppliers": (SupplierSpec(name="Cheap", cost=0.7, quality=0.55, reliability=0.85, orientation=0.4),
                  SupplierSpec(name="Good", cost=0.78, quality=0.75, reliability=0.95, orientation=0.7)),
    "distributors": (DistributorSpec(name="City", reach=3.0, orientation=0.5), DistributorSpec(name="Country", orientation=0.7)),
    "departments": (DepartmentSpec(name="Service", weight=2.0), DepartmentSpec(name="Sales", kind="employees")),
    "influencers": (InfluencerSpec(name="Paper", audience=0.3), InfluencerSpec(name="Authority", kind="government"),
                    InfluencerSpec(name="Bank", kind="bank"), InfluencerSpec(name="Union", kind="consumer_body"),
                    InfluencerSpec(name="Council", kind="community", audience=0.1)),
}  # fmt: skip
"""Partners in four markets; rivals are there anyway."""
MARKETS = {"suppliers": "supply", "distributors": "distribution", "departments": "internal_market", "influencers": "influence"}
"""Lists of partners, and the mechanism of their market."""


def whole(**top: Any) -> Scenario:
    """The small market with all six markets: partners everywhere, rivals who react, and moves towards balance."""
    return scenario(**(PARTNERS | top)).but({"mechanisms.competition.active": True, "mechanisms.balancing.active": True})


def now(model: MarketModel, month: int) -> Any:
    """What customers would meet in a month: the offers that follow from the levers as they stand, before it is carried out."""
    present, rules = model.timeline.at(month)
    model.month = month
    conditions = Conditions(len(present.firms), len(present.segments))
    conditions.fit = model.web.fit
    past, plans = model.office.past(present, rules), [firm.levers for firm in model.firms]
    made = [offers(present, rules, plans, month, past, conditions, held_out) for held_out in (False, True)]
    return model._now(present, rules, *made, conditions)


def run(described: Scenario, seed: int = 1, threads: int = 1) -> MarketModel:
    """A model that has been run to its end."""
    model = MarketModel(described, seed=seed, threads=threads)
    model.run_model()
    return model


def state(model: MarketModel) -> dict[str, Any]:
    """All columns of a market: shape (n,) or (n, n_firms)."""
    return {name: np.array(model.customers.get(name)) for name in columns()}


def same(one: dict[str, Any], other: dict[str, Any], names: Any = None) -> None:
    """Fail unless two states or tables are equal to the last bit, in the columns named."""
    for name in names if names is not None else one:
        assert one[name].dtype == other[name].dtype, name
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)


_KEPT: WeakKeyDictionary[MarketModel, tuple[int, Any]] = WeakKeyDictionary()


def tables(model: MarketModel) -> Any:
    """The tables of a market, built once for each month it stops at: tests ask for one column after the other."""
    month, kept = _KEPT.get(model, (-1, None))
    if month != model.month:
        kept = model.tables()
        _KEPT[model] = (model.month, kept)
    return kept


@dataclass
class History:
    """A run: the model at its end, and all columns at the start and after every month."""

    model: MarketModel
    states: list[dict[str, Any]]

    @property
    def table(self) -> dict[str, Any]:
        return tables(self.model)["firm_months"]

    def figure(self, name: str) -> Any:
        """A measure as numbers of shape (n_months, n_firms)."""
        return self.table[name].reshape(len(self.states) - 1, -1)


def history(described: Scenario, seed: int = 1) -> History:
    """Run a scenario and keep its columns after every month."""
    model = MarketModel(described, seed=seed)
    states = [state(model)]
    while model.running:
        model.step()
        states.append(state(model))
    return History(model, states)


def figure(model: MarketModel, name: str) -> Any:
    """A measure of a run as numbers of shape (n_months, n_firms)."""
    return tables(model)["firm_months"][name].reshape(-1, len(model.firms))


def floats(*values: Any) -> Any:
    """A float32 array: numbers by firm or customer, or rows by firm of numbers by customer."""
    return np.array(values, np.float32)


def flags(*values: Any) -> Any:
    """An array of yes and no, or of other small numbers."""
    return np.array(values, np.uint8)


def even(n: int) -> Any:
    """Evenly spread luck of n customers, each in the middle of her part of [0, 1)."""
    return ((np.arange(n) + 0.5) / n).astype(np.float32)
