"""V6, V7, V9: what a panel tells, and how it changes when customers do not differ or stay out of routine."""

import numpy as np
import pytest

from experiments.validation import cohort, panel
from experiments.validation.dirichlet import Brands
from experiments.validation.fact import Effort, in_turn
from experiments.validation.facts import v06_concentration, v07_double_jeopardy, v09_dirichlet
from scenarios import load

SMALL = 4_000


@pytest.fixture(scope="module")
def effort():
    """Few seeds of a small market in this process."""

    def play(scenarios, seeds, watch):
        return in_turn([scenario.but(customers=min(SMALL, scenario.customers)) for scenario in scenarios], list(seeds)[:2], watch)

    return Effort(quick=True, run=None, play=play)


@pytest.fixture(scope="module")
def once():
    """One small run, whatever is asked for: enough to see what is judged."""
    seen = {
        panel.watch: in_turn([load("baseline").but(customers=2_000, months=panel.YEAR)], [1], panel.watch),
        cohort.watch: in_turn([load("cdnow").but(months=6)], [1], cohort.watch),
    }
    return Effort(quick=True, run=None, play=lambda scenarios, seeds, watch: seen[watch])


def all_found(effort):
    return {one.what: one for fact in (v06_concentration, v07_double_jeopardy, v09_dirichlet) for one in fact.measure(effort).findings}


@pytest.fixture(scope="module")
def findings(effort):
    """What the facts find, by what was measured."""
    return all_found(effort)


def brands(share, penetration, frequency):
    return Brands(np.array(share), np.array(penetration), np.array(frequency))


def test_brands_on_the_law_have_no_variation_left():
    b = np.array([0.1, 0.3, 0.5])
    assert panel.ratio(brands(b, b, 2.0 / (1.0 - b))) == pytest.approx(0.0, abs=1e-12)
    assert panel.correlation(brands(b, b, 2.0 / (1.0 - b))) > 0.95


def test_brands_against_the_law_vary_more():
    b = np.array([0.1, 0.3, 0.5])
    assert panel.ratio(brands(b, b, 3.0 - 2.0 * b)) > 1.0
    assert panel.correlation(brands(b, b, 3.0 - 2.0 * b)) == pytest.approx(-1.0)


def test_the_ranges_are_those_of_the_design(once):
    judged = {what: (one.least, one.most) for what, one in all_found(once).items() if one.judged}
    inf = float("inf")
    assert judged == {
        "heaviest fifth of CDNOW's buyers": (0.52, 0.67),
        "heaviest fifth of a category's buyers in a year": (0.52, 0.67),
        "heaviest fifth of a brand's buyers in a year": (0.52, 0.67),
        "correlation of penetration and purchases per buyer over brands": (0.6, inf),
        "variation of w (1 - b) against that of w": (-inf, 1.0),
        "K of the category, a year": (0.26, 0.85),
        "S of the category, a year": (0.9, 5.2),
        "largest error of a big brand's penetration, a year": (-inf, 0.15),
    }


@pytest.mark.slow
def test_the_facts_are_reproduced_by_a_small_market_too(findings):
    assert all(one.passed for one in findings.values())


@pytest.mark.slow
def test_needs_that_do_not_differ_leave_no_concentration_and_no_k(findings):
    assert findings[f"the category, {panel.SAME_NEED}"].value < 0.35
    assert findings[f"differences in need, 1 / K, {panel.SAME_NEED}"].value < 0.05
    assert findings[f"differences in need, 1 / K, {panel.AS_IT_IS}"].value > 1.2


@pytest.mark.slow
def test_one_taste_leaves_no_loyalty_and_routine_brings_some(findings):
    assert findings[f"differences in taste, 1 / (1 + S), {panel.SAME_TASTE}"].value < 0.02
    repeat = {name: findings[f"repeat buyers of a brand, quarter to quarter, {name}"].value for name in panel.settings() if name != panel.SAME_NEED}
    assert repeat[panel.SAME_TASTE] < repeat[panel.AS_IT_IS] - 0.05
    assert repeat[panel.ROUTINE] > repeat[panel.AS_IT_IS] + 0.1
    assert repeat[panel.ROUTINE_ONLY] > repeat[panel.SAME_TASTE] + 0.1


@pytest.mark.slow
def test_double_jeopardy_needs_no_differences_in_taste(findings):
    assert findings[f"correlation, {panel.SAME_TASTE}"].value > 0.6
