"""A structural partner binds on all three levels, and its suppliers too."""

from sim.levers import Levers, market_of
from sim.strategies.loyalty_programme import LoyaltyProgramme
from sim.strategies.social_club import SocialClub
from sim.strategies.structural_partner import StructuralPartner


def levels(strategy):
    """Which of the three levels of bonds a strategy builds."""
    levers = strategy.levers
    return tuple(getattr(levers, name) > 0.0 for name in ("reward", "social", "structural"))


def test_the_three_strategies_of_bonds_are_nested():
    assert levels(LoyaltyProgramme()) == (True, False, False)
    assert levels(SocialClub()) == (True, True, False)
    assert levels(StructuralPartner()) == (True, True, True)


def test_it_goes_deeper_than_the_relational_pole():
    levers = StructuralPartner(integration=0.7, calls=2.0, advice=0.4).levers
    assert (levers.structural, levers.phone, levers.advice) == (0.7, 2.0, 0.4)
    assert levers.structural > Levers.at(1.0).structural
    assert StructuralPartner().place > 0.95


def test_it_buys_from_one_supplier_and_is_transactional_to_distributors_and_rivals():
    levers, low, high = StructuralPartner(single_sourcing=0.9).levers, Levers.at(0.0), Levers.at(1.0)
    assert levers.supplier_partnership == 0.9
    for name in Levers.model_fields:
        if market_of(name) == "internal":
            assert getattr(levers, name) == getattr(high, name)
        if market_of(name) in ("distributor", "competitor", "influencer"):
            assert getattr(levers, name) == getattr(low, name)
