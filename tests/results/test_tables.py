"""From firms and months to strategies and years; when profit overtakes."""

import made
import numpy as np
import pytest

from results import tables


def of(table, strategy, after, measure):
    return table[(table["strategy"] == strategy) & (table["after"] == after) & (table["measure"] == measure)].iloc[0]


def test_share_is_summed_over_the_firms_of_a_strategy(months):
    table = tables.milestones(months)
    assert of(table, "transactional", "1 year", "market_share")["mean"] == pytest.approx(0.20 + 0.25)
    assert of(table, "relational", "1 year", "market_share")["mean"] == pytest.approx(0.30 + 0.35)


def test_churn_has_its_mean_and_interval_over_replications(months):
    row = of(tables.milestones(months), "relational", "1 year", "churn_rate")
    # 0.03, 0.031, 0.032: mean 0.031, half = 4.302653 * 0.001 / sqrt(3) = 0.002484
    assert row["mean"] == pytest.approx(0.031)
    assert row["high"] - row["mean"] == pytest.approx(0.002484, abs=1e-6)
    assert row["n"] == 3


def test_attitudes_are_means_over_customers(months):
    months.loc[months["firm"] == "Cy", ["trust", "customers"]] = [0.9, 300]
    months.loc[months["firm"] == "Dee", ["trust", "customers"]] = [0.5, 100]
    # (300 * 0.9 + 100 * 0.5) / 400 = 0.8
    assert of(tables.milestones(months), "relational", "1 year", "trust")["mean"] == pytest.approx(0.8)


def test_a_firm_whose_measure_is_missing_does_not_count(months):
    months.loc[months["firm"] == "Cy", "trust"] = np.nan
    dee = months[(months["firm"] == "Dee") & (months["month"] == 12)]["trust"].iloc[0]
    assert of(tables.milestones(months), "relational", "1 year", "trust")["mean"] == pytest.approx(dee)


def test_a_measure_that_is_missing_everywhere_has_no_number(months):
    months["trust"] = np.nan
    row = of(tables.milestones(months), "relational", "1 year", "trust")
    assert np.isnan(row["mean"])
    assert row["n"] == 0


def test_cumulative_profit_is_the_mean_per_firm(months):
    row = of(tables.milestones(months[months["replication"] == 0]), "relational", "1 year", "cumulative_profit")
    assert row["mean"] == pytest.approx(6 * -1.0 + 6 * 3.0)


def test_years_beyond_the_run_are_left_out(months):
    assert list(tables.milestones(months)["after"].unique()) == ["1 year"]
    assert list(tables.horizons(120, 12.0)) == ["1 year", "3 years", "5 years", "10 years"]
    assert tables.horizons(5, 12.0) == {"5 periods": 5}
    assert tables.horizons(60, 52.1775) == {"1 year": 52}


def test_rates_weigh_by_customers_at_the_start_of_the_month(months):
    one = months[(months["replication"] == 0) & (months["month"] <= 2)].copy()
    one.loc[(one["firm"] == "Cy") & (one["month"] == 1), "customers"] = 300
    one.loc[(one["firm"] == "Dee") & (one["month"] == 1), "customers"] = 100
    one.loc[(one["firm"] == "Cy") & (one["month"] == 2), "churn_rate"] = 0.10
    one.loc[(one["firm"] == "Dee") & (one["month"] == 2), "churn_rate"] = 0.02
    grouped = tables.by_group(one).set_index(["strategy", "month"])
    # (300 * 0.10 + 100 * 0.02) / 400 = 0.08
    assert grouped.loc[("relational", 2), "churn_rate"] == pytest.approx(0.08)


@pytest.mark.parametrize(
    ("difference", "month"),
    [
        ([1, 2, 3], 1),  # leads from the start
        ([-1, -2, 3], 3),  # crosses
        ([-1, -2, -3], 0),  # never
        ([-1, 1, -1, 1], 4),  # crosses, falls back, crosses for good
        ([1, 1, -1], 0),  # leads, but not at the end
        ([0, 0, 1], 3),  # a tie is no lead
        ([-1, np.nan, 1], 3),  # what is not known is no lead
        ([0], 0),
    ],
)
def test_lead_for_good(difference, month):
    assert tables.lead_for_good(difference) == month


def test_crossing_worked_by_hand(months):
    # Replication 0: behind by 12 after month 6, gains 2 a month: level in month 12, ahead in 13. Each further replication starts a month later.
    found = tables.crossing(months)
    assert found.months == (13, 15, 17)
    # mean 15, half = 4.302653 * 2 / sqrt(3) = 4.968
    assert found.sentence() == (
        "The relational firms' mean cumulative profit overtakes the transactional firms' for good in month 15.0"
        " (95 % interval 10.0 to 20.0), 3 replications."
    )


def test_crossing_that_never_comes(months):
    found = tables.crossing(months[months["month"] <= 10])
    assert found.months == ()
    assert "does not overtake the transactional firms' within the 10 months (3 replications)" in found.sentence()


def test_crossing_in_some_replications_only(months):
    found = tables.crossing(months[months["month"] <= 15])
    assert found.months == (13, 15)
    assert "in 2 of 3 replications" in found.sentence()
    assert "in the others not within the 15 months" in found.sentence()


def test_leading_from_the_start(months):
    months.loc[months["strategy"] == "relational", "profit"] = 2.0
    found = tables.crossing(months)
    assert found.from_the_start
    assert "leads the transactional firms' from the start" in found.sentence()


def test_one_replication_has_no_interval(months):
    sentence = tables.crossing(months[months["replication"] == 0]).sentence()
    assert "for good in month 13, 1 replication." in sentence
    assert "interval" not in sentence


def test_firms_of_one_kind_have_no_crossing(months):
    found = tables.crossing(months[months["strategy"] == "relational"])
    assert not found.contrast
    assert "no crossing to look for" in found.sentence()


def test_order_of_the_rows_does_not_count(months):
    shuffled = months.sample(frac=1.0, random_state=1)
    assert tables.crossing(shuffled) == tables.crossing(months)
    assert tables.milestones(shuffled).equals(tables.milestones(months))


def test_scenarios_are_kept_apart(months):
    import pandas as pd

    other = made.firm_months(scenario="other")
    both = tables.milestones(pd.concat([months, other]))
    alone = tables.milestones(months)
    assert both[both["scenario"] == "made"].reset_index(drop=True).equals(alone)
