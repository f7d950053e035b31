"""Figures of classes, ladder, value, power and the web: what they draw is worked by hand from made tables."""

import made
import numpy as np
import pandas as pd
import pytest

from results import looks, theme
from results.figures import (
    acquisition_retention,
    customer_classes,
    engagement_ladder,
    lifetime_value,
    power_over_time,
    power_regimes,
    relations_web,
    satisfaction,
)
from sim.strategies import TRANSACTIONAL  # its package imports every strategy  # noqa: F401

FIRMS = {firm: strategy for firm, (strategy, _) in made.FIRMS.items()}


def test_every_strategy_has_a_look_of_its_own():
    from experiments.catalogue import kinds

    kinds_known = set(kinds("sim.strategies")["strategy"])
    assert set(looks.STRATEGIES) == kinds_known == set(looks.MARKS)
    assert len(set(looks.STRATEGIES.values())) == len(kinds_known)
    assert len(set(looks.MARKS.values())) == len(kinds_known)


def test_no_text_is_smaller_than_fourteen_pixels(months):
    figures = [
        satisfaction.figure(months),
        engagement_ladder.figure(months),
        relations_web.figure(made.six_markets(), FIRMS),
        customer_classes.figure(made.class_months(), FIRMS),
        power_over_time.figure(made.six_markets(), FIRMS),
    ]
    for figure in figures:
        template = figure.layout.template.layout
        sizes = [
            template.font.size,
            template.legend.font.size,
            template.xaxis.tickfont.size,
            template.yaxis.title.font.size,
            template.hoverlabel.font.size,
        ]
        sizes += [note.font.size for note in figure.layout.annotations if note.font.size]
        sizes += [trace.textfont.size for trace in figure.data if trace.type == "sankey"]
        assert min(sizes) >= 14


def test_flows_between_classes_are_means_per_firm_and_month():
    found = customer_classes.flows(made.class_months(), FIRMS).set_index(["strategy", "before", "after"])
    row = found.loc["relational", "no_history", "trier"]
    # 10, 11, 12 in three replications; half = 4.302653 * 1 / sqrt(3) = 2.4841
    assert (row["mean"], row["n"]) == (11.0, 3)
    assert row["high"] - row["mean"] == pytest.approx(2.4841, abs=1e-4)
    assert found.loc[("relational", "existing", "existing"), "mean"] == 90.0


def test_those_who_stay_are_told_and_not_drawn():
    (one, _) = customer_classes.figure(made.class_months(), FIRMS).data
    assert "existing customers: 90.0 % stay" in one.node.label
    assert sum(one.link.value) == pytest.approx(11 + 10 + 10)


def test_a_class_that_a_replication_lacks_counts_as_nobody():
    table = made.class_months()
    table = table[~((table["after"] == "quitter") & (table["replication"] == 2))]
    found = customer_classes.flows(table, FIRMS).set_index(["strategy", "before", "after"])
    assert found.loc[("relational", "existing", "quitter"), "mean"] == pytest.approx(20 / 3)


def test_rungs_are_means_of_the_last_year(months):
    months.loc[months["month"] <= 12, "rung_partner"] = 0.9
    found = engagement_ladder.rungs(months).set_index(["strategy", "rung"])
    assert found.loc[("relational", "rung_partner"), "mean"] == pytest.approx(0.14)  # 0.15 - 0.01 * mean of 0, 1, 2
    bars = {trace.legendgroup: trace for trace in engagement_ladder.figure(months).data}
    assert [bars["relational"].y[place] for place in (0, -1)] == ["trial", "partner"]
    assert bars["relational"].error_x.array is not None


def test_satisfaction_has_seven_panels(months):
    figure = satisfaction.figure(months)
    assert len({trace.yaxis for trace in figure.data}) == 7


def test_gini_and_concentration_by_hand():
    assert lifetime_value.gini(np.array([1.0, 2.0, 3.0])) == pytest.approx(2 / 9)
    curve = lifetime_value.concentration(np.array([3.0, 1.0, 0.0, 0.0]))
    assert curve[0] == 0.0 and curve[25] == 1.0 and curve[-1] == 1.0
    lossy = lifetime_value.concentration(np.array([2.0, -1.0]))
    assert lossy[25] == 2.0 and lossy[-1] == 1.0


def test_value_is_equal_for_one_strategy_and_one_customer_s_for_the_other():
    note = lifetime_value.figure(made.customers(), FIRMS).layout.meta["note"]
    assert "relational 0.90" in note  # of twenty customers two bring all
    assert "transactional 0.00" in note


def test_firms_whose_customers_bring_nothing_have_no_curve_of_concentration():
    table = made.customers().assign(value=0.0)
    assert "Gini: ;" in lifetime_value.figure(table, FIRMS).layout.meta["note"]


def dyads(leads):
    """A market of one firm in which the regime of each month is given."""
    rows = [
        {"replication": k, "month": month, "firm": "Cy", "market": "supplier", "power_balance": 0.0, "trust": 0.5, "dyads": 10}
        | {name: 10 if name == lead else 0 for name in power_regimes.REGIMES}
        for k in range(2)
        for month, lead in enumerate(leads, 1)
    ]
    return pd.DataFrame(rows)


def test_a_regime_shifts_when_another_begins_to_prevail():
    leads = ["marketed_leads"] * 8 + ["parity"] * 2 + ["marketed_leads"] * 6 + ["marketer_leads"] * 7
    (shift,) = power_over_time.shifts(dyads(leads), FIRMS).to_dict("records")
    assert shift == {"strategy": "relational", "month": 17, "before": "marketed_leads", "after": "marketer_leads"}
    rings = [trace for trace in power_over_time.figure(dyads(leads), FIRMS).data if trace.marker.symbol == "circle-open"]
    assert [list(ring.x) for ring in rings] == [[17]]


def test_a_steady_regime_has_no_shift():
    assert not len(power_over_time.shifts(dyads(["parity"] * 20), FIRMS))


def test_the_web_shows_the_last_month_and_can_be_clicked():
    table = made.six_markets()
    found = relations_web.relations(table, FIRMS).set_index(["strategy", "market"])
    assert found.loc[("relational", "supplier"), "trust"] == pytest.approx(0.6)
    assert found.loc[("relational", "supplier"), "balance"] == pytest.approx(-0.1 + 0.24)
    assert relations_web.relations(table, FIRMS, month=10)["balance"].to_list() == pytest.approx([0.0] * 4)
    figure = relations_web.figure(table, FIRMS)
    clicked = [tuple(place) for trace in figure.data if trace.customdata is not None for place in trace.customdata]
    assert set(clicked) == {(strategy, market) for strategy in ("relational", "transactional") for market in ("customer", "supplier")}
    edges = [trace.line.width for trace in figure.data if trace.mode == "lines"]
    assert max(edges) == pytest.approx(relations_web.WIDEST * 0.6)


def test_the_cost_of_winning_and_of_keeping_by_hand(months):
    found = acquisition_retention.costs(months).set_index(["strategy", "replication", "year"])
    row = found.loc[("relational", 1, 2)]
    # each firm spends 1 a month and wins 5 + 1 customers; it spends 1 a month, so 12 a year, to keep 102.5 on average
    assert row["win"] == pytest.approx(1 / 6)
    assert row["keep"] == pytest.approx(12 / 102.5)
    assert row["ratio"] == pytest.approx((1 / 6) / (12 / 102.5))
    assert np.isnan(found.loc[("transactional", 1, 2), "ratio"])  # which spends nothing on keeping


def test_a_year_that_the_run_s_end_cuts_short_is_left_out(months):
    found = acquisition_retention.costs(months[months["month"] <= 20])
    assert set(found["year"]) == {1}


def test_the_note_of_parts_tells_the_widest_interval():
    assert theme.shared(5, 0.0123) == "means of n = 5 replications; 95 % intervals at most ±1.23 percentage points"
    assert theme.shared(1) == "n = 1 replication, no interval"
