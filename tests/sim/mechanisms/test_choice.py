"""Choice: logit shares in closed form, probabilities that add up, and the signs of the theory (McFadden 1974)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.draws import Luck
from sim.mechanisms.choice import LogitChoice

GIVEN = LogitChoice(value_weight=2.0, deal=0.5, commitment_weight=1.5, reputation_weight=1.0, contact_weight=0.5, lock_in=1.5, forfeit=4.0)
share = st.floats(0, 1, width=32)


def probability(
    rule=GIVEN, value=(1.0, 1.0), commitment=(0.0, 0.0), reputation=(0.5, 0.5), taste=(0, 0), lock=(0.0, 0.0), brand=(0.0, 0.0),
    aware=(1, 1), again=1, current=-1, orientation=1.0, sensitivity=1.0, outside=0.0, contact=None, months=1.0,
):  # fmt: skip
    """One customer: the probabilities of the firms, and their pulls."""

    def by_firm(values, dtype=np.float32):
        return np.array(values, dtype)[:, None].copy()

    found, pull = rule.probability(
        by_firm(value), by_firm(commitment), by_firm(reputation), by_firm(contact or (0.0,) * len(value)), by_firm(taste, np.int16),
        by_firm(lock), np.array(brand, np.float32), by_firm(aware, np.uint8), flags(again), np.array([current], np.int8),
        floats(orientation), sensitivity, outside, months,
    )  # fmt: skip
    return found[:, 0].astype(float), pull[:, 0].astype(float)


def closed(*utilities, outside=0.0):
    weights = np.exp(np.array(utilities))
    return weights / (np.exp(outside) + weights.sum())


def test_equal_firms_and_the_outside_option_share_equally():
    found, pull = probability()
    assert found == pytest.approx([1 / 3, 1 / 3])
    assert pull == pytest.approx([0.5, 0.5])


def test_utility_by_hand():
    # 0: 2 * 1.2 * (1 + 0.5 * 0.25) ln 1.5 + 1.5 * 0.75 * 0.4 + (0.7 - 0.5) + 0.3 + 0.25 + 0.6 = 1.0948 + 0.45 + 1.35 = 2.8948
    # 1: 2 * 1.2 * 1.125 * ln 0.8 + 0 + (0.2 - 0.5) + 0 - 0.5 (its lock does not hold: she is not its customer) = -0.6025 - 0.8 = -1.4025
    first = 2 * 1.2 * 1.125 * np.log(1.5) + 1.5 * 0.75 * 0.4 + 0.2 + 0.3 + 0.25 + 0.6
    second = 2 * 1.2 * 1.125 * np.log(0.8) - 0.3 - 0.5
    assert first == pytest.approx(2.8948, abs=1e-4)
    assert second == pytest.approx(-1.4025, abs=1e-4)
    found, pull = probability(
        value=(1.5, 0.8), commitment=(0.4, 0.0), reputation=(0.7, 0.2), taste=(250, -500), lock=(0.6, 0.9), brand=(0.3, 0.0), current=0,
        orientation=0.75, sensitivity=1.2, outside=-1.0,
    )  # fmt: skip
    assert found == pytest.approx(closed(first, second, outside=-1.0), rel=1e-5)
    assert pull == pytest.approx(closed(first, second, outside=-np.inf), rel=1e-5)


def test_contacts_remind_and_repel():
    # 0.5 * 0.6 = 0.3 for the first, 0.5 * -0.4 = -0.2 for the second
    found, _ = probability(contact=(0.6, -0.4))
    assert found == pytest.approx(closed(0.3, -0.2), rel=1e-5)
    # A week's contacts are a quarter of a month's, and as much to each purchase.
    week, _ = probability(contact=(0.15, -0.1), months=0.25)
    assert week == pytest.approx(found, rel=1e-5)


def test_lock_by_hand():
    # 0.4 + 1.5 * 0.2 + 4.0 * 0.05 * 0.5 = 0.8
    found = GIVEN.lock(floats([0.2], [0.0]), floats([0.5], [0.5]), floats(0.05, 0.0), 0.4)
    np.testing.assert_allclose(found, [[0.8], [0.4]], rtol=1e-6)


@given(
    value=st.tuples(*[st.floats(0.02, 20)] * 3), taste=st.tuples(*[st.integers(-5000, 5000)] * 3), outside=st.floats(-20, 20),
    orientation=st.floats(0, 1), aware=st.tuples(*[st.integers(0, 1)] * 3), commitment=st.tuples(*[st.floats(0, 1)] * 3),
)  # fmt: skip
def test_shares_are_those_of_the_closed_form_and_add_up_to_1_with_the_outside_option(value, taste, outside, orientation, aware, commitment):
    found, pull = probability(
        value=value, taste=taste, outside=outside, orientation=orientation, aware=aware, commitment=commitment, reputation=(0.5,) * 3,
        lock=(0.0,) * 3, brand=(0.0,) * 3,
    )  # fmt: skip
    u = 2.0 * (1 + 0.5 * (1 - orientation)) * np.log(value) + 1.5 * orientation * np.array(commitment) + np.array(taste) / 1000
    weights = np.where(aware, np.exp(u), 0.0)
    expected = weights / (weights.sum() + np.exp(outside))
    np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-6)
    assert found.sum() <= 1.0 + 1e-6
    if any(aware):
        assert pull.sum() == pytest.approx(1.0, abs=1e-5)


def test_who_is_not_known_is_not_bought():
    found, pull = probability(aware=(0, 1))
    assert found == pytest.approx([0.0, 0.5])
    assert pull == pytest.approx([0.0, 1.0])
    nothing, _ = probability(aware=(0, 0))
    assert nothing == pytest.approx([0.0, 0.0])


def test_in_routine_the_provider_is_taken_unasked():
    found, pull = probability(again=0, current=1, value=(5.0, 0.2))
    assert found == pytest.approx([0.0, 1.0])
    assert pull[0] > 0.9  # the pull of the alternatives is there all the same


@pytest.mark.parametrize("name", ["value", "commitment", "reputation"])
def test_more_of_what_attracts_never_loses_a_share(name):
    @given(low=st.floats(0.02, 1.0), step=st.floats(0, 1.0), orientation=share)
    def check(low, step, orientation):
        worse, _ = probability(**{name: (low, 0.5)}, orientation=orientation)
        better, _ = probability(**{name: (low + step, 0.5)}, orientation=orientation)
        assert better[0] >= worse[0] - 1e-6
        assert better[1] <= worse[1] + 1e-6

    check()


def test_deal_seekers_weigh_value_more_and_commitment_not_at_all():
    def odds(orientation, **how):
        found, _ = probability(orientation=orientation, **how)
        return found[0] / found[1]

    assert odds(0.0, value=(1.5, 1.0)) > odds(1.0, value=(1.5, 1.0)) > 1
    assert odds(1.0, commitment=(0.8, 0.0)) > odds(0.0, commitment=(0.8, 0.0)) == pytest.approx(1.0)


def test_extreme_utilities_stay_probabilities():
    found, _ = probability(value=(1e-6, 1e6), taste=(-32767, 32767), outside=50.0)
    assert found[0] == pytest.approx(0.0)
    assert 0.0 <= found[1] <= 1.0
    assert np.isfinite(found).all()


def test_switched_off_all_known_firms_are_equally_likely():
    found, _ = probability(GIVEN.model_copy(update={"active": False}), value=(9.0, 0.1), commitment=(1.0, 0.0), outside=40.0)
    assert found == pytest.approx([0.5, 0.5])
    alone, _ = probability(GIVEN.model_copy(update={"active": False}), aware=(0, 1))
    assert alone == pytest.approx([0.0, 1.0])


def everything(n):
    return np.zeros(n, np.int32)


def test_after_the_last_purchase_there_is_none():
    # The first need goes to nobody, so the last but one purchase is the third need; who leaves with the fourth makes all three.
    chances = np.repeat(floats([0.2], [0.5]), 4, axis=1)
    luck = np.repeat(floats(0.9, 0.1, 0.3, 0.1)[:, None], 4, axis=1)
    found = GIVEN.quantity(chances, np.full(4, 4, np.int32), luck, np.array([0, 1, 2, 4], np.int32))
    assert found.tolist() == [[2, 1, 1, 2], [1, 0, 1, 1]]


def test_quantity_by_hand():
    chances = floats([0.2] * 4, [0.5] * 4)
    luck = floats([0.1, 0.3, 0.8, 0.1], [0.19, 0.69, 0.0, 0.9], [0.0, 0.0, 0.0, 0.0])
    found = GIVEN.quantity(chances, np.array([2, 2, 2, 0], np.int32), luck, everything(4))
    assert found.tolist() == [[2, 0, 1, 0], [0, 2, 0, 0]]  # below 0.2 the first, below 0.7 the second, else none


def test_luck_exactly_on_a_border_is_one_purchase_of_the_next_firm():
    # Luck has 24 bits, so it does fall on borders: 0.25 is no longer the first firm's, 0.75 is nobody's.
    found = GIVEN.quantity(floats([0.25, 0.25], [0.5, 0.5]), np.array([1, 1], np.int32), floats([0.25, 0.75]), everything(2))
    assert found.tolist() == [[0, 0], [1, 0]]


def test_quantities_come_at_their_probabilities_and_never_exceed_the_need():
    n = 50_000
    luck = Luck(4, 1, 0, n)
    chances = np.repeat(floats([0.15], [0.6]), n, axis=1)
    needed = np.full(n, 3, np.int32)
    found = GIVEN.quantity(chances, needed, luck.uniforms("choice", 3), everything(n))
    assert (found.sum(axis=0) <= needed).all()
    for j, p in enumerate((0.15, 0.6)):
        # 4.5 standard errors: false alarm 7e-6.
        assert abs(found[j].mean() / 3 - p) < 4.5 * np.sqrt(p * (1 - p) / (3 * n))
