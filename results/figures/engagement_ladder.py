"""The ladder of engagement: how many of its customers a firm has brought to each rung (Christopher, Payne & Ballantyne 1991)."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, tables, theme
from results.intervals import intervals
from results.labels import label
from results.language import say

RUNGS = ("rung_trial", "rung_repeat", "rung_satisfied", "rung_loyal", "rung_advocate", "rung_partner")
"""From the lowest rung to the highest."""


def rungs(firm_months: pd.DataFrame, periods_per_year: float = 12.0) -> pd.DataFrame:
    """Return the share of active customers on each rung, mean of the last year, with its interval over replications.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``rung``, ``mean``, ``low``, ``high`` and ``n``.
    """
    months = tables.by_group(firm_months)
    year = months[months["month"] > months["month"].max() - periods_per_year]
    means = year.groupby(["replication", "strategy"], observed=True)[list(RUNGS)].mean().reset_index()
    return pd.concat([intervals(means, ["strategy"], rung).assign(rung=rung) for rung in RUNGS], ignore_index=True)


def figure(firm_months: pd.DataFrame, *, periods_per_year: float = 12.0) -> go.Figure:
    """Return bars with 95 % intervals: the rungs from the lowest up, one bar per strategy on each.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.
    """
    found = rungs(firm_months, periods_per_year)
    given = theme.looks(sorted(found["strategy"].unique()))
    texts = [label(rung).text.rpartition(": ")[2].rpartition("：")[2] for rung in RUNGS]
    drawn = theme.panels([""], across=1, height=max(380, 70 + 26 * len(RUNGS) * len(given)))
    for strategy, rows in found.groupby("strategy", sort=True):
        rows = rows.set_index("rung").loc[list(RUNGS)]
        half = (rows["high"] - rows["low"]) / 2
        drawn.add_trace(
            go.Bar(
                x=rows["mean"], y=texts, orientation="h", name=names.strategy(str(strategy)), legendgroup=str(strategy),
                marker={"color": given[str(strategy)][0], "pattern": theme.hatched(theme.PATTERNS[given[str(strategy)][1]])},
                error_x={"type": "data", "array": half, "thickness": 1.6, "width": 4, "color": theme.INK} if half.notna().any() else None,
                customdata=np.column_stack([rows["low"], rows["high"]]), hovertemplate="%{x:.1%} (%{customdata[0]:.1%} – %{customdata[1]:.1%})",
            )
        )  # fmt: skip
    drawn.update_xaxes(title_text=say("share of active customers (%)"), tickformat=".0%", rangemode="tozero")
    drawn.update_yaxes(title_text=say("rung"), showgrid=False)
    drawn.update_layout(barmode="group", bargap=0.25, hovermode="y unified", legend_traceorder="normal")
    note = say("last year, {replications}", replications=theme.replications(int(found["n"].max()), drawn="bars"))
    return theme.titled(drawn, say("The ladder of engagement"), note)
