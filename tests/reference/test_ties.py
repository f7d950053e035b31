"""The proof that a flip is a tie: it finds ties, and takes nothing else for one."""

import pytest

from sim import MarketModel
from tests.reference.agreement import Month
from tests.reference.market import PlainMarket
from tests.reference.settings import busy


@pytest.fixture
def month():
    scenario = busy(customers=200, months=3)
    return Month(PlainMarket(scenario, 1), MarketModel(scenario, seed=1))


def move_a_draw_to_its_threshold(month, below):
    """Give one customer who is not reached by advertising a draw this much (relative) below the chance of being reached."""
    plain = month.plain
    reached = plain.offers[0][0].reached
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
