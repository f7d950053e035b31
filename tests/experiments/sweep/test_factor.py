"""Factors: quantiles become values, by closed forms."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from experiments.sweep.factor import Factor

MIDDLES = (np.arange(20_000) + 0.5) / 20_000


@pytest.mark.parametrize(
    ("factor", "mean", "sd"),
    [
        (Factor(low=2.0, high=4.0), 3.0, 2.0 / 12**0.5),
        (Factor(distribution="normal", mean=3.0, sd=0.5), 3.0, 0.5),
        (Factor(distribution="lognormal", mean=2.0, sd=0.7), 2.0, 0.7),
        (Factor(distribution="gamma", mean=2.0, sd=1.0), 2.0, 1.0),
        (Factor(distribution="beta", mean=0.3, sd=0.1), 0.3, 0.1),
        (Factor(distribution="beta", mean=5.0, sd=1.0, low=2.0, high=10.0), 5.0, 1.0),
        (Factor(distribution="triangular", low=0.0, mode=1.0, high=2.0), 1.0, (1 / 6) ** 0.5),
        (Factor(distribution="exponential", mean=2.0), 2.0, 2.0),
        (Factor(distribution="weibull_min", arguments={"c": 1.0, "scale": 3.0}), 3.0, 3.0),
    ],
)
def test_quantiles_have_the_mean_and_spread_that_were_asked_for(factor, mean, sd):
    values = np.array(factor.at(MIDDLES))
    assert values.mean() == pytest.approx(mean, rel=2e-3)
    assert values.std() == pytest.approx(sd, rel=1e-2)
    assert (np.diff(values) >= 0).all()


def test_a_log_scale_is_even_in_the_logarithm_and_meets_its_bounds():
    factor = Factor(low=0.01, high=100.0, scale="log", levels=5)
    assert factor.settings() == pytest.approx([0.01, 0.1, 1.0, 10.0, 100.0])
    assert factor.settings()[0] == 0.01
    assert factor.at(np.array([0.5])) == pytest.approx([1.0])


def test_every_whole_number_of_a_range_is_as_likely():
    found = Factor(low=1.0, high=4.0).at(MIDDLES, whole=True)
    assert {value: found.count(value) for value in (1, 2, 3, 4)} == dict.fromkeys((1, 2, 3, 4), 5_000)
    assert all(type(value) is int for value in found)


def test_listed_values_are_as_likely_and_keep_their_type():
    factor = Factor(values=("relational", 3, True))
    assert factor.at(np.array([0.0, 0.34, 0.99, 1.0])) == ["relational", 3, True, True]
    assert factor.settings() == ["relational", 3, True]


@given(st.floats(0.0, 1.0), st.floats(-2.0, 0.5), st.floats(0.6, 3.0))
def test_a_distribution_that_is_cut_off_stays_within(u, low, high):
    (value,) = Factor(distribution="normal", mean=0.0, sd=1.0, low=low, high=high).at(np.array([u]))
    assert low - 1e-9 <= value <= high + 1e-9


def test_levels_are_needed_where_a_design_combines():
    with pytest.raises(ValueError, match="levels of at least 2"):
        Factor(low=0.0, high=1.0).settings()
    assert Factor(low=1.0, high=3.0, levels=5).settings(whole=True) == [1, 2, 3]
