"""Price war: it outlasts its cause, and nobody but customers gains. Seeds 1 to 3; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 1000, "months": 30}
FIRMS = ("Discounter", "Matcher A", "Matcher B", "Friend")
NOBODY_MATCHES = {"firms.1.fixed.price_matching": 0.0, "firms.2.fixed.price_matching": 0.0}


def war(changes=None):
    return runs("price_war", 3, changes, **SMALL)


def peace():
    return war({"events": []})


@pytest.mark.parametrize("firm", FIRMS)
def test_every_firm_earns_less_than_in_peace(firm):
    months = (13, 30)
    assert difference(value(war(), "profit", firm, months, "sum"), value(peace(), "profit", firm, months, "sum")).high < 0


def test_a_year_after_the_promotion_prices_are_still_low():
    for firm in FIRMS[:3]:
        assert claim(value(war(), "price", firm, (28, 30))).high < 0.95


@pytest.mark.slow
def test_without_matching_it_would_be_over():
    for firm in FIRMS[:3]:
        assert claim(value(war(NOBODY_MATCHES), "price", firm, (28, 30))).low > 0.99


def test_shares_move_by_a_few_percent_only():
    moved = difference(value(war(), "market_share", "Discounter", (13, 30)), value(peace(), "market_share", "Discounter", (13, 30)))
    assert -0.05 < moved.low < moved.high < 0.05


def test_customers_gain():
    def surplus(tables):
        return sum(value(tables, "customer_surplus", firm, (13, 30), "sum") for firm in FIRMS)

    assert difference(surplus(war()), surplus(peace())).low > 0
