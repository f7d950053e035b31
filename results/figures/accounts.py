"""Where the money goes: revenue, costs by kind and profit, year by year."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.intervals import intervals
from results.labels import label, shown_unit
from results.language import say

PARTS = {
    "cost_of_goods": (theme.PALE, ""),
    "cost_acquisition": (theme.VERMILION, ""),
    "cost_retention": (theme.LIGHT_GREEN, "/"),
    "cost_service": (theme.PURPLE, "."),
    "cost_partners": (theme.YELLOW, "x"),
    "profit": (theme.DARK_GREEN, ""),
}
"""What revenue is spent on, and what remains: colours, and patterns that tell them apart in grey."""


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
    each = sums.groupby(["replication", "strategy", "year"], observed=True).mean().reset_index()
    found = {kind: intervals(each, ["strategy", "year"], kind) for kind in [*kinds, "revenue"]}
    strategies = sorted(means["strategy"].unique())
    drawn = theme.panels([names.strategy(strategy) for strategy in strategies], across=across, height=340)
    form = theme.money(means["revenue"].max())
    unit = shown_unit(label("revenue").unit)
    for number, strategy in enumerate(strategies):
        where = theme.place(number, across, len(strategies))
        rows = means[means["strategy"] == strategy]
        for kind in kinds:
            if not means[kind].any():
                continue
            colour, pattern = PARTS[kind]
            ends = found[kind][found[kind]["strategy"] == strategy]
            drawn.add_trace(
                go.Bar(
                    x=rows["year"], y=rows[kind], name=label(kind).text, legendgroup=kind, showlegend=number == 0,
                    customdata=ends[["low", "high"]],
                    marker={"color": colour, "line": {"color": "#ffffff", "width": 0.5}, "pattern": theme.hatched(pattern)},
                    hovertemplate="%{y:,.4~g} (%{customdata[0]:,.4~g} – %{customdata[1]:,.4~g})",
                ),
                **where,
            )  # fmt: skip
        drawn.add_trace(
            go.Scatter(
                x=rows["year"], y=rows["revenue"], name=label("revenue").text, legendgroup="revenue", showlegend=number == 0,
                mode="markers", marker={"symbol": "line-ew-open", "size": 14, "color": theme.GREY, "line": {"width": 2}},
                error_y=_bars(found["revenue"][found["revenue"]["strategy"] == strategy]), hovertemplate="%{y:,.4~g}",
            ),
            **where,
        )  # fmt: skip
        drawn.update_yaxes(title_text=say("{unit} a year per firm", unit=unit), tickformat=form, **where)
        drawn.update_xaxes(title_text=names.period("year"), dtick=1 if len(rows) <= 12 else None, **where)
    drawn.update_layout(barmode="relative", bargap=0.25)
    n = firm_months["replication"].nunique()
    who = f" – {names.strategy(strategies[0])}" if len(strategies) == 1 else ""
    widest = max((theme.widest(found[kind]) for kind in kinds), default=float("nan"))
    return theme.titled(drawn, say("Where the money goes{who}", who=who), theme.shared(n, widest, "currency"))


def _bars(found: pd.DataFrame) -> dict[str, object] | None:
    """Return the error bars of an interval; none without replications."""
    half = (found["high"] - found["low"]) / 2
    return {"type": "data", "array": half, "thickness": 1.4, "width": 4, "color": theme.GREY} if half.notna().any() else None
