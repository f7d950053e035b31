"""Loyalty, churn, lifetime value, trust and share over time, one panel each, one line per strategy."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from results import tables, theme
from results.intervals import intervals
from results.labels import label, shown_unit
from sim.units import PERIODS_PER_YEAR

OF_THE_PAST_YEAR = ("clv_expected", "customer_equity", "acquisition_cost_per_customer")
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
    months = tables.by_group(firm_months, group)
    shown = [name for name in measures if name in months and months[name].notna().any()]
    drawn = theme.panels([label(name).text for name in shown], across=across, height=250, shared=False)
    n = 0
    for number, name in enumerate(shown):
        where = theme.place(number, across, len(shown))
        said = label(name)
        year = round({str(known): count for known, count in PERIODS_PER_YEAR.items()}.get(period, 0.0))
        late = name in OF_THE_PAST_YEAR and months["month"].max() > year
        lines = intervals(months[months["month"] >= year] if late else months, [group, "month"], name)
        for who, line in lines.groupby(group, observed=True):
            n = max(n, int(line["n"].max()))
            colour, dash = theme.looks(lines[group].unique())[str(who)]
            theme.band(drawn, line["month"], line["low"], line["high"], colour, where)
            drawn.add_trace(
                go.Scatter(
                    x=line["month"], y=line["mean"], name=escape(str(who)), legendgroup=str(who), showlegend=number == 0, mode="lines",
                    line={"color": colour, "dash": dash, "width": 2.2},
                ),
                **where,
            )  # fmt: skip
        drawn.update_yaxes(title_text=shown_unit(said.unit, period), tickformat=".1~%" if said.is_share else ",.3~g", range=span(lines), **where)
        drawn.update_xaxes(title_text=period, **where)
    title = label(shown[0]).text if len(shown) == 1 else "Over time"
    return theme.titled(drawn, title, theme.replications(n))


def span(lines: pd.DataFrame) -> list[float]:
    """Return the range of a vertical axis: the lines fill it, and intervals that are wider still do not flatten them.

    Parameters
    ----------
    lines : DataFrame
        With the columns ``mean``, ``low`` and ``high``.
    """
    low, high = float(lines["mean"].min()), float(lines["mean"].max())
    room = 0.5 * (high - low) or 0.05 * abs(high) or 1.0
    edge = 0.05 * (high - low) or room
    return [max(low - room, min(low, float(lines["low"].min())) - edge), min(high + room, max(high, float(lines["high"].max())) + edge)]
