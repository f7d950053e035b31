"""V15: what five points of retention are worth: known values give known gains, and what was not tried is not made up."""

import numpy as np
import pytest

from experiments.validation.facts import v15_five_points as v15
from sim import MarketModel


def test_the_gain_is_read_between_what_was_tried():
    retention = np.array([0.97, 0.70, 0.85])
    profit = np.exp(10.0 * retention)
    assert v15.gain(retention, profit, 0.80) == pytest.approx(np.expm1(0.5), rel=1e-6)


def test_beyond_what_was_tried_it_is_missing():
    assert np.isnan(v15.gain(np.array([0.82, 0.97]), np.array([1.0, 2.0]), 0.80))


def test_a_cost_of_winning_her_makes_five_points_worth_more():
    retention, worth = np.array([0.79, 0.96]), np.array([3.0, 7.0])
    assert v15.gain(retention, worth - 1.0, 0.80) > v15.gain(retention, worth, 0.80)


def test_who_leaves_more_is_worth_less_and_the_rate_is_as_set():
    few, many = (v15.watch(MarketModel(v15.market(leaving).but(customers=400, months=60), seed=1)) for leaving in (0.05, 0.3))
    assert few[0] > many[0] > 0.0
    assert few[1] == pytest.approx(0.95, abs=0.03)
    assert many[1] == pytest.approx(0.71, abs=0.05)
    assert few[2] > 0.0
    assert few[3] > 0.0
