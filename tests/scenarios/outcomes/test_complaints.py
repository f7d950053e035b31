"""A zero-complaint target hears less, loses more and earns less than a firm that welcomes complaints.

Seeds 1 to 4, both scenarios on the same luck; each interval excludes 0 by luck alone on the stated side in 2.5 % of choices of seeds.
"""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 1500, "months": 36}
YEARS = (13, 36)


@pytest.fixture(scope="module")
def both():
    suppressed, welcomed = runs("complaints_suppressed", 4, SMALL), runs("complaints_welcomed", 4, SMALL)

    def of(measure, how="mean", months=YEARS):
        return value(suppressed, measure, "Zero House", months, how), value(welcomed, measure, "Open House", months, how)

    return of


def test_few_complaints_are_not_few_problems(both):
    heard, welcome = both("complaints", "sum")
    bad, as_bad = both("bad_episodes", "sum")
    assert claim(welcome / heard).low > 3.0
    assert claim(as_bad / bad).high < 1.3, "it hears several times as much of about as many bad episodes"


def test_what_is_not_heard_leaves(both):
    hidden, fewer = both("left_dissatisfied", "sum")
    assert difference(hidden, fewer).low > 0.0
    churn, less = both("churn_rate")
    assert difference(churn, less).low > 0.0


def test_the_target_saves_at_first_and_backfires(both):
    profit, less = both("profit", months=(1, 6))
    assert difference(profit, less).low > 0.0
    for year in ((13, 24), (25, 36)):
        profit, more = both("profit", months=year)
        assert difference(more, profit).low > 0.0


def test_zero_house_hears_less_than_half_of_what_its_neighbour_hears():
    suppressed = runs("complaints_suppressed", 4, SMALL)
    share = value(suppressed, "complaints", "Zero House", YEARS, "sum") / value(suppressed, "complaints", "Neighbour", YEARS, "sum")
    found = claim(share)
    assert found.low > 0.3 and found.high < 0.5
