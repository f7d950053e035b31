"""Loyalty, churn, lifetime value, trust and share over time, one panel each, one line per strategy."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, tables, theme
from results.intervals import intervals
from results.labels import label, shown_unit
from results.language import say
from sim.units import PERIODS_PER_YEAR

OF_THE_PAST_YEAR = ("clv_expected", "customer_equity", "acquisition_cost_per_customer", "return_on_relationships")
"""Measures that look back on a year: drawn from the end of the first one, where the run is longer."""
MEASURES = ("loyal_share", "share_of_requirements", "churn_rate", "trust", "clv_expected", "market_share")


def figure(
    firm_months: pd.DataFrame, measures: Sequence[str] = MEASURES, *, group: str = "strategy", period: str = "month", across: int = 2
) -> go.Figure:
    """Return small panels of measures over time with 95 % bands over replications.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    measures : sequence of str
        Columns to draw, one panel each.
    group : str
        ``strategy`` (its firms together) or ``firm``.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    keys = [*tables.RUN, group, "firm", "month", "profit", "customers", "buyers", *measures]
    months = tables.by_group(firm_months[[name for name in dict.fromkeys(keys) if name in firm_months]], group)
    shown = [name for name in measures if name in months and months[name].notna().any()]
    drawn = theme.panels([label(name).text for name in shown], across=across, height=280, shared=False)
    n = 1
    for number, name in enumerate(shown):
        where = theme.place(number, across, len(shown))
        said = label(name)
        year = round({str(known): count for known, count in PERIODS_PER_YEAR.items()}.get(period, 0.0))
        late = name in OF_THE_PAST_YEAR and months["month"].max() > year
        found = intervals(months[months["month"] >= year] if late else months, [group, "month"], name)
        n = max(n, int(found["n"].max()))
        lines.draw(drawn, found, where, group=group, legend=number == 0, form=".1%" if said.is_share else ",.4~g")
        form = ".1~%" if said.is_share else theme.money(found["mean"].abs().max())
        drawn.update_yaxes(title_text=shown_unit(said.unit, period), tickformat=form, range=lines.span(found), **where)
        drawn.update_xaxes(title_text=names.period(period), **where)
    title = label(shown[0]).text if len(shown) == 1 else say("Over time")
    return theme.titled(drawn, title, theme.replications(n))
