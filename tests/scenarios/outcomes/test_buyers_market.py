"""Buyers' market: the customer leads, and relational firms earn more. Seeds 1 to 6; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, runs
from regimes import RELATIONAL, TRANSACTIONAL, gap, lead, total

SMALL = {"customers": 1000, "months": 48}


def test_the_customer_leads():
    assert lead(runs("buyers_market", 6, **SMALL), "marketed_leads", (1, 48)).low > 0.5


def test_customers_take_most_of_the_gain():
    tables = runs("buyers_market", 6, **SMALL)
    for group in (TRANSACTIONAL, RELATIONAL):
        assert claim(total(tables, "surplus_share", group, (37, 48)) / 24).high < 0.4


def test_relational_firms_begin_behind_and_earn_more_in_the_end():
    tables = runs("buyers_market", 6, **SMALL)
    assert gap(tables, (1, 12)).low > 0
    assert gap(tables, (37, 48)).high < 0
    assert gap(tables, (1, 48)).high < 0, "monopoly_of_information has the opposite answer"


@pytest.mark.slow
def test_with_queues_of_customers_customers_lead_no_longer():
    scarce = runs("buyers_market", 6, {"market.idle_capacity": 0.0}, **SMALL)
    assert lead(scarce, "marketed_leads", (1, 48)).high < 0
