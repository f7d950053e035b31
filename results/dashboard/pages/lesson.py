"""Lesson: a scenario's question; the reader predicts, then sees what is measured, what to notice, and what to try next."""

import secrets
from math import isfinite
from typing import Any

import pandas as pd
from dash import Input, Output, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from results.dashboard import parts
from results.dashboard.controls import choice, chosen, control, panel
from results.dashboard.library import Entry
from results.dashboard.live import measured
from results.dashboard.live.desk import Full, Session
from results.dashboard.live.lesson import CUSTOMERS, REPLICATIONS, Answer
from results.dashboard.live.market import Pause
from results.dashboard.live.setting import playable, scenario_title, shipped
from results.dashboard.live.shared import button, desk, full, problem, progress, text_of
from results.dashboard.live.work import FINISHED, RUNNING
from results.dashboard.site import Site
from results.dashboard.view import View
from results.figures import over_time
from results.language import current, say
from sim.scenario import Scenario, Texts

ORDER = 22
SHOWN = ("cumulative_profit", "market_share", "churn_rate", "trust")
BUSY, IDLE = 500, 8_000
"""Milliseconds between two looks while the answer is measured, and else."""


def title() -> str:
    """Return its name."""
    return say("Lesson")


def layout(view: View, _site: Site) -> html.Div:
    """Return the page."""
    titles = {name: scenario_title(name) for name in playable()}
    return html.Div(
        [
            parts.note(say("First predict, then look: a guess that was wrong teaches more than an answer that was read.")),
            panel(choice("scenario", say("Scenario"), titles, view.one("scenario", playable(), "duel"))),
            html.Div(id="lesson-asks"),
            html.Div(
                [
                    button("lesson-reveal", say("Reveal what is measured"), plain=False), button("lesson-stop", say("Stop"), disabled=True),
                ],
                className="buttons",
            ),
            html.Div(id="lesson-state"), html.Div(id="lesson-told"),
            dcc.Store(id="lesson-token", storage_type="session"), dcc.Store(id="lesson-seen"), dcc.Store(id="lesson-poke"),
            dcc.Interval(id="lesson-beat", interval=IDLE),
        ]
    )  # fmt: skip


def register(site: Site) -> None:
    """Declare its callbacks."""
    office = desk(site)

    @site.callback(Output("lesson-asks", "children"), chosen("scenario"))
    def ask(name: Any) -> Any:
        return _question(name if name in playable() else "duel")

    @site.callback(
        (Output("lesson-token", "data"), Output("lesson-poke", "data"), Output("notice", "children", allow_duplicate=True)),
        Input("lesson-reveal", "n_clicks"), Input("lesson-stop", "n_clicks"), State("lesson-token", "data"), State(control("scenario"), "value"),
        State("lesson-earns", "value"), State("lesson-keeps", "value"), State("lesson-sells", "value"), prevent_initial_call=True,
    )  # fmt: skip
    def press(_reveal: Any, _stop: Any, token: Any, name: Any, earns: Any, keeps: Any, sells: Any) -> Any:
        if not any(event["value"] for event in ctx.triggered) or name not in playable():
            raise PreventUpdate
        poke = secrets.token_hex(4)
        if ctx.triggered_id == "lesson-stop":
            office.tell(text_of(token), Pause())
            return no_update, poke, ""
        guess = _checked(shipped(name), earns, keeps, sells)
        if guess is None:
            return no_update, no_update, parts.warning(say("Make all three guesses first; a wild one will do."))
        stored, base, about = _stored(site, name), shipped(name), {"name": name, "guess": guess}
        try:
            if stored:
                return office.settle(text_of(token), stored=stored, **about), poke, ""
            small = base.but(customers=min(CUSTOMERS, base.customers))
            return office.begin(Answer(small, REPLICATIONS), text_of(token), stored="", **about), poke, ""
        except Full:
            return no_update, poke, parts.warning(full())

    @site.callback(
        (
            Output("lesson-state", "children"), Output("lesson-told", "children"), Output("lesson-seen", "data"), Output("lesson-beat", "interval"),
            Output("lesson-stop", "disabled"),
        ),
        Input("lesson-beat", "n_intervals"), Input("lesson-poke", "data"), Input("lesson-token", "data"), chosen("scenario"),
        State("lesson-seen", "data"),
        running=[(Output("lesson-beat", "disabled"), True, False)],  # a look that takes long is not overtaken by the next
    )  # fmt: skip
    def look(_beats: Any, _poke: Any, token: Any, name: Any, seen: Any) -> Any:
        session = office.look(text_of(token))
        is_here = session is not None and session.kept.get("name") == name
        now: list[Any] = ["none", name] if session is None or not is_here else [session.number, session.state, session.done]
        if now == seen:
            raise PreventUpdate
        if session is None or not is_here:
            return "", "", now, IDLE, True
        is_running, wrong = session.state == RUNNING, problem(session)
        text = _how_far(session) if is_running else ""
        state = parts.warning(wrong) if wrong else progress(session, text) if is_running else ""
        told = _told(site, session) if session.state == FINISHED else ""
        return state, told, now, BUSY if is_running else IDLE, not is_running


def _how_far(session: Session) -> str:
    if not session.total:
        return say("The market is being set up …")
    return say("Measuring: {done} of {total} months of the market", done=session.done, total=session.total)


def _text(scenario: Scenario, which: str) -> str:
    """Return one of a scenario's texts in the reader's language."""
    known: Texts | Scenario = scenario.chinese if current() == "zh" else scenario
    return str(getattr(known, which) or getattr(scenario, which))


def _question(name: str) -> list[Any]:
    """Return the question and the guesses; what was guessed before is remembered by the browser until its tab is closed."""
    scenario = shipped(name)
    groups = measured.groups(scenario)
    options = [{"value": key, "label": text} for key, text in groups.items()]
    about = {"persistence": name, "persistence_type": "session"}

    def one(key: str, asked: str) -> html.Fieldset:
        return html.Fieldset(
            [html.Legend(asked), dcc.RadioItems(id=f"lesson-{key}", options=options, className="switch", **about)], className="guesses"
        )

    asked = say("What share of all sales, in per cent, do {who} make in the last year?", who=groups[measured.told_of(scenario)])
    typed = dcc.Input(id="lesson-sells", type="number", min=0, max=100, step=1, inputMode="numeric", **about)
    return [
        html.P(_text(scenario, "question"), className="question"),
        html.H2(say("Your prediction")),
        one("earns", say("Who has earned most, per firm, at the end of {n} months?", n=scenario.months)),
        one("keeps", say("Whose customers leave least, in the last year?")),
        html.Fieldset([html.Legend(asked), html.Div(typed, className="field")], className="guesses"),
    ]


def _checked(scenario: Scenario, earns: Any, keeps: Any, sells: Any) -> tuple[str, str, float] | None:
    """Return the guesses, or none where one is missing or is not among what could be guessed."""
    known = list(measured.groups(scenario))  # a list: what a browser sends need not be hashable
    if earns not in known or keeps not in known or isinstance(sells, bool) or not isinstance(sells, int | float):
        return None
    return (str(earns), str(keeps), float(sells)) if isfinite(sells) and 0 <= sells <= 100 else None


def _stored(site: Site, name: str) -> str:
    """Return a stored run of a shipped scenario, whole and with replications enough for an interval; empty where there is none."""
    whole = shipped(name).model_dump(mode="json")
    for key, entry in site.library.entries("run").items():
        if entry.scenarios.get(name) == whole and int(entry.facts.get("replications", 0)) > 1:
            return key
    return ""


def _told(site: Site, session: Session) -> list[Any]:
    """Return what was measured beside what was guessed, what to notice, and what to try."""
    name = session.kept["name"]
    scenario = shipped(name)
    earns, keeps, sells = session.kept["guess"]
    if session.kept["stored"]:
        entry: Entry = site.library.entry(session.kept["stored"], "run")
        months = site.library.frame(entry, "firm_months", (), where="scenario = $name", values={"name": name})
        source = say("Measured in the stored run {name}.", name=entry.name)
    elif session.rows:
        months = pd.concat(session.rows, ignore_index=True)
        size = min(CUSTOMERS, scenario.customers)
        source = say("Measured on {n} customers, {k} times over, on different luck.", n=f"{size:,}", k=len(session.rows))
    else:
        return [parts.note(say("Stopped before anything was measured."))]
    called, found = measured.groups(scenario), measured.measured(months, scenario)
    verdicts = [
        measured.verdict("earns", earns, found["earns"], called),
        measured.verdict("keeps", keeps, found["keeps"], called),
        measured.share(sells, found["sells"], measured.told_of(scenario), called),
    ]
    titles = [say("Who earns most"), say("Whose customers leave least"), say("Who sells how much")]
    by = "strategy" if len({firm.strategy.kind for firm in scenario.firms}) > 1 else "firm"
    moving = [measure for measure in SHOWN if months[measure].min() < months[measure].max()]  # trust stands still where its mechanism is switched off
    figures = [parts.figure(over_time.figure(months, [measure], group=by, period=str(scenario.period), across=1)) for measure in moving]
    rows = [html.Li([html.Strong(head), ": ", html.Span(one.said)], className=one.how) for head, one in zip(titles, verdicts, strict=True)]
    return [
        html.H2(say("Your guess and what is measured")), html.Ul(rows, className="verdicts"), parts.note(source), parts.grid(figures),
        html.H2(say("To notice")), html.P(_text(scenario, "notice")), html.H2(say("To try")), html.P(_text(scenario, "attempt")),
        html.P(dcc.Link(say("Play this market live"), href=View("live", current(), {"scenario": (name,)}).address())),
    ]  # fmt: skip
