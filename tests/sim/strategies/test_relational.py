"""Relationship marketing stands still where transactional marketing reacts."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from sim.levers import Levers
from sim.strategies.relational import Relational
from sim.strategy import View

VIEW = View(
    month=7, firm=0, price=1.0, unit_cost=0.6, customers=100, purchases=100, profit=10.0, market_share=0.25, satisfaction=0.5, complaints=3,
    rival_prices=(1.0, 1.1), rival_shares=(0.4, 0.35), past=(100, 100, 100),
)  # fmt: skip


@given(purchases=st.integers(0, 1000), past=st.lists(st.integers(0, 1000), max_size=20), profit=st.floats(-1e6, 1e6), price=st.floats(0.1, 3))
def test_it_is_the_relational_pole_whatever_happened(purchases, past, profit, price):
    view = dataclasses.replace(VIEW, purchases=purchases, past=tuple(past), profit=profit, rival_prices=(price, price))
    levers = Relational().decide(view)
    assert levers == Levers.at(1.0)
    assert levers.discount == 0.0


def test_its_place():
    assert Relational().place == 1.0
