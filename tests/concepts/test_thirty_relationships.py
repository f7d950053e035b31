"""The thirty relationships: each that the model carries can be set, and shows where the table says. One seed, the same luck on both sides."""

import pytest
from compare import value, whole

from docs.relationships import BEYOND, MARKET, coverage, relationships

LISTED = relationships()
CARRIED = [one for one in LISTED if not one.missing]
SMALL = {"customers": 300, "months": 6}


def seen(tables, one):
    table, _, column = one.see.partition(".")
    return value(tables, column, months=(4, 6), table=table)


def test_there_are_seventeen_of_the_market_and_thirteen_beyond_it():
    assert [one.number for one in LISTED] == list(range(1, 31))
    assert (coverage(MARKET)[1], coverage(BEYOND)[1]) == (17, 13)


def test_most_are_carried_and_the_others_say_why():
    assert coverage() == (len(CARRIED), 30)
    assert coverage(MARKET)[0] >= 14 and coverage(BEYOND)[0] >= 11
    assert all(bool(one.set and one.see and one.moves) != bool(one.missing) for one in LISTED)


@pytest.mark.parametrize("one", CARRIED, ids=lambda one: f"R{one.number}")
def test_a_relationship_that_is_carried_can_be_set_and_is_felt(one):
    with_it, without = seen(whole(one.set, **SMALL), one), seen(whole(**SMALL), one)
    assert one.moves in ("up", "down")
    moved = with_it - without if one.moves == "up" else without - with_it
    assert moved > 0.015 * abs(without), f"{one.see}: {without:g} became {with_it:g}"
