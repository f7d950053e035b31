"""A sheet: the page of an analysis, with its answer in words, figures and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from results import document
from results.labels import number
from results.language import say
from results.told import told


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
    return document.save(html(sheet), directory)


def html(sheet: Sheet) -> str:
    """Return the sheet as one file of HTML."""
    parts = [
        document.section(say("What came out"), sheet.sentences),
        document.section(say("In pictures"), [], *(document.grid([figure]) for figure in sheet.figures)),
        *(document.section(heading, [], _table(table)) for heading, table in sheet.tables),
        document.section(say("Where this comes from"), [], document.facts(sheet.origin)),
    ]
    return document.document(sheet.title, sheet.kind, parts, question=sheet.question)


def _table(table: pd.DataFrame) -> str:
    """Return a table; numbers with three significant digits."""
    rows = [[number(value) if isinstance(value, float) else told(str(value)) for value in row] for row in table.itertuples(index=False)]
    return document.table([told(str(name)) for name in table.columns], rows)


def origin(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return where numbers come from, by the manifest of what ran.

    Parameters
    ----------
    manifest : mapping
        Of a sweep, or of what else ran.
    """
    names = {
        "command": say("sweep") if manifest.get("design_sha256") else say("command"),
        "relmarket": "relmarket",
        "model_sha256": say("sha256 of the model"),
        "design_sha256": say("sha256 of the design"),
    }
    return [(name, str(manifest[key])) for key, name in names.items() if manifest.get(key)]
