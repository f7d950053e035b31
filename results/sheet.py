"""A sheet: one self-contained page of an analysis, with its answer in words, a table and figures, readable without a network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from results import style, theme
from results.labels import number
from results.store import StoreError

NAME = "index.html"


@dataclass(frozen=True)
class Sheet:
    """What a page shows.

    Attributes
    ----------
    title, kind, question : str
        Headline, the line over it, and the question under it.
    sentences : sequence of str
        The answer.
    tables : sequence of (str, DataFrame)
        Headings and tables.
    figures : sequence of Figure
        From ``results.figures``.
    origin : sequence of (str, str)
        Where the numbers come from: names and texts.
    """

    title: str
    kind: str
    question: str
    sentences: Sequence[str]
    tables: Sequence[tuple[str, pd.DataFrame]]
    figures: Sequence[go.Figure]
    origin: Sequence[tuple[str, str]]


def write(sheet: Sheet, directory: Path) -> Path:
    """Write a sheet into a directory, whole or not at all, and return its path.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    path = directory / NAME
    part = path.with_name(f"{NAME}.part")
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{directory}: cannot be written ({(error.strerror or str(error)).lower()})") from error
    try:
        part.write_text(html(sheet), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: the page cannot be written ({(error.strerror or str(error)).lower()})") from error
    return path


def html(sheet: Sheet) -> str:
    """Return the sheet as one file of HTML."""
    from plotly.offline import get_plotlyjs

    answer = "".join(f"<li>{escape(sentence)}</li>" for sentence in sheet.sentences)
    question = f"<p class=question>{escape(sheet.question)}</p>" if sheet.question else ""
    origin = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in sheet.origin)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{escape(sheet.title)}</title><style>{style.CSS}</style>",
            f"<script>{get_plotlyjs()}</script></head><body><main>",
            f"<header><p class=kind>{escape(sheet.kind)}</p><h1>{escape(sheet.title)}</h1></header>",
            f"{question}<section><h2>What came out</h2><ul class=findings>{answer}</ul></section>",
            f"<section><h2>In pictures</h2>{''.join(_drawn(figure) for figure in sheet.figures)}</section>",
            *(f"<section><h2>{escape(heading)}</h2>{_table(table)}</section>" for heading, table in sheet.tables),
            f"<section class=provenance><h2>Where this comes from</h2><dl>{origin}</dl></section>",
            f"</main><script>{style.DRAW}</script></body></html>",
        ]
    )


def _drawn(figure: go.Figure) -> str:
    """Return a figure as data, which the page draws under a caption that wraps as text does."""
    bare = theme.without_title(figure, legend=True)
    content = json.loads(bare.to_json()) | {"config": theme.CONFIG}
    content.pop("frames", None)
    safe = json.dumps(content, separators=(",", ":")).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "&<>"})
    words = figure.layout.meta
    return (
        f'<div class="grid one"><figure><figcaption>{escape(words["title"])}<small>{escape(words["note"])}</small></figcaption>'
        f'<div class=plot style="min-height:{int(bare.layout.height)}px"></div><script type="application/json">{safe}</script></figure></div>'
    )


def _table(table: pd.DataFrame) -> str:
    """Return a table; numbers with three significant digits."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in table.columns)
    rows = (
        "".join(f"<td>{escape(number(value) if isinstance(value, float) else str(value))}</td>" for value in row)
        for row in table.itertuples(index=False)
    )
    return f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table></div>"


def origin(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return where numbers come from, by the manifest of what ran.

    Parameters
    ----------
    manifest : mapping
        Of a sweep.
    """
    names = {"command": "sweep", "relmarket": "relmarket", "model_sha256": "sha256 of the model", "design_sha256": "sha256 of the design"}
    return [(name, str(manifest[key])) for key, name in names.items() if manifest.get(key)]
