"""Calibration and holdout: what happened, what the market makes of it with its interval, and what analytic models say."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from results import theme

LOOKS = ((theme.BLUE, "solid"), (theme.ORANGE, "dash"), (theme.GREEN, "dot"), (theme.PURPLE, "dashdot"))


def figure(
    curves: pd.DataFrame, value: str, *, split: float, title: str, x_title: str, y_title: str, note: str, happened: str, names: Mapping[str, str],
) -> go.Figure:  # fmt: skip
    """Return the curves, with a line where the calibration ends.

    Parameters
    ----------
    curves : DataFrame
        Columns ``period``, ``series``, ``value``, ``low`` and ``high``.
    value : str
        The column that is drawn.
    split : float
        The last period of the calibration, or of the past.
    title, x_title, y_title, note : str
        What stands over it, at its axes, and under the title.
    happened : str
        The series of what happened, which is drawn in ink, as points.
    names : mapping
        What readers call the series; those that are not in it have the names they have.
    """
    drawn = theme.panels([""], across=1, height=380)
    where = theme.place(0, 1, 1)
    others = [name for name in dict.fromkeys(curves["series"]) if name != happened]
    for name, rows in curves.groupby("series", sort=False):
        colour, dash = (theme.INK, "solid") if name == happened else LOOKS[others.index(name) % len(LOOKS)]
        theme.band(drawn, rows["period"], rows["low"], rows["high"], colour, where)
        drawn.add_trace(
            go.Scatter(
                x=rows["period"], y=rows[value], name=names.get(str(name), str(name)), mode="markers" if name == happened else "lines",
                line={"color": colour, "dash": dash, "width": 2.4}, marker={"color": colour, "size": 6, "symbol": "circle-open"},
                hovertemplate="%{y:,.4~g}",
            ),
            **where,
        )  # fmt: skip
    if split < curves["period"].max():
        drawn.add_vline(x=split, line={"color": theme.GREY, "width": 1.5, "dash": "dot"}, **where)
    drawn.update_xaxes(title_text=x_title, **where)
    drawn.update_yaxes(title_text=y_title, rangemode="tozero", **where)
    return theme.titled(drawn, title, note)
