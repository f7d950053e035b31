"""Each step of the plan: one firm with and without it, on the same luck. Seeds 1 to 3 (slow: 6); false alarms 2.5 % a claim."""

import pytest
from outcomes import claim, difference, runs, value

SHORT = {"customers": 1500, "months": 24}
SMALL = {"customers": 1500, "months": 42}
LEFT_OUT = {"stakeholders": False, "specialists": 0.0, "standard": 0.0, "manager": False, "budget": 1.0}
FIRM = "All Steps"


def gain(step, measure, months, replications=6, size=SMALL):
    """Return what a step adds to the firm's measure."""
    whole, without = runs("planning", replications, size), runs("planning", replications, {**size, f"firms.0.planning.{step}": LEFT_OUT[step]})
    return difference(value(whole, measure, FIRM, months), value(without, measure, FIRM, months))


@pytest.mark.parametrize("step", ["specialists", "manager"])
def test_who_looks_after_relations_matters(step):
    assert gain(step, "profit", (7, 24), 3, SHORT).low > 0.0
    assert gain(step, "stance", (7, 24), 3, SHORT).low > 0.0


@pytest.mark.slow
@pytest.mark.parametrize("step", ["stakeholders", "specialists", "manager"])
def test_the_firm_is_worse_off_without(step):
    assert gain(step, "profit", (1, 42)).low > 0.0


@pytest.mark.slow
def test_a_standard_holds_satisfaction_when_quality_slips():
    assert gain("standard", "satisfaction", (34, 42)).low > 0.0


@pytest.mark.slow
def test_this_budget_holds_relations_back():
    assert gain("budget", "profit", (1, 42)).high < 0.0
    assert claim(value(runs("planning", 6, SMALL), "relationship_cost", FIRM, (1, 42))).low > 0.0
