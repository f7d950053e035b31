"""Scores, worked by hand, and what chance gets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.truth.scores import SCORES, Estimate, agreement, best_found, scores, spearman

TRUE = np.array([4.0, 0.0, 2.0, 1.0, 3.0])
EXACT = np.zeros(5)
NOBODY = np.zeros(5, bool)


def test_worked_by_hand():
    lost = np.array([False, True, False, True, False])
    given_up = np.array([False, True, True, False, False])
    found = scores(Estimate(TRUE + 1.0, given_up), TRUE, EXACT, lost)
    assert set(found) == set(SCORES)
    assert found["bias"] == pytest.approx(0.5)  # 1 too high, the mean is 2
    assert found["rmse"] == pytest.approx(0.5)
    assert found["mae"] == pytest.approx(0.5)
    assert found["spearman"] == pytest.approx(1.0)
    assert found["best_found"] == 1.0
    assert found["precision"] == 0.5
    assert found["recall"] == 0.5


def test_what_has_no_denominator_is_missing():
    found = scores(Estimate(np.ones(5), NOBODY), TRUE, EXACT, NOBODY)
    assert np.isnan([found["precision"], found["recall"], found["spearman"]]).all()


def test_estimates_all_alike_find_the_best_as_chance_does():
    assert best_found(np.ones(100), np.arange(100.0)) == pytest.approx(0.2)


def test_the_truths_own_error_is_not_laid_at_the_methods_door():
    luck = np.random.default_rng(1)
    true = luck.gamma(1.0, 2.0, 20_000)
    error = np.full(true.size, 0.7)
    seen = true + luck.normal(0.0, error)
    assert scores(Estimate(true, true < 0), seen, error, true < 0)["rmse"] == pytest.approx(0.0, abs=0.05)
    off = scores(Estimate(true + luck.normal(0.0, 1.0, true.size), true < 0), seen, error, true < 0)
    assert off["rmse"] == pytest.approx(1.0 / true.mean(), rel=0.05)


def test_ceiling_is_the_correlation_of_the_mean_with_the_expectation():
    luck = np.random.default_rng(2)
    true = luck.normal(0.0, 1.0, 5_000)
    futures = true + luck.normal(0.0, 2.0, (8, true.size))
    assert agreement(futures) == pytest.approx(spearman(futures.mean(axis=0), true), abs=0.03)
    assert np.isnan(agreement(futures[:1]))


@given(st.lists(st.floats(0.0, 10.0), min_size=5, max_size=60), st.integers(0, 2**32 - 1))
def test_ranking_does_not_depend_on_the_unit_of_money(values, seed):
    true = np.array(values)
    guess = np.random.default_rng(seed).gamma(1.0, 1.0, true.size)
    assert best_found(guess, true) == pytest.approx(best_found(4.0 * guess, 4.0 * true))
    assert 0.0 <= best_found(guess, true) <= 1.0 + 1e-12
    one, other = spearman(guess, true), spearman(4.0 * guess, true)
    assert one == pytest.approx(other, nan_ok=True)
