"""Contracts: nobody leaves between renewals, churn is cancellations, and sorting makes retention rise with age."""

import numpy as np
import pytest
import small

from sim.market import MarketModel
from sim.scenario import Segment

TERM = 3


def stays(history):
    """Month by month: who had a contract, whose ended in that month, and who still had it after."""
    for month in range(1, len(history.states)):
        before, after = history.states[month - 1], history.states[month]
        current = before["current"]
        began = np.take_along_axis(before["first_purchase"], np.maximum(current, 0)[:, None].astype(int), 1)[:, 0].astype(int)
        ends = (month - began) % TERM == 0
        yield before, after, current >= 0, ends


def test_nobody_leaves_between_renewals_unless_leaving_the_category(contract_history):
    for before, after, subscribed, ends in stays(contract_history):
        between = subscribed & ~ends
        kept = after["current"] == before["current"]
        gone = (after["rate"] == 0) | (after["entered"] != before["entered"])
        assert (kept | gone)[between].all()


@pytest.mark.parametrize("rounds", [1, 4])
def test_a_failed_negotiation_does_not_end_a_contract_before_its_time(rounds):
    scenario = small.contractual().but({
        "mechanisms.power.rounds": rounds, "mechanisms.power.privacy": 1.0, "mechanisms.power.eps": 2.0, "mechanisms.turnover.active": False,
    })  # fmt: skip
    for before, after, subscribed, ends in stays(small.history(scenario)):
        between = subscribed & ~ends
        assert (after["current"] == before["current"])[between].all()


def test_contracts_of_the_start_end_in_turn():
    scenario = small.contractual(months=TERM).but({"mechanisms.turnover.active": False, "market.outside_utility": 30.0})
    history = small.history(scenario)
    start = (history.states[0]["current"] >= 0).sum()
    for month in range(1, TERM + 1):
        # Whoever may go, goes (nobody wants any firm): a third each month.
        left = (history.states[month]["current"] >= 0).sum()
        assert abs(left - start * (1 - month / TERM)) < 0.1 * start + 2


def test_churn_is_cancellations(contract_history):
    cancelled = contract_history.figure("cancelled")
    assert np.isnan(contract_history.figure("lapsed")).all()
    at_start = contract_history.figure("customers")[:-1]
    np.testing.assert_allclose(contract_history.figure("churn_rate")[1:], cancelled[1:] / at_start)
    for month, (before, after, _, _) in enumerate(stays(contract_history)):
        for j in range(3):
            had, has = before["current"] == j, after["current"] == j
            fresh = before["entered"] != after["entered"]
            assert (had & (~has | fresh)).sum() == cancelled[month, j]


def test_in_a_noncontractual_market_it_is_lapses(history):
    assert np.isnan(history.figure("cancelled")).all()
    np.testing.assert_allclose(history.figure("churn_rate")[1:], history.figure("lapsed")[1:] / history.figure("customers")[:-1])


def test_a_customer_has_one_provider_and_buys_once_a_month(contract_history):
    for before, after, subscribed, ends in stays(contract_history):
        same = before["entered"] == after["entered"]
        bought = after["purchases"][same].sum(axis=1).astype(int) - before["purchases"][same].sum(axis=1)
        assert bought.max() <= 1
        assert (bought == 1)[(subscribed & ~ends)[same]].all()


def test_customers_are_the_subscribers(contract_history):
    for month, state in enumerate(contract_history.states[1:]):
        counts = [(state["current"] == j).sum() for j in range(3)]
        np.testing.assert_array_equal(counts, contract_history.figure("customers")[month])


def test_retention_rises_with_age_where_customers_differ():
    # Renewal every month, departure by each customer's own Beta(0.7, 2): who is left, is left because she stays.
    scenario = small.contractual(
        customers=6_000, months=8, segments=(Segment(name="s", dropout_a=0.7, dropout_b=2.0, taste_spread=0.0),)
    ).but({
        "market.contract_term": 1.0, "market.outside_utility": -40.0, "market.switching_cost": 20.0, "mechanisms.turnover.departure": 0.0,
        "mechanisms.turnover.arrival": 0.0, "mechanisms.turnover.protection": 0.0, "mechanisms.power.active": False,
        "mechanisms.complaints.active": False,
    })  # fmt: skip
    model = small.run(scenario)
    table = model.tables()["cohorts"]
    first = table["acquired_in"] == 0
    ages = table["age"][first]
    left = np.array([table["customers"][first][ages == age].sum() for age in range(1, 9)], float)
    start = 0.7 * 6_000
    kept = left / np.concatenate([[start], left[:-1]])
    expected = (2.0 + np.arange(8)) / (2.7 + np.arange(8))
    assert (np.diff(kept) > -0.02).all()
    assert kept[-1] > kept[0] + 0.1
    # The shifted-beta-geometric: 4.5 standard errors of a share, plus the spread of the number at the start.
    assert (abs(kept - expected) < 4.5 * np.sqrt(expected * (1 - expected) / left) + 0.01).all()


def test_new_subscribers_renew_after_a_whole_term():
    scenario = small.contractual(months=10).but({"firms.0.start_share": 0.0, "firms.1.start_share": 0.0, "firms.2.start_share": 0.0,
                                                 "mechanisms.turnover.active": False})  # fmt: skip
    model = MarketModel(scenario)
    model.run_model()
    table = model.tables()["cohorts"]
    for began in range(1, 8):
        mine = table["acquired_in"] == began
        for firm in np.unique(table["firm"][mine]):
            cohort = mine & (table["firm"] == firm)
            by_age = dict(zip(table["age"][cohort], table["customers"][cohort], strict=True))
            assert by_age[0] == by_age[1] == by_age[2]  # months of the first term
