"""The proof that a flip is a tie: it finds ties, and takes nothing else for one."""

import pytest

from sim import MarketModel
from tests.reference.agreement import Month
from tests.reference.market import PlainMarket
from tests.reference.settings import busy, six


@pytest.fixture
def month():
    scenario = busy(customers=200, months=3)
    return Month(PlainMarket(scenario, 1), MarketModel(scenario, seed=1))


def move_a_draw_to_its_threshold(month, below):
    """Give one customer who is not reached by advertising a draw this much (relative) below the chance of being reached."""
    plain = month.plain
    reached = plain.offers[0, False][0].reached
    draws = plain.luck["advertising"][0]
    number = next(k for k, customer in enumerate(plain.customers) if not customer.aware[0] and draws[k] > 2 * reached)
    draws[number] = reached * (1 - below)
    return number


def test_months_alike_have_neither_ties_nor_bugs(month):
    month.live()
    assert (month.ties, month.bugs) == ([], [])


def test_draw_at_its_threshold_is_a_tie(month):
    number = move_a_draw_to_its_threshold(month, below=3e-6)
    month.live()
    assert month.bugs == []
    assert len(month.ties) == 1 and f"customer {number}: the draw of advertising of firm 0" in month.ties[0]


def test_draw_beside_its_threshold_is_a_bug(month):
    number = move_a_draw_to_its_threshold(month, below=1e-3)
    month.live()
    assert month.ties == []
    assert f"customer {number}" in month.bugs[0]


@pytest.mark.parametrize(
    ("slot", "name", "value"),
    [("complaints", "voice", 0.3), ("satisfaction", "adaptation", 0.351), ("accounts", "answer", 0.06), ("ladder", "attitude", 0.35)],
)
def test_another_equation_is_a_bug(month, slot, name, value):
    rules = month.plain.rules
    month.plain.rules = rules.model_copy(update={slot: getattr(rules, slot).model_copy(update={name: value})})
    month.live()
    assert month.bugs


def test_other_thresholds_that_nobody_is_near_change_nothing(month):
    rules = month.plain.rules
    month.plain.rules = rules.model_copy(update={"power": rules.power.model_copy(update={"eps": rules.power.eps * (1 + 1e-9)})})
    month.live()
    assert month.bugs == []


@pytest.fixture
def six_markets():
    scenario = six(customers=100, months=3)
    plain, fast = PlainMarket(scenario, 1), MarketModel(scenario, seed=1)
    assert not Month(plain, fast).live().bugs
    return Month(plain, fast)


def test_late_delivery_at_its_threshold_is_a_tie(six_markets):
    plain = six_markets.plain
    draws = plain.web.luck["supplier"]["lateness"][0]
    chance = 1 - plain.present.suppliers[0].reliability
    dyad = plain.web.partners["supplier"][0].dyads[0]
    # Before anything was invested jointly, lateness is a matter of the supplier alone.
    chance *= 1 - plain.rules.supply.joint * six_markets.before["supplier", 0, 0]["structural_bond"]
    draws[0] = chance * (1 + (3e-6 if dyad.late == 1 else -3e-6))
    six_markets.plain.web.restore(six_markets.before)
    six_markets.plain.prepare()
    six_markets.live()
    assert six_markets.bugs == []
    assert len(six_markets.ties) == 1 and "the draw of lateness 0, 0 in market supplier" in six_markets.ties[0]


@pytest.mark.parametrize(
    ("slot", "name"),
    [
        ("supply", "keen"),
        ("relations", "warmth"),
        pytest.param("distribution", "by_support", marks=pytest.mark.slow),
        pytest.param("internal_market", "by_pay", marks=pytest.mark.slow),
        pytest.param("influence", "by_rules", marks=pytest.mark.slow),
        pytest.param("competition", "provoked", marks=pytest.mark.slow),
        pytest.param("development", "learn", marks=pytest.mark.slow),
        pytest.param("balancing", "pace", marks=pytest.mark.slow),
    ],
)
def test_another_equation_of_partners_is_a_bug(six_markets, slot, name):
    rules = six_markets.plain.rules
    rule = getattr(rules, slot)
    six_markets.plain.rules = rules.model_copy(update={slot: rule.model_copy(update={name: 1.2 * getattr(rule, name)})})
    six_markets.plain.web.restore(six_markets.before)
    six_markets.plain.prepare()
    six_markets.live()
    assert six_markets.bugs
