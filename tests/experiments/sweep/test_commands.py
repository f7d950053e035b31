"""The commands: what they print, how they end, and one sentence for bad input; results at a URL."""

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from studies_for_tests import study, tables

from experiments.sweep import read, sweep
from experiments.sweep.estimate import estimate
from experiments.sweep.plan import plan
from experiments.sweep.status import status
from experiments.sweep.verify import verify
from results.store import StoreError

spec = importlib.util.spec_from_file_location("cli", Path(__file__).parents[2] / "cli" / "test_cli.py")
cli = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cli)

FILE = """
scenario = "duel"
replications = 2
set = { customers = 60, months = 3 }
[factors."market.switching_cost"]
values = [0.0, 1.0]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine.toml").write_text(FILE)
    return tmp_path


def test_a_study_is_swept_resumed_looked_at_and_verified(folder):
    out, _ = cli.call("sweep", "mine.toml", "--limit", "1", cwd=folder)
    assert "1 of 4 at 2 points" in out
    assert "3 runs are still to do" in out
    out, _ = cli.call("status", "results/runs/mine", cwd=folder)
    assert "1 of 4 stored, 0 failed, 3 to do" in out
    assert "nobody; the same `run.py sweep` command does the rest" in out
    _, error = cli.call("sweep", "mine.toml", cwd=folder)
    assert "mine: 1 of 4 runs" in error  # a plain line, where there is no terminal
    out, _ = cli.call("status", "results/runs/mine", cwd=folder)
    assert "everything is done" in out
    out, _ = cli.call("verify", "results/runs/mine", "--runs", "2", cwd=folder)
    assert "2 runs, run again, gave the same bits" in out
    assert read(folder / "results" / "runs" / "mine").manifest["command"] == "python run.py sweep mine.toml --limit 1"


def test_a_dry_run_says_what_it_takes_and_makes_nothing(folder):
    out, _ = cli.call("sweep", "mine.toml", "--dry-run", "--workers", "2", cwd=folder)
    assert "runs     4: 2 points, 2 replications each" in out
    assert "on 2 processors" in out
    assert [path.name for path in folder.iterdir()] == ["mine.toml"]


def test_the_estimate_grows_with_the_work(folder):
    small, large = (estimate(plan(study(set={"months": months, "customers": customers}))) for months, customers in ((6, 100), (60, 1000)))
    assert small.runs == large.runs == 6
    assert large.seconds > 5 * small.seconds
    assert large.size == pytest.approx(10 * small.size, rel=0.5)


def test_a_run_that_fails_ends_with_1_and_its_error(folder, monkeypatch):
    from sim import MarketModel

    def broken(self):
        raise ZeroDivisionError("a mistake in the model")

    real = MarketModel.step
    monkeypatch.setattr(MarketModel, "step", lambda self: broken(self) if self.seed == 2 and self.scenario.months == 3 else real(self))
    _, error = cli.call("sweep", "mine.toml", "--workers", "1", cwd=folder, code=1)
    assert "point 0, replication 1: ZeroDivisionError: a mistake in the model" in error
    assert "2 runs failed" in error
    out, _ = cli.call("status", "results/runs/mine", cwd=folder)
    assert "2 of 4 stored, 2 failed, 0 to do" in out


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (["sweep", "quik"], "there is no study 'quik'; did you mean 'quick'"),
        (["sweep", "none.toml"], "none.toml: there is no such file"),
        (["sweep", "bad.toml"], "bad.toml: point 1: market.switching_cost: 60 is above 50"),
        (["sweep", "mine.toml", "--workers", "-1"], "--workers"),
        (["sweep", "mine.toml", "--out", "mine.toml"], "is a file, not a directory"),
        (["sweep", "mine.toml", "--out", "nonsense://there"], "nonsense://there: cannot be reached"),
        (["status", "results/none"], "there is no such directory"),
        (["status", "."], "is not a sweep"),
        (["verify", "."], "is not a sweep"),
    ],
)
def test_bad_input_is_one_sentence_and_makes_nothing(folder, words, saying):
    (folder / "bad.toml").write_text(FILE.replace("[0.0, 1.0]", "[0.0, 60]"))
    error = cli.refused(*words, cwd=folder, saying=[saying])
    assert len(error.splitlines()) <= 4
    assert sorted(path.name for path in folder.iterdir()) == ["bad.toml", "mine.toml"]


def test_the_second_process_on_a_directory_is_told_so(folder):
    from experiments.sweep.lock import Lock

    cli.call("sweep", "mine.toml", "--limit", "1", cwd=folder)
    with Lock(folder / "results" / "runs" / "mine"):
        cli.refused("sweep", "mine.toml", cwd=folder, saying=["is being worked on by process"])
        out, _ = cli.call("status", "results/runs/mine", cwd=folder)
        assert "at work  process" in out


def test_verification_finds_what_was_changed(tmp_path):
    import pandas as pd

    from experiments.sweep import sums
    from results import store

    place = tmp_path / "sweep"
    done = sweep(study(), place, workers=1)
    assert verify(place, 6).fine
    changed = done.summary.assign(total_profit=done.summary["total_profit"] + 1e-9)
    store.write_table(place / "summary" / "00000.parquet", changed, {})
    assert verify(place).damaged == ("summary/00000.parquet",)
    listed = sums.read(place)
    sums.write(place, listed | {"summary/00000.parquet": sums.of(place / "summary" / "00000.parquet")})  # a forger's work
    found = verify(place, 6)
    assert (len(found.again), len(found.differing)) == (6, 6)
    pd.testing.assert_frame_equal(read(place).summary, changed)
    (place / "summary" / "00001.parquet").write_bytes(b"x")
    assert verify(place).damaged == ("summary/00001.parquet",)


def test_verification_asks_for_the_version_that_ran(tmp_path, monkeypatch):
    sweep(study(), tmp_path / "sweep", workers=1, limit=1)
    assert verify(tmp_path / "sweep").again == (0,)  # a sweep that is not finished can be verified too
    monkeypatch.setattr("results.manifest.model_digest", lambda: "0" * 64)
    with pytest.raises(StoreError, match="was made by another version of the model"):
        verify(tmp_path / "sweep")


def test_tables_go_to_any_url_when_they_are_whole(tmp_path, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    monkeypatch.chdir(tmp_path)
    memory = fsspec.filesystem("memory")
    sweep(study(), "memory://bucket/sweep", workers=1, limit=2)
    assert not memory.exists("/bucket/sweep")
    done = sweep(study(), "memory://bucket/sweep", workers=1)
    assert done.complete
    assert memory.cat_file("/bucket/sweep/summary/00000.parquet") == (done.place / "summary" / "00000.parquet").read_bytes()
    with pytest.raises(StoreError, match="holds other results"):
        sweep(study(seed=3), "memory://bucket/sweep", workers=1)
    url = (tmp_path / "elsewhere").as_uri()
    sweep(study(), url, workers=1)
    assert tables(tmp_path / "elsewhere") == tables(done.place)
    assert status(tmp_path / "elsewhere").stored == 6


def test_a_url_that_does_not_take_a_file_is_said_and_nothing_is_lost(tmp_path, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    monkeypatch.chdir(tmp_path)
    memory = type(fsspec.filesystem("memory"))

    def full(self, *args, **how):
        raise OSError("no room")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "put_file", full)
        with pytest.raises(StoreError, match=r"cannot be written \(no room\); the tables are in results/runs/small"):
            sweep(study(), "memory://full/sweep", workers=1)
    assert read(tmp_path / "results" / "runs" / "small").complete
    sweep(study(), "memory://full/sweep", workers=1)
    assert fsspec.filesystem("memory").exists("/full/sweep/manifest.json")
