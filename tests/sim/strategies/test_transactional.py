"""Transactional marketing discounts when sales fall, and only then."""

import pytest
import views
from hypothesis import given
from hypothesis import strategies as st

from sim.levers import Levers
from sim.strategies.transactional import Transactional

GIVEN = Transactional(discount_depth=0.2, tolerance=0.1)


def discount(purchases, past=(100, 100, 100)):
    return GIVEN.decide(views.view(purchases=purchases, past=past)).discount


def test_sales_that_fell_call_for_a_discount():
    assert discount(purchases=89) == 0.2
    assert discount(purchases=91) == 0.0
    assert discount(purchases=150) == 0.0


def test_without_a_past_there_is_nothing_to_compare_with():
    assert discount(purchases=0, past=()) == 0.0


def test_only_the_recent_past_counts():
    assert discount(purchases=100, past=(900,) * 11 + (100,) * 12) == 0.0


@pytest.mark.parametrize("purchases", [50, 120])
def test_all_else_is_the_transactional_pole(purchases):
    assert GIVEN.decide(views.view(purchases=purchases, past=(100, 100, 100))).but(discount=0.0) == Levers.at(0.0)


@given(low=st.integers(0, 300), more=st.integers(0, 300))
def test_better_sales_never_deepen_the_discount(low, more):
    assert discount(purchases=low + more) <= discount(purchases=low)


def test_its_place():
    assert GIVEN.place == 0.0
