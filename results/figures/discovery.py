"""Where it is lost: the points of a sweep over the two factors that tell most, the box found, and what the search traded for it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.language import say

Rectangle = tuple[tuple[float, float], tuple[float, float]]
"""From and to, across and upwards; infinite where the side is open."""


def figure(
    points: pd.DataFrame,
    x: str,
    y: str,
    boxes: Sequence[Rectangle],
    trajectory: pd.DataFrame,
    *,
    taken: tuple[float, float] | None,
    names: Mapping[bool, str],
    ticks: Mapping[str, Sequence[str]],
    replications: int,
) -> go.Figure:
    """Return two panels: the points with the boxes, and density against coverage on the way to the first box.

    Parameters
    ----------
    points : DataFrame
        One row per point: the factors and ``interest`` (bool).
    x, y : str
        Factors across and upwards.
    boxes : sequence of Rectangle
        The boxes' sides in these two factors.
    trajectory : DataFrame
        Columns ``coverage``, ``density`` (0 to 1) and ``n``, one row for each box of the search.
    taken : (float, float), optional
        Coverage and density of the box that was taken.
    names : mapping
        What the points of interest (True) and the others (False) are called.
    ticks : mapping
        Texts of a factor that has no numbers, where ``points`` holds their places.
    replications : int
        Runs at each point.
    """
    drawn = theme.panels([say("The points"), say("The search: purer boxes cover less")], across=2, height=380, shared=False)
    for interest, colour, sign in ((False, theme.PALE, "circle"), (True, theme.VERMILION, "x")):
        rows = points[points["interest"] == interest]
        drawn.add_trace(
            go.Scatter(
                x=rows[x], y=rows[y], name=escape(names[interest]), mode="markers",
                marker={"color": colour, "symbol": sign, "size": 7, "line": {"color": theme.GREY, "width": 0.5}},
            ),
            row=1, col=1,
        )  # fmt: skip
    for number, (across, upwards) in enumerate(boxes):
        x0, x1 = _within(points[x], across)
        y0, y1 = _within(points[y], upwards)
        line = {"color": theme.INK, "width": 2, "dash": "dot" if number else "solid"}
        drawn.add_shape(type="rect", x0=x0, x1=x1, y0=y0, y1=y1, line=line, row=1, col=1)
    drawn.add_trace(
        go.Scatter(
            x=trajectory["coverage"], y=trajectory["density"], name=say("boxes of the search"), mode="lines+markers", customdata=trajectory["n"],
            line={"color": theme.BLUE, "width": 1.5}, marker={"size": 5}, hovertemplate=say("%{y:.0%} dense, covers %{x:.0%}, %{customdata} points"),
        ),
        row=1, col=2,
    )  # fmt: skip
    if taken:
        drawn.add_trace(
            go.Scatter(
                x=[taken[0]], y=[taken[1]], name=say("the box taken"), mode="markers",
                marker={"size": 13, "symbol": "circle-open", "color": theme.INK, "line": {"width": 2.5}},
            ),
            row=1, col=2,
        )  # fmt: skip
    drawn.update_xaxes(title_text=say("{name} (parameter)", name=escape(x)), **_texts(ticks.get(x)), row=1, col=1)
    drawn.update_yaxes(title_text=say("{name} (parameter)", name=escape(y)), **_texts(ticks.get(y)), row=1, col=1)
    drawn.update_xaxes(title_text=say("coverage (% of all points of interest)"), tickformat=".0%", range=[0, 1.05], row=1, col=2)
    drawn.update_yaxes(title_text=say("density (% of the box's points)"), tickformat=".0%", range=[0, 1.05], row=1, col=2)
    drawn.update_layout(hovermode="closest")
    note = say("{count} points, each by the mean of n = {n} replications; boxes: limits found by PRIM", count=f"{len(points):,}", n=replications)
    return theme.titled(drawn, say("Where it is lost"), note)


def _within(values: pd.Series, side: tuple[float, float]) -> tuple[float, float]:
    """Return a side of a box, cut at a little beyond the points."""
    known = values.to_numpy(float)
    room = 0.03 * (float(np.ptp(known)) or 1.0)
    return max(side[0], float(known.min()) - room), min(side[1], float(known.max()) + room)


def _texts(kinds: Sequence[str] | None) -> dict[str, Any]:
    """Return the ticks of an axis of texts."""
    return {} if kinds is None else {"tickvals": list(range(len(kinds))), "ticktext": [escape(kind) for kind in kinds]}
