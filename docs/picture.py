"""The README's picture, drawn from the demo's run: ``python run.py demo && python -m docs.picture``. Needs Chromium."""

import subprocess
import tempfile
from pathlib import Path

from results import store
from results.figures import cumulative_profit, over_time

HERE = Path(__file__).parent
SIZE = "1280,430"
PAGE = """<!doctype html><meta charset="utf-8"><style>body{{margin:0;padding:8px;background:#fff;display:flex}}
div.left{{width:46%}} div.right{{width:54%}}</style><div class="left">{left}</div><div class="right">{right}</div>"""


def draw(run: Path, picture: Path) -> None:
    """Draw cumulative profit, churn and trust of a run into a PNG file."""
    months = store.read(run).firm_months
    left = cumulative_profit.figure(months).update_layout(height=410)
    right = over_time.figure(months, ("churn_rate", "trust")).update_layout(height=410, showlegend=False)
    options = {"displayModeBar": False, "showSendToCloud": False}
    html = PAGE.format(
        left=left.to_html(full_html=False, include_plotlyjs=True, config=options),
        right=right.to_html(full_html=False, include_plotlyjs=False, config=options),
    )
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        page.write_text(html, encoding="utf-8")
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run", "--hide-scrollbars", f"--user-data-dir={place}/profile", "--virtual-time-budget=5000",
            f"--window-size={SIZE}", f"--screenshot={picture.resolve()}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    draw(Path("results/runs/demo"), HERE / "demo.png")
