"""Replications: seeds in order, the same bits in any process, memory and files that stay clean."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pandas as pd
import pytest

from experiments import compare, run, runner
from results import store
from sim.levers import Levers
from sim.strategy import Strategy

sys.path.insert(0, str(Path(__file__).parent))
from scenarios_for_tests import tiny

ROOT = Path(__file__).parents[2]


def digests(directory):
    return {str(p.relative_to(directory)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(directory.rglob("*.parquet"))}


def test_tables_have_their_rows_and_labels():
    results = run(tiny(seed=7), replications=3)
    months = results.firm_months
    assert len(months) == 3 * 4 * 2
    assert months.groupby("replication")["seed"].unique().map(list).to_dict() == {0: [7], 1: [8], 2: [9]}
    assert set(months["scenario"]) == {"tiny"}
    assert months["run"].nunique() == results.finished == 3
    assert results.manifest["status"] == "finished"
    assert results.scenario["customers"] == 200
    for name in ("dyad_months", "segment_months", "cohorts", "customers", "summary"):
        assert list(getattr(results, name))[:4] == ["run", "scenario", "replication", "seed"]


def test_a_replication_does_not_depend_on_the_others():
    three = run(tiny(), replications=3).firm_months
    alone = run(tiny(seed=3)).firm_months
    last = three[three["seed"] == 3].reset_index(drop=True)
    own = ["run", "replication"]
    pd.testing.assert_frame_equal(last.drop(columns=own), alone.drop(columns=own))


def test_same_bytes_in_process_and_in_a_pool_and_again(tmp_path):
    ways = {"turn": 1, "pool": 2, "again": 1}
    for name, workers in ways.items():
        runner.run_to(tmp_path / name, [tiny()], replications=3, workers=workers)
    assert digests(tmp_path / "turn") == digests(tmp_path / "pool") == digests(tmp_path / "again")


def test_progress_is_told_by_month_and_ends_at_the_end():
    told = []
    run(tiny(), replications=2, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 8) for done in range(9)]


def test_over_time_has_intervals_over_replications_not_over_firms():
    results = run(tiny(), replications=3)
    table = results.over_time("trust")
    assert set(table["n"]) == {3}
    assert list(table.columns) == ["scenario", "strategy", "month", "mean", "low", "high", "n"]
    by_firm = results.over_time("trust", by="firm")
    assert set(by_firm["firm"]) == {"Ada", "Cy"}


class Homemade(Strategy):
    kind: Literal["homemade"] = "homemade"

    @property
    def place(self):
        return 0.25

    def decide(self, view):
        return Levers.at(0.25)


def test_a_strategy_written_elsewhere_runs():
    scenario = tiny().but({"firms.0.strategy": Homemade()})
    assert "homemade" in set(run(scenario).firm_months["strategy"])


def test_rules_that_a_worker_could_not_import_stay_here(monkeypatch):
    scenario = tiny().but({"firms.0.strategy": Homemade()})
    monkeypatch.setattr(Homemade, "__module__", "__main__")
    assert runner._workers([scenario], 4, 2) == 1
    assert runner._workers([tiny()], 4, 2) == 2


@pytest.mark.parametrize("guard", [pytest.param(True, marks=pytest.mark.slow), False])
def test_a_script_with_or_without_a_main_guard_may_use_workers(tmp_path, guard):
    body = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom scenarios_for_tests import tiny\nfrom experiments import run\n"
    call = "print(len(run(tiny(), replications=2, workers=2).firm_months))"
    script = tmp_path / "script.py"
    script.write_text(body + (f"if __name__ == '__main__':\n    {call}\n" if guard else call + "\n"))
    done = subprocess.run([sys.executable, str(script)], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout.split() == ["16"], done.stderr


def environment():
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_small_work_does_not_start_processes_and_large_work_does():
    assert runner.workers_that_pay([tiny()], 10, 8) == 1
    assert runner.workers_that_pay([tiny(customers=20_000, months=120)], 5, 2) == 2
    assert runner.workers_that_pay([tiny(customers=1_000_000)], 3, 64) == 2


def test_replications_below_one_and_names_twice_are_refused(tmp_path):
    with pytest.raises(runner.RunError, match="replications: 0 is below 1"):
        runner.run_to(tmp_path / "run", [tiny()], replications=0)
    with pytest.raises(runner.RunError, match="two scenarios are called 'tiny'"):
        runner.run_to(tmp_path / "run", [tiny(), tiny(customers=100)])
    with pytest.raises(runner.RunError, match="leaves no room for 2 replications"):
        runner.run_to(tmp_path / "run", [tiny(seed=2**64 - 1)], replications=2)
    assert list(tmp_path.iterdir()) == []


def test_the_largest_seed_runs():
    assert run(tiny(seed=2**64 - 1)).summary["seed"].tolist() == [2**64 - 1] * 2


def test_ctrl_c_keeps_finished_replications(tmp_path):
    def stop(done, total):
        if done == 6:  # in the second replication of 4 months each
            raise KeyboardInterrupt

    done = runner.run_to(tmp_path / "run", [tiny()], replications=3, workers=1, progress=stop)
    assert done.status == done.results.manifest["status"] == "interrupted"
    assert done.results.finished == 1
    assert store.read(tmp_path / "run").firm_months["replication"].unique().tolist() == [0]


def test_ctrl_c_in_a_pool_ends_the_workers(tmp_path):
    import multiprocessing

    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.run_to(tmp_path / "run", [tiny(customers=20_000, months=600)], replications=2, workers=2, progress=stop)
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_dies_is_one_sentence_and_leaves_nothing(tmp_path):
    import multiprocessing

    def kill(done, total):
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(runner.RunError, match="a worker process died"):
        runner.run_to(tmp_path / "run", [tiny(customers=20_000, months=600)], replications=2, workers=2, progress=kill)
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_the_model_leaves_nothing(tmp_path, monkeypatch):
    from sim import MarketModel

    def broken(self):
        raise ZeroDivisionError("a mistake in the model")

    monkeypatch.setattr(MarketModel, "step", broken)
    with pytest.raises(ZeroDivisionError):
        runner.run_to(tmp_path / "run", [tiny()])
    assert list(tmp_path.iterdir()) == []


def test_comparison_is_paired_and_on_one_seed():
    cheap = tiny(name="cheap", seed=99).but({"firms.0.price": 0.9})
    found = compare([tiny(), cheap], replications=3)
    assert found.results.manifest["seeds"] == [1, 2, 3]
    table = found.differences
    assert set(table["scenario"]) == {"cheap"}
    assert {"all firms", "strategy relational", "Ada", "Cy"} <= set(table["who"])
    # The table's difference is the difference of the tables, replication by replication.
    share = table[(table["who"] == "Ada") & (table["measure"] == "market_share")].iloc[0]
    months = found.results.firm_months.query("firm == 'Ada'").groupby(["scenario", "replication"])["market_share"].mean().unstack("scenario")
    assert share["mean"] == pytest.approx((months["cheap"] - months["tiny"]).mean())
    assert share["n"] == 3


def test_a_scenario_compared_with_itself_differs_by_nothing():
    found = compare([tiny(), tiny(name="same")], replications=2).differences
    assert (found[["mean", "low", "high"]] == 0.0).all().all()
