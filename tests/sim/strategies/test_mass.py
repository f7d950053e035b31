"""Mass marketing shouts and knows nobody."""

from sim.levers import Levers
from sim.strategies.mass import Mass


def test_it_advertises_more_than_either_pole():
    assert Mass().levers.advertising > max(Levers.at(place).advertising for place in (0.0, 1.0))
    assert Mass(advertising=0.02, promise=0.3).levers.advertising == 0.02
    assert Mass(promise=0.3).levers.promise == 0.3


def test_it_has_no_database_no_contacts_and_one_offer_for_all():
    levers = Mass().levers
    for name in ("crm", "mail", "email", "phone", "reactivation", "social", "reward", "save_offer", "poaching", "discount", "portfolio"):
        assert getattr(levers, name) == 0.0, name


def test_it_stands_at_the_transactional_pole():
    assert Mass().place == 0.0
