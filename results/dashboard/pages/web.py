"""Six markets: the web of relations around the firms; a click on a party opens the history of its dyad (Christopher et al. 1991)."""

from typing import Any

import pandas as pd
from dash import ALL, Input, Output, ctx, html
from dash.exceptions import PreventUpdate

from results import names
from results.dashboard import chooser, parts
from results.dashboard import sources as known
from results.dashboard.controls import choice, chosen, control, panel, slider
from results.dashboard.figures import history
from results.dashboard.site import Site
from results.dashboard.sources import Source
from results.dashboard.view import View
from results.figures import relations_web
from results.figures.six_markets import MARKETS
from results.language import say

ORDER = 4
DYADS = ("month", "firm", "market", "dyads", *history.WHAT)


def title() -> str:
    """Return its name."""
    return say("Six markets")


def layout(view: View, site: Site) -> html.Div:
    """Return the page."""
    found = chooser.with_table(site, "dyad_months", "firm_months")
    if not found:
        return html.Div(parts.note(chooser.none()))
    run = chooser.one(site, view.one("run", list(found)), "dyad_months", "firm_months")
    parties, months = _parties(site, run)
    asked = next(iter(view.state.get("at", ())), "")
    month = min(max(1, int(asked)), months) if asked.isdecimal() and len(asked) < 9 else months
    return html.Div(
        [
            panel(
                chooser.field(view, found),
                slider("at", say("Look at month"), 1, months, 1, month),
                choice("party", say("Dyad"), parties, view.one("party", list(parties))),
            ),
            parts.note(say("Click a party in the web, or choose a dyad above, to see its history below.")),
            html.Div(id="web-figures"),
            html.H2(say("History of the dyad"), id="web-history"),
            html.Div(id="web-dyad"),
        ]
    )


def _parties(site: Site, source: Source) -> tuple[dict[str, str], int]:
    """Return the dyads of a source as options, ``strategy|market``, and its last month."""
    firms = known.strategies(site.library, source)
    frame = site.library.kept(source.entry, "dyad_months", [*source.labels, "market", "month"])
    here = site.library.ask(f"SELECT market::VARCHAR AS market, max(month) AS last FROM t WHERE {source.where} GROUP BY ALL", source.asked, t=frame)
    there = [market for market in MARKETS if market in set(here["market"])]
    options = {f"{kind}|{market}": f"{names.strategy(kind)} – {names.market(market)}" for kind in chooser.kinds(firms) for market in there}
    return options, int(here["last"].max())


def register(site: Site) -> None:
    """Declare its callbacks."""

    @site.callback(
        [Output(control("party"), "options"), Output(control("at"), "max"), Output(control("at"), "value")],
        chosen("run"), prevent_initial_call=True,
    )  # fmt: skip
    def within(run: Any) -> Any:
        parties, months = _parties(site, chooser.one(site, run, "dyad_months", "firm_months"))
        return [[{"value": value, "label": text} for value, text in parties.items()], months, months]

    @site.callback(Output("web-figures", "children"), chosen("run"), chosen("at"))
    def web(run: Any, month: Any) -> Any:
        source, dyads, firms, said = _read(site, run)
        at = min(int(month), int(dyads["month"].max())) if isinstance(month, int | float) and month >= 1 else int(dyads["month"].max())
        drawn = parts.figure(relations_web.figure(dyads, firms, month=at, period=source.period), {"type": "web", "name": "relations"})
        # One figure, and so one scale of colours, for all strategies: on a telephone it is moved sideways instead of folded.
        drawn = html.Div(drawn, className="broad")
        return html.Div([*([parts.note(said)] if said else []), drawn])

    @site.callback(Output(control("party"), "value"), Input({"type": "web", "name": ALL}, "clickData"), prevent_initial_call=True)
    def clicked(_points: list[Any]) -> str:
        given = ctx.triggered[0]["value"] if ctx.triggered else None
        told = given["points"][0].get("customdata") if isinstance(given, dict) and given.get("points") else None
        if not isinstance(told, list) or len(told) < 2 or told[1] not in MARKETS:
            raise PreventUpdate
        return f"{told[0]}|{told[1]}"

    @site.callback(Output("web-dyad", "children"), chosen("run"), chosen("party"))
    def dyad(run: Any, party: Any) -> Any:
        source, dyads, firms, said = _read(site, run)
        kind, _, market = str(party).partition("|")
        part = dyads[(dyads["market"] == market) & (dyads["firm"].map(firms) == kind)]
        if not len(part):
            return parts.note(say("This run has no such dyad; choose another above."))
        table = history.table(part)
        drawn = [history.figure(table[table["what"] == what], what, kind, market, period=source.period) for what in table["what"].unique()]
        heads = {"month": names.period(source.period), **{what: history.called(what) for what in table["what"].unique()}}
        wide = table.pivot_table(index="month", columns="what", values="mean").reset_index().reindex(columns=list(heads))
        return html.Div(
            [*([parts.note(said)] if said else []), parts.grid([parts.figure(one) for one in drawn]), parts.table(wide, heads, "web-grid")]
        )


def _read(site: Site, run: Any) -> tuple[Source, pd.DataFrame, dict[str, str], str]:
    source = chooser.one(site, run, "dyad_months", "firm_months")
    found = known.rows(site.library, source, "dyad_months", DYADS)
    return source, found.frame, known.strategies(site.library, source), found.said
