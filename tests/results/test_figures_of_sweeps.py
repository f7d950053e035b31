"""Figures of sensitivity, phase diagrams and discovery: what they draw is what their tables say; and the page that holds them."""

import made_sweeps
import numpy as np
import pandas as pd
import pytest

from results import sheet, theme
from results.figures import discovery, phase_diagram, sensitivity
from results.store import StoreError


def named(figure, name):
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def test_sensitivity_shows_values_and_intervals_in_the_order_asked_for():
    figure = sensitivity.figure(made_sweeps.indices(), ["b", "a"], replications=3, noise=0.02)
    trace = named(figure, "mu*: mean size of the effects")
    assert list(trace.x) == [4.0, 2.0]
    assert list(trace.error_x.array) == [1.0, 0.5] and list(trace.error_x.arrayminus) == [1.0, 1.0]
    assert list(figure.layout.yaxis.ticktext) == ["b", "a"]
    assert "luck is 2.0%" in figure.layout.meta["note"] and "12 trajectories" in figure.layout.meta["note"]
    assert "currency per firm" in figure.layout.xaxis.title.text


def test_sensitivity_without_replications_says_that_luck_is_unknown():
    figure = sensitivity.figure(made_sweeps.indices(), ["b", "a"], replications=1, noise=float("nan"))
    assert "share of luck unknown" in figure.layout.meta["note"]


def test_phase_diagram_paints_the_winner_and_opens_uncertain_points():
    figure = phase_diagram.figure(made_sweeps.plane(), "x", "y", measure="total_profit", logarithmic=(False, True))
    painted = figure.data[0]
    assert np.array_equal(np.unique(painted.z), [0.0, 1.0])
    left = np.asarray(painted.x) < 0.25
    assert (np.asarray(painted.z)[:, left] == 1.0).all()  # transactional stands second by name
    relational = named(figure, "relational")
    assert len(relational.x) == 9
    open_ = [x for x, colour in zip(relational.x, relational.marker.color, strict=True) if colour.startswith("rgba")]
    assert set(open_) == {0.5}
    assert figure.layout.yaxis.type == "log"
    assert len([trace for trace in figure.data if trace.type == "heatmap"]) == 6  # winner, margin, certainty, three regimes


def test_phase_diagram_without_power_has_no_panels_of_it():
    table = made_sweeps.plane().assign(marketed_leads=np.nan, parity=np.nan, marketer_leads=np.nan)
    figure = phase_diagram.figure(table, "x", "y", measure="total_profit")
    assert len([trace for trace in figure.data if trace.type == "heatmap"]) == 3
    assert [axis.visible for axis in figure.select_xaxes()] == [None, None, None, False]


def discovered(boxes, **changes):
    how = {"taken": (1.0, 0.8), "names": {True: "lost", False: "not"}, "ticks": {}, "replications": 3} | changes
    return discovery.figure(made_sweeps.points(), "a", "b", boxes, made_sweeps.trajectory(), **how)


def test_discovery_draws_the_box_and_the_way_to_it():
    figure = discovered([((-np.inf, 0.4), (-np.inf, np.inf))])
    assert list(named(figure, "lost").x) == [0.1, 0.2]
    (box,) = figure.layout.shapes
    assert box.x1 == 0.4 and box.x0 < 0.1 and box.y0 < 1.0 and box.y1 > 4.0
    assert list(named(figure, "the box taken").x) == [1.0]
    assert list(named(figure, "boxes of the search").y) == [0.5, 0.8, 1.0]


def test_discovery_without_a_box_draws_none_and_names_kinds():
    figure = discovered([], taken=None, ticks={"b": ["club", "points"]})
    assert not figure.layout.shapes and "the box taken" not in {trace.name for trace in figure.data}
    assert list(figure.layout.yaxis.ticktext) == ["club", "points"]


def made_sheet(title="A <b>bold</b> title"):
    figure = sensitivity.figure(made_sweeps.indices(), ["b", "a"], replications=3, noise=0.02)
    table = pd.DataFrame({"factor": ["<a>"], "value": [0.12345]})
    return sheet.Sheet(title, "kind", "Why?", ["One & two."], [("Numbers", table)], [figure], [("sweep", "run.py sweep it")])


def test_a_sheet_is_whole_offline_and_escapes_what_it_is_given(tmp_path):
    text = sheet.write(made_sheet(), tmp_path / "new").read_text()
    own = text.replace(text[text.index("<script>") : text.index("</script>")], "", 1)  # without Plotly itself
    assert "A &lt;b&gt;bold&lt;/b&gt; title" in own and "&lt;a&gt;" in own and "One &amp; two." in own
    assert "src=" not in own and "https://" not in own
    assert "0.123" in own and "run.py sweep it" in own
    assert '"showSendToCloud":false' in own
    assert theme.CONFIG["showSendToCloud"] is False
    assert not list((tmp_path / "new").glob("*.part"))


def test_a_sheet_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file: cannot be written"):
        sheet.write(made_sheet(), tmp_path / "file")
