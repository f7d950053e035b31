"""Intervals over replications, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from results.intervals import half_width, interval, intervals


def test_interval_worked_by_hand():
    # mean 2, standard deviation 1, n = 3: t(0.975; 2) = 4.302653, half = 4.302653 / sqrt(3) = 2.484138
    mean, low, high, n = interval([1.0, 2.0, 3.0])
    assert (mean, n) == (2.0, 3)
    assert low == pytest.approx(2 - 2.484138, abs=1e-6)
    assert high == pytest.approx(2 + 2.484138, abs=1e-6)


def test_missing_numbers_are_left_out_and_counted():
    assert interval([1.0, np.nan, 3.0])[3] == 2
    mean, low, high, n = interval([np.nan])
    assert np.isnan([mean, low, high]).all()
    assert n == 0


def test_one_replication_has_a_mean_and_no_interval():
    mean, low, high, n = interval([5.0])
    assert (mean, n) == (5.0, 1)
    assert np.isnan(low)
    assert np.isnan(high)


def test_table_of_intervals_agrees_with_one():
    frame = pd.DataFrame({"who": ["a"] * 3 + ["b"] * 3 + ["c"], "x": [1.0, 2.0, 3.0, 4.0, np.nan, 8.0, 1.0]})
    table = intervals(frame, ["who"], "x").set_index("who")
    for who in "abc":
        expected = interval(frame.loc[frame["who"] == who, "x"])
        assert tuple(table.loc[who]) == pytest.approx(expected, nan_ok=True)


def test_coverage_is_95_percent():
    # 2,000 intervals of 5 normal numbers: coverage 0.95 with standard error 0.005; false alarm below 1e-6 beyond five of them
    draws = np.random.default_rng(7).normal(size=(2000, 5))
    covered = [abs(row.mean()) <= half_width(row) for row in draws]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.025)
