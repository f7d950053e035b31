"""Documents: self-contained pages of sentences, tables and figures; one file, no network, in the reader's language."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import plotly.graph_objects as go

from results import style, theme
from results.language import current
from results.store import StoreError, reason

NAME = "index.html"
PANEL, WIDEST = 320, 1040
"""Fewest pixels across that a panel needs, and that a figure takes on a wide screen."""
TAGS = {"en": "en", "zh": "zh-CN"}
"""How browsers know the languages: it decides by which shapes Chinese signs are drawn."""


def document(title: str, kind: str, parts: Sequence[str], *, question: str = "") -> str:
    """Return a page: one file, no network, readable on a telephone, in daylight and in the dark.

    Parameters
    ----------
    title : str
        Its title.
    kind : str
        What stands over it, in small letters.
    parts : sequence of str
        Its sections.
    question : str
        What stands under the title.
    """
    from plotly.offline import get_plotlyjs

    asked = f"<p class=question>{escape(question)}</p>" if question else ""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{TAGS[current()]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',  # else a browser would ask for an icon
            f"<title>{escape(title)}</title><style>{style.CSS}</style>",
            f"<script>{get_plotlyjs()}</script></head><body><main>",
            f"<header><p class=kind>{escape(kind)}</p><h1>{escape(title)}</h1></header>",
            asked,
            *parts,
            f"</main><script>{style.DRAW}</script></body></html>",
        ]
    )


def section(title: str, sentences: Sequence[str], *content: str) -> str:
    """Return a section: sentences, then tables and figures."""
    return f"<section><h2>{escape(title)}</h2>{listed(sentences)}{''.join(content)}</section>"


def listed(sentences: Sequence[str]) -> str:
    """Return sentences as a list; nothing where there are none."""
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul class=findings>{said}</ul>" if said else ""


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


def folded(title: str, content: str) -> str:
    """Return what is there for those who open it."""
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Return names and texts as a list of facts."""
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(text)}</dd>' for name, text in pairs)}</dl>"


def save(content: str, directory: Path) -> Path:
    """Write a page into a directory, whole or not at all, and return its path.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    return save_as(content, directory / NAME)


def save_as(content: str, path: Path) -> Path:
    """Write a page into a file, whole or not at all, and return its path; its folder is made.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be written ({reason(error)})") from error
    try:
        part.write_text(content, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: the page cannot be written ({reason(error)})") from error
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
        f'<div class=plot style="min-height:{int(bare.layout.height)}px;min-width:{_narrowest(bare)}px"></div>'
        f'<script type="application/json">{safe}</script></figure>'
    )


def _narrowest(figure: go.Figure) -> int:
    """Return the pixels that panels side by side need to be read; on a telephone such a figure is moved sideways."""
    columns = len({axis.domain for axis in figure.select_xaxes() if axis.domain})
    return max(int(figure.layout.meta["narrowest"]), min(PANEL * columns, WIDEST) if columns > 1 else 0)
