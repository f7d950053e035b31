"""The holdout figure: points for what happened, lines for what was foretold, and where the calibration ends."""

import pandas as pd
import pytest

from results import theme
from results.figures import holdout


def drawn(split):
    weeks = list(range(1, 7))
    nothing = [float("nan")] * 6
    curves = pd.concat(
        [
            pd.DataFrame({"period": weeks, "series": "log", "value": [3.0, 5, 6, 8, 9, 11], "low": nothing, "high": nothing}),
            pd.DataFrame({"period": weeks, "series": "market", "value": [3.0, 5, 7, 8, 10, 11], "low": [2.0] * 6, "high": [12.0] * 6}),
        ]
    )
    return holdout.figure(
        curves, "value", split=split, title="Purchases", x_title="week", y_title="purchases", note="n = 3", happened="log",
        names={"log": "what happened"},
    )  # fmt: skip


def test_what_happened_is_points_in_ink_and_what_was_foretold_a_line_with_its_band():
    figure = drawn(4)
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert traces["what happened"].mode == "markers"
    assert traces["what happened"].marker.color == theme.INK
    assert list(traces["market"].y) == [3, 5, 7, 8, 10, 11]
    bands = [trace for trace in figure.data if trace.fill]
    assert len(bands) == 1
    assert max(bands[0].y) == 12


@pytest.mark.parametrize(("split", "lines"), [(4, 1), (6, 0)])
def test_the_end_of_the_calibration_is_marked_where_something_follows(split, lines):
    assert len(drawn(split).layout.shapes) == lines
