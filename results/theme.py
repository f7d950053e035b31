"""How figures look: colours that colour-blind readers tell apart, dashes that survive grey print, and nothing that calls the network."""

from collections.abc import Iterable
from html import escape
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

CONFIG: dict[str, Any] = {
    "showSendToCloud": False,
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg"},
}
"""Plotly's settings wherever a figure is shown."""

# The palette of Okabe and Ito (2008), made to be told apart with every kind of colour vision.
ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#7F7F7F"
PALE, DARK_GREEN, LIGHT_GREEN = "#C9CCD1", "#00664A", "#7FCFB6"
"""For parts of a whole, which must not be taken for a strategy: no blue, no orange."""

EDGES = 152
"""Pixels above and below the panels: title, axis title and legend."""
INK, RULE = "#3c4043", "#e2e4e7"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"

STRATEGIES: dict[str, tuple[str, str]] = {
    "transactional": (ORANGE, "dash"),
    "relational": (BLUE, "solid"),
    "continuum": (GREEN, "dashdot"),
    "loyalty_programme": (PURPLE, "dot"),
    "social_club": (SKY, "longdash"),
    "structural_partner": (VERMILION, "longdashdot"),
}
"""Colour and dash of a strategy, the same in every figure."""
OTHERS = ((GREEN, "dot"), (PURPLE, "dashdot"), (SKY, "dot"), (VERMILION, "dash"), (GREY, "longdash"), (GREY, "dot"))


def look(strategy: str) -> tuple[str, str]:
    """Return the colour and the dash of a strategy or another named group; the same for the same name, always."""
    if strategy in STRATEGIES:
        return STRATEGIES[strategy]
    return OTHERS[sum(strategy.encode()) % len(OTHERS)]


def looks(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return a look for each name: its own where it has one, else one that no other of these names has."""
    given = {name: STRATEGIES[name] for name in names if name in STRATEGIES}
    free = [pair for pair in (*OTHERS, *STRATEGIES.values()) if pair not in given.values()]
    for number, name in enumerate(sorted(set(names) - set(given))):
        given[name] = free[number % len(free)]
    return given


def faint(colour: str, opacity: float = 0.18) -> str:
    """Return a colour as CSS with an opacity, for bands.

    >>> faint("#0072B2")
    'rgba(0, 114, 178, 0.18)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


_AXIS = {
    "gridcolor": RULE, "zerolinecolor": "#b8bcc2", "linecolor": "#b8bcc2", "ticks": "outside", "ticklen": 4, "tickcolor": "#b8bcc2",
    "automargin": True, "title": {"standoff": 8, "font": {"size": 12}}, "tickfont": {"size": 12},
}  # fmt: skip

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY, GREY],
        "xaxis": {**_AXIS, "showgrid": False, "showline": True},
        "yaxis": _AXIS,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 0, "yref": "container", "xanchor": "left", "x": 0, "font": {"size": 12}},
        "margin": {"l": 56, "r": 16, "t": 68, "b": 84},
        "title": {"font": {"size": 15}, "x": 0, "xref": "paper", "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top", "pad": {"t": 12}},
        "hovermode": "x unified",
        "hoverlabel": {"font": {"family": FONT, "size": 12, "color": INK}, "bgcolor": "#ffffff"},
        "annotationdefaults": {"font": {"size": 12}},
    }
)


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
        shared_yaxes="all" if shared else False, horizontal_spacing=0.22 / columns, vertical_spacing=0.24 / rows,
    )  # fmt: skip
    figure.update_layout(template=TEMPLATE, height=EDGES + height * rows)
    return figure


def place(number: int, across: int, count: int) -> dict[str, int]:
    """Return the row and column of a panel, both from 1."""
    columns = max(1, min(across, count))
    return {"row": number // columns + 1, "col": number % columns + 1}


def band(figure: go.Figure, x: Any, low: Any, high: Any, colour: str, where: dict[str, int]) -> None:
    """Draw an interval as a faint band; nothing where there is no interval."""
    if low.isna().all():
        return
    figure.add_trace(
        go.Scatter(
            x=[*x, *x[::-1]], y=[*high, *low[::-1]], fill="toself", fillcolor=faint(colour), line={"width": 0},
            hoverinfo="skip", showlegend=False, mode="lines",
        ),
        **where,
    )  # fmt: skip


def replications(n: int) -> str:
    """Return how many replications stand behind a figure, for its title.

    >>> replications(5)
    'n = 5 replications, bands: 95 % intervals'
    """
    return f"n = {n} replications, bands: 95 % intervals" if n > 1 else "n = 1 replication, no interval"


def titled(figure: go.Figure, title: str, note: str) -> go.Figure:
    """Give a figure its title with a smaller note under it; ``layout.meta`` holds both as plain text, for pages with captions of their own."""
    figure.update_layout(
        title={"text": f"{escape(title)}<br><span style='font-size:12px;color:#767676'>{escape(note)}</span>"}, meta={"title": title, "note": note}
    )
    return figure


def without_title(figure: go.Figure, *, legend: bool) -> go.Figure:
    """Return a copy of a figure without its title and, if asked, its legend, for a page that shows them as text."""
    bare = go.Figure(figure)
    top = 28 if bare.layout.annotations else 12
    spared = bare.layout.template.layout.margin.t - top + (0 if legend else 36)
    bare.update_layout(title=None, showlegend=legend, height=bare.layout.height - spared, margin={"t": top, "b": 84 if legend else 48})
    return bare
