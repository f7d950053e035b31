"""Partnering is relational to three markets of the six, and customers are not among them."""

import pytest

from sim.levers import MARKETS, Levers, market_of
from sim.strategies.partnering import Partnering

PARTNERS = ("supplier", "distributor", "competitor")


@pytest.mark.parametrize("market", MARKETS)
def test_it_is_relational_to_partners_and_transactional_to_all_others(market):
    levers, pole = Partnering().levers, Levers.at(1.0 if market in PARTNERS else 0.0)
    for name in Levers.model_fields:
        if market_of(name) == market and name != "alliance":
            assert getattr(levers, name) == getattr(pole, name), name


def test_customers_meet_a_transactional_firm():
    assert Partnering().place == 0.0


def test_it_is_readier_for_alliances_than_the_relational_pole():
    assert Partnering(alliance=0.9).levers.alliance == 0.9
    assert Partnering().levers.alliance > Levers.at(1.0).alliance
    assert Partnering(partnership=0.5).levers.supplier_partnership == pytest.approx(0.4)  # half of 0.8
