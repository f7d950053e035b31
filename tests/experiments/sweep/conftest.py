"""What tests of sweeps share: six runs that nothing disturbed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from studies_for_tests import small_parts, study

from experiments.sweep import sweep


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """The six runs, undisturbed, in this process."""
    place = tmp_path_factory.mktemp("serial") / "sweep"
    sweep(study(), place, workers=1)
    return place


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory):
    """The same in parts of two runs."""
    place = tmp_path_factory.mktemp("parts") / "sweep"
    with pytest.MonkeyPatch.context() as patch:
        small_parts(patch)
        sweep(study(), place, workers=1)
    return place
