"""How figures look: readable from the last row of a classroom and in grey print, in the reader's language, calling no network."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from results.labels import number, shown_unit
from results.language import current, say
from results.looks import (
    BLUE,
    DARK_GREEN,
    GREEN,
    GREY,
    LIGHT_GREEN,
    MARKS,
    ORANGE,
    PALE,
    PATTERNS,
    PURPLE,
    SKY,
    STRATEGIES,
    VERMILION,
    YELLOW,
    hatched,
    look,
    looks,
    mark,
)

__all__ = [
    "BLUE", "CONFIG", "DARK_GREEN", "GREEN", "GREY", "INK", "LIGHT_GREEN", "MARKS", "ORANGE", "PALE", "PATTERNS", "PURPLE", "SKY",
    "STRATEGIES", "TEMPLATE", "VERMILION", "YELLOW", "band", "faint", "gap", "hatched", "line", "look", "looks", "mark", "money", "panels", "place",
    "replications", "shared", "titled", "widest", "without_title",
]  # fmt: skip

CONFIG: dict[str, Any] = {
    "showSendToCloud": False,
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg"},
}
"""Plotly's settings wherever a figure is shown."""

TOP, BOTTOM = 96, 96
"""Pixels above the panels, for the title and its note, and below them, for the axis title and the legend."""
AXIS = 56
"""Pixels below the panels for the axis title alone."""
GAP = 92
"""Pixels between two rows of panels, for an axis title and the next row's headings."""
INK, RULE = "#3c4043", "#e2e4e7"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SMALL, TEXT, HEADING = 14, 15, 19
"""Sizes in pixels: nothing is smaller than 14, to be read when projected."""


def faint(colour: str, opacity: float = 0.18) -> str:
    """Return a colour as CSS with an opacity, for bands.

    >>> faint("#0072B2")
    'rgba(0, 114, 178, 0.18)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


_AXIS = {
    "gridcolor": RULE, "zerolinecolor": "#b8bcc2", "linecolor": "#b8bcc2", "ticks": "outside", "ticklen": 4, "tickcolor": "#b8bcc2",
    "automargin": True, "title": {"standoff": 8, "font": {"size": SMALL}}, "tickfont": {"size": SMALL},
}  # fmt: skip

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": TEXT, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY, GREY],
        "xaxis": {**_AXIS, "showgrid": False, "showline": True, "zeroline": False},
        "yaxis": _AXIS,
        "legend": {
            "orientation": "h", "yanchor": "bottom", "y": 0, "yref": "container", "xanchor": "left", "x": 0, "font": {"size": SMALL},
            "itemsizing": "trace",
        },
        "margin": {"l": 64, "r": 20, "t": TOP, "b": BOTTOM},
        "title": {
            "font": {"size": HEADING}, "x": 0, "xref": "paper", "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top", "pad": {"t": 24},
        },
        "hovermode": "x unified",
        "hoverlabel": {"font": {"family": FONT, "size": SMALL, "color": INK}, "bgcolor": "#ffffff"},
        "annotationdefaults": {"font": {"size": SMALL}},
        "coloraxis": {"colorbar": {"tickfont": {"size": SMALL}, "title": {"font": {"size": SMALL}}}},
    }
)  # fmt: skip


def gap(rows: int, height: int) -> float:
    """Return the room between rows of panels as a share of the whole: the same number of pixels for any number of rows."""
    return min(GAP / (rows * height), 0.9 / max(1, rows - 1))


def panels(titles: list[str], *, across: int, height: int, shared: bool = True) -> go.Figure:
    """Return an empty figure of small panels in this project's look.

    Parameters
    ----------
    titles : list of str
        One for each panel.
    across : int
        Most panels in a row.
    height : int
        Height of a row in pixels.
    shared : bool
        Whether panels share their vertical scale.
    """
    columns = max(1, min(across, len(titles)))
    rows = -(-len(titles) // columns)
    figure = make_subplots(
        rows=rows, cols=columns, subplot_titles=[escape(title) for title in titles] if len(titles) > 1 else None,
        shared_yaxes="all" if shared else False, horizontal_spacing=0.22 / columns, vertical_spacing=gap(rows, height),
    )  # fmt: skip
    figure.update_layout(template=TEMPLATE, height=TOP + BOTTOM + height * rows)
    figure.update_annotations(font_size=TEXT)
    for spare in range(len(titles), rows * columns):  # a place in the last row that no panel takes
        figure.update_xaxes(visible=False, **place(spare, columns, rows * columns))
        figure.update_yaxes(visible=False, **place(spare, columns, rows * columns))
    return figure


def place(number: int, across: int, count: int) -> dict[str, int]:
    """Return the row and column of a panel, both from 1."""
    columns = max(1, min(across, count))
    return {"row": number // columns + 1, "col": number % columns + 1}


def band(figure: go.Figure, x: Any, low: Any, high: Any, colour: str, where: dict[str, int]) -> None:
    """Draw an interval as a faint band; nothing where there is no interval."""
    known = low.notna() & high.notna()
    if not known.any():
        return
    x, low, high = x[known], low[known], high[known]
    figure.add_trace(
        go.Scatter(
            x=[*x, *x[::-1]], y=[*high, *low[::-1]], fill="toself", fillcolor=faint(colour), line={"width": 0},
            hoverinfo="skip", showlegend=False, mode="lines",
        ),
        **where,
    )  # fmt: skip


def line(table: pd.DataFrame, key: str, name: str, given: dict[str, tuple[str, str]], **more: Any) -> go.Scatter:
    """Return the line of a strategy or another group: its colour and dash, and its mark now and then, to be told apart in grey.

    Parameters
    ----------
    table : DataFrame
        With the columns ``month`` and ``mean``.
    key, name : str
        The group, and what readers call it.
    given : dict
        Looks, from :func:`looks`.
    **more
        What else Plotly should know of it.
    """
    colour, dash = given[key]
    return go.Scatter(
        x=table["month"], y=table["mean"], name=escape(name), legendgroup=key, mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2.4},
        marker={"symbol": mark(key), "size": 8, "color": colour, "maxdisplayed": 6, "line": {"color": colour, "width": 1.5}},
        **more,
    )  # fmt: skip


def money(largest: float = float("inf")) -> str:
    """Return the form of amounts on an axis: 20k in English, 20,000 in Chinese, which counts in ten thousands; small ones in full.

    Parameters
    ----------
    largest : float
        The largest amount on the axis.
    """
    return ",.3~r" if largest < 1000.0 or current() == "zh" else ",.3~s"


def replications(n: int, *, drawn: str = "bands") -> str:
    """Return how many replications stand behind a figure, for its note.

    Parameters
    ----------
    n : int
        Replications.
    drawn : str
        What shows the intervals: ``bands``, ``bars`` or ``pointer``.

    Examples
    --------
    >>> replications(5)
    'n = 5 replications, bands: 95 % intervals'
    """
    if n == 1:
        return say("n = 1 replication, no interval")
    if drawn == "bars":
        return say("n = {n} replications, bars: 95 % intervals", n=n)
    if drawn == "pointer":
        return say("n = {n} replications, 95 % intervals under the pointer", n=n)
    return say("n = {n} replications, bands: 95 % intervals", n=n)


def shared(n: int, half: float = float("nan"), unit: str = "share") -> str:
    """Return the note of a figure of parts: what it shows, and how wide the widest of its intervals is.

    Parameters
    ----------
    n : int
        Replications.
    half : float
        Half the width of the widest 95 % interval; missing where there is none.
    unit : str
        Its unit.

    Examples
    --------
    >>> shared(5, 0.0123)
    'means of n = 5 replications; 95 % intervals at most ±1.23 percentage points'
    """
    if n == 1:
        return say("n = 1 replication, no interval")
    if np.isnan(half):
        return say("means of n = {n} replications", n=n)
    if unit == "share":
        return say("means of n = {n} replications; 95 % intervals at most ±{half} percentage points", n=n, half=number(half, unit))
    return say("means of n = {n} replications; 95 % intervals at most ±{half} {unit}", n=n, half=number(half, unit), unit=shown_unit(unit))


def widest(table: pd.DataFrame) -> float:
    """Return half the width of the widest interval of a table with ``low`` and ``high``; missing where there is none."""
    halves = ((table["high"] - table["low"]) / 2).dropna()
    return float(halves.max()) if len(halves) else float("nan")


def titled(figure: go.Figure, title: str, note: str, *, narrowest: int = 0) -> go.Figure:
    """Give a figure its title with a smaller note under it; ``layout.meta`` holds both as plain text, for pages with captions of their own.

    Parameters
    ----------
    figure : Figure
        The figure.
    title, note : str
        Its title, and what should be known to read it.
    narrowest : int
        Pixels across below which it cannot be read: where there are fewer it is moved sideways. 0 for one that fits everywhere.
    """
    small = f"<span style='font-size:{SMALL}px;color:#5f6368'>{escape(note)}</span>"
    figure.update_layout(title={"text": f"{escape(title)}<br>{small}"}, meta={"title": title, "note": note, "narrowest": narrowest})
    return figure


def without_title(figure: go.Figure, *, legend: bool) -> go.Figure:
    """Return a copy of a figure without its title and, if asked, its legend, for a page that shows them as text."""
    bare = go.Figure(figure)
    top = 32 if bare.layout.annotations else 12
    shown = legend and bare.layout.showlegend is not False
    bottom = bare.layout.margin.b or BOTTOM
    # The usual margin has room for a legend; a figure with a margin of its own needs all of it.
    spared = BOTTOM - AXIS if bottom == BOTTOM and not shown else 0
    bare.update_layout(title=None, showlegend=shown, height=bare.layout.height - (TOP - top) - spared, margin={"t": top, "b": bottom - spared})
    return bare
