"""A loyalty programme is a rebate to members and nothing else."""

from sim.levers import Levers
from sim.strategies.loyalty_programme import LoyaltyProgramme


def test_it_is_the_financial_bond_alone():
    levers = LoyaltyProgramme(rebate=0.07).levers
    assert levers == Levers.at(0.0).but(reward=0.07)
    assert (levers.social, levers.structural, levers.service) == (0.0, 0.0, 0.5)


def test_its_place_is_near_the_transactional_pole_and_rises_with_the_rebate():
    assert LoyaltyProgramme(rebate=0.0).place == 0.0
    assert 0.0 < LoyaltyProgramme(rebate=0.01).place < LoyaltyProgramme(rebate=0.02).place < 0.1
