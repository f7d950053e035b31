"""Knowing customers' tastes makes them content, and keeps them; the lead widens. Seeds 1 to 3; false alarms 2.5 % a claim."""

from outcomes import claim, runs, value

SMALL = {"customers": 1500, "months": 30}


PLAIN = {"firms.1.fixed": {"crm": 0.0, "automation": 0.8}}
"""What the other firm does, for the firm to do instead: the same firm in the same place, on the same luck."""


def lead(measure, months, changes=None):
    """Return what its way of doing business brings the firm, by replication."""
    own, plain = (runs("recommender", 3, {**SMALL, **(changes or {}), **instead}) for instead in ({}, PLAIN))
    return value(own, measure, "Recommender", months) - value(plain, measure, "Recommender", months)


def test_what_is_known_fits_and_keeps():
    assert claim(lead("satisfaction", (19, 30))).low > 0.0
    assert claim(lead("share_of_requirements", (19, 30))).low > 0.0
    assert claim(lead("churn_rate", (19, 30))).high < 0.0
    assert claim(lead("profit", (19, 30))).low > 0.0


def test_the_lead_widens_as_knowledge_grows():
    assert claim(lead("knowledge", (30, 30)) - lead("knowledge", (6, 6))).low > 0.0
    assert claim(lead("profit", (19, 30)) - lead("profit", (1, 12))).low > 0.0


def test_without_memory_much_of_the_lead_is_gone():
    forgets = {"mechanisms.database.memory": 1.0}
    assert claim(lead("satisfaction", (19, 30)) - lead("satisfaction", (19, 30), forgets)).low > 0.0
    assert claim(lead("profit", (19, 30)) - 1.5 * lead("profit", (19, 30), forgets)).low > 0.0, "less than two thirds are left"
