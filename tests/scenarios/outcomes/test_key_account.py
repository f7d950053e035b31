"""Integration keeps the account: dear at first, then single source. Seeds 1 to 8; false alarms 2.5 % a claim."""

from outcomes import claim, difference, runs, value

MACHINES = 100.0
"""Machines at a site, as the scenario says."""
SMALL = {"months": 48}
MAKER, SELLER, SHIFTER = "Resident Maker", "Account Seller", "Box Shifter"


def lead(measure, over, months, how="mean"):
    tables = runs("key_account", 8, SMALL)
    return difference(value(tables, measure, MAKER, months, how), value(tables, measure, over, months, how))


def test_a_head_keeps_as_many_machines_as_in_the_case():
    tables = runs("key_account", 8, SMALL)
    a_head = value(tables, "customers", MAKER, (36, 48)) * MACHINES / value(tables, "employees", MAKER, (36, 48))
    found = claim(a_head)
    assert found.low > 0.95 * 140_000 / 30 and found.high < 1.05 * 140_000 / 30


def test_it_earns_less_for_half_a_year_and_more_from_then_on():
    assert lead("profit", SHIFTER, (1, 6)).high < 0.0
    assert lead("profit", SHIFTER, (7, 12)).low > 0.0


def test_then_bonds_hold():
    for over in (SELLER, SHIFTER):
        assert lead("churn_rate", over, (25, 48)).high < 0.0
        assert lead("share_of_requirements", over, (37, 48)).low > 0.0
        assert lead("cumulative_profit", over, (48, 48)).low > 0.0


def test_most_first_sites_never_get_another_supplier():
    tables = runs("key_account", 8, SMALL)
    sole = {firm: value(tables, "customers", firm, (48, 48)) * value(tables, "sole_buyers", firm, (48, 48)) for firm in (MAKER, SELLER, SHIFTER)}
    assert claim(sole[MAKER]).low > 0.5 * 0.33 * 4200
    for other in (SELLER, SHIFTER):
        assert claim(sole[MAKER] / sole[other]).low > 2.0


def test_without_integration_the_account_is_lost():
    without = runs("key_account", 8, {**SMALL, "firms.0.strategy.integration": 0.0})
    assert difference(value(without, "churn_rate", MAKER, (25, 48)), value(runs("key_account", 8, SMALL), "churn_rate", MAKER, (25, 48))).low > 0.0
