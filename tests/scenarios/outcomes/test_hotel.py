"""Remembered guests come back: the case's arithmetic, and what a card is worth with and without memory. Seeds 1 to 3; false alarms 2.5 % a claim."""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 12000}
HOUSE, OTHER = "Remembering House", "Forgetful House"
CARDS = (19, 60)
FORGETS = {"mechanisms.database.memory": 6.0}


def returning(firm):
    """Return the share of past guests who return in the last year, by replication."""
    tables = runs("hotel", 3, SMALL)
    rows = tables["firm_months"].assign(back=lambda row: row["repeat_rate"] * row["buyers"], past=lambda row: row["customers"] + row["quitters"])
    rows = rows[(rows["firm"] == firm) & (rows["month"] > 48)].groupby("replication")
    return rows["back"].sum() / rows["past"].mean()


def by_cards(measure, changes=None):
    """Return what cards add to the remembering house, by replication: the same market without them is taken off."""
    with_cards = runs("hotel", 3, {**SMALL, **(changes or {})})
    without = runs("hotel", 3, {**SMALL, **(changes or {}), "firms.0.fixed.reactivation": 0.0})
    return value(with_cards, measure, HOUSE, CARDS, "sum") - value(without, measure, HOUSE, CARDS, "sum")


def test_one_past_guest_in_ten_returns_in_a_year():
    found = claim(returning(HOUSE))
    assert found.low > 0.09 and found.high < 0.115
    assert difference(returning(HOUSE), returning(OTHER)).low > 0.0


@pytest.mark.slow
def test_a_card_brings_lapsed_guests_back_where_the_house_remembers():
    assert claim(by_cards("won_back")).low > 0.0
    assert claim(by_cards("won_back") - by_cards("won_back", FORGETS)).low > 0.0
    assert claim(by_cards("profit", FORGETS)).high < 0.0, "cards to nobody in particular cost and bring nothing"


@pytest.mark.slow
def test_a_guest_won_back_costs_less_than_half_a_stay():
    assert claim(by_cards("cost_retention") / by_cards("won_back")).high < 0.5
    assert claim(by_cards("profit")).low > 0.0
