"""Rules: found because they are there, checked, frozen, and the same after a round trip."""

import pickle
from typing import Literal

import pytest
import small
from pydantic import ValidationError

from sim.levers import Levers
from sim.mechanisms.choice import LogitChoice
from sim.mechanisms.need import Need
from sim.rules import Mechanism, kinds, parameter, registered
from sim.scenario import FirmSpec, Scenario
from sim.strategies.transactional import Transactional
from sim.strategy import Strategy


class Mine(Strategy):
    """A strategy as someone writes it in a notebook."""

    kind: Literal["mine"] = "mine"
    depth: float = parameter(0.2, "discount", unit="share", origin="assumed", low=0.0, high=0.9)

    @property
    def place(self) -> float:
        return 0.25

    def decide(self, view):
        return Levers.at(0.25).but(discount=self.depth if view.month % 2 else 0.0)


class MyNeed(Need):
    """A mechanism from a notebook: everybody needs two."""

    kind: Literal["two"] = "two"

    def purchases(self, luck, rate, season):
        return super().purchases(luck, rate, season) * 0 + 2


def test_files_in_the_folders_are_found():
    assert {"transactional", "relational", "continuum"} <= set(kinds("sim.strategies")["strategy"])
    slots = kinds("sim.mechanisms")
    assert slots["choice"]["logit"] is LogitChoice
    assert all(isinstance(kind, str) and cls.model_fields["kind"].default == kind for rules in slots.values() for kind, cls in rules.items())


def test_a_notebooks_class_is_not_registered_but_the_projects_are():
    assert registered(Transactional())
    assert not registered(Mine())
    assert not any(Mine in rules.values() for rules in kinds("sim.strategies").values())


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"kind": "transactional", "discuont_depth": 0.1}, "discuont_depth"),
        ({"kind": "transactional", "discount_depth": 1.4}, "discount_depth"),
        ({"kind": "transactional", "discount_depth": "a lot"}, "discount_depth"),
        ({"kind": "transactional", "discount_depth": float("nan")}, "discount_depth"),
        ({"kind": "transactional", "discount_depth": float("inf")}, "discount_depth"),
        ({"kind": "transactional", "discount_depth": True}, "discount_depth"),
        ({"kind": "transactoinal"}, "strategy"),
        ({}, "strategy"),
        (7, "strategy"),
    ],
)
def test_what_is_unknown_or_out_of_range_is_refused_and_named(data, where):
    with pytest.raises(ValidationError) as refusal:
        FirmSpec.model_validate({"name": "A", "strategy": data})
    assert where in str(refusal.value)


def test_rules_are_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        Transactional().discount_depth = 0.5


def test_rules_are_values():
    assert Transactional(discount_depth=0.2) == Transactional(discount_depth=0.2)
    assert hash(Transactional(discount_depth=0.2)) == hash(Transactional(discount_depth=0.2))
    assert Transactional(discount_depth=0.2) != Transactional(discount_depth=0.3)


def test_a_rule_is_not_a_list_of_values():
    # Mesa's batch_run asks every parameter whether it can be iterated.
    with pytest.raises(TypeError):
        iter(small.scenario())


def test_a_scenario_is_the_same_after_json_and_pickle():
    scenario = small.scenario(seed=2**64 - 1)
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
    assert Scenario.model_validate(scenario.model_dump()) == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_a_parameter_carries_its_declaration():
    class Some(Mechanism):
        kind: Literal["some"] = "some"
        speed: float = parameter(0.5, "how fast", unit="share/month", origin="published: morgan1994", low=0.0, high=1.0)

    field = Some.model_fields["speed"]
    assert field.description == "how fast"
    assert field.json_schema_extra == {"unit": "share/month", "origin": "published: morgan1994"}
    assert Some().per_period(2.0).speed == pytest.approx(0.75)  # 1 - 0.5^2
    with pytest.raises(ValidationError):
        Some(speed=1.01)


def test_a_strategy_from_a_notebook_runs_without_touching_the_repository():
    scenario = small.scenario(months=4).but({"firms.0.strategy": Mine(depth=0.4)})
    model = small.run(scenario)
    price = small.figure(model, "price")[:, 0]
    assert price == pytest.approx([0.6, 1.0, 0.6, 1.0])
    assert set(model.tables()["firm_months"]["strategy"]) == {"mine", "relational", "continuum"}
    assert scenario.but({"firms.0.strategy.depth": 0.1}).firms[0].strategy == Mine(depth=0.1)
    with pytest.raises(ValidationError, match="depth"):
        scenario.but({"firms.0.strategy.depth": 2.0})


def test_a_mechanism_from_a_notebook_runs_too():
    model = small.run(small.scenario(months=2).but({"mechanisms.need": MyNeed(), "market.outside_utility": -50.0}))
    known = (model.customers.get("aware") > 0).any(axis=1) & (model.customers.get("rate") > 0)
    assert small.figure(model, "purchases")[1].sum() >= 2 * 0.9 * known.sum()


def test_a_scenario_with_a_notebooks_strategy_pickles():
    scenario = small.scenario().but({"firms.0.strategy": Mine(depth=0.4)})
    copy = pickle.loads(pickle.dumps(scenario))
    assert copy == scenario
    assert copy.firms[0].strategy.depth == 0.4
