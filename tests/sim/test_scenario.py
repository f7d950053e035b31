"""Scenarios: a changed one is a newly checked one; what cannot be is refused with its place."""

import pytest
import small
from pydantic import ValidationError

from sim.scenario import Campaign, Event, FirmSpec, Scenario, Segment
from sim.strategies.continuum import Continuum
from sim.strategies.relational import Relational
from sim.strategies.transactional import Transactional


def test_a_path_reaches_every_depth():
    base = small.scenario()
    changed = base.but({"firms.1.price": 1.3, "market.transparency": 0.9, "segments.0.orientation": 0.1, "mechanisms.power.eps": 0.2}, months=3)
    assert changed.firms[1].price == 1.3
    assert changed.market.transparency == 0.9
    assert changed.segments[0].orientation == 0.1
    assert changed.mechanisms.power.eps == 0.2
    assert changed.months == 3
    assert base == small.scenario()
    assert changed.but({"firms.1.price": 1.0, "market.transparency": base.market.transparency, "segments.0.orientation": 0.5,
                        "mechanisms.power.eps": base.mechanisms.power.eps}, months=12) == base  # fmt: skip


def test_a_kind_takes_another_rule_in():
    changed = small.scenario().but({"firms.0.strategy.kind": "relational"})
    assert changed.firms[0].strategy == Relational()
    assert small.scenario().but({"firms.2.strategy.orientation": 0.9}).firms[2].strategy == Continuum(orientation=0.9)
    assert small.scenario().but({"firms.0.fixed.discount": 0.2}).firms[0].fixed == {"discount": 0.2}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("firms.0.price", -1.0, "price"),
        ("firms.0.prise", 1.0, "prise"),
        ("firms.0.fixed.discuont", 0.1, "discuont"),
        ("firms.0.fixed.discount", 1.5, "discount"),
        ("market.setting", "monthly", "setting"),
        ("mechanisms.power.eps", float("nan"), "eps"),
        ("customers", 0, "customers"),
        ("customers", 1.5, "customers"),
        ("months", 0, "months"),
        ("period", "day", "period"),
        ("seed", -1, "seed"),
        ("firms", [], "firms"),
    ],
)
def test_a_change_is_checked(path, value, said):
    with pytest.raises(ValidationError, match=said):
        small.scenario().but({path: value})


@pytest.mark.parametrize("path", ["firms.7.price", "firms.x.price", "nothing.at.all", "firms.0.price.deep", "market.x.y"])
def test_a_path_that_leads_nowhere_says_where_it_stops(path):
    with pytest.raises(KeyError) as refusal:
        small.scenario().but({path: 1.0})
    assert path.split(".")[0] in str(refusal.value)


def firm(name, **more):
    return FirmSpec(name=name, strategy=Transactional(), **more)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"firms": (firm("A"), firm("A"))}, "used twice"),
        ({"firms": (firm("A"),)}, "at least 2"),
        ({"firms": tuple(firm(f"F{k}") for k in range(65))}, "at most 64"),
        ({"firms": (firm("A", start_share=0.6), firm("B", start_share=0.6))}, "above 1"),
        ({"segments": (Segment(name="s"), Segment(name="s"))}, "used twice"),
        ({"customers": 1}, "segments; each needs one"),
        ({"campaigns": (Campaign(name="c", firm="Nobody", month=1),)}, "no firm 'Nobody'"),
        ({"campaigns": (Campaign(name="c", firm="Relational", month=1, segments=("none",)),)}, "no segment 'none'"),
        ({"events": (Event(name="e", month=1, set={}), Event(name="e", month=2, set={}))}, "used twice"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes, said):
    with pytest.raises(ValidationError, match=said):
        small.scenario(**changes)


@pytest.mark.parametrize(("period", "months", "periods"), [("month", 12, 12), ("quarter", 12, 4), ("year", 12, 1), ("week", 12, 52), ("year", 1, 1)])
def test_a_run_is_as_long_as_said_whatever_the_period(period, months, periods):
    assert small.scenario(period=period, months=months).periods == periods


def test_an_unknown_key_of_a_scenario_is_refused():
    with pytest.raises(ValidationError, match="custommers"):
        Scenario.model_validate({"name": "x", "custommers": 10, "firms": [{"name": n, "strategy": {"kind": "relational"}} for n in "AB"]})
