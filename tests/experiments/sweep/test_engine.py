"""Sweeps: the tables of runs on the same seeds, the same bytes whoever works, and nothing that is there replaced by mistake."""

import subprocess
from pathlib import Path

import pandas as pd
import pytest
from studies_for_tests import COSTS, market, one_worker, small_parts, study, tables

from experiments.sweep import read, sweep
from results.store import StoreError


def test_the_tables_are_those_of_runs_on_the_same_seeds(serial):
    from experiments import run

    found = read(serial)
    assert found.complete
    assert found.missing == 0
    assert len(found.failures) == 0
    assert found.design["market.switching_cost"].tolist() == [0.0, 0.5, 1.0]
    assert list(found.summary.columns[:6]) == ["point", "replication", "seed", "market.switching_cost", "scenario", "firm"]
    assert found.summary["point"].tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert found.summary["seed"].tolist() == [1, 1, 2, 2] * 3
    alone = run(market().but({"market.switching_cost": 0.5}), replications=2)
    for mine, theirs in ((found.summary, alone.summary), (found.firm_months, alone.firm_months)):
        middle = mine[mine["point"] == 1].reset_index(drop=True)
        pd.testing.assert_frame_equal(middle[theirs.columns.drop("run")], theirs.drop(columns="run"))


def test_a_directory_holds_few_files_and_says_how_to_repeat(serial):
    assert sorted(str(path.relative_to(serial)) for path in serial.rglob("*") if path.is_file()) == [
        "SHA256SUMS", "design.parquet", "failures.parquet", "firm_months/00000.parquet", "manifest.json", "summary/00000.parquet",
    ]  # fmt: skip
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=serial, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    facts = read(serial).manifest
    assert facts["study"]["factors"]["market.switching_cost"]["values"] == [0.0, 0.5, 1.0]
    assert facts["finished"] >= facts["started"]
    assert facts["packages"]["numpy"]


@pytest.mark.parametrize("workers", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_a_pool_gives_the_same_bytes(tmp_path, serial, workers):
    assert sweep(study(), tmp_path / "pool", workers=workers).complete
    assert tables(tmp_path / "pool") == tables(serial)


@pytest.mark.slow
def test_a_pool_of_one_gives_the_same_bytes(tmp_path, serial, monkeypatch):
    one_worker(monkeypatch)
    assert sweep(study(), tmp_path / "pool").complete
    assert tables(tmp_path / "pool") == tables(serial)


def test_another_study_in_the_place_is_refused_and_replaced_by_force(tmp_path):
    place = tmp_path / "sweep"
    sweep(study(), place, workers=1, limit=1)
    with pytest.raises(StoreError, match="holds another study"):
        sweep(study(seed=5), place, workers=1)
    assert sweep(study(seed=5), place, workers=1, limit=1, force=True).summary["seed"].tolist() == [5, 5]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    for force in (False, True):
        with pytest.raises(StoreError, match="is not a sweep"):
            sweep(study(), tmp_path / "mine", force=force)
    with pytest.raises(StoreError, match="is a file"):
        sweep(study(), tmp_path / "mine" / "thesis.txt")


def test_another_version_of_the_model_does_not_mix(tmp_path, monkeypatch):
    place = tmp_path / "sweep"
    sweep(study(), place, workers=1, limit=1)
    monkeypatch.setattr("results.manifest.model_digest", lambda: "0" * 64)
    with pytest.raises(StoreError, match="was begun with another version of the model"):
        sweep(study(), place, workers=1)
    one_worker(monkeypatch)
    with pytest.raises(StoreError, match="a worker has another version"):
        sweep(study(), tmp_path / "other")
    assert read(tmp_path / "other").missing == 6


def test_tables_may_be_fewer(tmp_path):
    done = sweep(study(tables=("summary",)), tmp_path / "sweep", workers=1)
    assert done.complete
    assert len(done.firm_months) == 0
    assert not (tmp_path / "sweep" / "firm_months").exists()


def test_many_points_are_done_in_parts(tmp_path, monkeypatch):
    small_parts(monkeypatch, 5)
    asked = study(replications=4, factors=COSTS | {"market.transparency": {"low": 0.1, "high": 0.9, "levels": 2}})
    done = sweep(asked, tmp_path / "sweep", workers=1)
    assert sorted(path.name for path in (tmp_path / "sweep" / "summary").iterdir()) == [f"0000{part}.parquet" for part in range(5)]
    keys = done.summary[["point", "replication"]].drop_duplicates().to_numpy().tolist()
    assert keys == [[point, replication] for point in range(6) for replication in range(4)]


@pytest.mark.slow
def test_memory_stays_flat_over_a_thousand_runs(tmp_path):
    import resource

    seen = []

    def note(tally):
        if tally.stored in (200, 1000):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            seen.append(pages * resource.getpagesize())

    asked = study(scenario=market(months=1), replications=500, factors={"market.switching_cost": {"values": [0.0, 1.0]}})
    assert sweep(asked, tmp_path / "sweep", workers=1, progress=note).complete
    assert seen[1] - seen[0] < 20e6  # what a thousand runs leave behind is less than 25 kB each, the table's own index included
