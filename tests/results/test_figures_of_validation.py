"""The figures of a validation: what is drawn is what was measured."""

from math import inf, nan

import pandas as pd
import pytest

from results import document, theme
from results.figures import fact, scorecard
from results.figures.scorecard import FARTHEST, _placed
from results.language import language


def curves(*rows):
    names = ("panel", "series", "x", "y", "low", "high", "x_title", "y_title", "points")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])


def card(*rows):
    names = ("fact", "what", "value", "low", "high", "n", "least", "most", "judged", "passed")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])


@pytest.mark.parametrize(
    ("found", "placed"),
    [
        ((0.6, 0.55, 0.65, 0.5, 0.7), (0.5, 0.25, 0.75)),
        ((0.03, 0.02, 0.04, -inf, 0.05), (0.6, 0.4, 0.8)),  # at most: 0 is no error, 1 the most that is accepted
        ((0.9, 0.9, 0.9, 0.6, inf), (0.5, 0.5, 0.5)),  # at least: half as much again
        ((0.2, 0.1, 0.4, 0.0, inf), (0.5, 0.25, 1.0)),  # only a sign is asked for
        ((-0.2, -0.4, -0.1, -inf, 0.0), (0.5, 0.0, 0.75)),
        ((9.0, 8.0, 10.0, 0.0, 1.0), (1 + FARTHEST,) * 3),  # far off: at the edge
        ((0.5, nan, nan, 0.0, 1.0), (0.5, 0.5, 0.5)),
        ((nan, nan, nan, 0.0, 1.0), (-FARTHEST,) * 3),
    ],
)
def test_every_range_goes_from_0_to_1(found, placed):
    assert _placed(*found) == pytest.approx(placed)


def test_inside_is_inside():
    for value in (0.49, 0.5, 0.6, 0.7, 0.71):
        assert (0.0 <= _placed(value, value, value, 0.5, 0.7)[0] <= 1.0) == (0.5 <= value <= 0.7)


def test_the_scorecard_draws_what_is_judged_and_tells_passed_from_failed():
    drawn = scorecard.figure(
        card(
            ("V1", "one", 0.5, 0.4, 0.6, 30, 0.0, 1.0, True, True),
            ("V1", "shown only", 5.0, 4.0, 6.0, 30, -inf, inf, False, True),
            ("V2", "<b>two</b>", 1.2, 1.1, 1.3, 30, 0.0, 1.0, True, False),
            ("V3", "could not be measured", nan, nan, nan, 0, -inf, inf, True, False),
        )
    )
    passed, failed = drawn.data
    assert (list(passed.y), list(failed.y)) == ([0], [1, 2])
    assert failed.x[0] == pytest.approx(1.2)
    assert passed.marker.color != failed.marker.color
    assert passed.marker.symbol != failed.marker.symbol  # and not by colour alone
    assert "<b>two" not in failed.text[0] + drawn.layout.yaxis.ticktext[1]
    assert drawn.layout.shapes[0].x0 == 0.0
    assert drawn.layout.shapes[0].x1 == 1.0
    assert "1 of 3" in drawn.layout.meta["note"]


def test_a_fact_has_a_panel_for_each_and_one_look_for_a_series():
    drawn = fact.figure(
        curves(
            ("left", "published", 1.0, 2.0, nan, nan, "week", "purchases", False),
            ("left", "simulated", 1.0, 2.1, 2.0, 2.2, "week", "purchases", False),
            ("left", "simulated", 2.0, 3.1, 3.0, 3.2, "week", "purchases", False),
            ("right", "simulated", 1.0, 5.0, 4.0, 7.0, "month", "share", True),
        ),
        "Title",
    )
    named = {trace.name: trace for trace in drawn.data if trace.showlegend}
    assert set(named) == {"published", "simulated"}
    lines = [trace for trace in drawn.data if trace.name == "simulated"]
    assert [trace.mode for trace in lines] == ["lines+markers", "markers"]
    assert len({trace.marker.color for trace in lines}) == 1
    assert named["published"].line.color != named["simulated"].line.color
    assert (lines[1].error_y.array[0], lines[1].error_y.arrayminus[0]) == (2.0, 1.0)
    assert [drawn.layout.xaxis.title.text, drawn.layout.xaxis2.title.text] == ["week", "month"]
    assert sum(trace.fill == "toself" for trace in drawn.data) == 1  # the band of the line that has an interval


def test_a_panel_that_is_the_figure_is_not_named_twice():
    rows = curves(("left", "simulated", 1.0, 2.0, nan, nan, "week", "purchases", False))
    assert fact.figure(rows, "left").layout.meta["note"] == ""
    assert fact.figure(rows, "Title").layout.meta["note"] == "left"


def test_a_fact_and_the_scorecard_speak_chinese():
    rows = curves(
        ("Renewal rate, high end", "published", 1.0, 2.0, nan, nan, "year", "share renewed", False),
        ("Renewal rate, high end", "foretold by years 1-7", 1.0, 2.1, nan, nan, "year", "share renewed", False),
    )
    with language("zh"):
        drawn = fact.figure(rows, "标题")
        named = scorecard.figure(card(("V1", "repeat purchases by week 39", 0.5, 0.4, 0.6, 30, 0.0, 1.0, True, True)))
    assert [trace.name for trace in drawn.data if trace.showlegend] == ["已发表", "由第 1 至 7 年预测"]
    assert (drawn.layout.xaxis.title.text, drawn.layout.yaxis.title.text, drawn.layout.meta["note"]) == ("年", "续约比例", "续约率，高端")
    assert named.layout.yaxis.ticktext == ("V1  到第 39 周的重复购买",)
    assert "到第 39 周的重复购买" in named.data[0].text[0]


def test_a_scorecard_is_moved_sideways_where_its_names_have_no_room():
    drawn = scorecard.figure(card(("V1", "one", 0.5, 0.4, 0.6, 30, 0.0, 1.0, True, True)))
    assert "min-width:560px" in document.grid([drawn])
    parts = pytest.importorskip("results.dashboard.parts", reason="the dashboard's part of it needs the extra `dashboard`", exc_type=ImportError)
    assert parts.figure(drawn).className == "broad"


@pytest.mark.parametrize(("own", "legend", "below"), [(None, True, theme.BOTTOM), (None, False, theme.AXIS), (8, False, 8), (130, False, 130)])
def test_only_the_room_of_a_legend_is_given_up_with_it(own, legend, below):
    drawn = theme.titled(theme.panels([""], across=1, height=200).update_layout(margin={"b": own}), "Title", "note")
    bare = theme.without_title(drawn, legend=legend)
    assert bare.layout.margin.b == below
    inside = bare.layout.height - bare.layout.margin.t - bare.layout.margin.b
    assert inside == drawn.layout.height - theme.TOP - (own or theme.BOTTOM)  # the panels stay as high as they were
