"""What the command line does to forecast: it plays on, with and without the levers, keeps and says what comes out."""

import shlex
import sys
from pathlib import Path

import pandas as pd

from experiments import commands, runner
from experiments.forecast import words
from experiments.forecast.ahead import AS_IT_IS, OTHERWISE, Ahead, ahead, by_period, outcomes, read_levers, summary
from experiments.progress import shown
from results import manifest, sheet, show, store
from results.figures import holdout as drawn
from results.intervals import intervals
from results.language import say
from sim.scenario import Scenario


def forecast(scenario: Scenario, *, replications: int, months: int, levers: list[str], firm: str, out: str, force: bool) -> int:
    """Forecast, keep and show; return the exit code.

    Raises
    ------
    ScenarioError, StoreError
        If something asked for is not there, or results are; one sentence.
    """
    changed = read_levers(levers)
    what = ahead(scenario, months, changed, firm)
    place = Path(out) if out else commands.RUNS / f"forecast-{store.slug(scenario.name)}"
    asked = shlex.join(["python", "run.py", *sys.argv[1:]])
    try:
        with shown("forecast") as progress:
            done = runner.run_to(
                place, [what.as_it_is, *what.otherwise], replications=replications, force=force, progress=progress, command=asked,
            )  # fmt: skip
    except KeyboardInterrupt:
        print("stopped before a replication was finished; nothing is kept", file=sys.stderr)
        return commands.STOPPED
    if set(done.results.summary["scenario"]) != {one.name for one in (what.as_it_is, *what.otherwise)}:
        print(f"{done.status}: not every future was played; what was is kept in {done.place}", file=sys.stderr)
        return commands.STOPPED if done.status == "interrupted" else 1
    followed = by_period(done.results, what)
    found = summary(outcomes(followed, what), what)
    notes = manifest.embedded(done.results.manifest)
    store.write_table(done.place / "forecast.parquet", found, notes)
    store.write_table(done.place / "forecast_periods.parquet", followed, notes)
    sentences, limits = words.findings(found, what, changed), words.assumptions(changed)
    period = {"week": say("week"), "month": say("month"), "quarter": say("quarter"), "year": say("year")}[scenario.period]
    facts = done.results.manifest
    page = sheet.write(
        sheet.Sheet(
            title=say("Forecast: {title}", title=scenario.title or scenario.name),
            kind=say("{months} months ahead · {n} replications", months=months, n=replications),
            question=scenario.question, sentences=[*sentences, *limits],
            figures=[
                drawn.figure(
                    curves(followed, what), "mean", split=0.0, title=say("Purchases so far of the customers that there are now"),
                    x_title=say("{period}s from now", period=period), y_title=say("purchases since now"),
                    note=say("means of {n} replications; bands are 95 % intervals of the mean", n=replications), happened="", names=words.names(),
                )
            ],
            tables=[(say("What to expect"), words.table(found))],
            origin=[(say("command"), asked), *sheet.origin({key: facts[key] for key in ("relmarket", "model_sha256")})],
        ),
        done.place,
    )  # fmt: skip
    console = show.console()
    for sentence in [*sentences, "", *limits]:
        console.print(sentence, soft_wrap=True, markup=False)
    console.print(f"\nresults  {done.place}\npage     {page}", soft_wrap=True, markup=False)
    return {"finished": 0, "interrupted": commands.STOPPED}.get(done.status, 1)


def curves(followed: pd.DataFrame, what: Ahead) -> pd.DataFrame:
    """Return purchases since the end of the past, by period and future: means over replications with their intervals."""
    future = followed[followed["period"] > 0].sort_values("period")
    so_far = future.assign(so_far=future.groupby(["scenario", "replication"])["purchases"].cumsum())
    so_far["series"] = so_far["scenario"].map({what.as_it_is.name: AS_IT_IS} | {one.name: OTHERWISE for one in what.otherwise})
    return intervals(so_far, ["series", "period"], "so_far")
