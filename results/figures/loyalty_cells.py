"""The four cells of loyalty over time: behaviour and attitude together (Dick and Basu 1994)."""

import pandas as pd
import plotly.graph_objects as go

from results import tables, theme
from results.labels import label

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
    means = months.groupby(["strategy", "month"], observed=True)[list(CELLS)].mean().reset_index()
    strategies = sorted(means["strategy"].unique())
    drawn = theme.panels(strategies, across=across, height=300)
    for number, strategy in enumerate(strategies):
        where = theme.place(number, across, len(strategies))
        rows = means[means["strategy"] == strategy]
        for cell, colour in CELLS.items():
            drawn.add_trace(
                go.Scatter(
                    x=rows["month"], y=rows[cell], name=label(cell).text, legendgroup=cell, showlegend=number == 0, stackgroup="cells",
                    mode="lines", line={"width": 0.6, "color": "#ffffff"}, fillcolor=colour, hovertemplate="%{y:.1%}",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(range=[0, 1], tickformat=".0%", title_text="share of the strategy's customers (%)", **where)
        drawn.update_xaxes(title_text=period, **where)
    n = months["replication"].nunique()
    who = f" – {strategies[0]}" if len(strategies) == 1 else ""
    return theme.titled(drawn, f"Four kinds of loyalty{who}", f"means of n = {n} replication{'s' if n > 1 else ''}")
