"""Relative cases: two markets on the same luck that differ in one thing; which way the result must move is known (Rand & Rust 2011).

Mechanisms have such tests of their own; here the whole market is compared, where something else could undo the effect.
"""

import pytest

from scenarios import load

BASE = load("people_first").but(customers=1500, months=18)
EARLY = 12


def first(table):
    """The first firm's months, but for the first ones."""
    return table[(table["firm"] == BASE.firms[0].name) & (table["month"] > EARLY // 2)]


def rising(play, paths, measure, values, total=False):
    """A measure of the first firm at each value of a setting."""
    found = []
    for value in values:
        months = first(play(BASE.but(dict.fromkeys(paths, value)), seed=3))[measure]
        found.append(float(months.sum() if total else months.mean()))
    return found


@pytest.mark.parametrize(
    ("path", "measure", "values", "total"),
    [
        ("firms.0.fixed.service", "satisfaction", (0.2, 0.5, 0.9), False),
        ("firms.0.quality", "satisfaction", (0.4, 0.6, 0.8), False),
        ("firms.0.reliability", "satisfaction", (0.7, 0.85, 1.0), False),
        ("firms.0.fixed.recovery", "recovered", (0.1, 0.5, 1.0), True),
        ("firms.0.fixed.advertising", "funnel_know", (0.0, 0.002, 0.01), False),
        ("firms.0.fixed.openness", "trust", (0.1, 0.5, 0.9), False),
        ("firms.0.fixed.social", "social_bond", (0.0, 0.5, 1.0), False),
        ("firms.0.fixed.crm", "knowledge", (0.0, 0.004, 0.02), False),
        ("firms.0.fixed.wage", "employee_satisfaction", (0.9, 1.0, 1.1), False),
    ],
)
def test_more_of_what_helps_never_does_less(play, path, measure, values, total):
    found = rising(play, [path], measure, values, total)
    assert found == sorted(found)
    assert found[-1] > found[0]


@pytest.mark.parametrize(
    ("path", "measure", "values"),
    [
        ("firms.0.price", "purchases", (0.9, 1.0, 1.2, 1.6)),
        ("market.switching_cost", "switched_out", (0.0, 0.8, 3.0)),
        ("firms.0.reliability", "bad_episodes", (0.6, 0.8, 1.0)),
        ("firms.0.fixed.staffing", "employee_turnover", (0.7, 0.9, 1.1)),
    ],
)
def test_more_of_what_hinders_never_does_more(play, path, measure, values):
    found = rising(play, [path], measure, values, total=True)
    assert found == sorted(found, reverse=True)
    assert found[-1] < found[0]
