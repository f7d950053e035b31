"""Satisfaction in seven constructs: worked by hand, and the signs of the theory (Spreng et al. 1996)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.mechanisms.satisfaction import CONSTRUCTS, Satisfaction
from sim.units import FIXED_POINT

GIVEN = Satisfaction(
    start=0.5, start_expectation=0.5, base=0.6, desires=0.5, expectations=1.0, loss=2.0, information=0.4, broken_promise=0.5,
    attribute_weight=0.75, equity=0.4, adaptation=0.25, theta=0.5, hope=0.5,
)  # fmt: skip
share = st.floats(0, 1, width=32)
small_step = st.floats(0, 1, width=32)


def episode(rule=GIVEN, performance=0.6, expectation=0.6, taken=0.5, promised=0.5, openness=0.5, desire=0.6, bought=1.0):
    overall, sums = rule.episode(
        floats([performance]), floats([expectation]), floats([taken]), floats(promised), floats(openness), desire, floats([bought])
    )
    return float(overall[0, 0]), {name: value / FIXED_POINT for name, value in zip(CONSTRUCTS, sums[:, 0], strict=True)}


def test_all_as_wished_expected_and_told_gives_the_base():
    overall, parts = episode()
    assert overall == pytest.approx(0.6)
    assert parts == pytest.approx({"performance": 0.6, "expectation": 0.6, "attribute_satisfaction": 0.6, "information_satisfaction": 0.6,
                                   "overall_satisfaction": 0.6}, abs=1e-6)  # fmt: skip


def test_a_disappointment_by_hand():
    # DC = 0.5 - 0.6 = -0.1, EC = 0.5 - 0.7 = -0.2; losses count twice: AS = 0.6 + 0.5 (-0.2) + 1.0 (-0.4) = 0.1
    # promised 0.8, delivered 0.5: IS = 0.6 + 0.4 (0.75 - 0.5) - 0.5 * 2 * 0.3 = 0.4
    # taken 0.75 of the gain: OS = 0.75 * 0.1 + 0.25 * 0.4 - 0.4 * 0.25 = 0.075
    overall, parts = episode(performance=0.5, expectation=0.7, promised=0.8, openness=0.75, taken=0.75)
    assert parts["attribute_satisfaction"] == pytest.approx(0.1, abs=1e-6)
    assert parts["information_satisfaction"] == pytest.approx(0.4, abs=1e-6)
    assert overall == pytest.approx(0.075, abs=1e-6)


def test_a_pleasant_surprise_by_hand():
    # DC = 0.2, EC = 0.1: AS = 0.6 + 0.1 + 0.1 = 0.8; IS = 0.6; OS = 0.6 + 0.15 = 0.75
    overall, _ = episode(performance=0.8, expectation=0.7)
    assert overall == pytest.approx(0.75)


def test_a_loss_weighs_more_than_the_same_gain():
    base, gain, loss = episode()[0], episode(performance=0.65)[0], episode(performance=0.55)[0]
    assert base - loss > gain - base


@given(low=share, step=small_step, expectation=share, taken=share, promised=share, openness=share, desire=share)
def test_better_performance_never_satisfies_less(low, step, **rest):
    assert episode(performance=min(low + step, 1.0), **rest)[0] >= episode(performance=low, **rest)[0] - 1e-6


@given(low=share, step=small_step, performance=share, taken=share, promised=share, openness=share, desire=share)
def test_expecting_more_never_satisfies_more(low, step, **rest):
    assert episode(expectation=min(low + step, 1.0), **rest)[0] <= episode(expectation=low, **rest)[0] + 1e-6


@given(low=share, step=small_step, performance=share, expectation=share, taken=share, openness=share, desire=share)
def test_promising_more_never_satisfies_more(low, step, **rest):
    assert episode(promised=min(low + step, 1.0), **rest)[0] <= episode(promised=low, **rest)[0] + 1e-6


@given(low=share, step=small_step, performance=share, expectation=share, promised=share, openness=share, desire=share)
def test_a_firm_that_takes_more_never_satisfies_more(low, step, **rest):
    assert episode(taken=min(low + step, 1.0), **rest)[0] <= episode(taken=low, **rest)[0] + 1e-6


@given(low=share, step=small_step, performance=share, expectation=share, promised=share, taken=share, desire=share)
def test_a_more_open_firm_never_satisfies_less(low, step, **rest):
    assert episode(openness=min(low + step, 1.0), **rest)[0] >= episode(openness=low, **rest)[0] - 1e-6


@given(performance=share, expectation=share, taken=share, promised=share, openness=share, desire=share)
def test_satisfaction_is_a_share(**all_of_it):
    overall, parts = episode(rule=GIVEN.model_copy(update={"desires": 5.0, "broken_promise": 5.0}), **all_of_it)
    assert 0.0 <= overall <= 1.0
    assert all(0.0 <= value <= 1.0 for value in parts.values())


def test_constructs_are_summed_over_buyers_only():
    overall, sums = GIVEN.episode(
        floats([0.6, 0.9, 0.6], [0.1, 0.1, 0.1]), np.full((2, 3), 0.5, np.float32), np.full((2, 3), 0.5, np.float32), floats(0.5, 0.5),
        floats(0.5, 0.5), 0.6, floats([1, 0, 2], [0, 0, 0]),
    )  # fmt: skip
    assert sums[0].tolist() == pytest.approx([1.2 * FIXED_POINT, 0], abs=1)
    assert sums[4, 0] == pytest.approx((overall[0, 0] + overall[0, 2]) * FIXED_POINT, abs=1.5)


def test_satisfaction_and_expectation_follow_the_episode_of_those_who_bought():
    bought = floats([1, 0, 3])
    after = GIVEN.satisfaction(floats([0.4, 0.4, 0.4]), floats([0.8, 0.8, 0.0]), bought)
    np.testing.assert_allclose(after, [[0.5, 0.4, 0.3]], rtol=1e-6)  # 0.4 + 0.25 (0.8 - 0.4) and 0.4 - 0.25 * 0.4
    hope = GIVEN.expectation(floats([0.4, 0.4, 0.4]), floats([0.8, 0.8, 0.0]), bought)
    np.testing.assert_allclose(hope, [[0.6, 0.4, 0.2]], rtol=1e-6)


def test_promises_move_expectations_of_those_who_know_the_firm():
    # rate = reached * hope = 0.4 * 0.5 = 0.2; 0.5 + 0.2 (0.9 - 0.5) = 0.58
    found = GIVEN.hopes(floats([0.5, 0.5]), flags([1, 0]), floats(0.9), floats(0.4))
    np.testing.assert_allclose(found, [[0.58, 0.5]], rtol=1e-6)


def test_switched_off_nothing_is_felt():
    off = GIVEN.model_copy(update={"active": False})
    old, new, bought = floats([0.3, 0.7]), floats([0.9, 0.1]), floats([1, 1])
    np.testing.assert_array_equal(off.satisfaction(old, new, bought), old)
    np.testing.assert_array_equal(off.expectation(old, new, bought), old)
    np.testing.assert_array_equal(off.hopes(old, flags([1, 1]), floats(1.0), floats(1.0)), old)
