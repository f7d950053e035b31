"""The dashboard under load: 1,000 runs of 120 months and 4 firms, one reader's waiting time, and that of twenty at once, on loopback.

``python -m benchmarks.dashboard`` makes the results (a real run of a small market, its rows repeated under other seeds), serves them and asks as
a browser does. ``--parts`` sets in how many files a table's rows stand: a sweep has few, a run one for each 64 replications.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RUNS, MONTHS, FIRMS = 1_000, 120, 4
READERS, ROUNDS = 20, 3
MEASURES = ("trust", "churn_rate", "market_share", "cumulative_profit", "profit", "customers")
SOURCE = "many|duel"
FIRST_LIMIT, FILTER_LIMIT, CROWD_LIMIT = 2.0, 0.3, 2.0
"""Seconds within which the first page, a filter, and an answer among twenty readers should come."""


def make(root: Path, parts: int) -> None:
    """Write the results: rows of ten real replications, each a hundred times under other seeds with a little noise."""
    import duckdb

    from experiments.runner import run_to
    from scenarios import load

    real = 10
    run_to(root / "real", [load("duel").but(customers=500, months=MONTHS)], replications=real)
    facts = json.loads((root / "real" / "manifest.json").read_text())
    facts["runs"] = [{"run": f"duel-{k:04d}", "scenario": "duel", "replication": k, "seed": k + 1} for k in range(RUNS)]
    facts |= {"replications": RUNS, "seeds": list(range(1, RUNS + 1))}
    with duckdb.connect() as db:
        for table in ("firm_months", "summary"):
            (root / "many" / table).mkdir(parents=True)
            whole = root / "real" / f"{table}.parquet"
            source = whole if whole.exists() else root / "real" / table / "*.parquet"
            columns = [(str(name), str(kind)) for name, kind, *_ in db.execute(f"DESCRIBE SELECT * FROM '{source}'").fetchall()]
            values = ", ".join(f'"{name}" * (1 + 0.02 * ((hash(k) % 1000) / 1000 - 0.5)) AS "{name}"' for name, kind in columns if kind == "DOUBLE")
            text = (
                f"SELECT * REPLACE (printf('duel-%04d', k) AS run, k::INTEGER AS replication, (k + 1)::UBIGINT AS seed, {values})"
                f" FROM '{source}' JOIN (SELECT unnest(range($first, $end)) AS k) ON replication = k % {real} ORDER BY k, \"month\", firm"
                if table == "firm_months"
                else f"SELECT * REPLACE (printf('duel-%04d', k) AS run, k::INTEGER AS replication, (k + 1)::UBIGINT AS seed)"
                f" FROM '{source}' JOIN (SELECT unnest(range($first, $end)) AS k) ON replication = k % {real} ORDER BY k, firm"
            )
            for part in range(parts):
                first, end = part * RUNS // parts, (part + 1) * RUNS // parts
                frame = db.execute(text, {"first": first, "end": end}).df().drop(columns="k")
                db.register("rows", frame)
                db.execute(f"COPY rows TO '{root}/many/{table}/duel-{first:04d}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    (root / "many" / "manifest.json").write_text(json.dumps(facts))


def post(address: str, output: str, **controls: object) -> float:
    """Ask a callback, as a browser does, and return the seconds until the whole answer was there."""
    name, prop = output.rsplit(".", 1)
    inputs = [{"id": {"type": "control", "name": key}, "property": "value", "value": value} for key, value in controls.items()]
    body = {
        "output": output, "outputs": {"id": name, "property": prop}, "inputs": inputs, "changedPropIds": [],
        "state": [{"id": "language", "property": "data", "value": "en"}],
    }  # fmt: skip
    return _timed(urllib.request.Request(f"{address}/_dash-update-component", json.dumps(body).encode(), {"Content-Type": "application/json"}))


def _timed(request: urllib.request.Request | str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as answer:
        if b"warning" in answer.read()[:400]:
            raise RuntimeError("the dashboard answered with a warning instead of figures")
    return time.perf_counter() - began


def figures(address: str, measure: str, **changed: object) -> float:
    """Ask for one measure's figure with some choices."""
    choices = {"source": [SOURCE], "measure": [measure], "group": "strategy", "show": "intervals", "firm": [], "segment": "", "month": MONTHS}
    return post(address, "compare-figures.children", **(choices | changed))


def first_page(address: str) -> float:
    """Return the seconds until all of the first page was answered: the application, the page, its figures and its table."""
    began = time.perf_counter()
    _timed(f"{address}/")
    for path in ("_dash-layout", "_dash-dependencies"):
        _timed(f"{address}/{path}")
    body = {
        "output": "shell.children", "outputs": {"id": "shell", "property": "children"}, "changedPropIds": [],
        "inputs": [{"id": "place", "property": "data", "value": {"pathname": "/", "search": f"?source={SOURCE}"}}], "state": [],
    }  # fmt: skip
    _timed(urllib.request.Request(f"{address}/_dash-update-component", json.dumps(body).encode(), {"Content-Type": "application/json"}))
    four = {"source": [SOURCE], "measure": list(MEASURES[:4]), "group": "strategy", "show": "intervals", "firm": [], "segment": "", "month": MONTHS}
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda output: post(address, output, **four), ("compare-figures.children", "compare-table.children")))
    return time.perf_counter() - began


def measure(root: Path) -> int:
    """Serve, ask, print what was measured, and return 1 if a limit was missed."""
    command = [sys.executable, "run.py", "dashboard", str(root), "--port", "0"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    try:
        assert served.stdout is not None
        address = served.stdout.readline().split()[2].rstrip("/")
        cold, warm = first_page(address), first_page(address)
        filters = [
            figures(address, name, **changed)
            for name in MEASURES[:4]
            for changed in ({"group": "firm"}, {"group": "all"}, {"firm": ["Relational 1"]}, {"show": "runs"}, {"month": 60})
        ]
        fresh = figures(address, "satisfaction")
        jobs = [(MEASURES[k % len(MEASURES)], {"group": ("strategy", "firm", "all")[k % 3]}) for k in range(READERS * ROUNDS)]
        with ThreadPoolExecutor(READERS) as crowd:
            waits = sorted(crowd.map(lambda job: figures(address, job[0], **job[1]), jobs))
    finally:
        served.terminate()
        served.wait(30)
    results = {
        "first page, nothing read yet": (cold, FIRST_LIMIT),
        "first page, read before": (warm, FIRST_LIMIT),
        "a filter, median": (statistics.median(filters), FILTER_LIMIT),
        "a filter, slowest": (max(filters), FILTER_LIMIT),
        "a measure that nobody looked at before": (fresh, FIRST_LIMIT),
        f"{READERS} readers at once, median": (statistics.median(waits), CROWD_LIMIT),
        f"{READERS} readers at once, slowest": (waits[-1], CROWD_LIMIT),
    }
    for text, (seconds, limit) in results.items():
        print(f"{text:45} {seconds:6.2f} s   (at most {limit} s){'' if seconds <= limit else '   MISSED'}")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return int(any(seconds > limit for seconds, limit in results.values()))


def main() -> int:
    """Make the results, measure, and clean up."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--parts", type=int, default=16, help="files that a table's rows stand in")
    asked.add_argument("--keep", type=Path, help="a folder where the results are made once and stay")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        root = given.keep or Path(made)
        if not (root / "many" / "manifest.json").exists():
            make(root, given.parts)
        return measure(root)


if __name__ == "__main__":
    sys.exit(main())
