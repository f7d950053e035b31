"""Figures: built from a small run, labelled from declarations, the same colour for a strategy everywhere, nothing that calls out."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import made
import made_contrasts
import made_sweeps
import numpy as np
import plotly.graph_objects as go
import pytest

from results import figures, theme
from results.figures import (
    accounts,
    acquisition_retention,
    cohort_retention,
    cumulative_profit,
    customer_classes,
    discovery,
    engagement_ladder,
    lifetime_value,
    loyalty_cells,
    over_time,
    phase_diagram,
    power_over_time,
    power_regimes,
    relations_web,
    satisfaction,
    sensitivity,
    six_markets,
    surplus_split,
    survival,
    tournament,
    uplift,
)

TESTS = Path(__file__).parents[1]
FIRMS = {firm: strategy for firm, (strategy, _) in made.FIRMS.items()}


def lines(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def every_figure(months):
    return {
        "over_time": over_time.figure(months),
        "cumulative_profit": cumulative_profit.figure(months),
        "loyalty_cells": loyalty_cells.figure(months),
        "power_regimes": power_regimes.figure(made.dyad_months(), FIRMS),
        "cohort_retention": cohort_retention.figure(made.cohorts(), FIRMS),
        "accounts": accounts.figure(months),
        "survival": survival.figure(made.cohorts(), FIRMS),
        "uplift": uplift.figure(made_contrasts.methods()),
        "tournament": tournament.figure(made_contrasts.matrix(), "Profit"),
        "satisfaction": satisfaction.figure(months),
        "engagement_ladder": engagement_ladder.figure(months),
        "lifetime_value": lifetime_value.figure(made.customers(), FIRMS),
        "customer_classes": customer_classes.figure(made.class_months(), FIRMS),
        "power_over_time": power_over_time.figure(made.six_markets(), FIRMS),
        "relations_web": relations_web.figure(made.six_markets(), FIRMS),
        "acquisition_retention": acquisition_retention.figure(months),
        "six_markets": six_markets.figure(made.six_markets(), FIRMS),
        "surplus_split": surplus_split.figure(made.surplus_months(), FIRMS),
        "sensitivity": sensitivity.figure(made_sweeps.indices(), ["b", "a"], replications=3, noise=0.02),
        "phase_diagram": phase_diagram.figure(made_sweeps.plane(), "x", "y", measure="total_profit"),
        "discovery": discovery.figure(
            made_sweeps.points(), "a", "b", [], made_sweeps.trajectory(), taken=None, names={True: "lost", False: "not"}, ticks={}, replications=3
        ),
    }


def imported(text):
    """What a file imports from the figures' folder."""
    return [
        alias for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom) and node.module == "results.figures" for alias in node.names
    ]


def test_every_file_of_figures_is_tried_and_has_one_function(months):
    here = set(every_figure(months))
    others = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path.name != Path(__file__).name]
    known = [(alias, text) for text in others if "results.figures import" in text for alias in imported(text)]
    for module in pkgutil.iter_modules(figures.__path__):
        function = importlib.import_module(f"results.figures.{module.name}").figure
        assert inspect.signature(function).return_annotation is go.Figure
        named = [(alias.asname or alias.name, text) for alias, text in known if alias.name == module.name]
        tried = module.name in here or any(f"{name}.figure(" in text for name, text in named)
        assert tried, f"no test draws results/figures/{module.name}.py"


def test_every_axis_has_a_unit_and_every_figure_says_how_many_replications(months):
    for name, figure in every_figure(months).items():
        for axis in [*figure.select_xaxes(), *figure.select_yaxes()]:
            assert axis.title.text or axis.visible is False or figure.data[0].type == "sankey", name
        assert "n = 3 replications" in figure.layout.title.text


def test_lines_are_the_means_of_the_table(months):
    figure = over_time.figure(months, ["churn_rate"])
    (line,) = lines(figure, "relational")
    assert np.allclose(line.y, 0.031)
    assert list(line.x) == list(range(1, 25))
    assert figure.layout.yaxis.title.text == "% a month"
    band = next(trace for trace in figure.data if trace.fill == "toself")
    assert max(band.y) == pytest.approx(0.031 + 0.002484, abs=1e-5)


def test_one_replication_has_no_band(months):
    figure = over_time.figure(months[months["replication"] == 0], ["trust"])
    assert not [trace for trace in figure.data if trace.fill == "toself"]
    assert "no interval" in figure.layout.title.text


def test_a_strategy_looks_the_same_everywhere_and_differs_in_grey(months):
    for figure in (over_time.figure(months), cumulative_profit.figure(months)):
        assert {(trace.line.color, trace.line.dash) for trace in lines(figure, "relational")} == {(theme.BLUE, "solid")}
        assert {(trace.line.color, trace.line.dash) for trace in lines(figure, "transactional")} == {(theme.ORANGE, "dash")}
    given = theme.looks(["relational", "transactional", "mine", "yours", "another"])
    assert len(set(given.values())) == 5
    assert given["relational"] == theme.look("relational")


def test_the_crossing_is_marked(months):
    figure = cumulative_profit.figure(months)
    assert any("month 15" in annotation.text for annotation in figure.layout.annotations)
    months["profit"] = 1.0
    assert not any("overtakes" in (annotation.text or "") for annotation in cumulative_profit.figure(months).layout.annotations)


def test_regimes_and_cells_add_up_to_one(months):
    for figure in (loyalty_cells.figure(months), power_regimes.figure(made.dyad_months(), FIRMS)):
        for group in {trace.xaxis for trace in figure.data}:
            total = sum(np.asarray(trace.y, float) for trace in figure.data if trace.xaxis == group)
            assert np.allclose(total, 1.0)


def test_retention_worked_by_hand():
    table = cohort_retention.retention(made.cohorts(months=5), FIRMS).set_index(["strategy", "acquired_in", "age"])["retained"]
    assert table["transactional", 1, 0] == 1.0
    assert table["transactional", 1, 2] == pytest.approx(0.81)
    assert table["relational", 2, 1] == pytest.approx(0.97)


def test_many_cohorts_are_put_together_and_unfinished_ages_left_out():
    table = cohort_retention.retention(made.cohorts(months=60, replications=1), FIRMS)
    assert table["acquired_in"].nunique() <= cohort_retention.MOST_CELLS + 1
    assert table["retained"].between(0.0, 1.0).all()


def test_costs_and_profit_add_up_to_revenue(months):
    months["profit"] = months["revenue"] - months[[kind for kind in accounts.PARTS if kind != "profit"]].sum(axis=1)
    figure = accounts.figure(months)
    for group in {trace.xaxis for trace in figure.data}:
        bars = sum(np.asarray(trace.y, float) for trace in figure.data if trace.xaxis == group and trace.type == "bar")
        (revenue,) = [trace for trace in figure.data if trace.xaxis == group and trace.type == "scatter"]
        assert np.allclose(bars, np.asarray(revenue.y, float))


def test_no_share_button():
    assert theme.CONFIG["showSendToCloud"] is False


def test_what_looks_back_on_a_year_is_drawn_from_its_end(months):
    drawn = lines(over_time.figure(months, ["clv_expected"]), "relational")[0]
    assert min(drawn.x) == 12
    assert min(lines(over_time.figure(months, ["trust"]), "relational")[0].x) == 1
    assert min(lines(over_time.figure(months[months["month"] <= 6], ["clv_expected"]), "relational")[0].x) == 1


def test_the_six_markets_have_a_panel_each_and_a_line_per_strategy():
    figure = six_markets.figure(made.six_markets(), FIRMS)
    assert [note.text for note in figure.layout.annotations] == ["customers", "suppliers"]
    relational = lines(figure, "relational")
    assert [float(line.y[0]) for line in relational] == [0.5, pytest.approx(0.6)]


def test_the_surplus_of_a_year_is_twelve_months_of_each_party():
    figure = surplus_split.figure(made.surplus_months(), FIRMS)
    assert {trace.name: trace.y[0] for trace in figure.data if trace.showlegend} == {"customers": 36.0, "suppliers": 6.0, "the firm": 12.0}


def test_the_truth_is_marked_beside_what_others_say():
    figure = uplift.figure(made_contrasts.methods())
    profit = next(trace for trace in figure.data if trace.name == "Profit")
    assert list(profit.y) == ["with - without", "before-after"]
    assert list(profit.error_x.array) == [1.0, 2.0]
    assert profit.marker.color[0] != profit.marker.color[1]
    assert -5.0 in {shape.x0 for shape in figure.layout.shapes}


def test_a_payoff_stands_in_the_row_of_who_earns_it():
    figure = tournament.figure(made_contrasts.matrix(), "Profit")
    first = figure.data[0]
    place = {name: number for number, name in enumerate(first.x)}
    assert first.z[place["relational"]][place["mass"]] == 1.0
    assert list(first.customdata[place["mass"]][place["relational"]]) == [3.5, 4.5]
    assert "n = 3" in first.hovertemplate
