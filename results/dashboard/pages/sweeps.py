"""Sweeps: every point in parallel coordinates, which parameters matter, who wins where; also while a sweep runs."""

from math import isnan
from typing import Any

import pandas as pd
from dash import Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from results import names
from results.dashboard import parts, sweeps
from results.dashboard.controls import choice, chosen, control, panel
from results.dashboard.figures import parallel
from results.dashboard.library import Entry
from results.dashboard.site import Site
from results.dashboard.view import View
from results.figures import phase_diagram
from results.figures import sensitivity as drawn_sensitivity
from results.labels import label
from results.language import say
from results.store import StoreError
from results.told import told

ORDER = 5
AGAIN = 4_000
"""Milliseconds after which a sweep that runs is looked at again."""
USUAL = ("total_profit", "market_share")


def title() -> str:
    """Return its name."""
    return say("Sweeps")


def layout(view: View, site: Site) -> html.Div:
    """Return the page."""
    found = site.library.entries("sweep", "map")
    if not found:
        return html.Div(parts.note(say("There are no sweeps here yet. `python run.py sweep quick` makes one; it can be watched here while it runs.")))
    options = {name: f"{name} ({say('map')})" if entry.kind == "map" else name for name, entry in found.items()}
    name = view.one("sweep", list(options))
    measures, strategies = _options(site, found[name])
    return html.Div(
        [
            panel(
                choice("sweep", say("Sweep or map"), options, name),
                choice("measure", say("Measure"), measures, view.one("measure", list(measures))),
                choice("who", say("Firms"), strategies, view.one("who", list(strategies))),
            ),
            dcc.Interval(id="sweeps-again", interval=AGAIN, max_intervals=-1 if found[name].is_running else 0),
            dcc.Store(id="sweeps-seen"),
            html.Div(id="sweeps-content"),
            html.Button(say("Download as CSV"), id="sweeps-download", n_clicks=0, className="plain"),
            dcc.Download(id="sweeps-file"),
        ]
    )


def called(measure: str) -> str:
    """Return what a column of the summary is called: totals and means by the measure that they are of."""
    if measure.startswith("total_"):
        return say("{measure}, total", measure=label(measure.removeprefix("total_")).text)
    if measure.startswith("mean_"):
        return say("{measure}, mean", measure=label(measure.removeprefix("mean_")).text)
    return label(measure).text


def _options(site: Site, entry: Entry) -> tuple[dict[str, str], dict[str, str]]:
    """Return measures and strategies of a sweep as options; none for a map, or where nothing is stored yet."""
    everyone = {sweeps.ALL: say("all firms")}
    if entry.kind == "map":
        return {"": say("that of the map")}, everyone
    try:
        found = sweeps.summary(site.library, entry)
    except StoreError:
        return {"": "–"}, everyone
    listed = [*[name for name in USUAL if name in found.measures], *[name for name in found.measures if name not in USUAL]]
    return {name: called(name) for name in listed}, everyone | {kind: names.strategy(kind) for kind in found.strategies}


def register(site: Site) -> None:
    """Declare its callbacks."""

    @site.callback(
        [Output(control("measure"), "options"), Output(control("measure"), "value"), Output(control("who"), "options"),
         Output(control("who"), "value")],
        chosen("sweep"), Input("sweeps-seen", "data"), State(control("measure"), "value"), State(control("who"), "value"),
        prevent_initial_call=True,
    )  # fmt: skip
    def within(sweep: Any, _seen: Any, measure: Any, who: Any) -> Any:
        if ctx.triggered_id == "sweeps-seen" and measure:
            raise PreventUpdate  # only a sweep of which nothing was stored yet gets its measures later
        entry = site.library.entry(str(sweep), "sweep", "map")
        measures, strategies = _options(site, entry)
        given = [[{"value": value, "label": text} for value, text in options.items()] for options in (measures, strategies)]
        return [given[0], measure if measure in measures else next(iter(measures)), given[1], who if who in strategies else sweeps.ALL]

    @site.callback(
        [Output("sweeps-content", "children"), Output("sweeps-seen", "data"), Output("sweeps-again", "max_intervals")],
        chosen("sweep"), chosen("measure"), chosen("who"), Input("sweeps-again", "n_intervals"), State("sweeps-seen", "data"),
        running=[(Output("sweeps-again", "disabled"), True, False)],  # a look that takes long is not overtaken by the next
    )  # fmt: skip
    def content(sweep: Any, measure: Any, who: Any, _again: Any, seen: Any) -> Any:
        entry = site.library.entry(str(sweep), "sweep", "map")
        shown, now = _content(site, entry, measure, who, seen)
        return shown, now, -1 if entry.is_running else 0

    @site.callback(
        Output("sweeps-file", "data"), Input("sweeps-download", "n_clicks"), State(control("sweep"), "value"), State(control("measure"), "value"),
        State(control("who"), "value"), prevent_initial_call=True,
    )  # fmt: skip
    def download(clicks: int, sweep: Any, measure: Any, who: Any) -> Any:
        if not clicks:
            raise PreventUpdate
        entry = site.library.entry(str(sweep), "sweep", "map")
        if entry.kind == "map":
            return parts.csv(sweeps.plane(site.library, entry)[0], "map.csv")
        found = sweeps.summary(site.library, entry)
        return parts.csv(found.points(*_asked(found, measure, who)), "sweep.csv")


def _content(site: Site, entry: Entry, measure: Any, who: Any, seen: Any) -> tuple[Any, list[Any]]:
    """Return what the page shows, and what a reader has seen then; what has been seen already is not drawn anew.

    Raises
    ------
    PreventUpdate
        If nothing is new.
    """
    now: list[Any] = [entry.name, measure, who, entry.is_running]
    if entry.kind == "map":
        return _map(site, entry), now
    try:
        found = sweeps.summary(site.library, entry)
    except StoreError as problem:
        return parts.warning(str(problem)), now
    now.append(found.done)
    if now == seen:
        raise PreventUpdate
    return _sweep(site, found, *_asked(found, measure, who)), now


def _asked(found: sweeps.Summary, measure: Any, who: Any) -> tuple[str, str]:
    """Return a measure and a strategy that the sweep has."""
    known = next((name for name in USUAL if name in found.measures), found.measures[0])
    return str(measure) if measure in found.measures else known, str(who) if who in found.strategies else sweeps.ALL


def _sweep(site: Site, found: sweeps.Summary, measure: str, who: str) -> html.Div:
    study = found.entry.facts.get("study", {})
    points = found.points(measure, who)
    far = say("{done} of {runs} runs are stored.", done=f"{found.done:,}", runs=f"{found.runs:,}")
    state = f"{far} {say('The sweep is running, or was stopped; this page follows it.')}" if found.entry.is_running else far
    shown: list[Any] = [html.P(told(str(study.get("question", ""))), className="question"), parts.note(state)]
    if found.done < found.runs:
        shown.append(html.Progress(value=str(found.done), max=str(found.runs), **{"aria-label": far}))
    text = say("all firms") if who == sweeps.ALL else names.strategy(who)
    drawn = parallel.figure(points, found.factors, measure, text, called(measure))
    shown.append(html.Div(parts.figure(drawn), className="broad"))
    if sweeps.has(found.entry, sweeps.INDICES):
        shown += _sensitivity(site, found, measure)
    heads = {"point": say("point"), **{name: name for name in found.factors}, "mean": called(measure), "low": say("from"), "high": say("to"),
             "n": say("replications")}  # fmt: skip
    return html.Div([*shown, html.H2(say("In numbers")), parts.table(points, heads, "sweeps-grid")])


def _sensitivity(site: Site, found: sweeps.Summary, measure: str) -> list[Any]:
    """Return the figures of a measure's sensitivity indices, one for each method and group of firms."""
    indices = sweeps.indices(site.library, found.entry)
    here = indices[indices["measure"] == measure]
    drawn = []
    for _, part in here.groupby(["scenario", "method", "who"], sort=False):
        strongest = part[part["index"].isin(("mu_star", "total", "prcc"))].assign(size=lambda rows: rows["value"].abs())
        factors = list(strongest.sort_values("size", ascending=False)["factor"])
        luck = float(part["luck"].iloc[0])
        replications = int(found.entry.facts.get("study", {}).get("replications", 1))
        drawn.append(parts.figure(drawn_sensitivity.figure(part, factors, replications=replications, noise=luck)))
    title = html.H2(say("What matters"))
    if not drawn:
        there = ", ".join(called(str(name)) for name in indices["measure"].unique())
        return [title, parts.note(say("The sensitivity analysis looked at {measures}; choose one of them.", measures=there))]
    return [title, parts.grid(drawn)]


def _map(site: Site, entry: Entry) -> html.Div:
    points, x, y, measure, logarithmic = sweeps.plane(site.library, entry)
    drawn = phase_diagram.figure(points, x, y, measure=measure, logarithmic=logarithmic)
    heads = {x: x, y: y, "winner": say("winner"), "second": say("second"), "margin": say("margin"), "low": say("from"), "high": say("to"),
             "probability": say("probability"), "n": say("replications")}  # fmt: skip
    rows = points.assign(**{name: [names.strategy(str(kind)) for kind in points[name]] for name in ("winner", "second") if name in points})
    there: dict[str, str] = {name: text for name, text in heads.items() if name in rows and not _is_empty(rows[name])}
    return html.Div([html.Div(parts.figure(drawn), className="broad"), html.H2(say("In numbers")), parts.table(rows, there, "sweeps-grid")])


def _is_empty(values: pd.Series) -> bool:
    return all(isinstance(value, float) and isnan(value) for value in values)
