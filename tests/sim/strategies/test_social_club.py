"""A club adds people to points, and is for the best customers."""

from sim.levers import Levers
from sim.strategies.loyalty_programme import LoyaltyProgramme
from sim.strategies.social_club import SocialClub


def test_it_adds_the_social_bond_to_the_financial_one_and_stops_there():
    programme, club = LoyaltyProgramme(rebate=0.03).levers, SocialClub(rebate=0.03, attention=0.5).levers
    changed = {name for name in Levers.model_fields if getattr(club, name) != getattr(programme, name)}
    assert changed == {"social", "portfolio", "crm", "mail", "phone"}
    assert (club.reward, club.social, club.structural) == (0.03, 0.5, 0.0)


def test_its_members_are_the_best_and_nobody_is_sent_away():
    levers = SocialClub().levers
    assert 0.0 < levers.portfolio < 0.5
    assert levers.crm > 0.0


def test_it_stands_between_points_and_the_relational_pole():
    assert LoyaltyProgramme().place < SocialClub().place < 0.5
