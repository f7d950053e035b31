"""Made tables for the tests of results."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import made

from results import report, store
from results.frames import Results


@pytest.fixture
def months():
    return made.firm_months()


def made_results():
    """A run of made tables."""
    frames = {"firm_months": made.firm_months(), "dyad_months": made.dyad_months(), "cohorts": made.cohorts()}
    frames["summary"] = frames["firm_months"].query("month == 24")[["run", "scenario", "replication", "seed", "firm"]]
    return Results(manifest=made.manifest(), frames=frames)


@pytest.fixture
def results():
    return made_results()


@pytest.fixture(scope="session")
def page():
    """The report of the made run, written once: it takes seconds."""
    return report.html([made_results()])


@pytest.fixture(scope="session")
def _run(tmp_path_factory):
    frames = made_results().frames | {"class_months": made.class_months(), "customers": made.customers(), "surplus_months": made.surplus_months()}
    place = tmp_path_factory.mktemp("kept") / "made"
    place.mkdir()
    store.manifests.write(place, made.manifest())
    for name, frame in frames.items():
        whole = frame.assign(run="made-0000" if "replication" not in frame else [f"made-{k:04d}" for k in frame["replication"]], scenario="made")
        whole["seed"] = 1 + whole["replication"]
        if name == "summary":
            store.write_table(place / "summary.parquet", whole, {})
            continue
        for run_name, part in whole.groupby("run"):
            store.write_table(place / name / f"{run_name}.parquet", part, {})
    return place


@pytest.fixture
def run(tmp_path, _run):
    """A run directory of made tables."""
    return Path(shutil.copytree(_run, tmp_path / "made"))
