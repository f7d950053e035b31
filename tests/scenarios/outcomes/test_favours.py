"""Favours buy stances until they come to light, and earn nothing. Seeds 1 to 3 (slow: 6) on paired luck; false alarms 2.5 % a claim."""

import pytest
from outcomes import difference, runs, value

SHORT = {"customers": 1000, "months": 24}
SMALL = {"customers": 1000, "months": 84}
RUN = (1, 84)
VARIANTS = {
    "as it is": {},
    "never exposed": {"mechanisms.influence.exposure": 0.0},
    "nobody bought": {"firms.0.fixed": {"favours": 0.0, "public_relations": 0.0, "compliance": 0.3}},
    "open door": {"firms.0.fixed": {"favours": 0.0, "public_relations": 0.6, "compliance": 0.9}},
}


def gap(measure, variant, base, replications=6, size=SMALL):
    first, other = (runs("favours", replications, {**size, **VARIANTS[name]}) for name in (base, variant))
    return difference(value(other, measure, "Fixer", RUN), value(first, measure, "Fixer", RUN))


def test_while_nobody_knows_favours_buy_a_stance():
    assert gap("stance", "never exposed", "nobody bought", 3, SHORT).low > 0.0


def test_an_open_door_buys_more():
    assert gap("stance", "open door", "never exposed", 3, SHORT).low > 0.0
    assert gap("profit", "open door", "never exposed", 3, SHORT).low > 0.0


@pytest.mark.slow
def test_exposure_costs_stance_and_trust():
    assert gap("stance", "as it is", "never exposed").high < 0.0
    assert gap("trust", "as it is", "never exposed").high < 0.0
    assert gap("trust", "as it is", "nobody bought").high < 0.0


@pytest.mark.slow
def test_they_are_not_relations():
    assert gap("stance", "open door", "as it is").low > 0.2
    assert gap("profit", "open door", "as it is").low > 0.0


@pytest.mark.slow
def test_over_the_years_they_earn_nothing():
    found = gap("profit", "as it is", "nobody bought")
    usual = value(runs("favours", 6, SMALL), "profit", "Fixer", RUN).mean()
    assert -0.05 * usual < found.low and found.high < 0.05 * usual
