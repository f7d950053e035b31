"""Portfolio or product: effort by customer value pays where effort is dear. Seeds 1 to 8; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import difference, runs, value

SMALL = {"customers": 1000, "months": 36}
ALL_ALIKE = {"firms.2.strategy": {"kind": "relational"}, "firms.3.strategy": {"kind": "relational"}}
CHEAP_CALLS = {"mechanisms.accounts.call": 0.001}


def gained(measure, changes=None):
    """Difference that going by value makes to the two firms that do, on the same luck."""

    def both(further):
        tables = runs("portfolio_or_product", 8, {**(changes or {}), **further}, **SMALL)
        return sum(value(tables, measure, firm, (1, 36), "sum") for firm in ("By value C", "By value D"))

    return difference(both({}), both(ALL_ALIKE))


def test_they_sell_less_spend_less_and_earn_more():
    assert gained("revenue").high < 0
    assert gained("cost_retention").high < 0
    assert gained("profit").low > 0


@pytest.mark.slow
def test_where_calls_are_nearly_free_it_does_not_pay():
    assert gained("profit", CHEAP_CALLS).low < 0
    assert gained("profit", CHEAP_CALLS).high < gained("profit").low
