"""Parts of pages: figures under captions that wrap, tables that sort, notes; the same everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as ag
import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html

from results import theme
from results.language import say

ROWS = 14
"""Rows from which on a table scrolls."""
LETTER, MARGIN = 8, 44
"""Pixels of a letter in a table, and beside it in its cell."""
NARROWEST, WIDEST = 104, 320
"""Pixels of the narrowest column, and of the widest of texts: longer ones are broken into lines."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How texts begin that a spreadsheet would take for a formula."""


def figure(drawn: go.Figure, name: str | dict[str, str] = "") -> html.Figure | html.Div:
    """Return a figure under its caption.

    Parameters
    ----------
    drawn : Figure
        From :mod:`results.figures`, with title and note.
    name : str or dict
        Id of the graph, for callbacks that hear clicks; a fresh one where there is none.
    """
    named = [trace for trace in drawn.data if trace.name and getattr(trace, "showlegend", None) is not False]
    has_legend = bool(named) and drawn.layout.showlegend is not False
    bare = theme.without_title(drawn, legend=has_legend)
    bare.update_layout(autosize=True, width=None)
    if any(trace.type == "parcoords" for trace in drawn.data):  # their axes' names stand where other figures have nothing
        bare.update_layout(height=drawn.layout.height, margin=drawn.layout.margin)
    given: dict[str, Any] = {"id": name} if name else {}
    title, note = str(drawn.layout.meta["title"]), str(drawn.layout.meta["note"])
    graph = dcc.Graph(figure=bare, config=theme.CONFIG, responsive=True, style={"height": f"{bare.layout.height}px"}, **given)
    shown = html.Figure([html.Figcaption([title, html.Small(note)]), graph], className="figure")
    narrowest = drawn.layout.meta["narrowest"]
    return html.Div(shown, className="broad", style={"--narrowest": f"{narrowest}px"}) if narrowest else shown


def _width(head: str) -> int:
    """Return the pixels that the longest word over a column needs."""
    return max(NARROWEST, LETTER * max(map(len, _breakable(head).replace("\u200b", " ").split()), default=0) + MARGIN)


def _breakable(name: str) -> str:
    """Return a name that a narrow column may break after its dots and underscores, and not within a word."""
    return name.replace(".", ".\u200b").replace("_", "_\u200b")


def grid(figures: Sequence[Any]) -> html.Div:
    """Return figures side by side, as far as there is room."""
    return html.Div(list(figures), className="grid" if len(figures) > 1 else "")


def note(text: str) -> html.P:
    """Return a sentence in small letters."""
    return html.P(text, className="note")


def warning(text: str) -> html.P:
    """Return a sentence that should not be overlooked."""
    return html.P(text, className="warning", role="alert")


def table(rows: pd.DataFrame, heads: Mapping[str, str], name: str, *, forms: Mapping[str, str] | None = None) -> Any:
    """Return a table that sorts by a click on a column's head, and by keyboard.

    Parameters
    ----------
    rows : DataFrame
        What to show.
    heads : mapping
        Columns that are shown, and what they are called.
    name : str
        Its id.
    forms : mapping
        How d3 writes the numbers of a column; four significant digits where nothing is said, and per cent in rows whose ``is_share`` is set.
    """
    columns = []
    for column, head in heads.items():
        is_number = pd.api.types.is_numeric_dtype(rows[column])
        form = (forms or {}).get(column, "")
        text = f"d3.format('{form}')" if form else "d3.format(params.data.is_share ? '.2%' : ',.4~g')"
        shown: dict[str, Any] = {"field": column.replace(".", "_"), "headerName": _breakable(head), "headerTooltip": head}
        if is_number:
            written = {"function": f"params.value == null ? '–' : {text}(params.value)"}
            shown |= {"type": "rightAligned", "minWidth": _width(head), "valueFormatter": written}
        else:
            longest = max(map(len, rows[column].astype(str)), default=0)
            shown |= {"minWidth": min(max(_width(head), LETTER * longest + MARGIN), WIDEST), "wrapText": True, "autoHeight": True}
        columns.append(shown)
    shares = ["is_share"] if "is_share" in rows else []
    plain = rows[[*heads, *shares]].rename(columns={column: column.replace(".", "_") for column in heads})
    plain = plain.astype(object).where(plain.notna(), None)
    is_long = len(plain) > ROWS
    return ag.AgGrid(
        id=name, columnDefs=columns, rowData=plain.to_dict("records"), columnSize="responsiveSizeToFit",
        defaultColDef={"sortable": True, "resizable": True, "minWidth": 90, "wrapHeaderText": True, "autoHeaderHeight": True},
        dashGridOptions={
            "domLayout": "normal" if is_long else "autoHeight", "ensureDomOrder": True, "tooltipShowDelay": 400, "suppressFieldDotNotation": True,
            "localeText": {"noRowsToShow": say("Nothing to show")}, "enableCellTextSelection": True,
        },
        style={"height": "520px"} if is_long else {"height": None}, className="ag-theme-quartz", dangerously_allow_code=False,
    )  # fmt: skip


def csv(rows: pd.DataFrame, file: str) -> Any:
    """Return a table as a file to download: all digits, and no text that a spreadsheet would carry out as a formula.

    Parameters
    ----------
    rows : DataFrame
        What to write.
    file : str
        Name of the file.
    """
    safe = rows.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = [f"'{text}" if str(text).startswith(FORMULA) else str(text) for text in safe[column]]
    return {"content": "\ufeff" + safe.to_csv(index=False), "filename": file, "type": "text/csv", "base64": False}
