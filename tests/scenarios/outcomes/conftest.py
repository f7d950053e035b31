"""Makes the helper of these tests importable beside them, and marks them all as outcomes: they run by themselves, and in CI."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests of this folder before any is chosen by its marks."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.outcome)
