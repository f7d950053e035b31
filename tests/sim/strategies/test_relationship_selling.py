"""Relationship selling has the charm of relationship marketing and none of its conduct."""

from sim.levers import Levers
from sim.strategies.relationship_selling import RelationshipSelling


def test_it_is_closer_before_the_sale_than_a_relational_firm_and_colder_after_it_than_a_transactional_one():
    levers, low, high = RelationshipSelling().levers, Levers.at(0.0), Levers.at(1.0)
    assert levers.social > high.social
    assert levers.phone > high.phone
    assert levers.pressure > 0.5 > levers.advice
    assert levers.service < low.service < high.service
    assert levers.promise > low.promise > high.promise


def test_it_neither_listens_nor_remembers():
    levers = RelationshipSelling(charm=1.0).levers
    assert (levers.dialogue, levers.crm, levers.sensing, levers.structural) == (0.0, 0.0, 0.0, 0.0)
    assert levers.suppression == Levers.at(0.0).suppression


def test_charm_alone_leaves_it_near_the_transactional_pole():
    assert 0.0 < RelationshipSelling().place < 0.2
