"""Closed forms: whole markets that are set up as a theorem describes them must return what the theorem says (Rand & Rust 2011).

Formulas of single mechanisms are tested with the mechanisms. False alarms: each test compares frequencies within 4.5 standard errors, about 1 in
150,000 each; seeds are fixed.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import betaln

from experiments.validation.facts.v24_power import PATIENCE, nothing_hidden
from experiments.validation.terms import partners
from scenarios import load
from sim.market import MarketModel
from sim.mechanisms.power import Power

BANDS = 4.5


def finished(scenario, seed=1):
    model = MarketModel(scenario, seed=seed)
    model.run_model()
    return model


def purchases(scenario):
    """What every customer bought of every firm from the first month to the last, (n_customers, n_firms)."""
    model = MarketModel(scenario, seed=1)
    before = np.asarray(model.customers.get("purchases"), np.int64).copy()
    model.run_model()
    return np.asarray(model.customers.get("purchases"), np.int64) - before


def test_without_taste_shares_of_brands_are_those_of_the_logit():
    scenario = load("baseline").but({"segments.0.taste_spread": 0.0}, customers=5_000, months=6)
    bought = purchases(scenario).sum(axis=0)
    weights = np.exp([firm.brand for firm in scenario.firms])
    share, n = weights / weights.sum(), bought.sum()
    assert n > 10_000
    assert (abs(bought / n - share) < BANDS * np.sqrt(share * (1.0 - share) / n)).all()


def test_purchases_of_a_stationary_market_are_negative_binomial():
    scenario = load("baseline").but(customers=8_000, months=6)
    counts = purchases(scenario).sum(axis=1)
    segment = scenario.segments[0]
    exact = stats.nbinom(segment.need_shape, segment.need_scale / (segment.need_scale + scenario.months))
    for r in range(6):
        p = exact.pmf(r)
        assert abs((counts == r).mean() - p) < BANDS * np.sqrt(p * (1.0 - p) / len(counts)), r


def lost_for_good(a, b, *, customers, months, term=12.0):
    """A market in which one firm has contracts with everybody, and nothing moves customers but their own probability of leaving."""
    nobody = {"name": "Nobody", "strategy": {"kind": "transactional"}, "enters": 6000}
    firm = {
        "name": "Only",
        "strategy": {"kind": "continuum", "orientation": 0.0},
        "start_share": 1.0,
        "awareness": 1.0,
        "price": 1.0,
        "unit_cost": 0.6,
    }
    people = {"name": "all", "need_shape": 1.0, "need_scale": 1.0, "dropout_a": a, "dropout_b": b}
    still = {f"mechanisms.{name}.active": False for name in ("power", "word_of_mouth", "contact", "complaints", "accounts", "commitment_trust")}
    quiet = {"mechanisms.turnover.departure": 0.0, "mechanisms.turnover.arrival": 0.0, "mechanisms.turnover.protection": 0.0}
    return load("contractual").but(
        {"market.outside_utility": -50.0, "market.settling": 0, "market.contract_term": term, **still, **quiet},
        customers=customers, months=months, firms=(firm, nobody), segments=(people,),
    )  # fmt: skip


@pytest.mark.parametrize(("a", "b"), [(0.668, 3.806), (0.704, 1.182)])
def test_contracts_survive_as_the_shifted_beta_geometric_says(a, b):
    n, years = 8_000, 5
    months = pd.DataFrame(finished(lost_for_good(a, b, customers=n, months=12 * years)).tables()["firm_months"])
    survivors = months[months["firm"] == "Only"].set_index("month")["customers"]
    for year in range(1, years + 1):
        exact = np.exp(betaln(a, b + year) - betaln(a, b))
        assert abs(survivors[12 * year] / n - exact) < BANDS * np.sqrt(exact * (1.0 - exact) / n), year


def test_lifetime_value_at_constant_retention_is_the_multiple_of_the_margin():
    # A contract ends every month, and a tenth do not renew: a customer is worth margin / (1 + d - r) at the start (Gupta & Lehmann 2003).
    n, keeps = 8_000, 0.9
    scenario = lost_for_good(1e5, 9e5, customers=n, months=96, term=1.0)
    model = finished(scenario)
    firm, d = scenario.firms[0], (1.0 + scenario.market.discount_rate) ** (1.0 / 12.0) - 1.0
    margin = firm.price - firm.unit_cost
    value = np.asarray(model.customers.get("value"), float)[:, 0].mean() / margin
    months = pd.DataFrame(model.tables()["firm_months"])
    months = months[months["firm"] == firm.name]
    assert months["contribution"].sum() == pytest.approx(margin * months["purchases"].sum(), rel=1e-5)
    # The number of contracts is geometric: its discounted sum has about this variance.
    spread = np.sqrt(keeps) / (1.0 - keeps)
    assert value == pytest.approx(1.0 / (1.0 + d - keeps), abs=BANDS * spread / np.sqrt(n))
    early = months[months["month"].between(2, 12)]
    told = (early["clv_expected"] / margin).mean()
    # The measure takes the margin per customer who is left at the month's end, which takes r out of margin r / (1 + d - r).
    assert told == pytest.approx(1.0 / (1.0 + d - keeps), rel=0.05)


@pytest.mark.parametrize("patience", PATIENCE)
def test_partners_who_know_the_gain_part_it_as_rubinstein_says(patience):
    _, found = partners(finished(nothing_hidden(*patience).but(customers=200, months=6)))
    assert found.split == pytest.approx(Power(marketer_patience=patience[0], customer_patience=patience[1]).rubinstein(), rel=1e-5)
