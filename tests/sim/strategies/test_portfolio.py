"""The portfolio differs from the relational firm in one thing: it does not treat all alike."""

from sim.levers import Levers
from sim.strategies.portfolio import CustomerPortfolio
from sim.strategies.relational import Relational
from sim.strategies.social_club import SocialClub


def test_it_is_a_relational_firm_that_tells_its_customers_apart():
    levers = CustomerPortfolio(focus=0.9, database=0.01).levers
    assert levers == Levers.at(1.0).but(portfolio=0.9, crm=0.01)
    assert CustomerPortfolio().place == Relational().place == 1.0


def test_it_parts_from_customers_who_lose_it_money_as_a_club_does_not():
    assert SocialClub().levers.portfolio < 0.5 <= CustomerPortfolio().levers.portfolio
