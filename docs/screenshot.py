"""A figure as a PNG file, as a browser without a window shows it; nothing is fetched from a network. Needs Chromium."""

import subprocess
import tempfile
from pathlib import Path

import plotly.graph_objects as go

WIDTH = 1100
"""Pixels across a picture."""


def render(figure: go.Figure, picture: Path) -> None:
    """Draw a figure of this project's look into a PNG file.

    Raises
    ------
    FileNotFoundError
        If there is no Chromium.
    """
    margin = figure.layout.template.layout.margin
    roomy = go.Figure(figure).update_layout(width=WIDTH, paper_bgcolor="#fff", title_pad_t=24, margin_t=margin.t + 12)
    html = roomy.to_html(include_plotlyjs=True, config={"displayModeBar": False, "showSendToCloud": False})
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        page.write_text(html.replace("<body>", '<body style="margin:0">'), encoding="utf-8")
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run", "--hide-scrollbars", f"--user-data-dir={place}/profile", "--virtual-time-budget=5000",
            f"--window-size={WIDTH},{int(roomy.layout.height)}", f"--screenshot={picture.resolve()}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
