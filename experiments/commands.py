"""What the command line does, command by command: it asks, runs, keeps and shows."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import scenarios
from experiments import runner
from experiments.comparison import on_one_seed
from experiments.progress import shown
from results import differences, manifest, show, store, tables
from results.frames import Results
from sim.scenario import Scenario
from sim.units import PERIODS_PER_YEAR

RUNS = Path("results/runs")
"""Where runs go by default, below the current directory."""
DEMO = "duel"
QUICK = {"customers": 2_000, "months": 36}
"""What ``demo --quick`` changes, to be over in seconds."""
STOPPED = 130
"""Exit code after Ctrl-C."""


def changed(scenario: Scenario, options: Mapping[str, int | None], sets: Sequence[str]) -> Scenario:
    """Return a scenario with the options and the ``path=value`` pairs of the command line put in.

    Raises
    ------
    ScenarioError
        If a pair is no pair, a path leads nowhere or a value is not allowed.
    """
    changes: dict[str, Any] = {key: value for key, value in options.items() if value is not None}
    for pair in sets:
        path, equals, value = pair.partition("=")
        if not equals or not path.strip():
            raise scenarios.ScenarioError(f"--set {pair}: needs the form path=value, such as firms.0.price=1.1")
        changes[path.strip()] = value.strip()
    return scenarios.override(scenario, changes) if changes else scenario


def demo(*, quick: bool) -> int:
    """Run the main example and show it; return the exit code."""
    scenario = scenarios.load(DEMO)
    if quick:
        scenario = scenarios.override(scenario, QUICK)
    return carry_out([scenario], replications=2 if quick else 5, place=RUNS / "demo", force=True, what="demo")


def carry_out(
    listed: Sequence[Scenario], *, replications: int, place: Path, force: bool, what: str, threads: int = 1, workers: int = runner.AS_PAYS
) -> int:
    """Run scenarios, keep the results with their page, print the tables and say where everything is; return the exit code."""
    command = shlex.join(["python", "run.py", *sys.argv[1:]])
    try:
        with shown(what) as progress:
            done = runner.run_to(
                place, listed, replications=replications, workers=workers, threads=threads, force=force, progress=progress, command=command
            )
    except KeyboardInterrupt:
        print("stopped before a replication was finished; nothing is kept", file=sys.stderr)
        return STOPPED
    from results.report import write

    written = write(done.results, done.place)
    if len(listed) > 1:
        store.write_table(done.place / "differences.parquet", differences.paired(done.results), manifest.embedded(done.results.manifest))
    report(done.results)
    show.kept(written, results=done.place)
    if done.status != "finished":
        planned = replications * len(listed)
        print(f"{done.status}: {done.results.finished} of {planned} replications were finished and are kept in {done.place}", file=sys.stderr)
    return {"finished": 0, "interrupted": STOPPED}.get(done.status, 1)


def report(results: Results) -> None:
    """Print the tables of a run."""
    out = show.console()
    for scenario in results.scenarios:
        part = results.of(scenario["name"])
        out.print(f"\n{scenario['title'] or scenario['name']}", style="bold", markup=False)
        if not len(part.summary):
            out.print("no replication of it was finished", markup=False)
            continue
        out.print(show.milestones(tables.milestones(part.firm_months, PERIODS_PER_YEAR[scenario["period"]]), scenario["period"]))
        out.print(tables.crossing(part.firm_months, scenario["period"]).sentence(), markup=False)
    if len(results.scenarios) > 1:
        out.print(show.differences(differences.paired(results)))


def run(scenario: Scenario, *, replications: int, threads: int, out: str, force: bool) -> int:
    """Run one scenario; return the exit code."""
    place = Path(out) if out else RUNS / store.slug(scenario.name)
    return carry_out([scenario], replications=replications, place=place, force=force, what=scenario.name, threads=threads)


def compare(listed: Sequence[Scenario], *, replications: int, out: str, force: bool) -> int:
    """Run scenarios on the same seeds and print their paired differences; return the exit code."""
    together = on_one_seed(listed)
    place = Path(out) if out else RUNS / "-vs-".join(store.slug(scenario.name) for scenario in together)
    return carry_out(together, replications=replications, place=place, force=force, what="compare")


def check(files: Sequence[str]) -> int:
    """Check scenario files; return 0 if all are fine, 1 if not.

    Raises
    ------
    ScenarioError
        If a file is not there.
    """
    missing = [file for file in files if file not in scenarios.names() and not Path(file).exists()]
    if missing:
        raise scenarios.ScenarioError(*(f"{file}: there is no such file" for file in missing))
    failed = 0
    for file in files:
        problems = scenarios.check(file)
        failed += bool(problems)
        for problem in problems:
            print(problem, file=sys.stderr)
        if not problems:
            print(f"{file}: fine")
    return 1 if failed else 0
