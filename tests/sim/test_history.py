"""The history of partners and books: tables that say what happened, row by row."""

import numpy as np
import pytest
import small

from sim.dyads import columns
from sim.markets.books import PARTIES, parted


@pytest.fixture(scope="module")
def model():
    return small.run(small.whole(months=5))


@pytest.fixture(scope="module")
def tables(model):
    return model.tables()


def test_partner_months_have_a_row_for_every_relation(tables):
    table = tables["partner_months"]
    counts = {market: int((table["market"] == market).sum()) for market in set(table["market"])}
    assert counts == {"supplier": 30, "distributor": 30, "internal": 30, "influencer": 75, "competitor": 30}  # 5 months, 3 firms; 2 rivals each
    rivals = table["market"] == "competitor"
    assert (table["firm"][rivals] != table["partner"][rivals]).all()
    keys = list(zip(table["month"], table["firm"], table["market"], table["partner"], strict=True))
    assert len(set(keys)) == len(keys)
    for market in counts:
        for name in columns(market):
            assert not np.isnan(table[name][table["market"] == market]).any(), f"{market}.{name}"
    assert np.isnan(table["shelf"][table["market"] == "supplier"]).all()


def test_the_last_month_is_as_the_relations_stand(model, tables):
    table = tables["partner_months"]
    now = (table["month"] == 5) & (table["market"] == "supplier")
    for name in ("trust", "orders", "price", "satisfaction"):
        np.testing.assert_array_equal(table[name][now], getattr(model.web.dyads["supplier"], name).ravel())


def test_regimes_of_all_markets_add_up(tables):
    table = tables["dyad_months"]
    assert list(dict.fromkeys(table["market"])) == ["customer", "supplier", "distributor", "competitor", "internal", "influencer"]
    np.testing.assert_array_equal(table["marketed_leads"] + table["parity"] + table["marketer_leads"], table["dyads"])
    assert (table["agreed"] <= table["negotiated"]).all()
    assert (table["plane"][table["market"] == "internal"] == "inside the firm").all()


def test_shares_of_the_joint_surplus_sum_to_1(tables):
    table = tables["surplus_months"]
    assert set(table["party"]) <= set(PARTIES)
    for month in range(1, 6):
        for firm in ("Transactional", "Relational", "Between"):
            assert table["share"][(table["month"] == month) & (table["firm"] == firm)].sum() == pytest.approx(1.0)


def test_flows_leave_one_party_and_reach_another(tables):
    flows, profit = tables["flows"], tables["firm_months"]["profit"]
    assert (flows["amount"] >= 0).all()
    assert (flows["payer"] != flows["payee"]).all()
    assert set(flows["payer"]) | set(flows["payee"]) <= set(PARTIES)
    received, paid = flows["amount"][flows["payee"] == "firm"].sum(), flows["amount"][flows["payer"] == "firm"].sum()
    assert received - paid == pytest.approx(profit.sum())


def test_a_market_without_partners_has_no_rows():
    tables = small.run(small.scenario(months=1)).tables()
    assert len(tables["partner_months"]["month"]) == 0
    assert set(tables["dyad_months"]["market"]) == {"customer"}
    assert set(tables["surplus_months"]["party"]) == {"customer", "firm"}
    assert "outside" in set(tables["flows"]["payee"])


def test_costs_are_parted_by_weight_to_the_last_micro():
    total, weights = np.array([100, 7, 5]), np.array([[1, 0, 0], [1, 0, 3], [1, 0, 0]])
    parts = parted(total, weights)
    assert parts.sum(axis=0).tolist() == [100, 7, 5]
    assert parts[:, 0].tolist() == [33, 34, 33]
    assert parts[:, 1].tolist() == [2, 3, 2]  # nobody weighs anything: evenly
    assert parts[:, 2].tolist() == [0, 5, 0]
