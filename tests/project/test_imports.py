"""Who may import whom: the contracts of pyproject.toml hold, and they are the ones that the architecture asks for."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def test_the_contracts_hold():
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken" in done.stdout


def test_the_layers_are_those_of_the_house():
    rooms, inside = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    assert rooms == ["experiments", "results", "scenarios", "sim"]
    place = {name: number for number, layer in enumerate(inside) for name in layer.split(" | ")}
    order = ("market", "office", "month", "markets", "scenario", "mechanisms", "dyads", "rules", "units")
    assert [place[name] for name in order] == sorted({place[name] for name in order})


def test_theory_imports_no_framework():
    code = (
        "import sys, sim.scenario\nheavy = {'mesa', 'pandas', 'plotly', 'duckdb', 'pyarrow', 'typer'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
