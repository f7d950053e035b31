"""Cumulative profit per firm by strategy, and where the relational firms overtake the transactional ones for good."""

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, tables, theme
from results.intervals import interval
from results.labels import label, shown_unit
from results.language import say


def figure(firm_months: pd.DataFrame, *, period: str = "month") -> go.Figure:
    """Return cumulative profit over time, mean per firm of each strategy, with the crossing and its interval.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    period : str
        What one step is called.
    """
    found = tables.over_time(firm_months, tables.CUMULATIVE_PROFIT)
    drawn = theme.panels([""], across=1, height=380)
    lines.draw(drawn, found, {"row": 1, "col": 1}, legend=True, form=",.4~g")
    _mark(drawn, tables.crossing(firm_months, period))
    unit = shown_unit(label(tables.CUMULATIVE_PROFIT).unit)
    drawn.update_yaxes(title_text=say("{unit} per firm", unit=unit), tickformat=theme.money(found["mean"].abs().max()))
    last = float(found["month"].max())
    drawn.update_xaxes(title_text=names.period(period), range=[-0.02 * last, 1.02 * last])
    return theme.titled(drawn, say("Cumulative profit per firm"), theme.replications(int(found["n"].max())))


def _mark(drawn: go.Figure, found: tables.Crossing) -> None:
    """Draw the month of the crossing, if there is one to draw."""
    if not found.months or found.from_the_start:
        return
    mean, low, high, n = interval(found.months)
    if n > 1 and high > low:
        drawn.add_vrect(x0=max(low, 1.0), x1=min(high, found.horizon), fillcolor=theme.GREY, opacity=0.15, line_width=0)
    drawn.add_vline(x=mean, line={"color": theme.GREY, "width": 1.5, "dash": "dot"})
    share = "" if n == found.replications else say(" (in {n} of {all} replications)", n=n, all=found.replications)
    when = say("overtakes for good: {period} {month}", period=names.period(found.period), month=f"{mean:.0f}")
    left = mean > 0.6 * found.horizon
    drawn.add_annotation(
        x=mean, y=1, yref="paper", yanchor="top", xanchor="right" if left else "left", showarrow=False,
        text=f"&nbsp;{when}{share}&nbsp;",
    )  # fmt: skip
