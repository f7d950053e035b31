"""Cohorts and lifetime value: who stays, how long, what they are worth and what it costs to win and keep them."""

from typing import Any

import pandas as pd
from dash import Output, html

from results import names, survival
from results.dashboard import chooser, parts
from results.dashboard import sources as known
from results.dashboard.controls import chosen, panel, switch
from results.dashboard.site import Site
from results.dashboard.sources import Source
from results.dashboard.view import View
from results.figures import acquisition_retention, cohort_retention, lifetime_value, over_time
from results.figures import survival as drawn_survival
from results.intervals import interval
from results.labels import label
from results.language import say
from sim.units import PERIODS_PER_YEAR

ORDER = 2
WORTH = ("clv_realised", "clv_expected", "customer_equity")
COHORTS = ("firm", "acquired_in", "age", "size", "customers")
PAID = ("month", "firm", "strategy", "customers", "profit", "acquired", "won_back", "cost_acquisition", "cost_retention", *WORTH)


def title() -> str:
    """Return its name."""
    return say("Cohorts and lifetime value")


def _shows() -> dict[str, str]:
    return {"stay": say("who stays"), "worth": say("what customers are worth"), "cost": say("what it costs to win and keep them")}


def layout(view: View, site: Site) -> html.Div:
    """Return the page."""
    found = chooser.with_table(site, "cohorts", "firm_months")
    if not found:
        return html.Div(parts.note(chooser.none()))
    shows = _shows()
    return html.Div(
        [panel(chooser.field(view, found), switch("show", say("Show"), shows, view.one("show", list(shows)))), html.Div(id="cohorts-content")]
    )


def register(site: Site) -> None:
    """Declare its callbacks."""

    @site.callback(Output("cohorts-content", "children"), chosen("run"), chosen("show"))
    def content(run: Any, show: Any) -> Any:
        source = chooser.one(site, run, "cohorts", "firm_months")
        return {"worth": _worth, "cost": _cost}.get(str(show), _stay)(site, source)


def _year(source: Source) -> float:
    return {str(period): count for period, count in PERIODS_PER_YEAR.items()}.get(source.period, 12.0)


def _stay(site: Site, source: Source) -> html.Div:
    firms = known.strategies(site.library, source)
    found = known.rows(site.library, source, "cohorts", COHORTS)
    cohorts = found.frame
    shown = []
    if (cohorts["age"] > 0).any() and (cohorts["acquired_in"] > 0).any():
        shown.append(parts.figure(drawn_survival.figure(cohorts, firms, period=source.period)))
    shown += chooser.named(
        firms, lambda _, own: parts.figure(cohort_retention.figure(cohorts[cohorts["firm"].isin(list(own))], own, period=source.period, across=1))
    )
    rows = _survivors(cohorts, firms, round(_year(source)))
    heads = {"strategy": say("strategy"), "age": say("age ({periods})", periods=names.periods(source.period)), "mean": say("live on (%)"),
             "low": say("from"), "high": say("to"), "n": say("replications")}  # fmt: skip
    return html.Div([*([parts.note(found.said)] if found.said else []), parts.grid(shown), parts.table(rows, heads, "cohorts-grid")])


def _survivors(cohorts: pd.DataFrame, firms: dict[str, str], year: int) -> pd.DataFrame:
    """Return the share of relations that live on at each full year of age, in per cent, with intervals over replications."""
    curves = survival.survival(cohorts, firms)
    ages = curves[(curves["age"] % year == 0) | (curves["age"] == curves["age"].max())]
    rows = []
    for (strategy, age), part in ages.groupby(["strategy", "age"], sort=True):
        mean, low, high, n = interval(part["survival"])
        rows.append((names.strategy(str(strategy)), int(age), 100 * mean, 100 * low, 100 * high, n))
    return pd.DataFrame(rows, columns=["strategy", "age", "mean", "low", "high", "n"])


def _worth(site: Site, source: Source) -> html.Div:
    firms = known.strategies(site.library, source)
    months = known.rows(site.library, source, "firm_months", PAID)
    shown = [parts.figure(over_time.figure(months.frame, [name], period=source.period, across=1)) for name in WORTH]
    said = months.said
    if (source.entry.place / "customers").is_dir():
        people = known.rows(site.library, source, "customers", ("customer", "firm", "value", "purchases"))
        said = said or people.said
        shown.append(parts.figure(lifetime_value.figure(people.frame, firms, across=1)))
    return html.Div([*([parts.note(said)] if said else []), parts.grid(shown), *_at_the_end(months.frame, WORTH)])


def _cost(site: Site, source: Source) -> html.Div:
    months = known.rows(site.library, source, "firm_months", PAID)
    per_year = _year(source)
    kinds = sorted(months.frame["strategy"].unique())
    shown = [
        parts.figure(acquisition_retention.figure(months.frame[months.frame["strategy"] == kind], periods_per_year=per_year, across=1))
        for kind in kinds
    ]
    return html.Div([*([parts.note(months.said)] if months.said else []), parts.grid(shown)])


def _at_the_end(months: pd.DataFrame, measures: tuple[str, ...]) -> list[Any]:
    """Return a table of measures in the last month, by strategy."""
    from results import tables

    last = tables.by_group(months[months["month"] == months["month"].max()])
    rows = []
    for measure in measures:
        for strategy, part in last.groupby("strategy", sort=True):
            rows.append((label(measure).text, names.strategy(str(strategy)), *interval(part[measure])))
    heads = {"measure": say("measure"), "strategy": say("strategy"), "mean": say("mean"), "low": say("from"), "high": say("to"),
             "n": say("replications")}  # fmt: skip
    return [html.H2(say("At the end of the run")), parts.table(pd.DataFrame(rows, columns=list(heads)), heads, "cohorts-grid")]
