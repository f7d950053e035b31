"""V19: problems are classed as the histories say, and followed for a year."""

import numpy as np
import pytest

from experiments.validation.facts import v19_complaints as v19
from scenarios import load
from sim import MarketModel
from sim.mechanisms.complaints import RESOLVED, SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED

SMALL = load(v19.SCENARIO).but(customers=400, months=24)


def counts(**changes):
    return v19.watch(MarketModel(SMALL.but({f"mechanisms.{path.replace('__', '.')}": value for path, value in changes.items()}), seed=1))


def test_classes_are_the_fates():
    fate = np.array([SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED, RESOLVED, RESOLVED], np.uint8)
    open_ones = np.array([False, False, True, False, True, False])
    np.testing.assert_array_equal(v19.classed(fate, open_ones), [0, 1, 1, 1, 2, 3])


def test_an_order_with_a_tie_is_not_strict():
    assert v19.strict(np.array([0.1, 0.2, 0.3, 0.4]))
    assert not v19.strict(np.array([0.1, 0.2, 0.2, 0.4]))


def test_all_are_silent_where_nobody_complains_and_all_stay_where_nobody_may_go():
    quiet = counts(complaints__active=False)
    assert quiet[0, 0] > 100
    assert quiet[:, 1:].sum() == 0
    held = v19.watch(
        MarketModel(SMALL.but({"market.switching_cost": 50.0, "market.outside_utility": -50.0, "mechanisms.turnover.active": False}), seed=1)
    )
    assert held[1].sum() == pytest.approx(held[0].sum(), rel=0.02)


def test_only_problems_that_could_be_followed_for_a_year_count():
    short = v19.watch(MarketModel(SMALL.but(months=v19.YEAR), seed=1))
    assert short.sum() == 0
    assert (counts()[1] <= counts()[0]).all()
