"""Distribution: margin, scarce shelf, and who finds what, by hand and by sign (El-Ansary & Stern 1972; Morgan & Hunt 1994)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.mechanisms.distribution import Distribution

GIVEN = Distribution(
    handling=0.05, most=0.25, space=2.0, by_margin=8.0, by_tie=1.5, by_support=0.6, by_demand=2.0, pace=0.25, ground=0.5, supported=0.1,
    by_talk=0.06, by_values=0.2, least=0.3, support_cost=0.02, talk_cost=0.01, direct_cost=0.03,
)  # fmt: skip
share = st.floats(0, 1, width=32)


def test_the_margin_by_hand():
    # what the firm does not take of 0.05 to 0.25: 0.05 + 0.6 * 0.2
    assert float(GIVEN.margin(floats([0.4]))[0, 0]) == pytest.approx(0.17)
    assert float(GIVEN.margin(floats([1.0]))[0, 0]) == pytest.approx(0.05)  # never below what handling costs


def target(margin=0.15, commitment=0.5, support=0.0, demand=0.5, satisfaction=0.5, present=(1, 1), rule=GIVEN):
    """Shelf that one distributor would give two firms, the second of which is always the same."""
    found = rule.target(
        floats([margin], [0.15]), floats([commitment], [0.5]), floats(support, 0.0), floats([demand], [0.5]), floats([satisfaction], [0.5]),
        flags(*present),
    )  # fmt: skip
    return found[:, 0].tolist()


def test_equals_share_the_shelf_by_hand():
    assert target() == pytest.approx([1 - np.exp(-2)] * 2)


def test_shelf_by_hand():
    # 8 * 0.05 + 1.5 * 0.2 + 0.6 * 0.5 + 2 * 0.1 = 1.2 ahead: 4 e^1.2 / (1 + e^1.2) of the space
    odds = np.exp(1.2)
    found = target(margin=0.2, commitment=0.7, support=0.5, demand=0.6)
    assert found == pytest.approx([1 - np.exp(-4 * odds / (1 + odds)), 1 - np.exp(-4 / (1 + odds))], rel=1e-4)


@pytest.mark.parametrize("name", ["margin", "commitment", "support", "demand"])
def test_margin_tie_support_and_demand_raise_shelf_at_the_rivals_cost(name):
    @given(low=share, step=share)
    def check(low, step):
        more, less = target(**{name: min(low + step, 1.0)}), target(**{name: low})
        assert more[0] >= less[0] - 1e-6
        assert more[1] <= less[1] + 1e-6
        if step > 0.05 and low < 0.9:
            assert more[0] > less[0] and more[1] < less[1]

    check()


def test_a_dissatisfied_distributor_takes_the_firm_off_its_shelf():
    assert target(satisfaction=0.29)[0] == 0.0
    assert target(satisfaction=0.3)[0] > 0.0


def test_who_is_not_there_has_no_shelf_and_leaves_it_to_others():
    alone = target(present=(1, 0))
    assert alone[1] == 0.0
    assert alone[0] > target()[0]


def test_shelf_follows_slowly():
    assert float(GIVEN.shelf(floats([0.0]), floats([0.8]))[0, 0]) == pytest.approx(0.2)  # an entrant starts without any


def test_where_people_shop_follows_reach():
    outlet = GIVEN.outlet(even(1000), floats(3.0, 1.0, 1.0))
    assert [(outlet == d).sum() for d in range(3)] == [600, 200, 200]


def found(shelf, direct, n=1000):
    luck = even(n)[None]
    return GIVEN.found(luck, np.zeros(n, np.uint8), floats([shelf]), floats(direct)).mean()


def test_who_finds_the_firm_by_hand():
    assert found(0.6, 0.0) == pytest.approx(0.6, abs=2e-3)
    assert found(0.6, 0.5) == pytest.approx(0.8, abs=2e-3)  # 1 - 0.4 * 0.5
    assert found(0.0, 1.0) == 1.0
    assert float(GIVEN.availability(floats([0.6, 0.2]), floats(3.0, 1.0), floats(0.5))[0]) == pytest.approx(0.75)  # 1 - (1 - 0.5) * 0.5


@given(low=share, step=share, shelf=share)
def test_a_channel_of_its_own_never_hides_a_firm(low, step, shelf):
    assert found(shelf, min(low + step, 1.0), 100) >= found(shelf, low, 100)


def test_what_goes_through_distributors_by_hand():
    # Firm 0 sells 2 at 1.5 in outlet 1, where shelf is 0.6 and its channel reaches half: 0.6 / 0.8 of it is the distributor's.
    outlet, bought = flags(1, 0), floats([2.0, 0.0], [0.0, 1.0])
    sums = GIVEN.through(outlet, bought, floats([1.5, 9.0], [9.0, 0.8]), floats([0.9, 0.6], [0.5, 0.5]), floats(0.5, 0.0))
    np.testing.assert_array_equal(sums[0], [[0, 1_500_000], [1_000_000, 0]])
    np.testing.assert_array_equal(sums[1], [[0, 2_250_000], [800_000, 0]])


def test_how_distributors_are_treated_by_hand():
    # 0.5 + 0.1 * 0.5 + 0.06 * 0.5 + 0.2 * (0.8 - 0.5)
    assert float(GIVEN.treatment(floats(0.5), floats([0.5]), floats([0.8]))[0, 0]) == pytest.approx(0.64)


def test_costs_by_hand():
    assert float(GIVEN.cost(floats(100.0), floats(0.5), floats(1.0))[0]) == pytest.approx(2.0)
    assert float(GIVEN.channel(floats(0.5), 1000.0)[0]) == pytest.approx(15.0)
