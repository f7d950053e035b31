"""Relations lose more trust in a scandal and regain it sooner. Seeds 1 to 3, against the same market without it; false alarms 2.5 % a claim."""

import pytest
from outcomes import claim, runs, value

EVENT = {"name": "Scandal", "month": 13, "months": 1, "set": {"firms.0.scandal": 0.8, "firms.2.scandal": 0.8}}
"""The scenario's event, earlier."""
SMALL = {"customers": 1000, "months": 37, "events": [EVENT]}


@pytest.fixture(scope="module")
def lost():
    hit, spared = runs("scandal", 3, SMALL), runs("scandal", 3, {**SMALL, "events": []})

    def of(firm, month, measure="trust"):
        return value(spared, measure, firm, (month, month)) - value(hit, measure, firm, (month, month))

    return of


def test_trust_falls_and_more_where_there_was_more(lost):
    assert claim(lost("Sales Hit", 13)).low > 0.1
    assert claim(lost("Relations Hit", 13) - lost("Sales Hit", 13)).low > 0.0


def test_relations_make_up_for_it_sooner(lost):
    left = {firm: lost(firm, 18) / lost(firm, 13) for firm in ("Sales Hit", "Relations Hit")}
    assert claim(left["Sales Hit"] - left["Relations Hit"]).low > 0.0
    assert claim(left["Relations Hit"]).high < 0.55, "about half is back within six months"
    assert claim(lost("Relations Hit", 37) / lost("Relations Hit", 13)).high < 0.15, "and nearly all within two years"


def test_stances_turn_and_come_back(lost):
    assert claim(lost("Relations Hit", 13, "stance")).low > 0.5
    assert claim(lost("Relations Hit", 37, "stance")).high < 0.05


def test_reputation_follows_late_and_heals_slowly(lost):
    assert claim(lost("Relations Hit", 18, "reputation") - lost("Relations Hit", 13, "reputation")).low > 0.0
    assert claim(lost("Relations Hit", 37, "reputation")).low > 0.0


def test_at_its_worst_it_is_trusted_more_than_the_other_was_before():
    hit = runs("scandal", 3, customers=1000, months=37)  # as the scenario has it: relations are three years old by then
    assert claim(value(hit, "trust", "Relations Hit", (37, 37)) - value(hit, "trust", "Sales Hit", (36, 36))).low > 0.0


def test_hardly_a_customer_is_lost(lost):
    there = value(runs("scandal", 3, {**SMALL, "events": []}), "customers", "Relations Hit", (37, 37))
    assert claim(lost("Relations Hit", 37, "customers") / there).high < 0.08
