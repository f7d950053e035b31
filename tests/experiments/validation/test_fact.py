"""What is judged, and what passes: a number that is missing never does."""

from math import inf, isnan, nan

import numpy as np
import pytest

from experiments.validation import Axes, Curve, Finding
from experiments.validation.fact import in_turn
from scenarios import load


def finding(value, **range_):
    return Finding("x", value, value, value, 1, **range_)


@pytest.mark.parametrize(
    ("value", "range_", "judged", "passed"),
    [
        (0.6, {"least": 0.5, "most": 0.7}, True, True),
        (0.5, {"least": 0.5, "most": 0.7}, True, True),  # the ends belong to the range
        (0.49, {"least": 0.5, "most": 0.7}, True, False),
        (0.71, {"least": 0.5, "most": 0.7}, True, False),
        (9.0, {"least": 0.5}, True, True),
        (-9.0, {"most": 0.7}, True, True),
        (nan, {"least": 0.5}, True, False),
        (nan, {}, False, True),
        (9.0, {}, False, True),
    ],
)
def test_what_is_judged_and_what_passes(value, range_, judged, passed):
    assert (finding(value, **range_).judged, finding(value, **range_).passed) == (judged, passed)


def test_the_interval_is_that_of_the_mean():
    found = Finding.over("x", [1.0, 2.0, 3.0], least=0.0)
    assert (found.value, found.n) == (2.0, 3)
    assert found.high - found.value == pytest.approx(4.303 * 1.0 / np.sqrt(3), rel=1e-3)  # t with two degrees of freedom
    assert (found.least, found.most) == (0.0, inf)


def test_a_missing_replication_is_not_averaged_away():
    found = Finding.over("x", [1.0, nan, 3.0], least=0.0)
    assert isnan(found.value)
    assert not found.passed


def test_curves_become_rows():
    axes = Axes("panel", "x", "y")
    line, means = axes.curve("published", [1, 2], np.array([3.0, 4.0])), axes.over("simulated", [1], [[1.0, 3.0]], points=True)
    assert isinstance(line, Curve)
    table = line.table()
    assert list(table["y"]) == [3.0, 4.0]
    assert table["low"].isna().all()
    row = means.table().iloc[0]
    assert row["y"] == 2.0
    assert row["low"] < 2.0 < row["high"]
    assert row["points"]


def test_every_scenario_is_played_on_every_seed_in_order():
    small = load("baseline").but(customers=20, months=1)
    found = in_turn([small, small.but(customers=30)], [3, 1], lambda model: (len(model.customers), model.seed, model.month))
    assert found == [[(20, 3, 0), (20, 1, 0)], [(30, 3, 0), (30, 1, 0)]]
