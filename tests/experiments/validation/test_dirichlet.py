"""The Dirichlet model: its closed forms, and getting known parameters back from simulated purchases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.validation.dirichlet import MOST, Brands, Dirichlet, fit, nbd, shape

SHARES = np.array([0.4, 0.3, 0.2, 0.1])


def drawn(mean, k, s, n=40_000, seed=1):
    """Purchases of customers who are what the model says, two periods."""
    chance = np.random.default_rng(seed)
    rate = chance.gamma(k, mean / k, n)
    taste = chance.dirichlet(s * SHARES, n)
    return [chance.poisson(rate[:, None] * taste) for _ in range(2)]


@settings(max_examples=50, deadline=None)
@given(mean=st.floats(0.05, 30.0), k=st.floats(0.1, 20.0))
def test_the_nbd_is_a_distribution_with_its_mean_and_zeros(mean, k):
    chances = nbd(mean, k)
    assert chances.sum() == pytest.approx(1.0, abs=1e-6)
    assert chances @ np.arange(len(chances)) == pytest.approx(mean, rel=1e-3)
    assert chances[0] == pytest.approx((1.0 + mean / k) ** -k)
    assert shape(mean, chances[0]) == pytest.approx(k, rel=1e-3)


def test_customers_who_are_alike_have_no_shape():
    assert shape(2.0, float(np.exp(-2.0))) == MOST


def test_with_one_taste_the_brand_is_an_nbd_of_its_own():
    # Everybody buys brand j with its share: the brand's purchases are NBD with the mean times the share and the same K.
    model = Dirichlet(mean=3.0, k=0.6, s=MOST)
    assert model.penetration(0.2) == pytest.approx(1.0 - (1.0 + 0.6 / 0.6) ** -0.6, abs=1e-4)


def test_with_the_strongest_tastes_everybody_has_one_brand():
    model = Dirichlet(mean=3.0, k=0.6, s=1e-3)
    category = 1.0 - (1.0 + 3.0 / 0.6) ** -0.6
    assert model.penetration(0.2) == pytest.approx(0.2 * category, rel=5e-3)
    assert model.repeat(0.2) == pytest.approx((2 * category - (1.0 - (1.0 + 6.0 / 0.6) ** -0.6)) / category, rel=5e-3)


def test_known_parameters_are_found_again():
    first, _ = drawn(4.0, 0.7, 1.5)
    found = fit(first)
    assert found.mean == pytest.approx(4.0, rel=0.03)
    assert found.k == pytest.approx(0.7, rel=0.05)
    assert found.s == pytest.approx(1.5, rel=0.05)


def test_and_foretell_penetration_frequency_and_repeats():
    first, second = drawn(4.0, 0.7, 1.5)
    model, seen = fit(first), Brands.of(first)
    repeat = ((first > 0) & (second > 0)).sum(axis=0) / (first > 0).sum(axis=0)
    longer = Brands.of(first + second)
    for brand, share in enumerate(seen.share):
        assert model.penetration(share) == pytest.approx(seen.penetration[brand], rel=0.03)
        assert model.frequency(share) == pytest.approx(seen.frequency[brand], rel=0.03)
        assert model.repeat(share) == pytest.approx(repeat[brand], rel=0.03)
        assert model.during(2.0).penetration(share) == pytest.approx(longer.penetration[brand], rel=0.03)


def test_a_brand_that_nobody_buys_has_no_frequency():
    seen = Brands.of(np.array([[1, 0], [2, 0]]))
    assert seen.penetration.tolist() == [1.0, 0.0]
    assert seen.frequency[0] == 1.5
    assert np.isnan(seen.frequency[1])
