"""Contract of every strategy and mechanism: declared, frozen, the same after a round trip, and it runs."""

import pickle
import re
import tomllib

import numpy as np
import pytest
import small
from pydantic import ValidationError

from sim.levers import Levers
from sim.parties import DepartmentSpec, DistributorSpec, InfluencerSpec, Readiness, SupplierSpec
from sim.rules import Rule, kinds
from sim.scenario import FirmSpec, Market, Mechanisms, Scenario, Segment
from sim.strategy import Page, Rival, View

STRATEGIES = kinds("sim.strategies")["strategy"]
MECHANISMS = {f"{slot}/{kind}": cls for slot, rules in kinds("sim.mechanisms").items() for kind, cls in rules.items()}
RULES = {f"strategy/{kind}": cls for kind, cls in STRATEGIES.items()} | MECHANISMS
PARTS = {
    cls.__name__: cls for cls in (Segment, FirmSpec, Market, Readiness, SupplierSpec, DistributorSpec, DepartmentSpec, InfluencerSpec)
}  # fmt: skip
SOURCES = small.ROOT / "sim" / "sources.toml"
ORIGIN = re.compile(r"assumed|published: (\w+)|calibrated: .+")

each_rule = pytest.mark.parametrize("cls", RULES.values(), ids=RULES)


def numbers(cls):
    """The parameters of a rule or part, by name."""
    return {name: field for name, field in cls.model_fields.items() if name not in ("kind", "name", "strategy", "fixed", "readiness", "planning")}


def known_sources():
    if not SOURCES.exists():
        pytest.skip("sim/sources.toml is not there yet")
    return set(tomllib.loads(SOURCES.read_text(encoding="utf-8")))


@pytest.mark.parametrize("cls", [*RULES.values(), *PARTS.values()], ids=[*RULES, *PARTS])
def test_every_parameter_is_declared_with_meaning_unit_and_origin(cls):
    for name, field in numbers(cls).items():
        assert field.description and field.description[0] not in " ." and not field.description.endswith("."), name
        extra = field.json_schema_extra
        assert extra["unit"], name
        assert ORIGIN.fullmatch(extra["origin"]), f"{name}: {extra['origin']}"


@pytest.mark.parametrize("cls", [*RULES.values(), *PARTS.values()], ids=[*RULES, *PARTS])
def test_every_number_has_a_range_and_its_default_lies_in_it(cls):
    for name, field in numbers(cls).items():
        if isinstance(field.default, bool) or not isinstance(field.default, (int, float)):
            continue
        limits = {type(limit).__name__: limit for limit in field.metadata}
        assert {"Ge", "Le"} <= set(limits), name
        assert limits["Ge"].ge <= field.default <= limits["Le"].le, name


def test_every_lever_is_declared():
    for name, field in Levers.model_fields.items():
        assert field.description, name
        extra = field.json_schema_extra
        assert extra["unit"], name
        assert ORIGIN.fullmatch(extra["origin"]), name
        limits = {type(limit).__name__: limit for limit in field.metadata}
        for pole in (field.default, extra["relational"]):
            assert limits["Ge"].ge <= pole <= limits["Le"].le, name


@each_rule
def test_it_says_what_it_is_and_where_it_comes_from(cls):
    assert cls.__doc__ and cls.__doc__.splitlines()[0].endswith(".")
    assert cls.sources
    if cls.slot != "strategy":
        assert cls.equation
    module = __import__(cls.__module__, fromlist=["x"])
    assert re.search(r"\([^)]*\d{4}[^)]*\)", module.__doc__.splitlines()[0]), "the first line of the file names the theory"
    if cls.slot != "strategy":
        for heading in ("Theory", "Equation", "Symbols", "Sources", "Limits"):
            assert re.search(rf"^{heading}$", module.__doc__, re.MULTILINE), heading


@each_rule
def test_its_sources_are_in_the_bibliography(cls):
    known = known_sources()
    assert set(cls.sources) <= known
    cited = {match[1] for field in numbers(cls).values() if (match := ORIGIN.fullmatch(field.json_schema_extra["origin"])) and match[1]}
    assert cited <= known


@pytest.mark.parametrize("cls", MECHANISMS.values(), ids=MECHANISMS)
def test_its_document_names_the_sources_that_it_declares(cls):
    module = __import__(cls.__module__, fromlist=["x"])
    named = re.search(r"^Sources\n(.+?)^\S", module.__doc__ + "\nEnd", re.MULTILINE | re.DOTALL)[1]
    assert set(re.findall(r"[a-z]+\d{4}\w?", named)) == set(cls.sources)


@pytest.mark.parametrize("cls", [*PARTS.values(), Levers], ids=[*PARTS, "Levers"])
def test_sources_of_the_scenarios_numbers_are_in_the_bibliography(cls):
    known = known_sources()
    for name, field in numbers(cls).items():
        match = ORIGIN.fullmatch(field.json_schema_extra["origin"])
        assert match[1] is None or match[1] in known, name


@each_rule
def test_it_is_frozen_and_refuses_what_it_does_not_know(cls):
    rule = cls()
    with pytest.raises(ValidationError, match="frozen"):
        rule.kind = "other"
    for name in numbers(cls):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(rule, name, getattr(rule, name))
    with pytest.raises(ValidationError, match="no_such_parameter"):
        cls(no_such_parameter=1.0)


@each_rule
def test_no_number_may_be_infinite_or_missing(cls):
    for name, field in numbers(cls).items():
        if isinstance(field.default, float):
            for bad in (float("nan"), float("inf"), -float("inf"), "1", None, True):
                with pytest.raises(ValidationError, match=name):
                    cls(**{name: bad})


@each_rule
def test_it_is_the_same_after_json_and_pickle(cls):
    rule = cls()
    assert cls.model_validate_json(rule.model_dump_json()) == rule
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert hash(pickle.loads(pickle.dumps(rule))) == hash(rule)


@pytest.mark.parametrize("cls", MECHANISMS.values(), ids=MECHANISMS)
def test_a_mechanism_runs_three_months_on_and_off_and_after_json(cls):
    for active in (True, False):
        # Planning is each firm's own; all others are the market's.
        path = "firms.0.planning" if cls.slot == "planning" else f"mechanisms.{cls.slot}"
        scenario = small.whole(months=3).but({path: cls(active=active)})
        assert (scenario.firms[0].planning if cls.slot == "planning" else getattr(scenario.mechanisms, cls.slot)) == cls(active=active)
        copy = Scenario.model_validate_json(scenario.model_dump_json())
        assert copy == scenario
        small.same(small.state(small.run(scenario)), small.state(small.run(copy)))


@pytest.mark.parametrize("kind", STRATEGIES)
@pytest.mark.parametrize("make", [small.scenario, small.contractual])
def test_a_strategy_runs_three_months_and_is_picked_by_its_kind(kind, make):
    scenario = make(months=3).but({"firms.0.strategy.kind": kind})
    assert type(scenario.firms[0].strategy) is STRATEGIES[kind]
    model = small.run(scenario)
    assert set(model.tables()["firm_months"]["strategy"]) >= {kind}
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


RIVALS = (Rival(firm=1, price=0.5, market_share=0.5, profit=1e9, levers=Levers.at(1.0)), Rival(2, 1e6, 0.0, -1e9, Levers.at(0.0)))
VIEWS = [
    View(month=1, firm=0, price=1.0, unit_cost=0.6, customers=0, purchases=0, profit=0.0, market_share=0.0, satisfaction=0.0, complaints=0,
         rivals=(Rival(firm=1, price=1.0, market_share=0.0, profit=0.0, levers=Levers.at(0.0)),)),
    View(month=601, firm=3, price=0.0, unit_cost=5.0, customers=10**6, purchases=10**7, profit=-1e9, market_share=1.0, satisfaction=1.0,
         complaints=10**6, rivals=RIVALS, diary=(Page(Levers.at(1.0), 10**7, 10**6, -1e9, 1.0),) * 24, market_size=10**7, margin=-1e3, churn=1.0,
         acquisition_cost=1e9),
]  # fmt: skip


@pytest.mark.parametrize("kind", STRATEGIES)
@pytest.mark.parametrize("view", VIEWS, ids=["first month", "extreme"])
def test_a_strategy_decides_the_same_of_the_same_view(kind, view):
    strategy = STRATEGIES[kind]()
    decided = strategy.decide(view)
    assert isinstance(decided, Levers)
    assert strategy.decide(view) == decided == pickle.loads(pickle.dumps(strategy)).decide(view)
    assert 0.0 <= strategy.place <= 1.0


def test_every_slot_has_its_place_in_the_scenario():
    assert set(kinds("sim.mechanisms")) == set(Mechanisms.model_fields) | {"planning"}
    assert "planning" in FirmSpec.model_fields


def test_kinds_and_classes_are_one_to_one():
    classes = list(RULES.values())
    assert len(set(classes)) == len(classes)
    assert all(issubclass(cls, Rule) for cls in classes)
    assert all(np.char.isalpha(cls.model_fields["kind"].default.replace("_", "")) for cls in classes)
