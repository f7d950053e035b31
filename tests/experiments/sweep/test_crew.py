"""What a worker need not load, it does not load: every worker process pays for it."""

import subprocess
import sys


def test_a_worker_loads_no_database_no_figures_and_no_command_line():
    code = "import experiments.sweep.crew, experiments.sweep.work, sim, sys; sim.MarketModel; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "sim.market" in loaded
    assert not {"duckdb", "plotly", "typer", "rich", "dash", "distributed", "scipy.stats", "scipy.optimize"} & set(loaded)
