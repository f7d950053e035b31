"""What all tests share: reproducible property tests, and small markets that are run once."""

import gc
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as run.py does, and before numpy is imported
sys.path.insert(0, str(Path(__file__).parent / "sim"))
sys.path.insert(0, str(Path(__file__).parent / "results"))

import onpage
import small

# Examples are the same in every run, so that a red test is red again; the first example may have to wait for a compiler.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=60, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


def pytest_collection_finish(session):
    """Take what was imported and collected out of the garbage collector's sight: it would look through a million objects again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session):
    """Give it back, so that libraries that count what is left at the very end find nothing."""
    gc.unfreeze()


@pytest.fixture
def without_figures(monkeypatch):
    """Leave the figures of a run out of its page, where they are not what is tried: they take most of the page's seconds."""
    monkeypatch.setattr("results.report._figures", lambda look: "")


@pytest.fixture(scope="session")
def history():
    """A small noncontractual market, run for two years, with all columns after every month."""
    return small.history(small.scenario(months=24))


@pytest.fixture(scope="session")
def contract_history():
    """The same as a contractual market."""
    return small.history(small.contractual(months=24))


@pytest.fixture(scope="session")
def seen():
    """A function that reads what is seen of a page: its text, and the texts of its figures."""
    return onpage.seen


@pytest.fixture(scope="session")
def latin():
    """A function that finds the words in Latin letters in a text, each once; symbols, digests and names with digits or _ are none."""
    return lambda text: set(re.findall(r"(?<![A-Za-z0-9_])[A-Za-z][a-z]{2,}(?![A-Za-z0-9_])", text))


@pytest.fixture(scope="session")
def english():
    """A function that finds what reads like English in a text: three plain words in a row; names, symbols and sources do not."""
    return re.compile(r"(?<![\w.])[A-Za-z]?[a-z]+ [a-z]+ [a-z]+(?![\w.])").findall
