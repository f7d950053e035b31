"""Loyalty at any price: the more leave the more is offered, to whomever."""

import pytest
import views
from hypothesis import given
from hypothesis import strategies as st

from sim.levers import Levers
from sim.strategies.loyalty_only import LoyaltyOnly

GIVEN = LoyaltyOnly(reward=0.05, save_offer=0.1, insistence=2.0)


def test_what_it_offers_grows_with_churn():
    assert GIVEN.decide(views.view(churn=0.0)).save_offer == 0.1
    assert GIVEN.decide(views.view(churn=0.03)).save_offer == pytest.approx(0.16)  # 0.1 + 2 x 0.03
    assert GIVEN.decide(views.view(churn=0.9)).save_offer == 0.9


@given(profit=st.floats(-1e6, 1e6), margin=st.floats(-1e3, 1e3))
def test_it_does_not_ask_who_is_worth_it(profit, margin):
    levers = GIVEN.decide(views.view(profit=profit, margin=margin))
    assert levers == GIVEN.decide(views.ORDINARY)
    assert levers.portfolio == 0.0


def test_it_is_money_and_a_database_only():
    levers = GIVEN.decide(views.view(churn=0.0))
    assert levers == Levers.at(0.0).but(reward=0.05, save_offer=0.1, crm=Levers.at(1.0).crm)
    assert levers.save_offer > Levers.at(1.0).save_offer
