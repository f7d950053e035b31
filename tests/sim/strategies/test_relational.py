"""Relationship marketing stands still where transactional marketing reacts."""

import views
from hypothesis import given
from hypothesis import strategies as st

from sim.levers import Levers
from sim.strategies.relational import Relational


@given(purchases=st.integers(0, 1000), past=st.lists(st.integers(0, 1000), max_size=20), profit=st.floats(-1e6, 1e6))
def test_it_is_the_relational_pole_whatever_happened(purchases, past, profit):
    levers = Relational().decide(views.view(purchases=purchases, past=past, profit=profit, rivals=(views.rival(profit=-profit),)))
    assert levers == Levers.at(1.0)
    assert levers.discount == 0.0


def test_its_place():
    assert Relational().place == 1.0
