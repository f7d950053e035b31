"""Cuts on employees save for a season and cost customers after. Paired with the same market without the cuts; false alarms 2.5 % a claim.

Seeds 1 to 3; the slow test, of the whole run, seeds 1 to 5.
"""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 1200, "months": 48}
WHOLE = {"customers": 1200}


def gap(measure, months, replications=3, size=SMALL):
    cut, left = runs("unhappy_staff", replications, size), runs("unhappy_staff", replications, {**size, "events": []})
    return difference(value(cut, measure, "Cutting House", months), value(left, measure, "Cutting House", months))


def test_at_first_it_is_a_saving():
    assert gap("profit", (25, 30)).low > 0.0


def test_the_chain_breaks_link_by_link():
    assert gap("employee_satisfaction", (36, 36)).high < -0.2
    assert gap("employee_turnover", (36, 36)).low > 0.0
    assert gap("service_capability", (48, 48)).high < -0.2
    assert gap("satisfaction", (37, 48)).high < 0.0
    assert gap("customers", (48, 48)).high < 0.0


@pytest.mark.slow
def test_in_the_end_the_saving_costs_more():
    assert gap("profit", (61, 72), 5, WHOLE).high < 0.0
    tables = runs("unhappy_staff", 5, WHOLE)
    before, after = (value(tables, "profit", "Cutting House", months) for months in ((13, 24), (61, 72)))
    assert claim(after - before).high < 0.0
