"""Effects: closed forms, published sample sizes, and intervals that cover as often as they say."""

import numpy as np
import pytest
from scipy import stats

from results.effects import bootstrap, effect, over, power, replications_needed, variance_ratio
from results.intervals import interval

A = np.array([1.0, 2.0, 3.0])
B = np.array([2.0, 4.0, 3.5])


def test_an_effect_worked_by_hand():
    found = effect(A, B)
    # differences 1, 2, 0.5: mean 7/6, variance 0.58333; t(2) = 4.302653
    half = 4.302653 * np.sqrt(7 / 12 / 3)
    assert found.n == 3 and found.first == 2.0
    assert (found.mean, found.high - found.mean) == pytest.approx((7 / 6, half))
    assert found.d_z == pytest.approx(7 / 6 / np.sqrt(7 / 12))
    # Var(a) = 1, Var(b) = 1.0833: pooled sqrt(1.041667); their sum over 0.58333
    assert found.d == pytest.approx(7 / 6 / np.sqrt(25 / 24))
    assert found.variance_ratio == pytest.approx((1 + 13 / 12) / (7 / 12))


@pytest.mark.parametrize(("d_z", "n"), [(0.2, 199), (0.5, 34), (0.8, 15), (1.0, 10), (-0.5, 34)])
def test_replications_needed_are_those_of_published_tables(d_z, n):
    # two-sided paired t-test, alpha 0.05, power 0.8: as G*Power (Faul et al. 2007) gives them
    assert replications_needed(d_z) == n


@pytest.mark.parametrize(("d_z", "n"), [(0.1, 20), (0.5, 34), (3.0, 2), (0.02, 5000)])
def test_power_agrees_with_another_implementation(d_z, n):
    critical = stats.t.ppf(0.975, n - 1)
    other = stats.nct(n - 1, d_z * np.sqrt(n))
    assert power(d_z, n) == pytest.approx(other.sf(critical) + other.cdf(-critical), abs=1e-6)


def test_power_without_a_difference_is_the_level_of_the_test():
    assert power(0.0, 12) == pytest.approx(0.05)


def test_the_number_needed_is_the_first_that_suffices():
    for d_z in (0.013, 0.31, 1.7):
        n = int(replications_needed(d_z))
        assert power(d_z, n) >= 0.8 > power(d_z, n - 1)


def test_edges():
    same = effect(A, A)
    assert (same.mean, same.d_z, same.d, same.needed) == (0.0, 0.0, 0.0, np.inf)
    assert same.variance_ratio == np.inf
    shifted = effect(A, A + 0.1)
    assert (shifted.d_z, shifted.needed, shifted.variance_ratio) == (np.inf, 2.0, np.inf)
    assert (shifted.boot_low, shifted.boot_high) == pytest.approx((0.1, 0.1))
    assert np.isnan(variance_ratio(np.zeros(3), np.zeros(3)))
    one = effect(A[:1], B[:1])
    assert one.n == 1 and one.mean == 1.0
    assert all(np.isnan(value) for value in (one.low, one.boot_low, one.d_z, one.needed, one.variance_ratio))
    assert effect(np.array([np.nan]), np.array([1.0])).n == 0
    assert np.isnan(over(np.nan, 1.0))
    assert replications_needed(1e-4) == np.inf


def test_missing_replications_are_left_out_in_pairs():
    found = effect(np.array([1.0, np.nan, 2.0, 5.0]), np.array([2.0, 4.0, np.nan, 7.0]))
    assert (found.n, found.mean, found.first) == (2, 1.5, 3.0)


def test_independent_luck_saves_nothing_and_shared_luck_does():
    luck = np.random.default_rng(1)
    a, b, noise = luck.normal(size=(3, 4000))
    assert variance_ratio(a, b) == pytest.approx(1.0, abs=0.1)
    # b = a + noise of standard deviation 0.1: (1 + 1.01) / 0.01 = 201
    assert variance_ratio(a, a + 0.1 * noise) == pytest.approx(201.0, rel=0.1)


def test_the_bootstrap_is_repeatable_and_follows_a_skew():
    skewed = np.random.default_rng(3).exponential(size=30)
    low, high = bootstrap(skewed)
    assert (low, high) == bootstrap(skewed)
    mean, t_low, t_high, _ = interval(skewed)
    assert low < mean < high
    assert low > t_low and high > t_high  # the t-interval is symmetric, a mean of exponentials is not


def covered(draw, make, trials):
    luck = np.random.default_rng(7)
    ends = [make(draw(luck)) for _ in range(trials)]
    return sum(low <= 0.0 <= high for low, high in ends)


@pytest.mark.parametrize("n", [3, 10])
def test_t_intervals_cover_as_often_as_they_say(n):
    trials = 2000
    hits = covered(lambda luck: luck.normal(size=n), lambda values: interval(values)[1:3], trials)
    # 95 % of normal samples are covered exactly: false alarm 1 in 10,000 over seeds
    low, high = stats.binom(trials, 0.95).ppf([0.00005, 0.99995])
    assert low <= hits <= high


def test_bootstrap_intervals_cover_nearly_as_often_as_they_say():
    trials = 300
    hits = covered(lambda luck: luck.normal(size=40), lambda values: bootstrap(values, 499), trials)
    # at n = 40 a BCa interval covers about 94 %: false alarm below 1 in 10,000 if it covers 93 to 96 %
    assert stats.binom(trials, 0.93).ppf(0.00005) <= hits <= stats.binom(trials, 0.96).ppf(0.99995)
