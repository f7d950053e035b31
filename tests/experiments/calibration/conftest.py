"""What tests of calibrations share: a small log, and searches that are short."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from logs_for_tests import csv_of, played_log

from experiments.calibration import commands, holdout, moments, retention


@pytest.fixture
def quick(monkeypatch):
    """Small markets and short searches."""
    monkeypatch.setattr(commands, "FEWEST_PLAYED", 400)
    monkeypatch.setattr(commands, "MOST_PLAYED", 400)
    monkeypatch.setattr(holdout, "REPLICATIONS", 3)
    monkeypatch.setattr(retention, "REPLICATIONS", 3)
    monkeypatch.setattr(moments, "MOST_STEPS", 1)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return csv_of(played_log(300, seed=9), tmp_path_factory.mktemp("log") / "small.csv")
