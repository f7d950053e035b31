"""Made tables for the tests of results."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import made

from results import report
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
