"""Over-promising wins the first half year and loses the run. Seeds 1 to 3 (slow: 5), against the same firm without; false alarms 2.5 % a claim."""

import pytest
from outcomes import difference, runs, value

SMALL = {"customers": 1500, "months": 30}
WHOLE = {"customers": 1500}
HONEST = {"firms.0.fixed": {"promise": 0.0, "advertising": 0.015}}


def gap(measure, months, replications=3, size=SMALL):
    """Return Loud House less what it would have had if it promised what there is."""
    loud, honest = runs("over_promising", replications, size), runs("over_promising", replications, {**size, **HONEST})
    return difference(value(loud, measure, "Loud House", months), value(honest, measure, "Loud House", months))


def test_the_promise_sells_at_first():
    assert gap("purchases", (1, 6)).low > 0.0
    assert gap("profit", (1, 6)).low > 0.0


def test_later_it_costs_trust_and_profit():
    assert gap("information_satisfaction", (19, 30)).high < 0.0
    assert gap("trust", (19, 30)).high < 0.0
    assert gap("purchases", (19, 30)).high < 0.0
    assert gap("profit", (19, 30)).high < 0.0


@pytest.mark.slow
def test_over_the_run_the_plain_one_is_ahead():
    assert gap("cumulative_profit", (12, 12), 5, WHOLE).low > 0.0
    assert gap("cumulative_profit", (48, 48), 5, WHOLE).high < 0.0
