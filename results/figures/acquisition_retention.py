"""What it costs to win a customer against what it costs to keep one, year by year (Blattberg & Deighton 1996)."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.intervals import interval, intervals
from results.labels import shown_unit
from results.language import say


def costs(firm_months: pd.DataFrame, periods_per_year: float = 12.0) -> pd.DataFrame:
    """Return the cost of winning one customer and of keeping one for a year, by strategy, replication and year.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``replication``, ``year``, ``win`` (cost of acquisition over customers acquired or won back), ``keep`` (cost of
        retention in the year over mean active customers), currency, and ``ratio`` of the two. What has no denominator is missing.
    """
    last = int(firm_months["month"].max() // periods_per_year) or 1
    years = firm_months.assign(
        year=np.ceil(firm_months["month"] / periods_per_year).astype(int), won=firm_months["acquired"] + firm_months["won_back"].fillna(0)
    )
    whole = years[years["year"] <= last]  # a year that the run's end cuts short would seem cheap
    keys = ["strategy", "replication", "year"]
    sums = whole.groupby(keys, observed=True)[["cost_acquisition", "cost_retention", "won", "customers"]].sum()
    periods = whole.groupby(keys, observed=True)["month"].nunique()
    win = sums["cost_acquisition"] / sums["won"].where(sums["won"] > 0)
    keep = sums["cost_retention"] / (sums["customers"] / periods).where(sums["customers"] > 0)
    return pd.DataFrame({"win": win, "keep": keep, "ratio": win / keep.where(keep > 0)}).reset_index()


def figure(firm_months: pd.DataFrame, *, periods_per_year: float = 12.0, across: int = 2) -> go.Figure:
    """Return both costs year by year with 95 % intervals, one panel per strategy on one scale.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.
    across : int
        Panels in a row.
    """
    table = costs(firm_months, periods_per_year)
    kinds = sorted(table["strategy"].unique())
    drawn = theme.panels([names.strategy(kind) for kind in kinds], across=across, height=340)
    looks = {"win": (say("to win one customer"), theme.VERMILION, ""), "keep": (say("to keep one customer for a year"), theme.LIGHT_GREEN, "/")}
    largest = float(table[["win", "keep"]].max().max())
    said = []
    for number, kind in enumerate(kinds):
        where = theme.place(number, across, len(kinds))
        rows = table[table["strategy"] == kind]
        for what, (text, colour, pattern) in looks.items():
            found = intervals(rows, ["year"], what)
            half = (found["high"] - found["low"]) / 2
            drawn.add_trace(
                go.Bar(
                    x=found["year"], y=found["mean"], name=text, legendgroup=what, showlegend=number == 0,
                    marker={"color": colour, "pattern": theme.hatched(pattern)},
                    error_y={"type": "data", "array": half, "thickness": 1.6, "width": 4, "color": theme.INK} if half.notna().any() else None,
                    customdata=found[["low", "high"]], hovertemplate="%{y:,.3~g} (%{customdata[0]:,.3~g} – %{customdata[1]:,.3~g})",
                ),
                **where,
            )  # fmt: skip
        mean, low, high, n = interval(rows.groupby("replication")["ratio"].mean())
        if n:
            ends = say(" ({low} to {high})", low=f"{low:.1f}", high=f"{high:.1f}") if n > 1 else ""
            said.append(f"{names.strategy(kind)} {mean:.1f}{ends}")
        drawn.update_yaxes(
            title_text=say("{unit} per customer", unit=shown_unit("currency")), tickformat=theme.money(largest), rangemode="tozero", **where
        )
        drawn.update_xaxes(title_text=names.period("year"), dtick=1 if rows["year"].nunique() <= 12 else None, **where)
    drawn.update_layout(barmode="group", bargap=0.3)
    n = int(table["replication"].nunique())
    times = say("winning over keeping: {ratios}; ", ratios=names.joined(said)) if said else ""
    who = f" – {names.strategy(kinds[0])}" if len(kinds) == 1 else ""
    return theme.titled(drawn, say("To win a customer, and to keep one{who}", who=who), times + theme.replications(n, drawn="bars"))
