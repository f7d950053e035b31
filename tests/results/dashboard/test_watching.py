"""A sweep that runs in another process is watched in a real browser: from nothing stored to the last run, and then no more."""

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from onscreen import at_rest

from experiments.sweep.engine import sweep
from experiments.sweep.frames import read
from experiments.sweep.study import load_study
from results.dashboard.app import create_app
from results.dashboard.pages import sweeps

ROOT = Path(__file__).parents[3]
SLOW = 120_000
"""Milliseconds for a process that has to start and do the rest of a sweep."""
STUDY = """
name = "watched"
question = "Who is looking?"
scenario = "duel"
replications = 2
tables = ["summary"]
set = { customers = 200, months = 6 }
[factors."market.transparency"]
values = [0.1, 0.2, 0.3, 0.4, 0.5]
"""
HEADERS = {"Host": "127.0.0.1:8050"}


class Stopped(Exception):
    """The sweep is stopped where a test wants it."""


@pytest.fixture
def study(tmp_path):
    """A study's file."""
    path = tmp_path / "watched.toml"
    path.write_text(STUDY)
    return path


@pytest.fixture
def runs(tmp_path, study):
    """A folder with a sweep of which nothing is stored yet."""

    def stop(_tally):
        raise Stopped

    with pytest.raises(Stopped):
        sweep(load_study(str(study)), tmp_path / "runs" / "watched", workers=1, progress=stop)
    return tmp_path / "runs"


def made(runs):
    return create_app(runs, unfinished=lambda place: read(place).summary)


@pytest.fixture
def address(runs, monkeypatch):
    """The address of a dashboard that looks at running sweeps often."""
    from waitress.server import create_server

    monkeypatch.setattr(sweeps, "AGAIN", 500)
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(made(runs).server, sockets=[listening], threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.close()


def ask(client, seen, measure="total_profit"):
    """Ask for a sweep's content as a page does that follows it; None where nothing is new."""
    outputs = [("sweeps-content", "children"), ("sweeps-seen", "data"), ("sweeps-again", "max_intervals")]
    controls = {"sweep": "watched", "measure": measure, "who": "all"}
    body = {
        "output": f"..{'...'.join('.'.join(pair) for pair in outputs)}..", "changedPropIds": ["sweeps-again.n_intervals"],
        "outputs": [{"id": name, "property": prop} for name, prop in outputs],
        "inputs": [
            *({"id": {"type": "control", "name": key}, "property": "value", "value": value} for key, value in controls.items()),
            {"id": "sweeps-again", "property": "n_intervals", "value": 1},
        ],
        "state": [{"id": "sweeps-seen", "property": "data", "value": seen}, {"id": "language", "property": "data", "value": "en"}],
    }  # fmt: skip
    answer = client.post("/_dash-update-component", json=body, headers=HEADERS)
    if answer.status_code == 204:
        return None
    given = json.loads(answer.get_data())["response"]
    return json.dumps(given["sweeps-content"]), given["sweeps-seen"]["data"], given["sweeps-again"]["max_intervals"]


def test_what_was_seen_is_not_drawn_anew_and_the_page_stops_asking_when_all_is_stored(runs, study, monkeypatch):
    monkeypatch.setattr("results.dashboard.library.AGAIN", -1.0)  # the folder is looked at anew each time
    client = made(runs).server.test_client()
    said, seen, more = ask(client, None, measure="")
    assert "no finished runs yet" in said
    assert more == -1
    sweep(load_study(str(study)), runs / "watched", workers=1, limit=4)
    said, seen, more = ask(client, seen)
    assert "4 of 10 runs are stored." in said
    assert '"Progress"' in said
    assert more == -1
    assert ask(client, seen) is None
    sweep(load_study(str(study)), runs / "watched", workers=1)
    said, seen, more = ask(client, seen)
    assert "10 of 10 runs are stored." in said
    assert '"Progress"' not in said
    assert more == 0


@pytest.mark.browser
def test_a_sweep_is_followed_while_another_process_runs_it(visit, runs, study):
    page = visit("/sweeps?sweep=watched&measure=&who=all")
    page.wait_for_selector("#sweeps-content :text('no finished runs yet')")
    command = [sys.executable, "run.py", "sweep", str(study), "--workers", "1", "--out", str(runs / "watched")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        page.wait_for_selector("#sweeps-content :text('10 of 10 runs are stored.')", timeout=SLOW)
        assert running.wait(SLOW / 1000.0) == 0
    at_rest(page, "#sweeps-content")
    assert page.locator("#sweeps-content progress").count() == 0
    assert "Profit, total" in page.locator('[id*=\'"name":"measure"\']').first.inner_text()  # the choices came with the first runs
    assert page.inner_text("#sweeps-content figcaption small").startswith("5 points, means of n = 2 replications")
