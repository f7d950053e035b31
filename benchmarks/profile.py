"""Where does the time of a month go? ``python -m benchmarks.profile [SCENARIO] [--customers N] [--months N] [--json FILE]``.

Every mechanism's methods, the draws, the newcomers and the tally are timed where the month calls them, on one thread: a timing proxy stands
in for the rules in ``Now``, and others for what ``sim.month`` imports. Times are the thread's processor time, so that other work on the
machine counts less, and of a part alone: what it calls that is timed itself is not counted twice. What the clock costs, a microsecond or two
a call, is measured first and taken off. "rest of the month" is what the month itself does between the calls, "rest of the step" everything
around the blocks: planning, offers, books, measures, Mesa's data collection. Compilation is over before the clock starts.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import thread_time
from typing import Any

import sim.market
import sim.month
from scenarios import load
from sim import MarketModel
from sim.rules import Mechanism

CALIBRATION = 20_000
"""Empty calls that are timed to learn what the clock itself costs."""


class Clock:
    """Processor seconds and calls by part, each part without the parts that it calls."""

    def __init__(self) -> None:
        self._inside = self._outside = 0.0
        self._forget()
        empty = self.timed("nothing", lambda: None)
        start = thread_time()
        for _ in range(CALIBRATION):
            empty()
        whole = (thread_time() - start) / CALIBRATION
        self._inside = self.spent["nothing"] / CALIBRATION
        self._outside = max(whole - self._inside, 0.0)
        self._forget()

    def _forget(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self._inner: list[float] = [0.0]

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with the clock running."""

        def run(*args: Any, **keywords: Any) -> Any:
            self._inner.append(0.0)
            start = thread_time()
            try:
                return function(*args, **keywords)
            finally:
                whole = thread_time() - start
                self.spent[name] += whole - self._inner.pop() - self._inside
                self.calls[name] += 1
                self._inner[-1] += whole + self._outside

        return run


class Timed:
    """An object whose methods (a module whose functions) run under a clock; everything else is the object's own."""

    def __init__(self, clock: Clock, name: str, target: Any) -> None:
        self._clock, self._name, self._target = clock, name, target

    def __getattr__(self, attribute: str) -> Any:
        """Return an attribute; a function with the clock running, a mechanism under a proxy of its own."""
        value = getattr(self._target, attribute)
        if isinstance(value, Mechanism):
            value = Timed(self._clock, attribute, value)
        elif callable(value) and not isinstance(value, type):
            value = self._clock.timed(f"{self._name}.{attribute}", value)
        else:
            return value
        self.__dict__[attribute] = value
        return value


def profile(scenario_name: str, customers: int, months: int) -> list[tuple[str, float, float]]:
    """Return (part, nanoseconds per customer-month, calls per block and month), the slowest first."""
    scenario = load(scenario_name).but(customers=customers, months=months)
    MarketModel(scenario.but(customers=min(customers, 10_000)), seed=2).run_model()
    model, clock = MarketModel(scenario, seed=1), Clock()
    carry_out, luck = sim.month.carry_out, sim.month.Luck

    watched: dict[int, Any] = {}

    def month(block: Any, now: Any) -> Any:
        if now.month not in watched:
            watched[now.month] = replace(now, rules=Timed(clock, "rules", now.rules))
        return carry_out(block, watched[now.month])

    def drawn(*args: Any) -> Any:
        return Timed(clock, "draws", luck(*args))

    before = {name: getattr(sim.month, name) for name in ("Luck", "population", "tally")}
    sim.month.Luck = drawn  # type: ignore[assignment,misc]
    sim.month.population = Timed(clock, "newcomers", before["population"])  # type: ignore[assignment]
    sim.month.tally = Timed(clock, "tally", before["tally"])  # type: ignore[assignment]
    sim.market.carry_out = clock.timed("rest of the month", month)
    try:
        step = clock.timed("rest of the step", model.step)
        while model.running:
            step()
    finally:
        sim.market.carry_out = carry_out
        for name, value in before.items():
            setattr(sim.month, name, value)
    steps, blocks = customers * model.month, len(model.blocks) * model.month
    rows = [(name, seconds / steps * 1e9, clock.calls[name] / blocks) for name, seconds in clock.spent.items()]
    return sorted(rows, key=lambda row: -row[1])


def grouped(rows: list[tuple[str, float, float]]) -> list[tuple[str, float]]:
    """Return nanoseconds by mechanism, the slowest first."""
    groups: defaultdict[str, float] = defaultdict(float)
    for name, ns, _ in rows:
        groups[name.partition(".")[0]] += ns
    return sorted(groups.items(), key=lambda row: -row[1])


def main() -> None:
    """Profile, and print two tables: by mechanism, and by method."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", default="duel", help="name or path (default: duel)")
    parser.add_argument("--customers", type=int, default=100_000, help="customers (default: 100000)")
    parser.add_argument("--months", type=int, default=12, help="months (default: 12)")
    parser.add_argument("--json", metavar="FILE", help="also write the figures to a file")
    options = parser.parse_args()
    rows = profile(options.scenario, options.customers, options.months)
    total = sum(ns for _, ns, _ in rows)
    print(f"{options.scenario}, {options.customers:,} customers, {options.months} months, 1 thread: {total:.0f} ns per customer-month\n")
    print(f"{'by mechanism':<36} {'ns':>8} {'share':>7}")
    for name, ns in grouped(rows):
        print(f"{name:<36} {ns:8.1f} {ns / total:7.1%}")
    print(f"\n{'by method':<36} {'ns':>8} {'share':>7} {'calls per block':>16}")
    for name, ns, calls in rows:
        print(f"{name:<36} {ns:8.1f} {ns / total:7.1%} {calls:16.1f}")
    if options.json:
        found = [{"part": name, "ns_per_customer_month": ns, "share": ns / total, "calls_per_block": calls} for name, ns, calls in rows]
        Path(options.json).write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
