"""Employees treated as customers: a dearer start, and a chain to customers who stay. Seeds 1 to 4; false alarms 2.5 % a claim."""

from outcomes import claim, runs, value

SMALL = {"customers": 1500, "months": 36}


PLAIN = {"firms.1.orientation": {"internal": 0.0}}
"""What the other firm does, for the firm to do instead: the same firm in the same place, on the same luck."""


def lead(measure, months, changes=None):
    """Return what its way of doing business brings the firm, by replication."""
    own, plain = (runs("people_first", 4, {**SMALL, **(changes or {}), **instead}) for instead in ({}, PLAIN))
    return value(own, measure, "People First", months) - value(plain, measure, "People First", months)


def test_the_service_profit_chain_holds_link_by_link():
    for measure in ("employee_satisfaction", "employee_skill", "service_capability", "satisfaction", "customers"):
        assert claim(lead(measure, (25, 36))).low > 0.0, measure
    assert claim(lead("employee_turnover", (25, 36))).high < 0.0
    assert claim(lead("churn_rate", (25, 36))).high < 0.0


def test_it_costs_first_and_earns_later():
    assert claim(lead("cost_partners", (2, 6))).low > 0.0
    assert claim(lead("profit", (25, 36))).low > 0.0
    assert claim(lead("profit", (25, 36)) - lead("profit", (1, 12))).low > 0.0
