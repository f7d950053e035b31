"""The notebook runs from its first cell to its last, shows what its text says, and keeps no outputs."""

import re
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "first_steps.ipynb"


@pytest.fixture(scope="module")
def stored():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def executed(stored):
    """The notebook in a small market, run by a kernel of its own."""
    small = nbformat.from_dict(stored)
    first = next(cell for cell in small.cells if cell.cell_type == "code")
    first.source, changed = re.subn(r"CUSTOMERS, REPLICATIONS = [\d_]+, \d+", "CUSTOMERS, REPLICATIONS = 600, 2", first.source)
    assert changed == 1
    return nbclient.NotebookClient(small, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()


def shown(notebook, words):
    """The output of the cell that holds some words, as text."""
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code" and words in cell.source)
    return "".join(out.get("text", "") + str(out.get("data", {}).get("text/plain", "")) for out in cell.outputs)


def test_no_outputs_are_kept(stored):
    nbformat.validate(stored)
    assert not [cell for cell in stored.cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)]
    assert 8 <= sum(cell.cell_type == "code" for cell in stored.cells) <= 12


@pytest.mark.slow
def test_every_cell_answers(executed):
    for words in ("results.summary", "results.over_time", "both.differences", "swept.summary", "duckdb.sql"):
        assert len(shown(executed, words).splitlines()) > 2, words
    assert "customers are committed" in shown(executed, "agents_by_type")
    assert re.search(r"month +\d+: buys from", shown(executed, "replay("))


@pytest.mark.slow
def test_the_figure_is_a_figure(executed):
    cell = next(cell for cell in executed.cells if "over_time.figure" in cell.source)
    kinds = {kind for out in cell.outputs for kind in out.get("data", {})}
    assert "application/vnd.plotly.v1+json" in kinds
