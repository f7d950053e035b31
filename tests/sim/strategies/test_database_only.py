"""Database marketing has the tool of relationship marketing without the people."""

from sim.levers import Levers
from sim.strategies.database_only import DatabaseOnly
from sim.strategies.hierarchy import Personalised


def test_it_spends_more_on_the_tool_and_less_on_people_than_either_pole():
    levers = DatabaseOnly().levers
    for pole in (Levers.at(0.0), Levers.at(1.0)):
        assert levers.crm > pole.crm
        assert levers.mail + levers.email > pole.mail + pole.email
        assert levers.automation > pole.automation
        assert levers.training < pole.training
        assert levers.service < pole.service


def test_it_does_not_talk_with_anybody():
    levers = DatabaseOnly().levers
    assert (levers.dialogue, levers.phone, levers.social, levers.sensing) == (0.0, 0.0, 0.0, 0.0)


def test_what_parts_it_from_personal_marketing_is_the_person():
    mine, personal = DatabaseOnly().levers, Personalised().levers
    assert mine.crm >= personal.crm
    assert mine.social < personal.social
    assert mine.automation > personal.automation
