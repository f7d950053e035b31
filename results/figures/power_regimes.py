"""Who leads: relationships by power regime over time, M<B, M=B and M>B (after Emerson 1962)."""

import pandas as pd
import plotly.graph_objects as go

from results import theme

REGIMES = {
    "marketed_leads": ("M<B: the customer leads", theme.PURPLE),
    "parity": ("M=B: they negotiate", theme.PALE),
    "marketer_leads": ("M>B: the firm leads", theme.DARK_GREEN),
}
"""Columns of ``dyad_months``, what they are called and their colours."""


def shares(dyad_months: pd.DataFrame, strategies: dict[str, str]) -> pd.DataFrame:
    """Return the share of relationships in each regime per strategy and month, means over replications.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    """
    frame = dyad_months.assign(strategy=dyad_months["firm"].map(strategies))
    counts = frame.groupby(["replication", "strategy", "month"], observed=True)[list(REGIMES)].sum()
    total = counts.sum(axis=1)
    return counts.div(total.where(total > 0), axis=0).groupby(["strategy", "month"], observed=True).mean().reset_index()


def figure(dyad_months: pd.DataFrame, strategies: dict[str, str], *, market: str = "customer", period: str = "month", across: int = 2) -> go.Figure:
    """Return the shares of relationships in the three regimes over time, one panel per strategy.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    market : str
        Which of the six markets.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    rows = dyad_months[dyad_months["market"] == market]
    means = shares(rows, strategies)
    names = sorted(means["strategy"].unique())
    drawn = theme.panels(names, across=across, height=300)
    for number, strategy in enumerate(names):
        where = theme.place(number, across, len(names))
        line = means[means["strategy"] == strategy]
        for regime, (text, colour) in REGIMES.items():
            drawn.add_trace(
                go.Scatter(
                    x=line["month"], y=line[regime], name=text, legendgroup=regime, showlegend=number == 0, stackgroup="regimes",
                    mode="lines", line={"width": 0.6, "color": "#ffffff"}, fillcolor=colour, hovertemplate="%{y:.1%}",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(range=[0, 1], tickformat=".0%", title_text="share of relationships (%)", **where)
        drawn.update_xaxes(title_text=period, **where)
    n = rows["replication"].nunique()
    who = f" – {names[0]}" if len(names) == 1 else ""
    return theme.titled(drawn, f"Who has the power{who}", f"{market} market, means of n = {n} replication{'s' if n > 1 else ''}")
