"""The command line as a newcomer meets it: what works, and one clear sentence for everything that does not."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import run
from experiments.edge import guarded
from results import store

ROOT = Path(__file__).parents[2]
SMALL = ["--customers", "200", "--months", "4"]


def start(*words, cwd, **how):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *words], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, **how,
    )  # fmt: skip


def call(*words, cwd=ROOT, code=0):
    """Run a command as the command line does, in this process, and return stdout and stderr; neither may hold a traceback."""
    out, error, before = io.StringIO(), io.StringIO(), signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(error):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["run.py", *words])
        try:
            ended = guarded(run.app)
        finally:
            signal.signal(signal.SIGTERM, before)
    assert ended == code, (out.getvalue(), error.getvalue())
    assert "Traceback" not in out.getvalue() + error.getvalue()
    return out.getvalue(), error.getvalue()


def refused(*words, cwd=ROOT, saying=(), code=2):
    """Run a command that must fail with a sentence on stderr that holds certain words, and nothing else on stdout."""
    out, error = call(*words, cwd=cwd, code=code)
    assert out == ""
    for part in saying:
        assert part in error, error
    return error


# --- what works ---


def test_run_prints_the_table_and_keeps_tables_and_page(tmp_path):
    out, _ = call("run", "duel", *SMALL, "--replications", "2", "--set", "firms.0.price=1.1", cwd=tmp_path)
    assert "Market share" in out
    assert "relational" in out
    assert "results/runs/duel/index.html" in out
    kept = store.read(tmp_path / "results" / "runs" / "duel")
    assert kept.finished == 2
    assert kept.scenario["firms"][0]["price"] == 1.1
    assert kept.manifest["command"].startswith("python run.py run duel --customers 200")
    assert sorted(path.name for path in (tmp_path / "results" / "runs").iterdir()) == ["duel"]


@pytest.mark.usefixtures("without_figures")
def test_run_again_is_refused_without_force(tmp_path):
    call("run", "duel", *SMALL, "--out", "here", cwd=tmp_path)
    before = (tmp_path / "here" / "summary.parquet").stat().st_mtime_ns
    refused("run", "duel", *SMALL, "--out", "here", cwd=tmp_path, saying=["here: exists already", "--force"])
    assert (tmp_path / "here" / "summary.parquet").stat().st_mtime_ns == before
    call("run", "duel", *SMALL, "--seed", "5", "--out", "here", "--force", cwd=tmp_path)
    assert store.read(tmp_path / "here").manifest["seeds"] == [5]


@pytest.mark.usefixtures("without_figures")
def test_threads_do_not_change_a_number(tmp_path):
    for threads in ("1", "2"):
        call("run", "duel", "--customers", "21000", "--months", "2", "--threads", threads, "--out", threads, cwd=tmp_path)
    parts = [(tmp_path / threads / "firm_months" / "duel-0000.parquet").read_bytes() for threads in "12"]
    assert parts[0] == parts[1]


@pytest.mark.usefixtures("without_figures")
def test_demo_quick_is_whole_and_may_be_repeated(tmp_path):
    for _ in range(2):
        out, _ = call("demo", "--quick", cwd=tmp_path)
    for word in ("1 year", "3 years", "±", "cumulative profit", "results/runs/demo/index.html"):
        assert word in out.replace("\n", " ") or word in out
    assert store.read(tmp_path / "results" / "runs" / "demo").finished == 2


@pytest.mark.usefixtures("without_figures")
def test_compare_prints_paired_differences(tmp_path):
    out, _ = call("compare", "duel", "transaction_buyers", *SMALL, "--replications", "2", cwd=tmp_path)
    assert "paired by seed, n = 2" in out
    assert "needed" in out
    place = tmp_path / "results/runs/duel-vs-transaction_buyers"
    assert (place / "index.html").exists()
    assert {"d_z", "boot_low", "needed", "variance_ratio"} <= set(store.read_table([place / "differences.parquet"]).columns)


@pytest.mark.parametrize(
    ("topic", "word"),
    [
        ("scenarios", "duel"),
        ("strategies", "relational"),
        ("mechanisms", "commitment_trust"),
        ("measures", "流失率"),
        ("parameters", "market.switching_cost"),
    ],
)
def test_lists(topic, word):
    out, _ = call("list", topic)
    lines = [line.split("\t") for line in out.splitlines()]
    assert any(word in line for line in lines)
    assert {len(line) for line in lines} == {len(lines[0])}


def test_every_listed_parameter_can_be_set():
    from scenarios import load, override

    out, _ = call("list", "parameters")
    base = load("duel")
    tried = 0
    for line in out.splitlines()[1:]:
        path, default, *_ = line.split("\t")
        if path.startswith(("market.", "mechanisms.")) and "(" not in path:
            override(base, {path: default.strip('"')})
            tried += 1
    assert tried > 30


def test_explain_shows_every_step_in_order_with_equation_and_source():
    from sim.scenario import Mechanisms

    out, _ = call("explain", "duel")
    places = [out.index(f"{number:2}. {slot.replace('_', ' ')} (") for number, slot in enumerate(Mechanisms.model_fields, start=1)]
    assert places == sorted(places)
    assert "source: " in out
    assert "assumed" in out


def test_explain_shows_what_is_switched_off():
    out, _ = call("explain", "duel", "--set", "mechanisms.word_of_mouth.active=false")
    assert "word of mouth (small_world)  [switched off by this scenario]" in out


def test_schema_is_json():
    out, _ = call("schema")
    assert "firms" in json.loads(out)["properties"]


def test_check_passes_shipped_scenarios_and_fails_bad_ones(tmp_path):
    out, _ = call("check", "duel", "contractual")
    assert out.splitlines() == ["duel: fine", "contractual: fine"]
    (tmp_path / "bad.toml").write_text('extends = "duel"\ncustomers = 0\n')
    out, error = call("check", "duel", "bad.toml", cwd=tmp_path, code=1)
    assert out == "duel: fine\n"
    assert "customers" in error
    refused("check", "missing.toml", cwd=tmp_path, saying=["missing.toml", "no such file"])


def test_help_is_there_for_every_command_and_option_and_imports_no_heavy_library():
    from typer.main import get_command

    for command in get_command(run.app).commands.values():
        assert command.help
        for parameter in command.params:
            assert getattr(parameter, "help", None), (command.name, parameter.name)
    code = (
        "import sys; sys.argv = ['run.py', '--help']\nimport run\n"
        "try:\n    run.app()\nexcept SystemExit:\n    pass\n"
        "heavy = {'mesa', 'numba', 'pandas', 'numpy', 'scipy', 'plotly', 'duckdb', 'pydantic'} & set(sys.modules)\nprint(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# --- what does not work ---


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (["run", "dule"], ["dule", "duel"]),
        (["run", "missing/there.toml"], ["missing/there.toml"]),
        (["list", "strategy"], ["list strategy: there is no such list; did you mean 'strategies'?"]),
        (["list", "xyz"], ["allowed: scenarios, strategies, mechanisms, measures, parameters"]),
        (["flight"], ["No such command 'flight'"]),
        (["run", "duel", "--sed", "3"], ["No such option", "--seed"]),
        (["run"], ["Missing argument 'SCENARIO'"]),
        (["run", "duel", "--set", "firms.0.prise=1"], ["prise", "price"]),
        (["run", "duel", "--set", "firms.9.price=1"], ["9"]),
        (["run", "duel", "--set", "firms.0.price=-1"], ["price", "-1"]),
        (["run", "duel", "--set", "firms.0.price=nan"], ["price", "nan"]),
        (["run", "duel", "--set", "firms.0.price=inf"], ["price", "inf"]),
        (["run", "duel", "--set", "firms.0.price=cheap"], ["price", "'cheap'"]),
        (["run", "duel", "--set", "firms.0.price"], ["--set firms.0.price: needs the form path=value"]),
        (["run", "duel", "--customers", "0"], ["customers", "0 is below 1"]),
        (["run", "duel", "--months", "0"], ["months", "0 is below 1"]),
        (["run", "duel", "--months", "1000000"], ["months"]),
        (["run", "duel", "--seed", "-1"], ["seed", "-1"]),
        (["run", "duel", "--customers", "many"], ["--customers", "valid integer"]),
        (["run", "duel", "--threads", "0"], ["--threads"]),
        (["compare", "duel", "--replications", "0"], ["--replications"]),
        (["compare", "duel", "duel", *SMALL], ["two scenarios are called 'duel'"]),
        (["compare", "duel"], ["needs two scenarios or more"]),
        (["check"], ["Missing argument"]),
    ],
)
def test_bad_input_is_one_sentence(tmp_path, words, saying):
    error = refused(*words, cwd=tmp_path, saying=saying)
    assert len(error.splitlines()) <= 4
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_is_no_run_is_never_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    refused("run", "duel", *SMALL, "--out", "mine", "--force", cwd=tmp_path, saying=["mine: is not a run directory"])
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "thesis.txt"]


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    refused("run", "duel", *SMALL, "--out", "file", cwd=tmp_path, saying=["file: is a file, not a directory"])
    refused("run", "duel", *SMALL, "--out", "file/run", cwd=tmp_path, saying=["file/run: cannot be written"])
    refused("run", "duel", *SMALL, "--out", "/proc/nowhere/run", cwd=tmp_path, saying=["/proc/nowhere/run: cannot be written"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not there")
@pytest.mark.parametrize("ask", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_ctrl_c_keeps_finished_replications(tmp_path, ask):
    # A shell that runs the tests in the background has them ignore Ctrl-C, and what they start would inherit that.
    heed = {"start_new_session": True, "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = start("run", "duel", "--customers", "5000", "--months", "60", "--replications", "400", cwd=tmp_path, **heed)
    runs = tmp_path / "results" / "runs"
    patience = time.monotonic() + 120
    try:
        while not list(runs.glob("duel.partial-*/summary/*.parquet")):
            assert time.monotonic() < patience
            assert process.poll() is None
            time.sleep(0.05)
        os.killpg(process.pid, ask) if ask == signal.SIGINT else process.send_signal(ask)  # a terminal sends Ctrl-C to workers too
        out, error = process.communicate(timeout=60)
    finally:
        if process.poll() is None:  # 400 replications would go on for long
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130, (out, error)
    assert "Traceback" not in out + error
    assert "of 400 replications were finished and are kept in results/runs/duel" in error
    kept = store.read(runs / "duel")
    assert kept.manifest["status"] == "interrupted"
    assert 1 <= kept.finished < 400
    assert len(kept.firm_months) == kept.finished * 60 * 4
    assert [path.name for path in runs.iterdir()] == ["duel"]


def test_a_reader_that_stops_reading_is_no_error():
    done = subprocess.run(
        f"{sys.executable} {ROOT / 'run.py'} list parameters | head -1", shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr
