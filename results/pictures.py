"""Figures for papers and slides: PNG, SVG and PDF, drawn by the browser of this machine, all through one of its processes, without a network."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from results import gallery, report, tabular
from results.frames import Results
from results.store import StoreError, slug

FORMATS = ("png", "svg", "pdf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge", "msedge", "brave-browser")
WIDTH = 1280
"""Pixels; no text is smaller than 14 of them."""
SHARP = 2
"""Dots of a PNG for each pixel."""
NOWHERE = "http://127.0.0.1:9"
"""A proxy that does not exist: whatever the browser wanted from a network, it does not get."""


def browser() -> str:
    """Return the path of a browser that can draw: the one in BROWSER_PATH, else one that is installed.

    Raises
    ------
    StoreError
        If there is none.
    """
    given = os.environ.get("BROWSER_PATH", "")
    if given:
        if not Path(given).is_file():
            raise StoreError(f"BROWSER_PATH: {given} is not there; it must be the program of Chromium, Chrome or Edge")
        return given
    known = next(filter(None, map(shutil.which, BROWSERS)), None) or _elsewhere()
    if not known:
        raise StoreError("no browser was found to draw figures with: install Chromium, Chrome or Edge, or set BROWSER_PATH to its program")
    return known


def _elsewhere() -> str:
    """Return a browser where systems keep them that do not put them on the path; empty where there is none."""
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=False)
    return str(found) if found and Path(found).is_file() else ""


def drawn(results: Results) -> Iterator[tuple[str, go.Figure]]:
    """Return every figure of a run, with the name of its file; a folder per scenario where there are several."""
    shown = report.looks([results])
    for look in shown:
        folder = f"{slug(look.name)}/" if len(shown) > 1 else ""
        for topic in gallery.topics(look):
            for number, figure in enumerate(topic.figures, 1):
                yield f"{folder}{topic.key}{f'-{number}' if len(topic.figures) > 1 else ''}", figure


def write(results: Results, out: Path, forms: list[str], *, force: bool) -> list[Path]:
    """Write every figure of a run, and return the files.

    Parameters
    ----------
    results : Results
        What came out.
    out : Path
        Where the files go; made if it is not there.
    forms : list of str
        Some of :data:`FORMATS`.
    force : bool
        Whether files that are there already are replaced.

    Raises
    ------
    StoreError
        If there is nothing to draw with, or a file cannot be written.
    """
    try:
        import kaleido
    except ImportError:
        raise StoreError("figures need kaleido; install it with: pip install -e '.[export]'") from None
    program = browser()
    figures = [(f"{name}.{form}", form, figure) for name, figure in drawn(results) for form in forms]
    paths = [out / name for name, _, _ in figures]
    tabular.ready(out, paths, force=force)
    for folder in {path.parent for path in paths}:
        tabular.ready(folder, [], force=force)
    own = {"path": program, "n": 1, "mathjax": False, "proxy_server": NOWHERE}
    with tempfile.TemporaryDirectory(prefix=".drawing-", dir=out) as begun:  # moved to their places when all are whole
        drafts = [Path(begun) / f"{number}.{form}" for number, (_, form, _) in enumerate(figures)]
        asked = [_order(figure, draft, form) for draft, (_, form, figure) in zip(drafts, figures, strict=True)]
        try:
            errors = kaleido.write_fig_from_object_sync(asked, kopts=own)
        except (OSError, RuntimeError, TimeoutError) as error:
            raise StoreError(f"{out}: the browser {program} could not draw ({_first_line(error)})") from error
        if errors:
            raise StoreError(f"{out}: {len(errors)} of {len(paths)} figures could not be drawn ({_first_line(errors[0])})")
        for draft, path in zip(drafts, paths, strict=True):
            draft.replace(path)
    return paths


def _order(figure: go.Figure, path: Path, form: str) -> dict[str, Any]:
    """Return what is asked of the browser: a figure on white, its size and its file."""
    figure.update_layout(paper_bgcolor="#ffffff")
    size = {"width": WIDTH, "height": int(figure.layout.height), "format": form, "scale": SHARP if form == "png" else 1}
    return {"fig": figure.to_plotly_json(), "path": str(path), "opts": size}


def _first_line(error: Any) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
