"""Periods: the same market by week, month, quarter and year; every rate is declared per month and converted."""

import numpy as np
import pytest
import small

from sim.market import MarketModel
from sim.population import sizes

CUSTOMERS = 6_000
# Need alone: nobody leaves, everybody knows all firms, and whoever needs something buys it.
ALONE = {
    f"mechanisms.{slot}.active": False for slot in ("turnover", "word_of_mouth", "consideration", "power", "complaints", "contact")
} | {"market.outside_utility": -50.0}  # fmt: skip


@pytest.mark.parametrize("period", ["week", "month", "quarter"])
def test_a_year_has_the_same_purchases_however_it_is_cut(period):
    model = small.run(small.scenario(customers=CUSTOMERS, period=period, months=12).but(ALONE))
    total = small.figure(model, "purchases").sum()
    monthly = MarketModel(small.scenario(customers=CUSTOMERS).but(ALONE)).customers.get("rate").sum()
    periods = small.scenario(period=period, months=12).periods
    expected = 12.0 * monthly * periods / (365.2425 / 7 if period == "week" else 12 if period == "month" else 4)
    # Poisson around the customers' own rates: 4.5 standard errors, false alarm 7e-6.
    assert abs(total - expected) < 4.5 * np.sqrt(expected)


@pytest.mark.parametrize(("period", "months"), [("week", 12 / (365.2425 / 7)), ("quarter", 3.0), ("year", 12.0)])
def test_rates_are_converted(period, months):
    monthly, other = (MarketModel(small.scenario(period=p)).customers.get("rate") for p in ("month", period))
    np.testing.assert_allclose(other, monthly * months, rtol=1e-5)


def test_contracts_last_as_long_in_months():
    monthly = MarketModel(small.contractual(months=12).but({"market.contract_term": 6.0}))
    quarterly = MarketModel(small.contractual(months=12, period="quarter").but({"market.contract_term": 6.0}))
    assert small.now(monthly, 1).term == 6
    assert small.now(quarterly, 1).term == 2


def test_departure_compounds():
    # Of customers with no other reason to leave, 0.95^12 are left after a year, however it is cut.
    off = {"mechanisms.turnover.departure": 0.05, "mechanisms.turnover.arrival": 0.0, "segments.0.dropout_a": 0.0}
    for period in ("month", "quarter", "year"):
        model = small.run(small.scenario(customers=CUSTOMERS, period=period).but(off))
        left = (model.customers.get("rate") > 0).mean()
        expected = 0.95**12
        assert abs(left - expected) < 4.5 * np.sqrt(expected * (1 - expected) / CUSTOMERS), period


def test_the_value_of_money_falls_by_the_year():
    monthly, yearly = MarketModel(small.scenario()), MarketModel(small.scenario(period="year", months=24))
    for model, periods in ((monthly, 12), (yearly, 1)):
        assert small.now(model, periods).discount == pytest.approx(1 / 1.12)


def test_the_season_has_mean_1_and_peaks_where_said():
    model = MarketModel(small.scenario().but({"market.season_amplitude": 0.4, "market.season_peak": 3.0}))
    seasons = []
    for month in range(1, 13):
        seasons.append(small.now(model, month).season)
    assert np.mean(seasons) == pytest.approx(1.0)
    assert int(np.argmax(seasons)) == 2
    assert max(seasons) == pytest.approx(1.4)


def test_advertising_costs_the_same_a_year():
    cost = {period: small.figure(small.run(small.scenario(period=period)), "cost_acquisition")[:, 2].sum() for period in ("month", "quarter", "year")}
    assert cost["quarter"] == pytest.approx(cost["month"], rel=1e-4)
    assert cost["year"] == pytest.approx(cost["month"], rel=1e-4)
    assert sum(sizes(small.scenario())) == 400
