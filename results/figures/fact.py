"""A published fact and what the model makes of it: lines and points, panel by panel, the published ones in ink."""

import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.language import say
from results.looks import OTHER_MARKS, OTHERS
from results.names import clauses
from results.told import told

PUBLISHED = "published"
"""Series that is the target: drawn in ink, with open marks."""


def figure(curves: pd.DataFrame, title: str, *, across: int = 2) -> go.Figure:
    """Return a fact's figure: a panel for each of its panels, in them a line or points for each series.

    Parameters
    ----------
    curves : DataFrame
        Columns ``panel``, ``series``, ``x``, ``y``, ``low``, ``high``, ``x_title``, ``y_title``, ``points``; one row per point, of one fact.
    title : str
        The fact's title.
    across : int
        Panels in a row.
    """
    names = list(dict.fromkeys(curves["panel"]))
    series = [name for name in dict.fromkeys(curves["series"]) if name != PUBLISHED]
    colours = {name: OTHERS[place % len(OTHERS)][0] for place, name in enumerate(series)} | {PUBLISHED: theme.INK}
    dashes = {name: OTHERS[place % len(OTHERS)][1] for place, name in enumerate(series)} | {PUBLISHED: "solid"}
    marks = {name: OTHER_MARKS[place % len(OTHER_MARKS)] for place, name in enumerate(series)} | {PUBLISHED: "circle-open"}
    drawn = theme.panels([told(name) for name in names], across=across, height=320, shared=False)
    seen: set[str] = set()
    for number, panel in enumerate(names):
        where = theme.place(number, across, len(names))
        rows = curves[curves["panel"] == panel]
        for name, points in rows.groupby("series", sort=False):
            key = str(name)
            colour, scattered = colours[key], bool(points["points"].iloc[0])
            if not scattered:
                theme.band(drawn, points["x"], points["low"], points["high"], colour, where)
            drawn.add_trace(
                go.Scatter(
                    x=points["x"], y=points["y"], name=told(key), legendgroup=key, showlegend=key not in seen,
                    mode="markers" if scattered else "lines+markers", error_y=_bars(points) if scattered else None,
                    line={"color": colour, "width": 2.4, "dash": dashes[key]},
                    marker={
                        "color": colour, "size": 9, "symbol": marks[key], "maxdisplayed": 0 if scattered else 8,
                        "line": {"color": colour, "width": 1.5},
                    },
                    hovertemplate="%{y:,.4~g}",
                ),
                **where,
            )  # fmt: skip
            seen.add(key)
        drawn.update_xaxes(title_text=told(str(rows["x_title"].iloc[0])), **where)
        drawn.update_yaxes(title_text=told(str(rows["y_title"].iloc[0])), **where)
    notes = [say("{n} panels", n=len(names))] if len(names) > 1 else [told(names[0])] if told(names[0]) != title else []
    if curves["low"].notna().any():
        notes.append(say("bands and bars: 95 % intervals of the mean"))
    return theme.titled(drawn, title, clauses(notes))


def _bars(points: pd.DataFrame) -> dict[str, object] | None:
    """Return points' intervals as bars; None where there are none."""
    if points["low"].isna().all():
        return None
    return {"type": "data", "symmetric": False, "array": points["high"] - points["y"], "arrayminus": points["y"] - points["low"], "width": 3}
