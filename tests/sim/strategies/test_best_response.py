"""A learner climbs to the place that pays, in spite of luck and of a trend, and without luck of its own."""

from statistics import fmean

import numpy as np
import pytest
import views

from sim.levers import Levers
from sim.strategies import place_of
from sim.strategies.best_response import BestResponse


def climbed(strategy, profit, months=240):
    return [place_of(levers) for levers in views.diary_of(strategy, profit, months)]


@pytest.mark.parametrize("peak", [0.0, 0.15, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("start", [0.1, 0.9])
def test_it_finds_the_place_that_pays(peak, start):
    done = climbed(BestResponse(start=start, step=0.1), lambda levers, month: -((place_of(levers) - peak) ** 2))
    assert fmean(done[-24:]) == pytest.approx(peak, abs=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_luck_does_not_lead_it_away(seed):
    # A step of 0.2 at the start is worth 10; the luck of a month has a standard deviation of 5, that of a trial's average one of 2.
    luck = np.random.Generator(np.random.Philox(seed)).normal(0.0, 5.0, 241)
    done = climbed(BestResponse(start=0.2, step=0.2, pause=6), lambda levers, month: -50 * (place_of(levers) - 0.8) ** 2 + luck[month])
    assert fmean(done[-48:]) == pytest.approx(0.8, abs=0.25)


@pytest.mark.parametrize("trend", [-3.0, 3.0])
def test_a_market_that_grows_or_shrinks_is_not_taken_for_an_answer(trend):
    done = climbed(BestResponse(start=0.5, step=0.1), lambda levers, month: trend * month)
    assert fmean(done[-24:]) == pytest.approx(0.5)
    found = climbed(BestResponse(start=0.5, step=0.1), lambda levers, month: trend * month - 10 * (place_of(levers) - 0.8) ** 2)
    assert fmean(found[-24:]) == pytest.approx(0.8, abs=0.1)


def test_an_experiment_is_four_trials_on_two_sides():
    done = climbed(BestResponse(start=0.5, step=0.2, pause=2), lambda levers, month: place_of(levers), months=10)
    assert done == pytest.approx([0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4, 0.6, 0.6])


def test_it_stays_where_nothing_differs_and_inside_the_poles():
    assert set(np.round(climbed(BestResponse(step=0.2), lambda levers, month: 7.0), 9)) == {0.4, 0.6}
    assert climbed(BestResponse(start=1.0, step=0.2), lambda levers, month: place_of(levers))[:4] == pytest.approx([0.8, 0.8, 0.8, 1.0])


def test_levers_that_the_scenario_holds_fixed_do_not_confuse_it():
    free, held = BestResponse(), Levers.at(0.6).but(social=0.0, reward=0.5, mail=90.0)
    assert free.decide(views.view(month=5, diary=(views.page(held),))) == free.decide(views.view(month=5, diary=(views.page(Levers.at(0.6)),)))
