"""Both contract cohorts: retention rises with age, and mostly not from loyalty. Seeds 1 to 3; false alarms 2.5 % a claim."""

import pytest
from outcomes import claim, difference, runs

SMALL = {"customers": 2000, "months": 60}


def renewed(name, year, changes=None):
    """Return the share of the start's contracts that a year's renewals left, of those before it, by replication."""
    cohorts = runs(name, 3, {**SMALL, **(changes or {})})["cohorts"]
    left = (
        cohorts[cohorts["acquired_in"] <= 0]
        .assign(month=lambda rows: rows["acquired_in"] + rows["age"])
        .groupby(["replication", "month"])["customers"]
        .sum()
    )
    return left.xs(12 * year, level="month") / left.xs(12 * (year - 1) if year > 1 else 1, level="month")


@pytest.mark.parametrize(("name", "least"), [("contractual_high_end", 0.0), ("contractual_regular", 0.15)])
def test_retention_rises_with_age(name, least):
    assert difference(renewed(name, 5), renewed(name, 1)).low > least


def test_it_rises_without_trust_and_bonds_and_not_with_customers_alike():
    frozen = {"mechanisms.commitment_trust.active": False, "mechanisms.bonds.active": False}
    alike = {"segments.0.dropout_a": 3733.0, "segments.0.dropout_b": 6267.0}
    assert difference(renewed("contractual_regular", 5, frozen), renewed("contractual_regular", 1, frozen)).low > 0.1
    assert claim(renewed("contractual_regular", 5, alike) - renewed("contractual_regular", 1, alike)).mean < 0.1
