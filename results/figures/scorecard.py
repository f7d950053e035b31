"""The scorecard: every judged finding on its accepted range, all ranges drawn equally wide (Rand & Rust 2011)."""

from collections.abc import Mapping
from html import escape
from math import inf, isfinite, isnan
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.language import current, say
from results.told import told

FARTHEST = 0.5
"""How far beyond its range a finding is drawn, in widths of the range; what lies farther off stands at the edge."""
NARROWEST = 560
"""Pixels across that names and ranges need side by side."""
LINE, SIGNS = 44, 20
"""Letters, and Chinese signs, of each of the two lines that a finding's name has on the axis; the pointer shows all."""


def figure(scorecard: pd.DataFrame) -> go.Figure:
    """Return a dot for each judged finding with its interval, where 0 and 1 are the ends of its accepted range.

    Parameters
    ----------
    scorecard : DataFrame
        One row per finding: ``fact``, ``what``, ``value``, ``low``, ``high``, ``n``, ``least``, ``most``, ``judged``, ``passed``.
    """
    rows = scorecard[scorecard["judged"]].to_dict("records")
    places = [_placed(*(float(row[name]) for name in ("value", "low", "high", "least", "most"))) for row in rows]
    names = [f"{row['fact']}  {_short(told(str(row['what'])))}" for row in rows]
    drawn = theme.panels([""], across=1, height=max(160, 40 * len(rows)), shared=False)
    for passed, name, colour, symbol in (
        (True, say("in its range"), theme.BLUE, "circle"), (False, say("not in its range"), theme.VERMILION, "x"),
    ):  # fmt: skip
        chosen = [number for number, row in enumerate(rows) if bool(row["passed"]) is passed]
        x = [places[number][0] for number in chosen]
        texts = [_text(rows[number]) for number in chosen]
        drawn.add_trace(
            go.Scatter(
                x=x, y=chosen, mode="markers", name=name, text=texts, hovertemplate="%{text}<extra></extra>",
                marker={"color": colour, "symbol": symbol, "size": 11},
                error_x={
                    "type": "data", "symmetric": False, "color": colour, "width": 4,
                    "arrayminus": [places[number][0] - places[number][1] for number in chosen],
                    "array": [places[number][2] - places[number][0] for number in chosen],
                },
            )
        )  # fmt: skip
    drawn.add_vrect(x0=0.0, x1=1.0, fillcolor=theme.PALE, opacity=0.45, line_width=0, layer="below")  # a figure without traces would drop it
    drawn.update_yaxes(tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.5, -0.5], showgrid=False, zeroline=False)
    drawn.update_xaxes(
        range=[-FARTHEST - 0.05, 1.0 + FARTHEST + 0.05], tickvals=[0.0, 0.5, 1.0], ticktext=[say("least"), "", say("most")],
        title_text=say("place on the accepted range"),
    )  # fmt: skip
    drawn.update_layout(hovermode="closest")
    good = sum(bool(row["passed"]) for row in rows)
    note = say("{good} of {total} findings in range; bars: 95 % intervals", good=good, total=len(rows))
    return theme.titled(drawn, say("What was measured, on the range that is accepted"), note, narrowest=NARROWEST)


def _short(text: str) -> str:
    """Return a name in two lines at most, as an axis writes it."""
    return "<br>".join(escape(line) for line in wrap(text, SIGNS if current() == "zh" else LINE, max_lines=2, placeholder=" …"))


def _placed(value: float, low: float, high: float, least: float, most: float) -> tuple[float, float, float]:
    """Return where value and interval stand when the range goes from 0 to 1; an open side is as wide as the bound is far from 0.

    >>> _placed(0.6, 0.55, 0.65, 0.5, 0.7)
    (0.5, 0.25, 0.75)
    """
    if isnan(value):
        return -FARTHEST, -FARTHEST, -FARTHEST
    width = most - least
    if not isfinite(width):
        bound = least if least > -inf else most
        # A bound at 0, as where only a sign is asked for, has no width of its own: what was measured gives it.
        width = abs(bound) or max(abs(value), abs(low) if isfinite(low) else 0.0, abs(high) if isfinite(high) else 0.0) or 1.0
        least = least if least > -inf else most - width
    ends = [(end if isfinite(end) else value) for end in (value, low, high)]
    scaled = [min(max(round((end - least) / width, 9), -FARTHEST), 1.0 + FARTHEST) for end in ends]
    return scaled[0], min(scaled[1], scaled[0]), max(scaled[2], scaled[0])


def _text(row: Mapping[Any, Any]) -> str:
    """Return what the pointer shows of a finding."""
    ends = "" if isnan(row["low"]) else f" ({row['low']:.4g} – {row['high']:.4g})"
    measured = f"{row['value']:.4g}{ends}, n = {row['n']}"
    return f"<b>{row['fact']}</b> {escape(told(str(row['what'])))}<br>{measured}<br>{say('accepted')}: {row['least']:.4g} – {row['most']:.4g}"
