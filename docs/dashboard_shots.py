"""Pictures of the dashboard: ``python -m docs.dashboard_shots [DIR]`` writes each page in both languages to docs/dashboard."""

import shutil
import socket
import sys
import threading
from pathlib import Path

WIDTH, HEIGHT = 1280, 860
PLACES = {
    "compare": "/compare?source=demo%7Cduel&measure=cumulative_profit&measure=churn_rate&measure=trust&measure=market_share",
    "cohorts": "/cohorts?run=demo%7Cduel",
    "power": "/power?run=demo%7Cduel",
    "web": "/web?run=six_markets%7Csix_markets",
    "sweeps": "/sweeps?sweep=when_it_pays-map",
    "validity": "/validity",
    "live": "/live",
    "customers": "/customers",
    "lesson": "/lesson",
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


def main(root: Path) -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    address = serve(root)
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium") or None, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(60_000)
        for language in ("en", "zh"):
            for name, place in PLACES.items():
                page.goto(f"{address}{place}{'&' if '?' in place else '?'}lang={language}")
                page.wait_for_selector("main h1")
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(1_500)  # figures move to their places
                path = TARGET / f"{name}-{language}.png"
                page.screenshot(path=path)
                print(f"{path.relative_to(TARGET.parents[1])}  {path.stat().st_size / 1024:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("results/runs"))
