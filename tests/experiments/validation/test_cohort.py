"""V1, V2, V3: the cohort counted by the log's calendar, and the fact told apart from what is not one."""

import numpy as np
import pytest

from experiments.validation import cohort
from experiments.validation.cohort import by_calendar
from experiments.validation.fact import Effort, in_turn
from experiments.validation.facts import v01_repeat_buying, v02_holdout, v03_zero_class
from scenarios import load
from scenarios.purchase_log import histories

DAY = 1.0 / 7.0


def test_a_customer_is_counted_from_the_day_on_which_she_began():
    # One begins on the first day and buys again in her week 1 and 2; one begins a week later and buys in her week 1.
    counts = np.array([[0, 0], [1, 1], [2, 1], [2, 1]])
    found = by_calendar(counts, np.array([0.0, 1.0]), 3)
    # The last day of week 1 is day 6: six sevenths of her first week are over.
    assert found.repeats == pytest.approx([6 * DAY, 1 + 6 * DAY + 6 * DAY, 2 + 1])
    assert found.purchases == pytest.approx([3.0, 2.0])
    assert found.none == pytest.approx(0.0)


def test_who_has_not_begun_buys_nothing():
    found = by_calendar(np.array([[0], [5]]), np.array([2.0]), 2)
    assert found.repeats == pytest.approx([0.0, 0.0])
    assert found.none == 1.0


def test_the_heaviest_fifth():
    assert cohort.top(np.array([6, 1, 1, 1, 1, 0, 0])) == 0.6  # one of five buyers
    assert cohort.top(np.array([1] * 10)) == pytest.approx(0.2)
    assert cohort.top(np.array([4, 2, 2])) == pytest.approx(0.6 * 4 / 8)  # a fifth of three buyers is a part of one
    assert cohort.lorenz(np.array([3, 1]), np.array([0.0, 0.5, 1.0])).tolist() == [0.0, 0.75, 1.0]


def test_the_formulas_come_out_as_published():
    seen = np.array([float(cohort.log().repeats_by(week)) for week in range(1, cohort.weeks() + 1)])
    assert v02_holdout.error(cohort.foretold()["BG/NBD"], seen) == pytest.approx(0.0266, abs=0.001)
    assert v02_holdout.error(cohort.foretold()["Pareto/NBD"], seen) == pytest.approx(0.0127, abs=0.001)


def test_the_scenario_has_seen_nothing_of_the_holdout():
    segment = load("cdnow").segments[0]
    assert (segment.need_shape, segment.dropout_a, segment.dropout_b) == pytest.approx((0.2426, 0.7929, 2.4259), rel=1e-3)
    assert np.mean(histories(cohort.log(), cohort.CALIBRATION).repeats == 0) == pytest.approx(0.599, abs=0.001)


@pytest.fixture(scope="module")
def effort():
    """Few seeds in this process."""
    return Effort(quick=True, run=None, play=lambda scenarios, seeds, watch: in_turn(scenarios, list(seeds)[:3], watch))


@pytest.fixture(scope="module")
def once():
    """One run, whatever is asked for: enough to see what is judged."""
    seen = in_turn([load("cdnow")], [1], cohort.watch)
    return Effort(quick=True, run=None, play=lambda scenarios, seeds, watch: seen)


def found(fact, effort):
    return {finding.what: finding for finding in fact.measure(effort).findings}


def test_the_ranges_are_those_of_the_design(once):
    first = found(v01_repeat_buying, once)["repeat purchases by week 39"]
    assert (first.least, first.most, first.target) == pytest.approx((0.95 * 2457, 1.05 * 2457, 2457))
    last = found(v02_holdout, once)["repeat purchases by week 78"]
    assert (last.least, last.most, last.target) == pytest.approx((0.92 * 4339, 1.08 * 4339, 4339))
    assert found(v02_holdout, once)["mean error of weeks 40 to 78"].most == 0.05
    none = found(v03_zero_class, once)["customers without a repeat by week 39"]
    assert (none.least, none.most) == pytest.approx((0.579, 0.619))


def test_one_run_is_near_the_log(once):
    assert found(v01_repeat_buying, once)["repeat purchases by week 39"].value == pytest.approx(2457, rel=0.12)  # two standard deviations
    assert found(v03_zero_class, once)["customers without a repeat by week 39"].value == pytest.approx(0.599, abs=0.03)


@pytest.mark.slow
def test_it_is_not_where_nobody_leaves_or_all_are_alike(effort):
    errors = found(v02_holdout, effort)
    assert errors["mean error of weeks 40 to 78"].value < 0.1  # three seeds
    assert errors[f"the same, {cohort.NOBODY_LEAVES}"].low > 0.5
    assert errors[f"the same, {cohort.ALIKE}"].low > 0.2
    assert found(v03_zero_class, effort)[f"the same, {cohort.ALIKE}"].value < 0.3
