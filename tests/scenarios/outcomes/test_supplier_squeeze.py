"""Squeezing suppliers: profit now, suppliers gone later, but not with one buyer only. Seeds 1 to 10; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 1000, "months": 72}


def squeeze(changes=None):
    return runs("supplier_squeeze", 10, changes, **SMALL)


def gap(measure, months):
    return difference(*(value(squeeze(), measure, firm, months) for firm in ("Squeezer", "Partner")))


def test_at_first_it_buys_cheaper_and_earns_more():
    first_year = runs("supplier_squeeze", 16, customers=1000, months=12)
    cost, profit = (difference(*(value(first_year, m, firm, (1, 12)) for firm in ("Squeezer", "Partner"))) for m in ("input_cost", "profit"))
    assert cost.high < 0
    assert profit.low > 0


def test_later_its_suppliers_are_gone_and_it_earns_less():
    assert gap("active_suppliers", (61, 72)).high < -3.0
    assert gap("input_cost", (61, 72)).low > 0
    assert gap("profit", (61, 72)).high < 0


@pytest.mark.slow
def test_the_only_buyer_keeps_its_suppliers():
    alone = squeeze({"firms.1.enters": 200, "firms.2.enters": 200})
    kept = difference(*(value(tables, "active_suppliers", "Squeezer", (61, 72)) for tables in (alone, squeeze())))
    assert kept.low > 1.0
    assert claim(value(alone, "input_cost", "Squeezer", (61, 72))).high < 0.5
