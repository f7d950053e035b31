"""The four cells of loyalty over time: behaviour and attitude together (Dick and Basu 1994)."""

import pandas as pd
import plotly.graph_objects as go

from results import names, tables, theme
from results.intervals import intervals
from results.labels import label
from results.language import say

CELLS = {"loyal_share": theme.DARK_GREEN, "latent_share": theme.LIGHT_GREEN, "spurious_share": theme.PURPLE, "no_loyalty_share": theme.PALE}
"""Columns of the four cells and their colours, dark to light, so that the order is seen in grey too."""


def figure(firm_months: pd.DataFrame, *, period: str = "month", across: int = 2) -> go.Figure:
    """Return the shares of customers in the four cells over time, one panel per strategy, means over replications.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    months = tables.by_group(firm_months)
    found = {cell: intervals(months, ["strategy", "month"], cell) for cell in CELLS}
    strategies = sorted(months["strategy"].unique())
    drawn = theme.panels([names.strategy(strategy) for strategy in strategies], across=across, height=340)
    for number, strategy in enumerate(strategies):
        where = theme.place(number, across, len(strategies))
        for cell, colour in CELLS.items():
            rows = found[cell][found[cell]["strategy"] == strategy]
            drawn.add_trace(
                go.Scatter(
                    x=rows["month"], y=rows["mean"], name=label(cell).text, legendgroup=cell, showlegend=number == 0, stackgroup="cells",
                    mode="lines", line={"width": 0.6, "color": "#ffffff"}, fillcolor=colour,
                    customdata=rows[["low", "high"]], hovertemplate="%{y:.1%} (%{customdata[0]:.1%} – %{customdata[1]:.1%})",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(range=[0, 1], tickformat=".0%", title_text=say("share of customers (%)"), **where)
        drawn.update_xaxes(title_text=names.period(period), **where)
    n = months["replication"].nunique()
    who = f" – {names.strategy(strategies[0])}" if len(strategies) == 1 else ""
    widest = max((theme.widest(table) for table in found.values()), default=float("nan"))
    return theme.titled(drawn, say("Four kinds of loyalty{who}", who=who), theme.shared(n, widest))
