"""What does sweeping cost beyond the model, and what does it gain? ``python -m benchmarks.sweep [--runs N] [--rounds N] [--json FILE]``.

The same study of small runs (scenario ``duel``, 1,000 customers, 24 months) is carried out, each time in a fresh process, one after the other:

- **In turn**, in one process: what is left of the time after the model's own is the overhead of a run: its scenario, packing its tables, storing
  them, and writing Parquet.
- **Pools of 1 and 2 workers**: their ratio is the gain of the second processor, with the start of the workers in both.
- **Bare**: the same runs in plain processes, 1 and 2 of them, each with its share, nothing stored. What 2 gain here is what the machine can give.
- ``mesa.batch_run`` with 2 processes, on the same scenarios and seeds, collecting every month; its rows are then made a table and written as one
  Parquet file. It collects the nine figures of the whole market, not the firms' (it does not read reporters by agent type), keeps all of them in
  memory until the end, and stores nothing before.

Peak memory is the parent's and, for each worker, that of the largest one, as the system reports them at the end; pages that a worker shares with
the process that it is a copy of count for each. State ratios of one round, and their median: other
work on the machine makes everything slower, and two workers most. The exit code is always 0: a benchmark is not a test.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

CUSTOMERS, MONTHS, REPLICATIONS = 1_000, 24, 10


def study(runs: int) -> Any:
    """Return a study of so many runs: levels of switching costs, ten replications each."""
    from experiments.sweep import Study

    levels = max(2, runs // REPLICATIONS)
    return Study(
        scenario="duel", replications=REPLICATIONS, set={"customers": CUSTOMERS, "months": MONTHS},
        factors={"market.switching_cost": {"low": 0.0, "high": 1.0, "levels": levels}},
    )  # fmt: skip


def by_sweep(runs: int, workers: int, place: Path) -> dict[str, float]:
    """Carry the study out by the sweep engine; 0 workers is this process."""
    from benchmarks.watched import Watched
    from experiments.sweep import engine
    from experiments.sweep.crew import InTurn, Pool
    from experiments.sweep.plan import plan

    planned = plan(study(runs))
    model = [0.0]

    def note(tally: engine.Tally) -> None:
        model[0] = tally.seconds

    engine.crew = lambda **_: Pool(workers, Watched(str(place.parent))) if workers else InTurn()  # type: ignore[assignment]
    start = time.perf_counter()
    done = engine.sweep(planned, place, progress=note)
    took = time.perf_counter() - start
    assert done.complete
    kept = sum(path.stat().st_size for path in place.rglob("*.parquet"))
    return {"seconds": took, "model": model[0], "runs": done.layout.runs, "bytes": kept}


def by_mesa(runs: int, workers: int, place: Path) -> dict[str, float]:
    """Carry the same runs out by ``mesa.batch_run`` and write its rows as a table."""
    import mesa
    import pandas as pd

    from experiments.sweep.plan import plan
    from results import store
    from sim import MarketModel

    planned = plan(study(runs))
    markets = [planned.scenario(point) for point in range(len(planned.points))]
    start = time.perf_counter()
    rows = mesa.batch_run(
        MarketModel, {"scenario": markets, "seed": list(range(1, REPLICATIONS + 1))}, number_processes=workers, max_steps=MONTHS + 1,
        data_collection_period=1, display_progress=False,
    )  # fmt: skip
    table = pd.DataFrame(rows)
    table["scenario"] = [market.market.switching_cost for market in table["scenario"]]
    store.write_table(place / "rows.parquet", table, {})
    return {"seconds": time.perf_counter() - start, "runs": float(len(markets) * REPLICATIONS), "bytes": (place / "rows.parquet").stat().st_size}


def bare(runs: int, share: int) -> dict[str, float]:
    """Carry every so-manieth run out and store nothing."""
    from experiments.sweep.plan import plan
    from experiments.sweep.work import carry_out

    planned = plan(study(runs))
    start = time.perf_counter()
    for run in range(0, planned.layout.runs, share):
        carry_out(planned.job(run))
    return {"seconds": time.perf_counter() - start}


def together(runs: int, processes: int) -> float:
    """Return the seconds that so many plain processes take, started at once, from start to end."""
    words = [sys.executable, "-m", "benchmarks.sweep", "--way", "bare", "--runs", str(runs), "--workers", str(processes), "--place", "-"]
    start = time.perf_counter()
    started = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _ in range(processes)]
    for process in started:
        process.wait()
    return time.perf_counter() - start


def measured(way: str, runs: int, workers: int) -> dict[str, float]:
    """Carry the study out in a fresh process and return what it took, with its peak memory in MB."""
    with tempfile.TemporaryDirectory() as scratch:
        words = [sys.executable, "-m", "benchmarks.sweep", "--way", way, "--runs", str(runs), "--workers", str(workers), "--place", scratch]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def one(way: str, runs: int, workers: int, place: str) -> None:
    """Do what a fresh process is asked to do, and print what it took."""
    if way == "bare":
        found = bare(runs, workers)
    else:
        found = (by_mesa if way == "mesa" else by_sweep)(runs, workers, Path(place) / "sweep")
    from benchmarks.watched import largest

    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps(found | {"memory": own + workers * (child if way == "mesa" else largest(Path(place))), "parent": own}))


def once(runs: int) -> dict[str, dict[str, float]]:
    """Return what each way took, one after the other: a round, in which the machine is about as fast for all of them."""
    ways = {"turn": ("sweep", 0), "pool1": ("sweep", 1), "pool2": ("sweep", 2), "mesa": ("mesa", 2)}
    found = {name: measured(way, runs, workers) for name, (way, workers) in ways.items()}
    return found | {"bare": dict(zip(("alone", "both"), (together(runs, processes) for processes in (1, 2)), strict=True))}


def main() -> None:
    """Measure, print, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=200, help="runs of the study")
    parser.add_argument("--rounds", type=int, default=3, help="how often all of it is done")
    parser.add_argument("--json", default="", help="file for the numbers")
    for inner in ("--way", "--place"):
        parser.add_argument(inner, default="", help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=0, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.way:
        one(told.way, told.runs, told.workers, told.place)
        return
    rounds = [once(told.runs) for _ in range(told.rounds)]
    runs = rounds[0]["turn"]["runs"]
    print(f"{runs:.0f} runs of {CUSTOMERS:,} customers and {MONTHS} months, {told.rounds} rounds: median (least to most)")

    def tell(what: str, values: list[float], target: str = "") -> None:
        print(f"{what:<34} {median(values):7.2f} ({min(values):.2f} to {max(values):.2f}) {target}")

    for way in ("turn", "pool1", "pool2", "mesa"):
        tell(f"  {way}, seconds", [found[way]["seconds"] for found in rounds])
        tell("    peak memory, MB", [found[way]["memory"] for found in rounds])
    tell("the model's own time, ms a run", [found["turn"]["model"] / runs * 1000 for found in rounds])
    tell("overhead beyond it, ms a run", [(found["turn"]["seconds"] - found["turn"]["model"]) / runs * 1000 for found in rounds], "target: below 15")
    tell("2 workers over 1, times as fast", [found["pool1"]["seconds"] / found["pool2"]["seconds"] for found in rounds], "target: at least 1.8")
    tell(
        "2 plain processes over 1", [found["bare"]["alone"] / found["bare"]["both"] for found in rounds], "nothing stored: what this machine can give"
    )
    tell("mesa.batch_run over it, time", [found["mesa"]["seconds"] / found["pool2"]["seconds"] for found in rounds])
    tell("mesa.batch_run over it, memory", [found["mesa"]["memory"] / found["pool2"]["memory"] for found in rounds])
    tell("on the disk, kB a run", [found["turn"]["bytes"] / runs / 1000 for found in rounds])
    if told.json:
        Path(told.json).write_text(json.dumps(rounds, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
