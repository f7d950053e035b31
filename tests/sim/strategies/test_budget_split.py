"""A budget parted between winning and keeping: what each part buys, and what the ratio of their costs does."""

import pytest
import views
from hypothesis import given
from hypothesis import strategies as st

from sim.levers import Levers
from sim.strategies import place_of
from sim.strategies.budget_split import BudgetSplit

GIVEN = BudgetSplit(budget=0.01, retention_share=0.5, full_effort=0.05)


def given_with(**changes):
    return BudgetSplit(**(GIVEN.model_dump() | changes))


def effort(view=views.ORDINARY, **changes):
    return place_of(given_with(**changes).decide(view).but(advertising=Levers.at(0.0).advertising)) / place_of(
        Levers.at(1.0).but(advertising=Levers.at(0.0).advertising)
    )


def test_what_each_part_of_the_budget_buys():
    # 400 people, 100 customers: 0.4 x 0.01 x 400 / (0.05 x 100) = 0.32 of full effort; 0.6 x 0.01 = 0.006 of advertising at a ratio of 6.
    levers = BudgetSplit(budget=0.01, retention_share=0.4, full_effort=0.05).decide(views.ORDINARY)
    assert levers.advertising == pytest.approx(0.006)
    assert levers.social == pytest.approx(0.32 * 0.6)
    assert levers.supplier_partnership == 0.0


def test_all_for_keeping_or_all_for_winning():
    keeping, winning = (given_with(retention_share=share).decide(views.ORDINARY) for share in (1.0, 0.0))
    assert keeping.advertising == 0.0 < keeping.social
    assert winning == Levers.at(0.0).but(advertising=0.01)


@pytest.mark.parametrize(("ratio", "bought"), [(2.0, 0.015), (6.0, 0.005), (20.0, 0.0015)])
def test_the_dearer_winning_the_less_of_it_the_same_money_buys(ratio, bought):
    strategy = given_with(cost_ratio=ratio)
    levers = strategy.decide(views.ORDINARY)
    assert levers.advertising == pytest.approx(bought)
    assert levers.advertising + strategy.uncharged == pytest.approx(0.005)
    assert levers.social == GIVEN.decide(views.ORDINARY).social


def test_the_more_customers_the_less_for_each_and_never_more_than_full_effort():
    assert effort(views.view(customers=50)) == pytest.approx(2 * effort(views.view(customers=100)))
    assert effort(views.view(customers=0)) == pytest.approx(1.0)
    assert effort(budget=1.0) == pytest.approx(1.0)


@given(low=st.floats(0, 1), more=st.floats(0, 1))
def test_a_larger_part_for_retention_is_more_effort_and_less_advertising(low, more):
    high = min(low + more, 1.0)
    one, other = (BudgetSplit(retention_share=share).decide(views.ORDINARY) for share in (low, high))
    assert one.social <= other.social
    assert one.advertising >= other.advertising
    assert BudgetSplit(retention_share=low).place == low
