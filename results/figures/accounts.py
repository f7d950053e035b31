"""Where the money goes: revenue, costs by kind and profit, year by year."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.labels import label, shown_unit

PARTS = {
    "cost_of_goods": theme.PALE,
    "cost_acquisition": theme.VERMILION,
    "cost_retention": theme.LIGHT_GREEN,
    "cost_service": theme.PURPLE,
    "cost_partners": theme.YELLOW,
    "profit": theme.DARK_GREEN,
}
"""What revenue is spent on, and what remains."""


def figure(firm_months: pd.DataFrame, *, periods_per_year: float = 12.0, across: int = 2) -> go.Figure:
    """Return stacked bars of costs by kind and profit, one bar a year, mean per firm, one panel per strategy.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.
    across : int
        Panels in a row.
    """
    kinds = [name for name in PARTS if name in firm_months]
    years = firm_months.assign(year=np.ceil(firm_months["month"] / periods_per_year).astype(int))
    sums = years.groupby(["replication", "strategy", "firm", "year"], observed=True)[[*kinds, "revenue"]].sum()
    means = sums.groupby(["strategy", "year"], observed=True).mean().reset_index()
    strategies = sorted(means["strategy"].unique())
    drawn = theme.panels(strategies, across=across, height=320)
    unit = shown_unit(label("revenue").unit)
    for number, strategy in enumerate(strategies):
        where = theme.place(number, across, len(strategies))
        rows = means[means["strategy"] == strategy]
        for kind in kinds:
            if not means[kind].any():
                continue
            drawn.add_trace(
                go.Bar(
                    x=rows["year"], y=rows[kind], name=label(kind).text, legendgroup=kind, showlegend=number == 0,
                    marker={"color": PARTS[kind], "line": {"color": "#ffffff", "width": 0.5}}, hovertemplate="%{y:,.3s}",
                ),
                **where,
            )  # fmt: skip
        drawn.add_trace(
            go.Scatter(
                x=rows["year"], y=rows["revenue"], name=label("revenue").text, legendgroup="revenue", showlegend=number == 0,
                mode="markers", marker={"symbol": "line-ew-open", "size": 14, "color": theme.GREY, "line": {"width": 2}},
                hovertemplate="%{y:,.3s}",
            ),
            **where,
        )  # fmt: skip
        drawn.update_yaxes(title_text=f"{unit} a year per firm", tickformat=",.3~s", **where)
        drawn.update_xaxes(title_text="year", dtick=1 if len(rows) <= 12 else None, **where)
    drawn.update_layout(barmode="relative", bargap=0.25)
    n = firm_months["replication"].nunique()
    who = f" – {strategies[0]}" if len(strategies) == 1 else ""
    return theme.titled(drawn, f"Where the money goes{who}", f"means of n = {n} replication{'s' if n > 1 else ''}")
