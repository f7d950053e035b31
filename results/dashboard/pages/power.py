"""Power: which side has it in each market, since when, and who gets what of the joint surplus (Emerson 1962)."""

from typing import Any

import pandas as pd
from dash import Output, html

from results import names
from results.dashboard import chooser, parts
from results.dashboard import sources as known
from results.dashboard.controls import choice, chosen, panel
from results.dashboard.site import Site
from results.dashboard.view import View
from results.figures import power_over_time, power_regimes, surplus_split
from results.figures.power_regimes import REGIMES
from results.figures.six_markets import MARKETS
from results.intervals import interval
from results.labels import label
from results.language import say
from sim.units import PERIODS_PER_YEAR

ORDER = 3
DYADS = ("month", "firm", "market", "dyads", "marketed_leads", "parity", "marketer_leads", "negotiated", "agreed", "power_balance", "surplus_share")
NUMBERS = ("power_balance", "surplus_share", *REGIMES)


def title() -> str:
    """Return its name."""
    return say("Power")


def layout(view: View, site: Site) -> html.Div:
    """Return the page."""
    found = chooser.with_table(site, "dyad_months", "firm_months")
    if not found:
        return html.Div(parts.note(chooser.none()))
    markets = {key: names.capital(names.market(key)) for key in MARKETS}
    return html.Div(
        [panel(chooser.field(view, found), choice("market", say("Market"), markets, view.one("market", list(markets)))), html.Div(id="power-content")]
    )


def register(site: Site) -> None:
    """Declare its callbacks."""

    @site.callback(Output("power-content", "children"), chosen("run"), chosen("market"))
    def content(run: Any, market: Any) -> Any:
        source = chooser.one(site, run, "dyad_months", "firm_months")
        firms = known.strategies(site.library, source)
        place = str(market) if market in MARKETS else "customer"
        found = known.rows(site.library, source, "dyad_months", DYADS, where="market::VARCHAR = $market", values={"market": place})
        dyads = found.frame
        shown = [parts.figure(power_over_time.figure(dyads, firms, period=source.period, across=1))]
        shown += chooser.named(
            firms,
            lambda _, own: parts.figure(
                power_regimes.figure(dyads[dyads["firm"].isin(list(own))], own, market=place, period=source.period, across=1)
            ),
        )
        if (source.entry.place / "surplus_months").is_dir():
            shown += _surplus(site, source, firms)
        rows = _numbers(dyads, firms)
        heads = {"what": say("measure"), "strategy": say("strategy"), "mean": say("mean"), "low": say("from"), "high": say("to"),
                 "n": say("replications")}  # fmt: skip
        said = [parts.note(found.said)] if found.said else []
        return html.Div([*said, parts.grid(shown), html.H2(say("At the end of the run")), parts.table(rows, heads, "power-grid")])


def _surplus(site: Site, source: known.Source, firms: dict[str, str]) -> list[Any]:
    yearly = {str(period): count for period, count in PERIODS_PER_YEAR.items()}.get(source.period, 12.0)
    surplus = known.rows(site.library, source, "surplus_months", ("month", "firm", "party", "surplus", "share")).frame
    return chooser.named(
        firms, lambda _, own: parts.figure(surplus_split.figure(surplus[surplus["firm"].isin(list(own))], own, periods_per_year=yearly, across=1))
    )


def _numbers(dyads: pd.DataFrame, firms: dict[str, str]) -> pd.DataFrame:
    """Return power in the last month by strategy, means over its firms, with intervals over replications."""
    last = dyads[dyads["month"] == dyads["month"].max()]
    regimes = last[list(REGIMES)]
    last = last.assign(strategy=last["firm"].map(firms), **(100.0 * regimes.div(regimes.sum(axis="columns"), axis="index")))
    rows = []
    for what in NUMBERS:
        if what not in last or last[what].isna().all():
            continue
        text = f"{names.regime(what)} (%)" if what in REGIMES else label(what).text
        for strategy, part in last.groupby(["strategy", "replication"])[what].mean().groupby(level="strategy", sort=True):
            rows.append((text, names.strategy(str(strategy)), *interval(part)))
    return pd.DataFrame(rows, columns=["what", "strategy", "mean", "low", "high", "n"])
