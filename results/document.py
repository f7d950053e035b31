"""Documents: self-contained pages of sentences, tables and figures; one file, no network."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import plotly.graph_objects as go

from results import style, theme
from results.store import StoreError

NAME = "index.html"


def document(title: str, kind: str, parts: Sequence[str]) -> str:
    """Return a page: one file, no network, readable on a telephone, in daylight and in the dark.

    Parameters
    ----------
    title : str
        Its title.
    kind : str
        What stands over it, in small letters.
    parts : sequence of str
        Its sections.
    """
    from plotly.offline import get_plotlyjs

    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',  # else a browser would ask for an icon
            f"<title>{escape(title)}</title><style>{style.CSS}</style>",
            f"<script>{get_plotlyjs()}</script></head><body><main>",
            f"<header><p class=kind>{escape(kind)}</p><h1>{escape(title)}</h1></header>",
            *parts,
            f"</main><script>{style.DRAW}</script></body></html>",
        ]
    )


def section(title: str, sentences: Sequence[str], *content: str) -> str:
    """Return a section: sentences, then tables and figures."""
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<section><h2>{escape(title)}</h2>{f'<ul class=findings>{said}</ul>' if said else ''}{''.join(content)}</section>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    """Return a table of texts; a row of one cell is a heading over those that follow."""
    body = []
    for first, *cells in rows:
        if cells:
            body.append(f"<tr><th class=who>{escape(first)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
        else:
            body.append(f"<tr class=first><th colspan={len(head)}>{escape(first)}</th></tr>")
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    under = f"<p class=note>{escape(note)}</p>" if note else ""
    return f"<div class=wide><table><thead><tr>{names}</tr></thead><tbody>{''.join(body)}</tbody></table></div>{under}"


def save(content: str, directory: Path) -> Path:
    """Write a page into a directory, whole or not at all, and return its path.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    path = directory / NAME
    part = path.with_name(f"{NAME}.part")
    try:
        part.write_text(content, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: the page cannot be written ({(error.strerror or str(error)).lower()}); the tables are there") from error
    return path


def grid(figures: Sequence[go.Figure], *, legend: bool = True) -> str:
    """Return figures side by side, as far as there is room."""
    return f'<div class="grid{" one" if len(figures) == 1 else ""}">{"".join(_figure(figure, legend=legend) for figure in figures)}</div>'


def _figure(figure: go.Figure, *, legend: bool) -> str:
    """Return a figure as data in the page, drawn when the page is open, under a caption that wraps as text does."""
    bare = theme.without_title(figure, legend=legend)
    data = json.loads(bare.to_json())
    content = json.dumps({"data": data["data"], "layout": data["layout"], "config": theme.CONFIG}, separators=(",", ":"))
    safe = content.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    title, note = escape(figure.layout.meta["title"]), escape(figure.layout.meta["note"])
    return (
        f"<figure><figcaption>{title}<small>{note}</small></figcaption>"
        f'<div class=plot style="min-height:{int(bare.layout.height)}px"></div><script type="application/json">{safe}</script></figure>'
    )
