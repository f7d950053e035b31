"""Who gets what: the joint surplus of the web of relations, and its split among the parties, year by year (after Emerson 1962)."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.intervals import intervals
from results.labels import shown_unit
from results.language import say

PARTIES = {
    "customer": (theme.PALE, ""),
    "supplier": (theme.YELLOW, "x"),
    "distributor": (theme.PURPLE, "."),
    "employees": (theme.LIGHT_GREEN, "/"),
    "firm": (theme.DARK_GREEN, ""),
}
"""Who has a share: colours, and patterns that tell them apart in grey."""


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
    each = sums.groupby(["replication", "strategy", "party", "year"], observed=True).mean().reset_index()
    means = intervals(each, ["strategy", "party", "year"], "surplus")
    kinds = sorted(means["strategy"].unique())
    drawn = theme.panels([names.strategy(kind) for kind in kinds], across=across, height=340)
    form = theme.money(means.groupby(["strategy", "year"])["mean"].sum().max())
    for number, strategy in enumerate(kinds):
        where = theme.place(number, across, len(kinds))
        rows = means[means["strategy"] == strategy]
        for party, (colour, pattern) in PARTIES.items():
            part = rows[rows["party"] == party]
            if not len(part):
                continue
            drawn.add_trace(
                go.Bar(
                    x=part["year"], y=part["mean"], name=names.party(party), legendgroup=party, showlegend=number == 0,
                    customdata=part[["low", "high"]],
                    marker={"color": colour, "line": {"color": "#ffffff", "width": 0.5}, "pattern": theme.hatched(pattern)},
                    hovertemplate="%{y:,.4~g} (%{customdata[0]:,.4~g} – %{customdata[1]:,.4~g})",
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(title_text=say("{unit} a year per firm", unit=shown_unit("currency")), tickformat=form, **where)
        drawn.update_xaxes(title_text=names.period("year"), dtick=1 if rows["year"].nunique() <= 12 else None, **where)
    drawn.update_layout(barmode="relative", bargap=0.25)
    n = surplus_months["replication"].nunique()
    who = f" – {names.strategy(kinds[0])}" if len(kinds) == 1 else ""
    note = say("joint surplus and its split; {replications}", replications=theme.shared(n, theme.widest(means), "currency"))
    return theme.titled(drawn, say("Who gets what{who}", who=who), note)
