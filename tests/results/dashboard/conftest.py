"""A results folder, a served dashboard and a real browser, each made once, for the tests of the dashboard's pages."""

import os
import shutil
import socket
import threading
from pathlib import Path

import onscreen
import pytest

CHROMIUM = next(
    (path for path in (os.environ.get("CHROMIUM", ""), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))) if path), ""
)
WAIT = 20_000
"""Milliseconds after which a test gives up waiting for something to show itself."""

pytest.importorskip("dash", reason="the dashboard's tests need the extra `dashboard`")
pytest.importorskip("dash_ag_grid", reason="the dashboard's tests need the extra `dashboard`")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder of results, small and short: two scenarios on the same luck, a market with partners, and a sweep of six points."""
    from experiments.runner import run_to
    from experiments.sweep.engine import sweep
    from experiments.sweep.study import Study
    from scenarios import load

    root = tmp_path_factory.mktemp("runs")
    duel = load("duel").but(customers=400, months=18)
    run_to(root / "pair", [duel, duel.but({"name": "dear", "firms.2.price": 1.2})], replications=3)
    run_to(root / "six", [load("six_markets").but(customers=300, months=15)], replications=2)
    study = {
        "name": "levers", "scenario": "duel", "replications": 2, "tables": ["summary", "firm_months"], "set": {"customers": 200, "months": 12},
        "design": {"kind": "factorial"},
        "factors": {"market.transparency": {"values": [0.2, 0.8]}, "firms.2.price": {"values": [0.9, 1.0, 1.1]}},
    }  # fmt: skip
    sweep(Study.parse(study, file="levers.toml"), root / "levers", workers=1)
    _tables(root)
    return root


def _tables(root):
    """Write what other commands would take long to make: a map's points, a sweep's sensitivity, a validation's scorecard."""
    import pandas as pd

    from results.store import write_table

    points = pd.DataFrame({"market.transparency": [0.0, 0.0, 1.0, 1.0, 0.5], "firms.2.price": [0.9, 1.1, 0.9, 1.1, 1.0]})
    points = points.assign(
        round=0, winner=["relational", "transactional"] * 2 + ["relational"], second="transactional", margin=[9.0, 5.0, 4.0, 7.0, 1.0]
    )
    write_table(
        root / "plane" / "points.parquet",
        points.assign(low=[5.0, 1.0, -1.0, 2.0, -3.0], high=20.0, probability=0.9, n=4),
        {"command": "run.py map x"},
    )
    rows = [
        ("duel", "total_profit", "relational", "sobol", factor, index, value, value - 0.1, value + 0.1, 64)
        for factor, value in (("market.transparency", 0.3), ("firms.2.price", 0.6))
        for index in ("first", "total")
    ]
    columns = ["scenario", "measure", "who", "method", "factor", "index", "value", "low", "high", "n"]
    write_table(root / "levers" / "sensitivity" / "indices.parquet", pd.DataFrame(rows, columns=columns), {})
    findings = {
        "fact": ["V1", "V2"], "title": ["Repeat buying", "Double jeopardy"], "source": "ehrenberg1988",
        "what": ["share of <b>repeat</b> buyers", "slope"],
        "value": [0.5, 2.0], "low": [0.4, 1.5], "high": [0.6, 2.5], "n": 4, "least": [0.3, -float("inf")], "most": [0.7, 1.0], "unit": "share",
        "target": [0.52, float("nan")], "judged": True, "passed": [True, False], "seconds": 1.0,
    }  # fmt: skip
    write_table(root / "validation" / "scorecard.parquet", pd.DataFrame(findings), {})
    curve = {"panel": "Weeks", "x_title": "week", "y_title": "buyers", "points": False, "low": [0.5, 1.5, 2.5], "high": [1.5, 2.5, 3.5]}
    curves = [
        pd.DataFrame({"fact": fact, "series": name, "x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 3.0]} | curve)
        for fact in ("V1", "V2")
        for name in ("published", "model")
    ]
    write_table(root / "validation" / "curves.parquet", pd.concat(curves), {})


@pytest.fixture(scope="session")
def address(folder):
    """The address of a dashboard that is served from this process until the tests end."""
    from waitress.server import create_server

    from experiments.sweep.frames import read
    from results.dashboard.app import create_app

    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(folder, unfinished=lambda sweep: read(sweep).summary)
    server = create_server(app.server, sockets=[listening], threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.close()


@pytest.fixture(scope="session")
def browser():
    """A real browser; tests that need it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the browser's tests need playwright for Python")
    if not CHROMIUM or not Path(CHROMIUM).exists():
        pytest.skip("the browser's tests need Chromium, which is not on the PATH")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, address):
    """A function that opens a page of the dashboard in a session of its own: ``visit("/compare", width=375)``.

    When the test ends, no page may have asked anything of another machine, nor written an error to the browser's console.
    """
    contexts, asked, errors = [], [], []

    def open_(path="/", *, width=1280, height=900, theme="light"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.add_init_script(onscreen.COUNT)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + path)
        page.wait_for_selector("main h1")
        return page

    yield open_
    for context in contexts:
        context.close()
    abroad = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert abroad == [], "a page asked something of another machine"
    assert errors == [], "a page wrote errors to the browser's console"
