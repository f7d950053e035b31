"""Need: exact inversion of the Poisson, and the negative binomial that it makes of Gamma rates (Ehrenberg 1959)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.draws import Luck
from sim.mechanisms.need import Need

need = Need()
N = 200_000


def purchases(luck, rate, season=1.0):
    return need.purchases(np.asarray(luck, np.float32), np.asarray(rate, np.float32), season)


def test_by_hand():
    # exp(-1) = 0.368, cumulated: 0.368, 0.736, 0.920, 0.981
    assert purchases([0.0, 0.36, 0.37, 0.73, 0.74, 0.93], [1.0] * 6).tolist() == [0, 0, 1, 1, 2, 3]


@given(luck=st.integers(0, 2**24 - 1), rate=st.floats(0.0, 79.0, width=32))
def test_it_is_the_quantile_of_the_poisson(luck, rate):
    u = luck / 2**24
    found = int(purchases([u], [rate])[0])
    # Sums are float32: the quantile may only differ where luck lies within 2e-6 of a step of the distribution.
    low, high = stats.poisson.ppf(np.clip([u - 2e-6, u + 2e-6], 0.0, 1.0), rate) if rate > 0 else (0, 0)
    assert low <= found <= high


@pytest.mark.parametrize("rate", [0.05, 0.7, 3.0, 12.0, 60.0])
def test_mean_and_variance_are_the_rate(rate):
    count = purchases(Luck(1, 1, 0, N).uniform("purchases"), np.full(N, rate)).astype(float)
    # 4.5 standard errors of the mean and of the variance: false alarm 7e-6 each.
    assert abs(count.mean() - rate) < 4.5 * np.sqrt(rate / N)
    assert abs(count.var() - rate) < 4.5 * np.sqrt((rate + 2 * rate**2) / N)


def test_gamma_rates_make_a_negative_binomial():
    r, alpha = 0.5, 0.8
    rate = stats.gamma(r, scale=1 / alpha).ppf((np.arange(N) + 0.5) / N)
    rate = rate[np.random.default_rng(3).permutation(N)]
    count = purchases(Luck(2, 1, 0, N).uniform("purchases"), rate)
    exact = stats.nbinom(r, alpha / (1 + alpha))
    cells = np.append(exact.pmf(np.arange(8)), exact.sf(7)) * N
    seen = np.append(np.bincount(count, minlength=8)[:8], (count > 7).sum())
    assert stats.chisquare(seen, cells).pvalue > 1e-4


@given(luck=st.floats(0, 0.999), rate=st.floats(0, 50, width=32), more=st.floats(0, 20, width=32))
def test_who_needs_more_never_buys_less(luck, rate, more):
    assert purchases([luck], [rate + more])[0] >= purchases([luck], [rate])[0]


def test_season_scales_the_rate():
    luck = Luck(1, 1, 0, 1000).uniform("purchases")
    np.testing.assert_array_equal(purchases(luck, np.full(1000, 1.5), 2.0), purchases(luck, np.full(1000, 3.0), 1.0))


def test_who_has_left_the_category_needs_nothing():
    assert purchases([0.0, 0.5, 0.9999999], [0.0, 0.0, 0.0]).tolist() == [0, 0, 0]


def test_at_most_80_are_expected_and_the_unluckiest_ends():
    count = purchases([0.5, 0.9999999], [1e6, 1e6])
    assert 75 <= count[0] <= 85
    assert count[1] < 150


def test_switched_off_everybody_in_the_category_needs_one():
    off = Need(active=False)
    assert off.purchases(np.zeros(3, np.float32), np.array([0.0, 1e-9, 7.0], np.float32), 1.0).tolist() == [0, 1, 1]
