"""Cumulative profit per firm by strategy, and where the relational firms overtake the transactional ones for good."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from results import tables, theme
from results.intervals import interval
from results.labels import label, shown_unit


def figure(firm_months: pd.DataFrame, *, period: str = "month") -> go.Figure:
    """Return cumulative profit over time, mean per firm of each strategy, with the crossing and its interval.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    period : str
        What one step is called.
    """
    lines = tables.over_time(firm_months, tables.CUMULATIVE_PROFIT)
    drawn = theme.panels([""], across=1, height=360)
    where = {"row": 1, "col": 1}
    for who, line in lines.groupby("strategy", observed=True):
        colour, dash = theme.looks(lines["strategy"].unique())[str(who)]
        theme.band(drawn, line["month"], line["low"], line["high"], colour, where)
        drawn.add_trace(
            go.Scatter(x=line["month"], y=line["mean"], name=escape(str(who)), mode="lines", line={"color": colour, "dash": dash, "width": 2.4})
        )
    _mark(drawn, tables.crossing(firm_months, period))
    drawn.update_yaxes(title_text=f"{shown_unit(label(tables.CUMULATIVE_PROFIT).unit)} per firm", tickformat=",.3~s")
    drawn.update_xaxes(title_text=period)
    return theme.titled(drawn, "Cumulative profit per firm", theme.replications(int(lines["n"].max())))


def _mark(drawn: go.Figure, found: tables.Crossing) -> None:
    """Draw the month of the crossing, if there is one to draw."""
    if not found.months or found.from_the_start:
        return
    mean, low, high, n = interval(found.months)
    if n > 1 and high > low:
        drawn.add_vrect(x0=max(low, 1.0), x1=min(high, found.horizon), fillcolor=theme.GREY, opacity=0.15, line_width=0)
    drawn.add_vline(x=mean, line={"color": theme.GREY, "width": 1.5, "dash": "dot"})
    share = "" if n == found.replications else f" (in {n} of {found.replications})"
    left = mean > 0.6 * found.horizon
    drawn.add_annotation(
        x=mean, y=1, yref="paper", yanchor="top", xanchor="right" if left else "left", showarrow=False,
        text=f"&nbsp;overtakes for good: {found.period} {mean:.0f}{share}&nbsp;",
    )  # fmt: skip
