"""Partner suppliers deliver better and in time, and customers notice. Seeds 1 to 5 (slow: 8); false alarms 2.5 % a claim."""

import pytest
from outcomes import claim, runs, value

SMALL = {"customers": 1000, "months": 36}


PLAIN = {"firms.1.orientation": {"supplier": 0.0}}
"""What the other firm does, for the firm to do instead: the same firm in the same place, on the same luck."""


def lead(measure, replications=5, changes=None, months=(13, 36)):
    """Return what its way of doing business brings the firm, by replication."""
    own, plain = (runs("carmaker", replications, {**SMALL, **(changes or {}), **instead}) for instead in ({}, PLAIN))
    return value(own, measure, "Partner Motors", months) - value(plain, measure, "Partner Motors", months)


def test_one_supplier_who_learns_against_many_who_bid():
    assert claim(lead("supplier_concentration")).low > 0.3
    assert claim(lead("late_supplies")).high < 0.0


def test_customers_notice():
    assert claim(lead("satisfaction")).low > 0.0
    assert claim(lead("churn_rate")).high < 0.0
    assert claim(lead("profit")).low > 0.0


@pytest.mark.slow
def test_it_is_joint_work_that_customers_notice():
    assert claim(lead("satisfaction", 8) - lead("satisfaction", 8, {"mechanisms.supply.joint": 0.0})).low > 0.0
