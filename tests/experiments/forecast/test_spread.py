"""What makes an interval's width: parts that are known are found again, and one future in twenty lies outside."""

import numpy as np
import pytest
from scipy.stats import binom

from experiments.forecast.spread import spread


def test_worked_by_hand():
    # means 2 and 6, grand mean 4; W = (2 + 2) / 2 = 2; B = 2 * var(2, 6) = 2 * 8 = 16; parameters = (16 - 2) / 2 = 7
    found = spread(np.array([[1.0, 3.0], [5.0, 7.0]]))
    assert (found.mean, found.luck, found.parameters, found.n) == (4.0, 2.0, 7.0, 4)
    assert found.share == pytest.approx(7 / 9)
    # total = 16 / 2 + 2 / 2 = 9, of the mean 16 / 4 = 4; nu = 81 / (64 / 1 + 1 / 2) = 1.256
    assert found.high - found.mean == pytest.approx(7.9622 * np.sqrt(13.0), rel=1e-3)


def test_one_set_has_luck_only_and_does_not_shrink_to_nothing():
    luck = np.random.default_rng(1).normal(size=(1, 2_000))
    found = spread(luck)
    assert np.isnan(found.parameters)
    assert np.isnan(found.share)
    assert (found.low, found.high) == pytest.approx((-1.96, 1.96), abs=0.12)


def test_nothing_varies():
    found = spread(np.ones((3, 2)))
    assert (found.low, found.high, found.luck, found.parameters) == (1.0, 1.0, 0.0, 0.0)


@pytest.mark.parametrize(("n_sets", "n_each", "parameters"), [(20, 2, 1.0), (10, 2, 3.0), (10, 2, 0.0), (1, 20, 0.0)])
def test_the_next_future_lies_inside_as_often_as_it_should(n_sets, n_each, parameters):
    rng, trials, inside, shares = np.random.default_rng(2), 2_000, 0, []
    for _ in range(trials):
        found = spread(rng.normal(0.0, parameters, (n_sets, 1)) + rng.normal(size=(n_sets, n_each)))
        inside += found.low < rng.normal(0.0, parameters) + rng.normal() < found.high
        shares.append(found.share)
    # t with Satterthwaite's degrees of freedom is good to one point; beyond that, a false alarm in 1,000
    assert binom.ppf(0.0005, trials, 0.94) <= inside <= binom.ppf(0.9995, trials, 0.96)
    if n_sets > 1 and parameters:
        assert np.mean(shares) == pytest.approx(parameters**2 / (1.0 + parameters**2), abs=0.05)
