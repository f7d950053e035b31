"""Who leads: relationships by power regime over time, M<B, M=B and M>B (after Emerson 1962)."""

import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.intervals import intervals
from results.language import say

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
    return _each(dyad_months, strategies).groupby(["strategy", "month"], observed=True)[list(REGIMES)].mean().reset_index()


def _each(dyad_months: pd.DataFrame, strategies: dict[str, str]) -> pd.DataFrame:
    """Return the share of relationships in each regime per replication, strategy and month."""
    frame = dyad_months.assign(strategy=dyad_months["firm"].map(strategies))
    counts = frame.groupby(["replication", "strategy", "month"], observed=True)[list(REGIMES)].sum()
    total = counts.sum(axis=1)
    return counts.div(total.where(total > 0), axis=0).reset_index()


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
    each = _each(rows, strategies)
    found = {regime: intervals(each, ["strategy", "month"], regime) for regime in REGIMES}
    kinds = sorted(each["strategy"].unique())
    drawn = theme.panels([names.strategy(kind) for kind in kinds], across=across, height=340)
    for number, kind in enumerate(kinds):
        where = theme.place(number, across, len(kinds))
        for regime, (_, colour) in REGIMES.items():
            line = found[regime][found[regime]["strategy"] == kind]
            drawn.add_trace(
                go.Scatter(
                    x=line["month"], y=line["mean"], name=names.regime(regime), legendgroup=regime, showlegend=number == 0, stackgroup="regimes",
                    mode="lines", line={"width": 0.6, "color": "#ffffff"}, fillcolor=colour,
                    customdata=line[["low", "high"]], hovertemplate="%{y:.1%} (%{customdata[0]:.1%} – %{customdata[1]:.1%})",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(range=[0, 1], tickformat=".0%", title_text=say("share of relationships (%)"), **where)
        drawn.update_xaxes(title_text=names.period(period), **where)
    n = rows["replication"].nunique()
    who = f" – {names.strategy(kinds[0])}" if len(kinds) == 1 else ""
    widest = max((theme.widest(table) for table in found.values()), default=float("nan"))
    note = say("market: {market}; {replications}", market=names.market(market), replications=theme.shared(n, widest))
    return theme.titled(drawn, say("Who has the power{who}", who=who), note)
