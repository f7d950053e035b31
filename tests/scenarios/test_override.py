"""Values at paths (``--set path=value``): read, checked, and refused with the nearest path."""

import pytest

from scenarios import ScenarioError, load, override
from sim.rules import parameter
from sim.strategy import Strategy


@pytest.fixture(scope="module")
def duel():
    return load("duel")


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("firms.0.price", "1.1", lambda s: s.firms[0].price == 1.1),
        ("firms[0].price", "2", lambda s: s.firms[0].price == 2.0),
        ("customers", "500", lambda s: s.customers == 500),
        ("customers", 500, lambda s: s.customers == 500),
        ("market.setting", "contractual", lambda s: s.market.setting == "contractual"),
        ("market.setting", '"contractual"', lambda s: s.market.setting == "contractual"),
        ("mechanisms.need.active", "false", lambda s: not s.mechanisms.need.active),
        ("firms.0.strategy.discount_depth", "0.3", lambda s: s.firms[0].strategy.discount_depth == 0.3),
        ("firms.0.strategy.kind", "relational", lambda s: s.firms[0].strategy.kind == "relational"),
        ("firms.0.strategy", "{ kind = 'continuum', orientation = 0.4 }", lambda s: s.firms[0].strategy.orientation == 0.4),
        ("firms.2.fixed.service", "0.5", lambda s: s.firms[2].fixed == {"service": 0.5}),
        ("title", "7", lambda s: s.title == "7"),
    ],
)
def test_values_are_read_as_toml_or_as_text(duel, path, value, read):
    assert read(override(duel, {path: value}))


def test_later_changes_see_earlier_ones(duel):
    changed = override(duel, {"firms.0.strategy.kind": "continuum", "firms.0.strategy.orientation": "0.25"})
    assert changed.firms[0].strategy.orientation == 0.25


def test_nothing_else_changes(duel):
    assert override(duel, {"firms.0.price": "1.0"}) == duel
    assert override(duel, {}) == duel


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("firms.0.prise", "1", "firms[0].prise: unknown key; did you mean 'firms.0.price'?"),
        ("market.transparancy", "1", "market.transparancy: unknown key; did you mean 'market.transparency'?"),
        ("mechanisms.need.activ", "true", "mechanisms.need.activ: unknown key; did you mean 'mechanisms.need.active'?"),
        ("firms.9.price", "1", "firms: no number '9'; there are 4, numbered 0 to 3"),
        ("firms.-1.price", "1", "firms: no number '-1'; there are 4, numbered 0 to 3"),
        ("firms.²", "1", "firms: no number '²'; there are 4, numbered 0 to 3"),
        ("events.0.month", "1", "events: no number '0'; there are none"),
        ("firms.0.price.x", "1", "firms[0].price.x: unknown key; a value has no parts"),
        ("firms.0.price", "cheap", "firms[0].price: 'cheap' is text; allowed: a number from 0 to 1,000,000 (currency)"),
        ("firms.0.price", "inf", "firms[0].price: inf is not a finite number; allowed: a number from 0 to 1,000,000 (currency)"),
        ("firms.0.price", "", "firms[0].price: '' is text; allowed: a number from 0 to 1,000,000 (currency)"),
        ("customers", "0", "customers: 0 is below 1; allowed: a whole number from 1 to 50,000,000"),
        ("firms.0.fixed.servce", "1", "firms[0].fixed.servce: unknown key; did you mean 'service'?"),
        ("firms.0.strategy.kind", "relationl", "firms[0].strategy.kind: there is no 'relationl'; did you mean 'relational'?"),
    ],
)
def test_bad_paths_and_values_get_a_sentence(duel, path, value, sentence):
    with pytest.raises(ScenarioError) as caught:
        override(duel, {path: value})
    assert str(caught.value) == sentence


def test_a_rule_given_as_an_object_checks_itself(duel):
    class Own(Strategy):
        kind: str = "own"
        effort: float = parameter(0.5, "effort", unit="share", origin="assumed", low=0.0, high=1.0)

    market = duel.but({"firms.0.strategy": Own()})
    assert override(market, {"firms.0.strategy.effort": "0.7"}).firms[0].strategy.effort == 0.7
    with pytest.raises(ScenarioError) as caught:
        override(market, {"firms.0.strategy.effort": "7"})
    assert str(caught.value) == "firms[0].strategy.effort: 7 is above 1; allowed: a number from 0 to 1 (share); did you mean 0.7?"


@pytest.mark.parametrize("path", ["", ".", "..", "firms.", "[", "firms[0", "firms..price", "\n"])
def test_odd_paths_are_refused(duel, path):
    with pytest.raises(ScenarioError):
        override(duel, {path: "1"})
