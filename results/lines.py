"""Lines over time: means over replications with their intervals, one line per strategy, drawn alike in every figure."""

import pandas as pd
import plotly.graph_objects as go

from results import names, theme


def draw(figure: go.Figure, found: pd.DataFrame, where: dict[str, int], *, group: str = "strategy", legend: bool, form: str) -> None:
    """Draw one line per group into a panel, each with its band.

    Parameters
    ----------
    figure : Figure
        Where to draw.
    found : DataFrame
        Columns of the group, ``month``, ``mean``, ``low``, ``high`` and ``n``, from :func:`results.intervals.intervals`.
    where : dict
        Row and column of the panel.
    group : str
        Column of the groups.
    legend : bool
        Whether these lines stand for their groups in the legend.
    form : str
        How d3 writes the numbers under the pointer.
    """
    given = theme.looks(sorted(found[group].unique()))
    for key, rows in found.groupby(group, sort=True, observed=True):
        theme.band(figure, rows["month"], rows["low"], rows["high"], given[str(key)][0], where)
        name = names.strategy(str(key)) if group == "strategy" else str(key)
        known = rows["low"].notna()
        ends = f" (%{{customdata[0]:{form}}} – %{{customdata[1]:{form}}})" if known.any() else ""
        trace = theme.line(rows, str(key), name, given, showlegend=legend, hovertemplate=f"%{{y:{form}}}{ends}", customdata=rows[["low", "high"]])
        figure.add_trace(trace, **where)


def span(found: pd.DataFrame) -> list[float]:
    """Return the range of a vertical axis: the lines fill it, and intervals that are wider still do not flatten them.

    Parameters
    ----------
    found : DataFrame
        With the columns ``mean``, ``low`` and ``high``.
    """
    low, high = float(found["mean"].min()), float(found["mean"].max())
    room = 0.5 * (high - low) or 0.05 * abs(high) or 1.0
    edge = 0.05 * (high - low) or room
    return [max(low - room, min(low, float(found["low"].min())) - edge), min(high + room, max(high, float(found["high"].max())) + edge)]
