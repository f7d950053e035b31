"""How fast is the product, and how much faster than the same model in plain Mesa? ``python -m benchmarks.speed [--full] [--json FILE]``.

What is measured, all of it in one run on one machine, so that ratios are fair:

- **The product against the plain model.** ``MarketModel`` at 100,000 customers and 4 firms (scenario ``duel``), on 1 and on 2 threads, beside
  the plain reference model of ``tests/reference`` (one Python ``mesa.Agent`` per customer, plain loops, the same equations, the same draws)
  with 2,000 customers. Each month all three take one step in turn, the whole step with planning, books and Mesa's data collection; the same
  months of the same scenario are compared. The figure is the median over months and repeats of the ratio of nanoseconds per customer-month,
  on the clock, and for one thread also of the thread's processor time, which other work on the machine disturbs less.
- **Size.** The same at 1,000,000 customers over 100,000, in turn, 1 thread, processor time.
- **Memory.** Bytes of state per customer with 4 firms.
- **Compilation.** A fresh process makes a small market and steps it twice, with an empty cache folder (``XDG_CACHE_HOME``), and again with
  the cache.
- **Help.** ``run.py --help`` in a fresh process.
- **The whole run** (only with ``--full``): 1,000,000 customers, 120 months, 4 firms, 2 threads, in a process of its own: seconds from making
  the model to the last month, and the peak resident memory that the system reports at its end (``resource.getrusage``).

State ratios, not nanoseconds: they differ between processors. Other work on the machine makes everything slower, and threads most.
The exit code is always 0: a benchmark is not a test.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PRODUCT, PLAIN, LARGE = 100_000, 2_000, 1_000_000
SMALL_RUN = """
from time import perf_counter, process_time
from scenarios import load
scenario = load("duel").but(customers=2000, months=2)
start, busy = perf_counter(), process_time()
from sim import MarketModel
MarketModel(scenario, seed=1).run_model()
print(perf_counter() - start, process_time() - busy)
"""
WHOLE_RUN = """
import resource
from time import perf_counter
from scenarios import load
from sim import MarketModel
MarketModel(load("duel").but(customers=2000, months=2), seed=1).run_model()
scenario = load("duel").but(customers=1_000_000, months=120)
start = perf_counter()
model = MarketModel(scenario, seed=1, threads=2)
made = perf_counter()
model.run_model()
end = perf_counter()
print(made - start, end - made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True)
class Result:
    """One figure, and what it should be."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; none where there is no target."""
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    def line(self) -> str:
        """Return the figure as a line of the table."""
        if self.target is None:
            return f"{self.name:<72} {_digits(self.value):>9} {self.unit}"
        sign, verdict = (">=" if self.at_least else "<="), ("reached" if self.reached else "NOT reached")
        return f"{self.name:<72} {_digits(self.value):>9} {self.unit:<9} {sign} {_digits(self.target):<6} {verdict}"


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


Step = Callable[[], Any]


def in_turn(steps: dict[str, Step], sizes: dict[str, int], months: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return nanoseconds per customer-month by month, on the clock and of this thread's processor time.

    Everyone takes a step, one after the other, month by month.
    """
    clock: dict[str, list[float]] = {name: [] for name in steps}
    thread: dict[str, list[float]] = {name: [] for name in steps}
    for month in range(months):
        # Turn the order round every month: whoever comes first finds a colder cache.
        for name in list(steps)[:: 1 if month % 2 else -1]:
            start, busy = perf_counter(), thread_time()
            steps[name]()
            thread[name].append((thread_time() - busy) / sizes[name] * 1e9)
            clock[name].append((perf_counter() - start) / sizes[name] * 1e9)
    return clock, thread


def ratio(over: list[float], under: list[float]) -> float:
    """Return the median of the ratios, month by month."""
    return median(a / b for a, b in zip(over, under, strict=True))


def against_plain(months: int, repeats: int) -> list[Result]:
    """Measure the product on 1 and 2 threads against the plain model."""
    from scenarios import load
    from sim import MarketModel
    from tests.reference.market import PlainMarket

    MarketModel(load("duel").but(customers=2_000, months=2), seed=1).run_model()
    clock: dict[str, list[float]] = {"plain": [], "1": [], "2": []}
    thread: dict[str, list[float]] = {"plain": [], "1": [], "2": []}
    for repeat in range(repeats):
        scenario = load("duel").but(customers=PRODUCT, months=months)
        markets = {
            "plain": PlainMarket(scenario.but(customers=PLAIN), 1 + repeat),
            "1": MarketModel(scenario, seed=1 + repeat, threads=1),
            "2": MarketModel(scenario, seed=1 + repeat, threads=2),
        }
        found = in_turn({name: market.step for name, market in markets.items()}, {"plain": PLAIN, "1": PRODUCT, "2": PRODUCT}, months)
        for kept, new in zip((clock, thread), found, strict=True):
            for name, values in new.items():
                kept[name] += values
    return [
        Result(f"plain model, {PLAIN:,} customers: processor time per customer-month", median(thread["plain"]), "ns"),
        Result(f"product, {PRODUCT:,} customers, 1 thread: processor time per customer-month", median(thread["1"]), "ns"),
        Result("plain model over product on 1 thread, processor time", ratio(thread["plain"], thread["1"]), "times", 200.0, at_least=True),
        Result("plain model over product on 1 thread, clock", ratio(clock["plain"], clock["1"]), "times", 200.0, at_least=True),
        Result(f"product, {PRODUCT:,} customers, 2 threads: clock per customer-month", median(clock["2"]), "ns"),
        Result("plain model over product on 2 threads, clock", ratio(clock["plain"], clock["2"]), "times", 300.0, at_least=True),
    ]


def by_size(months: int) -> list[Result]:
    """Measure what a customer-month costs in a large market over what it costs in a small one."""
    from scenarios import load
    from sim import MarketModel

    sizes = {"large": LARGE, "small": PRODUCT}
    markets = {name: MarketModel(load("duel").but(customers=size, months=months), seed=1) for name, size in sizes.items()}
    _, thread = in_turn({name: market.step for name, market in markets.items()}, sizes, months)
    return [
        Result(f"product, {LARGE:,} customers, 1 thread: processor time per customer-month", median(thread["large"]), "ns"),
        Result(f"cost at {LARGE:,} customers over cost at {PRODUCT:,}", ratio(thread["large"], thread["small"]), "times", 1.3),
    ]


def process(*command: str, cache: str = "") -> tuple[str, float]:
    """Run Python in a fresh process from the project's root; return what it printed, and its seconds."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | ({"XDG_CACHE_HOME": cache} if cache else {})
    start = perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout, perf_counter() - start


def start_up() -> list[Result]:
    """Measure compilation with an empty and with a full cache, and the help."""
    with tempfile.TemporaryDirectory() as cache:
        cold, busy = (float(number) for number in process("-c", SMALL_RUN, cache=cache)[0].split())
        cached = median(float(process("-c", SMALL_RUN, cache=cache)[0].split()[0]) for _ in range(3))
    process("run.py", "--help")
    helped = median(process("run.py", "--help")[1] for _ in range(5))
    return [
        Result("first 2 months of 2,000 customers, nothing compiled yet", cold, "s", 20.0),
        Result("the same, processor time", busy, "s"),
        Result("the same with the cache", cached, "s"),
        Result("run.py --help", helped, "s", 0.5),
    ]


def state() -> list[Result]:
    """Return the bytes of state per customer."""
    from sim.customers import bytes_per_customer

    return [Result("state per customer with 4 firms", bytes_per_customer(4), "bytes", 200.0)]


def whole() -> list[Result]:
    """Measure the whole large run in a process of its own."""
    made, ran, peak = (float(number) for number in process("-c", WHOLE_RUN)[0].split())
    # Linux reports kibibytes, macOS bytes.
    gib = peak / 2**20 if sys.platform != "darwin" else peak / 2**30
    return [
        Result(f"{LARGE:,} customers: making the model", made, "s"),
        Result(f"{LARGE:,} customers x 120 months x 4 firms, 2 threads, with making it", made + ran, "s", 40.0),
        Result("peak resident memory of that run", gib, "GiB", 1.5),
    ]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="also the whole run of 1,000,000 customers over 120 months")
    parser.add_argument("--months", type=int, default=12, help="months that are timed (default: 12)")
    parser.add_argument("--repeats", type=int, default=3, help="how often the product is compared with the plain model (default: 3)")
    parser.add_argument("--json", metavar="FILE", help="also write the figures to a file")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n", flush=True)
    results: list[Result] = []
    against = partial(against_plain, options.months, options.repeats)
    for part in [against, partial(by_size, options.months), state, start_up, *([whole] if options.full else [])]:
        found = part()
        results += found
        print("\n".join(result.line() for result in found), flush=True)
    if options.json:
        Path(options.json).write_text(json.dumps([asdict(result) | {"reached": result.reached} for result in results], indent=1) + "\n")


if __name__ == "__main__":
    main()
