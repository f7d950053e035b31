"""Made tables for the tests of results."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import made

from results.frames import Results


@pytest.fixture
def months():
    return made.firm_months()


@pytest.fixture
def results():
    frames = {"firm_months": made.firm_months(), "dyad_months": made.dyad_months(), "cohorts": made.cohorts()}
    frames["summary"] = frames["firm_months"].query("month == 24")[["run", "scenario", "replication", "seed", "firm"]]
    return Results(manifest=made.manifest(), frames=frames)
