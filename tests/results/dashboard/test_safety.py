"""Who may ask, what is answered to nonsense, and that no name becomes HTML."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from results import manifest
from results.dashboard import serve
from results.dashboard.app import create_app
from results.store import StoreError

HERE = {"Host": "127.0.0.1:8050"}


@pytest.fixture(scope="module")
def app(folder):
    return create_app(folder)


@pytest.fixture(scope="module")
def client(app):
    return app.server.test_client()


def ask(client, output, controls, language="en", **headers):
    """Ask a callback as a browser does; return the status and what it answers."""
    name, prop = output.rsplit(".", 1)
    inputs = [{"id": {"type": "control", "name": key}, "property": "value", "value": value} for key, value in controls.items()]
    body = {
        "output": output, "outputs": {"id": name, "property": prop}, "inputs": inputs, "changedPropIds": [],
        "state": [{"id": "language", "property": "data", "value": language}],
    }  # fmt: skip
    answer = client.post("/_dash-update-component", json=body, headers=HERE | headers)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:8050"])
def test_only_who_asks_for_this_machine_by_its_name_is_answered(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 403


def test_other_sites_may_not_ask(client):
    assert client.get("/", headers=HERE).status_code == 200
    assert ask(client, "power-content.children", {"run": "six|six_markets", "market": "customer"}, Origin="http://evil.example")[0] == 403
    assert ask(client, "power-content.children", {"run": "six|six_markets", "market": "customer"}, Origin="http://127.0.0.1:8050")[0] == 200


def test_pages_may_ask_nothing_of_others(client):
    policy = client.get("/", headers=HERE).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "cdn" not in client.get("/", headers=HERE).get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/_mcp", "/_dash-component-suites/dash/../../../etc/passwd", "/pair/manifest.json"]
)
def test_files_are_not_served(client, path):
    answer = client.get(path, headers=HERE)
    assert answer.status_code in {404, 405} or b"react-entry-point" in answer.data  # what is not a file is the application itself


def test_a_name_from_nowhere_is_a_sentence_in_the_readers_language(client):
    for name in ("../../etc/passwd", "six|x'; DROP TABLE t; --", None, 7, ["a"]):
        status, text = ask(client, "power-content.children", {"run": name, "market": "customer"}, language="zh")
        assert status == 200
        assert "没有这样的结果" in json.loads(text)["response"]["power-content"]["children"]["props"]["children"]


@pytest.mark.parametrize(
    "controls",
    [
        {"source": ["pair|duel"], "measure": ["trust); DROP TABLE t; --"], "group": "x", "show": "y", "firm": ["'"], "segment": '"', "month": "NaN"},
        {"source": "pair|duel", "measure": None, "group": None, "show": None, "firm": None, "segment": None, "month": None},
        {"source": [{}], "measure": [[]], "group": [], "show": {}, "firm": [1], "segment": 3, "month": -5},
        {"source": ["pair|duel"], "measure": ["trust"], "group": "firm", "show": "runs", "firm": ["'; --"], "segment": "'; --", "month": 1e300},
    ],
)
def test_nonsense_from_a_browser_is_answered_without_a_stack_trace(client, controls):
    for output in ("compare-figures.children", "compare-table.children"):
        status, text = ask(client, output, controls)
        assert status == 200
        assert "Traceback" not in text


def test_damaged_results_are_a_sentence(folder, tmp_path):
    shutil.copytree(folder / "six", tmp_path / "runs" / "six")
    for path in (tmp_path / "runs" / "six" / "dyad_months").glob("*.parquet"):
        path.write_bytes(b"PAR1 is not all")
    client = create_app(tmp_path / "runs").server.test_client()
    status, text = ask(client, "power-content.children", {"run": "six|six_markets", "market": "customer"})
    assert status == 200
    assert "six cannot be read: a file is damaged or missing" in text
    assert "Traceback" not in text


def test_a_name_with_html_is_escaped_where_figures_write_html(folder, tmp_path):
    shutil.copytree(folder / "levers", tmp_path / "runs" / "levers")
    path = tmp_path / "runs" / "levers" / manifest.NAME
    facts = json.loads(path.read_text())
    facts["study"]["question"] = "<img src=x onerror=alert(1)>"
    path.write_text(json.dumps(facts))
    client = create_app(tmp_path / "runs").server.test_client()
    body = {
        "output": "..sweeps-content.children...sweeps-seen.data...sweeps-again.max_intervals..", "changedPropIds": [],
        "outputs": [
            {"id": "sweeps-content", "property": "children"}, {"id": "sweeps-seen", "property": "data"},
            {"id": "sweeps-again", "property": "max_intervals"},
        ],
        "inputs": [
            *({"id": {"type": "control", "name": key}, "property": "value", "value": value} for key, value in
              {"sweep": "levers", "measure": "total_profit", "who": "all"}.items()),
            {"id": "sweeps-again", "property": "n_intervals", "value": 0},
        ],
        "state": [{"id": "sweeps-seen", "property": "data", "value": None}, {"id": "language", "property": "data", "value": "en"}],
    }  # fmt: skip
    content = json.loads(client.post("/_dash-update-component", json=body, headers=HERE).get_data())["response"]["sweeps-content"]["children"]
    question = content["props"]["children"][0]
    assert question["type"] == "P"  # text of an element of React, which is never HTML
    assert question["props"]["children"] == "<img src=x onerror=alert(1)>"


def test_debugging_is_off(app, client):
    assert not app._dev_tools.ui
    assert not app._dev_tools.serve_dev_bundles
    assert client.get("/_reload-hash", headers=HERE).status_code in {200, 404}
    assert json.loads(client.get("/_dash-layout", headers=HERE).get_data())["type"] == "Div"


def test_a_port_in_use_is_a_sentence(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StoreError, match="is in use by another program"):
        serve.serve(folder, host="127.0.0.1", port=taken.getsockname()[1])


def test_a_missing_extra_is_a_sentence(folder, monkeypatch):
    monkeypatch.setattr(serve, "NEEDED", ("dash", "no_such_package"))
    with pytest.raises(StoreError, match=r"needs no_such_package, which is not installed; install .*\[dashboard\]"):
        serve.serve(folder, host="127.0.0.1", port=0)


def test_the_command_ends_with_2_and_one_sentence(tmp_path):
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "run.py", "dashboard", str(tmp_path / "none"), "--port", "0"], cwd=root, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "there is no such folder" in done.stderr
