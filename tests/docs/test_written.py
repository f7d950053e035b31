"""What is written by hand in the ODD agrees with the model: its names are declared, its equations of the offer are those of the code."""

import re

import numpy as np
import pytest

from docs.generate import FOLDER
from sim.conditions import Conditions
from sim.customers import columns
from sim.levers import Levers
from sim.measures import measures
from sim.mechanisms.experience import Experience
from sim.offers import Past, offers
from sim.rules import kinds
from sim.scenario import Campaign, Event, FirmSpec, Market, Mechanisms, Scenario, Segment
from sim.strategies.continuum import Continuum
from sim.strategy import View

TEXT = re.sub(r"<!-- generated: .*?<!-- end of generated -->", "", (FOLDER / "odd.md").read_text(encoding="utf-8"), flags=re.DOTALL)
MODELS = [Scenario, Market, Segment, FirmSpec, Event, Campaign, Mechanisms, Levers]
CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction", "Stochasticity",
    "Collectives", "Observation",
]  # fmt: skip


def declared():
    rules = [cls for package in ("sim.mechanisms", "sim.strategies") for found in kinds(package).values() for cls in found.values()]
    names = {name for model in [*MODELS, *rules] for name in model.model_fields}
    strategies = set(kinds("sim.strategies")["strategy"])
    return names | strategies | set(columns()) | set(measures()) | set(View.__dataclass_fields__)


def test_the_seven_parts_and_eleven_concepts_are_there():
    parts = re.findall(r"^## \d\. (.+)$", TEXT, re.MULTILINE)
    assert parts == [
        "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling", "Design concepts",
        "Initialisation", "Input data", "Submodels", "Limits",
    ]  # fmt: skip
    concepts = TEXT[TEXT.index("## 4.") : TEXT.index("## 5.")]
    assert re.findall(r"^### (.+)$", concepts, re.MULTILINE) == CONCEPTS


def test_names_in_the_text_are_declared():
    names = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)(?: = [^`]*)?`", TEXT))
    assert names - declared() - {"fit"} == set()


@pytest.fixture
def market():
    firms = [{"name": name, "strategy": Continuum(orientation=0.5), "price": price, "quality": 0.7} for name, price in (("A", 1.0), ("B", 1.2))]
    return Scenario.model_validate({"name": "offer", "customers": 100, "firms": firms})


def test_the_equations_of_the_offer(market):
    plans = [Levers.at(0.3).but(discount=0.1, promise=0.9), Levers.at(0.8).but(mail=4.0)]
    rules = market.mechanisms.model_copy(update={"experience": Experience(quality=0.4)})
    partners, complaints, customers = (np.array(pair, np.float32) for pair in ((0.2, 0.0), (40.0, 0.0), (1000.0, 500.0)))
    months = {name: getattr(rules, name).per_period(1.0) for name in Mechanisms.model_fields}
    none = np.zeros(2, np.float32)
    past = Past(
        partners=partners, complaints=complaints, customers=customers, typical_value=none, typical_rate=none, affordable=none + np.float32(1.0),
        moves=np.zeros((4, 1, 2), np.float32),
    )  # fmt: skip
    found = offers(market, rules.model_copy(update=months), plans, 1, past, Conditions(2, 1))[0]
    for j, plan in enumerate(plans):
        core = 0.7 + rules.ladder.co_creation * plan.participation * (1 - 0.7) * partners[j]
        offered = 0.4 * core + (1 - 0.4) * plan.service
        ideal = rules.contact
        pressure = plan.mail / ideal.ideal_mail + plan.email / ideal.ideal_email + plan.phone / ideal.ideal_phone
        assert found.price[j] == pytest.approx(market.firms[j].price * (1 - plan.discount))
        assert found.core[j] == pytest.approx(core)
        assert found.offered[j] == pytest.approx(offered)
        assert found.promised[j] == pytest.approx(min(1.0, offered + plan.promise))
        assert found.reached[j] == pytest.approx(1 - np.exp(-rules.consideration.reach * plan.advertising), rel=1e-5)
        assert found.pressure[j] == pytest.approx(pressure)
        capacity = plan.complaint_capacity * customers[j] / 1000 / max(1.0, complaints[j])
        assert found.answer.handled[j] == pytest.approx(min(1.0, capacity))


def test_limits_are_told():
    limits = TEXT[TEXT.index("## 8. Limits") :]
    for word in ("Suppliers", "assumed", "synchronous", "same choice probabilities", "cost nothing", "Active"):
        assert word in limits
