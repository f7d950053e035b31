"""Pictures of the dashboard: ``python -m docs.dashboard_shots [DIR]`` writes each page in both languages to docs/dashboard."""

import shutil
import socket
import sys
import threading
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1280, 860
PLACES = {
    "compare": "/compare?source=demo%7Cduel&measure=cumulative_profit&measure=churn_rate&measure=trust&measure=market_share",
    "cohorts": "/cohorts?run=demo%7Cduel",
    "power": "/power?run=demo%7Cduel",
    "web": "/web?run=six_markets%7Csix_markets",
    "sweeps": "/sweeps?sweep=when_it_pays-map",
    "validity": "/validity",
    "live": "/live?speed=full&customers=5000",
    "customers": "/customers?who=eventful",
    "lesson": "/lesson?scenario=duel",
}
"""What is shown, by the picture's name; what the folder does not hold is shown as the page shows it then."""
TARGET = Path(__file__).with_name("dashboard")


def serve(root: Path) -> str:
    """Serve the dashboard from this process and return its address."""
    from waitress.server import create_server

    from results.dashboard.app import create_app

    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(create_app(root).server, sockets=[listening], threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def play(page: Any) -> None:
    """Open a market, play it, turn a lever and play on."""
    page.click("#live-open")
    page.wait_for_selector("#live-levers [role=slider]")
    page.click("#live-end")
    page.wait_for_function("document.querySelectorAll('#live-figures .js-plotly-plot').length >= 4")
    page.wait_for_function("document.querySelector('#live-end').disabled")
    page.wait_for_timeout(3_000)
    page.evaluate("document.querySelector('#live-state').scrollIntoView()")


def read(page: Any) -> None:
    """Read a customer's history."""
    page.click("#story-look")
    page.wait_for_selector("#story-told .js-plotly-plot")
    page.evaluate("document.querySelector('#story-told').scrollIntoView()")


def guess(page: Any) -> None:
    """Guess, and see what is measured."""
    for key in ("earns", "keeps"):
        page.locator(f"#lesson-{key} input").first.check()
    page.fill("#lesson-sells", "55")
    page.keyboard.press("Tab")
    page.click("#lesson-reveal")
    page.wait_for_selector("#lesson-told .js-plotly-plot")
    page.evaluate("document.querySelector('#lesson-asks').scrollIntoView()")


STEPS = {"live": play, "customers": read, "lesson": guess}
"""What a reader does before the picture is taken."""


def main(root: Path) -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    address = serve(root)
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium") or None, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(120_000)
        for language in ("en", "zh"):
            for name, place in PLACES.items():
                page.goto(f"{address}{place}{'&' if '?' in place else '?'}lang={language}")
                page.wait_for_selector("main h1")
                page.wait_for_load_state("networkidle")
                if name in STEPS:
                    STEPS[name](page)
                page.wait_for_timeout(1_500)  # figures move to their places
                path = TARGET / f"{name}-{language}.png"
                page.screenshot(path=path)
                print(f"{path.relative_to(TARGET.parents[1])}  {path.stat().st_size / 1024:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("results/runs"))
