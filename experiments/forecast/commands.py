"""What the command line does to forecast: it plays on, with and without the levers, keeps and says what comes out."""

import shlex
import sys
from pathlib import Path

import pandas as pd

from experiments import commands, runner
from experiments.forecast import words
from experiments.forecast.ahead import FUTURE, ahead, by_period, outcomes, read_levers, summary
from experiments.forecast.spread import spread
from experiments.parameter_sets import Beside
from experiments.progress import shown
from results import manifest, sheet, show, store
from results.figures import holdout as drawn
from results.language import either, say
from sim.scenario import Scenario


def forecast(scenario: Scenario, *, replications: int, months: int, levers: list[str], firm: str, out: str, force: bool, sets: Beside) -> int:
    """Forecast, keep and show; return the exit code.

    Parameters
    ----------
    scenario : Scenario
        The past.
    replications, months : int
        Futures at least, and how far to look ahead.
    levers : list of str
        ``NAME=VALUE`` each.
    firm, out : str
        Whose customers are followed, and where results go; empty for the usual.
    force : bool
        Replace results that are there already.
    sets : Beside
        Sets of parameters that data leave open.

    Raises
    ------
    ScenarioError, StoreError
        If something asked for is not there, or results are; one sentence.
    """
    changed = read_levers(levers)
    what = ahead(scenario, months, changed, firm, replications=replications, draws=sets.draws)
    place = Path(out) if out else commands.RUNS / f"forecast-{store.slug(scenario.name)}"
    asked = shlex.join(["python", "run.py", *sys.argv[1:]])
    try:
        with shown("forecast") as progress:
            done = runner.run_to(
                place, what.scenarios, replications=what.each, force=force, progress=progress, command=asked,
            )  # fmt: skip
    except KeyboardInterrupt:
        print("stopped before a replication was finished; nothing is kept", file=sys.stderr)
        return commands.STOPPED
    if len(done.results.summary[["scenario", "replication"]].drop_duplicates()) != what.each * len(what.scenarios):
        print(f"{done.status}: not every future was played; what was is kept in {done.place}", file=sys.stderr)
        return commands.STOPPED if done.status == "interrupted" else 1
    followed = by_period(done.results, what)
    found = summary(outcomes(followed, what))
    notes = manifest.embedded(done.results.manifest)
    store.write_table(done.place / "forecast.parquet", found, notes)
    store.write_table(done.place / "forecast_periods.parquet", followed, notes)
    sentences, limits = words.findings(found, what, changed), words.assumptions(what, changed, sets.note)
    period = {"week": say("week"), "month": say("month"), "quarter": say("quarter"), "year": say("year")}[scenario.period]
    n = what.each * len(what.as_it_is)
    page = sheet.write(
        sheet.Sheet(
            title=say("Forecast: {title}", title=either(scenario.title, scenario.chinese.title) or scenario.name),
            kind=say("{months} months ahead · {n} replications", months=months, n=n),
            question=either(scenario.question, scenario.chinese.question), sentences=[*sentences, *limits],
            figures=[
                drawn.figure(
                    curves(followed), "mean", split=0.0, title=say("Purchases so far of the customers that there are now"),
                    x_title=say("{period}s from now", period=period), y_title=say("purchases since now"),
                    note=say("means of {n} futures; bands are 95 % intervals of a single one", n=n), happened="", names=words.names(),
                )
            ],
            tables=[(say("What to expect"), words.table(found))],
            origin=sheet.origin(done.results.manifest),
        ),
        done.place,
    )  # fmt: skip
    console = show.console()
    for sentence in [*sentences, "", *limits]:
        console.print(sentence, soft_wrap=True, markup=False)
    show.kept(page, results=done.place)
    return {"finished": 0, "interrupted": commands.STOPPED}.get(done.status, 1)


def curves(followed: pd.DataFrame) -> pd.DataFrame:
    """Return purchases since the end of the past, by period and future: means with the intervals of a single future."""
    future = followed[followed["period"] > 0]
    so_far = future.assign(so_far=future.groupby(FUTURE)["purchases"].cumsum())
    rows = []
    for (series, period), part in so_far.groupby(["future", "period"]):
        by_set = part.pivot_table(index="set", columns="replication", values="so_far").to_numpy(float)
        rows.append({"series": series, "period": period, **vars(spread(by_set))})
    return pd.DataFrame(rows)
