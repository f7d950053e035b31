"""The six markets side by side: how trust towards the firm grows or fades in each (Christopher, Payne & Ballantyne 1991)."""

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, theme
from results.intervals import intervals
from results.labels import label
from results.language import say

MARKETS = ("customer", "supplier", "distributor", "internal", "competitor", "influencer")
"""Markets in the order of their panels."""


def figure(
    dyad_months: pd.DataFrame, strategies: dict[str, str], *, what: str = "trust", title: str = "", period: str = "month", across: int = 3
) -> go.Figure:
    """Return lines over time with intervals, one panel per market, one line per strategy.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    what : str
        Which share of the table to draw.
    title : str
        What it is called; the measure's own label where it is not given.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    frame = dyad_months.assign(strategy=dyad_months["firm"].map(strategies))
    here = [market for market in MARKETS if (frame["market"] == market).any()]
    drawn = theme.panels([names.market(market) for market in here], across=across, height=280)
    called = title or label(what).text
    for number, market in enumerate(here):
        where = theme.place(number, across, len(here))
        part = frame[frame["market"] == market].groupby(["replication", "strategy", "month"], observed=True)[what].mean().reset_index()
        lines.draw(drawn, intervals(part, ["strategy", "month"], what), where, legend=number == 0, form=".1%")
        drawn.update_yaxes(tickformat=".0%", title_text=f"{called.lower()} (%)", **where)
        drawn.update_xaxes(title_text=names.period(period), **where)
    return theme.titled(drawn, say("{measure} in each market", measure=called), theme.replications(dyad_months["replication"].nunique()))
