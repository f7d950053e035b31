"""Who gets what: the joint surplus of the web of relations, and its split among the parties, year by year (after Emerson 1962)."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import theme

PARTIES = {
    "customer": ("customers", theme.PALE),
    "supplier": ("suppliers", theme.YELLOW),
    "distributor": ("distributors", theme.PURPLE),
    "employees": ("employees", theme.LIGHT_GREEN),
    "firm": ("the firm", theme.DARK_GREEN),
}
"""Who has a share, what they are called and their colours."""


def figure(surplus_months: pd.DataFrame, strategies: dict[str, str], *, periods_per_year: float = 12.0, across: int = 2) -> go.Figure:
    """Return stacked bars of each party's surplus, one bar a year, mean per firm, one panel per strategy.

    Parameters
    ----------
    surplus_months : DataFrame
        One row per replication, month, firm and party, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    periods_per_year : float
        12 for months.
    across : int
        Panels in a row.
    """
    frame = surplus_months.assign(
        year=np.ceil(surplus_months["month"] / periods_per_year).astype(int), strategy=surplus_months["firm"].map(strategies)
    )
    sums = frame.groupby(["replication", "strategy", "firm", "party", "year"], observed=True)["surplus"].sum()
    means = sums.groupby(["strategy", "party", "year"], observed=True).mean().reset_index()
    names = sorted(means["strategy"].unique())
    drawn = theme.panels(names, across=across, height=320)
    for number, strategy in enumerate(names):
        where = theme.place(number, across, len(names))
        rows = means[means["strategy"] == strategy]
        for party, (text, colour) in PARTIES.items():
            part = rows[rows["party"] == party]
            if not len(part):
                continue
            drawn.add_trace(
                go.Bar(
                    x=part["year"], y=part["surplus"], name=text, legendgroup=party, showlegend=number == 0,
                    marker={"color": colour, "line": {"color": "#ffffff", "width": 0.5}}, hovertemplate="%{y:,.3s}",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(title_text="currency a year per firm", tickformat=",.3~s", **where)
        drawn.update_xaxes(title_text="year", dtick=1 if rows["year"].nunique() <= 12 else None, **where)
    drawn.update_layout(barmode="relative", bargap=0.25)
    n = surplus_months["replication"].nunique()
    who = f" – {names[0]}" if len(names) == 1 else ""
    return theme.titled(drawn, f"Who gets what{who}", f"joint surplus and its split, means of n = {n} replication{'s' if n > 1 else ''}")
