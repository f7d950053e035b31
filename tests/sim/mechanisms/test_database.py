"""The database: knowledge, who counts as active, the provider, spells and save offers, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.customers import NEVER
from sim.mechanisms.database import CLASSES, Database

GIVEN = Database(scale=0.002, learning=3.0, memory=12.0, patience=3.0, shortest=6.0, longest=12.0, false_alarm=0.25, newness=3.0)
share = st.floats(0, 1, width=32)


def numbers(*values):
    return np.array([values], np.uint16)


def months(*values):
    return np.array([values], np.int16)


def silence(purchases, first, last, month, rule=GIVEN):
    return float(rule.silence(numbers(purchases), months(first), months(last), month)[0, 0])


def test_knowledge_by_hand():
    # (1 - e^-1) (1 - e^-1) e^0 = 0.3996; half a memory later times e^-0.5; nothing bought, nothing known
    found = GIVEN.knowledge(floats(0.002), floats(1.0), numbers(3, 3, 0), months(10, 4, NEVER), 10)
    np.testing.assert_allclose(found, [[0.39957, 0.24235, 0.0]], rtol=1e-4)


def test_a_firm_that_spends_nothing_knows_nothing():
    assert GIVEN.knowledge(floats(0.0), floats(1.0), numbers(50), months(10), 10)[0, 0] == 0.0


@given(low=st.integers(0, 300), more=st.integers(0, 300), spending=st.floats(0, 0.1), recency=st.integers(0, 60))
def test_knowledge_is_a_share_that_grows_with_purchases_and_goes_stale(low, more, spending, recency):
    def known(count, age):
        return float(GIVEN.knowledge(floats(spending), floats(1.0), numbers(count), months(100 - age), 100)[0, 0])

    assert 0.0 <= known(low, recency) <= known(low + more, recency) <= 1.0
    assert known(low, recency + 5) <= known(low, recency)


@pytest.mark.parametrize(
    ("purchases", "first", "last", "month", "expected"),
    [
        (1, 0, 0, 6, 0.5),  # bought once: the longest time is allowed
        (5, 0, 12, 18, 6 / 9),  # gap 12 / 4 = 3 months, allowed 9
        (13, 0, 12, 15, 0.5),  # gap 1, allowed 3, but nobody lapses before 6
        (3, 0, 20, 32, 1.0),  # gap 10, allowed 30, but everybody lapses after 12
        (2, 3, 3, 4, 1 / 6),  # two in one month: gap 0
        (0, NEVER, NEVER, 4, 1e9),
        (1, -8, -8, 1, 0.75),  # before the start  # never bought
    ],
)
def test_silence_by_hand(purchases, first, last, month, expected):
    assert silence(purchases, first, last, month) == pytest.approx(expected)


@given(purchases=st.integers(1, 200), first=st.integers(0, 100), spell=st.integers(0, 100), quiet=st.integers(0, 60))
def test_nobody_lapses_before_the_shortest_and_everybody_after_the_longest(purchases, first, spell, quiet):
    last = first + spell
    found = silence(purchases, first, last, last + quiet)
    if quiet < 6:
        assert found < 1.0
    if quiet > 12:
        assert found > 1.0
    assert silence(purchases, first, last, last + quiet + 1) > found


def test_who_subscribes_is_active_and_departure_is_announced():
    found = GIVEN.subscription(np.array([0, 1, -1, 0], np.int8), np.array([[3, 3, NEVER, 2], [NEVER, 2, 5, NEVER]], np.int16), flags(0, 0, 0, 1))
    np.testing.assert_allclose(found, [[0.0, 2.0, 1e9, 0.75], [1e9, 0.0, 2.0, 1e9]])  # at risk where the contract ends this month


def test_the_provider_is_the_firm_of_most_purchases():
    current = np.array([0, 0, 1, -1, 1, -1, -1], np.int8)
    bought = floats([0, 2, 0, 0, 1, 1, 1], [1, 3, 0, 0, 1, 1, 1])
    luck = floats(0.9, 0.9, 0.9, 0.9, 0.1, 0.4, 0.6)
    provider, total = GIVEN.provider(current, bought, luck, False)
    assert provider.tolist() == [1, 1, 1, -1, 1, 0, 1]  # of equals the old one, else by luck: below one half the first of two
    assert total.tolist() == [1, 5, 0, 0, 2, 2, 2]


def test_no_firm_is_favoured_for_its_place():
    n = 3000
    bought, nobody = np.ones((3, n), np.float32), np.full(n, -1, np.int8)
    provider, _ = GIVEN.provider(nobody, bought, even(n), False)
    assert np.bincount(provider).tolist() == [1000, 1000, 1000]


def test_a_month_without_purchase_ends_a_contract():
    provider, _ = GIVEN.provider(np.array([0, 1], np.int8), floats([1, 0], [0, 0]), floats(0, 0), True)
    assert provider.tolist() == [0, -1]


def test_the_record_counts_and_begins_spells():
    # bought while active; first purchase; came back after lapsing; bought nothing
    for contractual, spells in ((False, [[1, 10, 2, 4]]), (True, [[1, 10, 10, 4]])):
        count, began, when = GIVEN.record(
            numbers(3, 0, 5, 2), months(1, NEVER, 2, 4), months(8, NEVER, 4, 5), floats([0.3, 1e9, 2.0, 0.9]), floats([2, 1, 1, 0]), 10, contractual
        )
        assert count.tolist() == [[5, 1, 6, 2]]
        assert began.tolist() == spells  # a contract begins anew; a buyer's rhythm counts from her first purchase
        assert when.tolist() == [[10, 10, 10, 5]]
        assert (count.dtype, began.dtype, when.dtype) == (np.uint16, np.int16, np.int16)


def test_purchases_do_not_overflow():
    count, _, _ = GIVEN.record(numbers(65530), months(0), months(0), floats([0.1]), floats([80]), 10, False)
    assert count.tolist() == [[65535]]


@pytest.mark.parametrize(
    ("purchases", "first", "silence", "current", "months_per_period", "expected"),
    [
        (0, NEVER, 1e9, 0, 1.0, "no_history"),
        (4, 1, 0.3, 0, 1.0, "existing"),
        (4, 7, 0.3, 0, 1.0, "new"),  # month 10, began in 7
        (4, 6, 0.3, 0, 1.0, "existing"),
        (4, 9, 0.3, 0, 3.0, "new"),  # a quarter ago
        (4, 8, 0.3, 0, 3.0, "existing"),  # two quarters ago
        (1, 9, 0.3, 0, 1.0, "trier"),
        (4, 9, 0.3, 1, 1.0, "brand_switcher"),
        (1, 9, 0.3, 1, 1.0, "brand_switcher"),
        (4, 1, 1.5, 0, 1.0, "quitter"),
        (1, 1, 1.5, 1, 1.0, "quitter"),
    ],
)
def test_the_five_classes(purchases, first, silence, current, months_per_period, expected):
    found = GIVEN.classes(numbers(purchases), months(first), floats([silence]), np.array([current], np.int8), 10, months_per_period)
    assert CLASSES[found[0, 0]] == expected


def test_save_offers_find_those_at_risk_as_far_as_they_are_known():
    # at risk and known 0.8: 0.1 * 0.8; safe: 0.1 * 0.25 * (1 - 0.8); no longer active, or never: nothing
    found = GIVEN.offer(floats([0.8, 0.8, 0.0, 0.8, 0.8]), floats([0.6, 0.4, 0.4, 1.1, 1e9]), floats(0.1), floats(0.0))
    np.testing.assert_allclose(found, [[0.08, 0.005, 0.025, 0.0, 0.0]], rtol=1e-5)


@given(low=share, step=share)
def test_knowing_more_saves_more_of_those_at_risk_and_wastes_less_on_the_safe(low, step):
    high = min(low + step, 1.0)
    found = GIVEN.offer(floats([low, high, low, high]), floats([0.9, 0.9, 0.1, 0.1]), floats(0.2), floats(0.0))[0]
    assert found[1] >= found[0]
    assert found[3] <= found[2]


def test_switched_off_nothing_is_known_and_nobody_saved():
    off = GIVEN.model_copy(update={"active": False})
    assert off.knowledge(floats(1.0), floats(1.0), numbers(9), months(3), 3).tolist() == [[0.0]]
    assert off.offer(floats([1.0]), floats([0.9]), floats(0.5), floats(0.5)).tolist() == [[0.0]]
    assert silence(1, 0, 0, 6, off) == 0.5  # who counts as active is a definition, not a theory


def test_a_database_that_nobody_uses_knows_nothing():
    assert GIVEN.knowledge(floats(0.1), floats(0.0), numbers(50), months(10), 10)[0, 0] == 0.0
    whole, half = (float(GIVEN.knowledge(floats(0.1), floats(use), numbers(50), months(10), 10)[0, 0]) for use in (1.0, 0.5))
    assert half == pytest.approx(0.5 * whole)


def test_introductory_rebates_go_to_those_who_are_no_customers():
    found = GIVEN.offer(floats([0.0, 0.0, 0.0]), floats([0.4, 1.1, 1e9]), floats(0.0), floats(0.15))
    np.testing.assert_allclose(found, [[0.0, 0.15, 0.15]])
