"""The six markets side by side: how trust towards the firm grows or fades in each (Christopher, Payne & Ballantyne 1991)."""

import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.intervals import intervals

MARKETS = {
    "customer": "customers",
    "supplier": "suppliers",
    "distributor": "distributors",
    "internal": "employees",
    "competitor": "rivals",
    "influencer": "influencers",
}
"""Markets in the order of their panels, and who is met there."""


def figure(
    dyad_months: pd.DataFrame, strategies: dict[str, str], *, what: str = "trust", title: str = "Trust", period: str = "month", across: int = 3
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
        What it is called.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    frame = dyad_months.assign(strategy=dyad_months["firm"].map(strategies))
    here = [market for market in MARKETS if (frame["market"] == market).any()]
    drawn = theme.panels([MARKETS[market] for market in here], across=across, height=240)
    given = theme.looks(frame["strategy"].unique())
    for number, market in enumerate(here):
        where = theme.place(number, across, len(here))
        part = frame[frame["market"] == market].groupby(["replication", "strategy", "month"], observed=True)[what].mean().reset_index()
        found = intervals(part, ["strategy", "month"], what)
        for strategy, line in found.groupby("strategy", sort=True):
            colour, dash = given[str(strategy)]
            theme.band(drawn, line["month"], line["low"], line["high"], colour, where)
            drawn.add_trace(
                go.Scatter(
                    x=line["month"], y=line["mean"], name=str(strategy), legendgroup=str(strategy), showlegend=number == 0, mode="lines",
                    line={"color": colour, "dash": dash, "width": 2}, hovertemplate="%{y:.1%}",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(tickformat=".0%", title_text=f"{title.lower()} (%)", **where)
        lowest = number + across >= len(here)
        drawn.update_xaxes(title_text=period if lowest else None, **where)
    return theme.titled(drawn, f"{title} in each market", theme.replications(dyad_months["replication"].nunique()))
