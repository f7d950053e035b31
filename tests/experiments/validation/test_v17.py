"""V17: the ratio is that of the mechanism's losses to gains, and 1 where losses weigh no more."""

import numpy as np
import pytest

from experiments.validation.fact import Effort, in_turn
from experiments.validation.facts import v17_asymmetry as v17
from scenarios import load
from sim import MarketModel

ONE = v17.STEPS.index(1.0)
SMALL = load("complaints_welcomed").but(customers=400, months=v17.MONTH)


def ratio(scenario):
    _, felt = v17.watch(MarketModel(scenario, seed=1))
    return v17.asymmetry(*felt[[v17.STEPS.index(step) for step in (-1.0, 0.0, 1.0)]])


def test_effects_are_compared_by_size():
    assert v17.asymmetry(0.2, 0.5, 0.7) == pytest.approx(1.5)


def test_losses_weigh_more_and_without_that_they_do_not():
    even = SMALL.but({"mechanisms.satisfaction.loss": 1.0, "mechanisms.satisfaction.broken_promise": 0.0})
    assert ratio(SMALL) > 1.3
    # Satisfaction cannot fall below 0 or rise above 1, which cuts a little off either side.
    assert ratio(even) == pytest.approx(1.0, abs=0.1)


def test_the_spread_is_that_of_performance():
    calm = SMALL.but({"mechanisms.experience.noise": 0.0, "firms.0.reliability": 1.0, "firms.1.reliability": 1.0})
    assert v17.watch(MarketModel(calm, seed=1))[0] < 0.5 * v17.watch(MarketModel(SMALL, seed=1))[0]


def test_what_is_staged_is_what_buyers_are_left_with():
    kept = [v17.keep(more, MarketModel(SMALL, seed=1)) for more in (-0.2, 0.0, 0.2)]
    assert kept[0] < kept[1] < kept[2]


def test_both_markets_and_both_readings_are_judged():
    def play(scenarios, seeds, watch):
        return in_turn([scenario.but(customers=150) for scenario in scenarios], list(seeds)[:1], watch)

    found = v17.measure(Effort(quick=True, run=None, play=play)).findings
    assert sum(one.judged for one in found) == 2 * len(v17.SCENARIOS)
    assert not np.isnan([one.value for one in found]).any()
