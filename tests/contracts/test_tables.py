"""Contract of the tables: the names under which results are kept."""

import numpy as np
import pytest
import small

from sim.measures import measures

FIRM_MONTHS = [
    "month",
    "firm",
    "strategy",
    "orientation",
    "price",
    "customers",
    "buyers",
    "purchases",
    "market_share",
    "acquired",
    "won_back",
    "switched_in",
    "switched_out",
    "lapsed",
    "cancelled",
    "churn_rate",
    "retention_rate",
    "repeat_rate",
    "share_of_requirements",
    "satisfaction",
    "trust",
    "commitment",
    "perceived_value",
    "loyal_share",
    "latent_share",
    "spurious_share",
    "no_loyalty_share",
    "net_promoters",
    "complaints",
    "complaints_handled",
    "recovered",
    "word_of_mouth_positive",
    "word_of_mouth_negative",
    "revenue",
    "cost_of_goods",
    "cost_acquisition",
    "cost_retention",
    "cost_service",
    "cost_partners",
    "profit",
    "acquisition_cost_per_customer",
    "retention_cost_per_customer",
    "clv_realised",
    "clv_expected",
    "customer_equity",
    "availability",
    "employee_satisfaction",
    "employee_turnover",
    "reputation",
]
DYAD_MONTHS = [
    "month",
    "firm",
    "market",
    "dyads",
    "marketed_leads",
    "parity",
    "marketer_leads",
    "negotiated",
    "agreed",
    "power_balance",
    "surplus_share",
    "trust",
    "commitment",
    "tenure",
    "satisfaction",
    "dependence",
    "firm_dependence",
    "information",
    "firm_information",
    "firm_trust",
    "firm_commitment",
    "two_way",
    "cooperation",
    "win_win",
    "closeness",
    "plane",
]


@pytest.fixture(scope="module", params=["history", "contract_history"])
def tables(request):
    return request.getfixturevalue(request.param).model.tables()


def test_firm_months(tables):
    table = tables["firm_months"]
    assert set(FIRM_MONTHS) <= set(table)
    assert set(measures()) <= set(table)
    np.testing.assert_array_equal(table["month"], np.repeat(np.arange(1, 25), 3))
    assert table["firm"][:3].tolist() == ["Transactional", "Relational", "Between"]
    assert table["strategy"][:3].tolist() == ["transactional", "relational", "continuum"]
    assert table["orientation"][:3].tolist() == [0.0, 1.0, 0.5]


def test_dyad_months(tables):
    table = tables["dyad_months"]
    assert list(table) == DYAD_MONTHS
    assert set(table["market"]) == {"customer"}
    np.testing.assert_array_equal(table["dyads"], tables["firm_months"]["customers"])


def test_segment_months(tables):
    table = tables["segment_months"]
    assert {"month", "firm", "segment"} | set(measures()) <= set(table)
    assert set(table["segment"]) == {"light", "heavy"}
    keys = list(zip(table["month"], table["firm"], table["segment"], strict=True))
    assert len(set(keys)) == len(keys) == 24 * 3 * 2
    # Row by row it belongs to whom it says: segments of a firm and month add up to the firm's month.
    whole = tables["firm_months"]
    for month, firm in ((1, "Transactional"), (13, "Relational"), (24, "Between")):
        parts = table["purchases"][(table["month"] == month) & (table["firm"] == firm)].sum()
        assert parts == whole["purchases"][(whole["month"] == month) & (whole["firm"] == firm)][0]


def test_class_months(tables):
    table = tables["class_months"]
    assert set(table) == {"month", "firm", "before", "after", "customers"}
    # In every month and firm, every customer of the market is somewhere before and after.
    for month in (1, 12, 24):
        for firm in ("Transactional", "Relational", "Between"):
            mine = (table["month"] == month) & (table["firm"] == firm)
            assert table["customers"][mine].sum() == 400
            active = mine & np.isin(table["after"], ["existing", "new", "brand_switcher", "trier"])
            whole = tables["firm_months"]
            assert table["customers"][active].sum() == whole["customers"][(whole["month"] == month) & (whole["firm"] == firm)][0]


def test_cohorts(tables):
    table = tables["cohorts"]
    assert list(table) == ["firm", "acquired_in", "age", "size", "customers", "purchases", "contribution"]
    keys = list(zip(table["firm"], table["acquired_in"], table["age"], strict=True))
    assert len(set(keys)) == len(keys)
    assert (table["acquired_in"] + table["age"] <= 24).all()


def test_customers(tables):
    table = tables["customers"]
    assert {"customer", "segment", "firm", "trust", "commitment", "purchases", "value"} <= set(table)
    assert (table["purchases"] > 0).all()


def test_summary(tables):
    table, whole = tables["summary"], tables["firm_months"]
    assert table["firm"].tolist() == ["Transactional", "Relational", "Between"]
    for name in ("profit", "revenue", "purchases", "acquired"):
        np.testing.assert_allclose(table[f"total_{name}"], [whole[name][j::3].sum() for j in range(3)])
    for name in ("customers", "trust", "customer_equity"):
        np.testing.assert_array_equal(table[name], whole[name][-3:])
    np.testing.assert_allclose(table["mean_churn_rate"], [np.nanmean(whole["churn_rate"][j::3]) for j in range(3)])


def test_columns_of_a_table_are_equally_long(tables):
    for name, table in tables.items():
        assert len({len(column) for column in table.values()}) == 1, name


def test_tables_hold_no_infinite_number(tables):
    for name, table in tables.items():
        for column, values in table.items():
            if values.dtype.kind == "f":
                assert not np.isinf(values).any(), f"{name}.{column}"


def test_no_run_has_the_names_that_results_add():
    model = small.run(small.scenario(months=1))
    for table in model.tables().values():
        assert not {"run", "scenario", "replication", "seed"} & set(table)
