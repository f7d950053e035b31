"""Live market: a market that readers play month by month, change between two months, and compare with another on the same luck."""

import secrets
from math import inf
from typing import Any

from dash import ALL, Input, Output, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from results.dashboard.controls import choice, choices, chosen, control, panel, switch
from results.dashboard.live import levers, stage
from results.dashboard.live.desk import Desk, Full, Session
from results.dashboard.live.market import Market, Move, Pause, Play
from results.dashboard.live.setting import ENTRIES, LUCKS, SIZES, Setting, playable, scenario_title, shipped
from results.dashboard.live.shared import button, desk, full, spoken, text_of
from results.dashboard.live.work import RUNNING
from results.dashboard.site import Site
from results.dashboard.view import View
from results.labels import label
from results.language import say
from sim.measures import measures

ORDER = 20
USUAL = ("cumulative_profit", "market_share", "churn_rate", "trust")
MOST = 6
"""Panels at most."""
RATES = {"2": 2.0, "10": 10.0, "full": inf}
BUTTONS = ("open", "step", "play", "end", "stop", "pin", "save")


def title() -> str:
    """Return its name."""
    return say("Live market")


def layout(view: View, _site: Site) -> html.Div:
    """Return the page."""
    name = view.one("scenario", playable(), "duel")
    scenarios = {key: scenario_title(key) for key in playable()}
    entries = {key: say("in month {month}", month=key) if key != "0" else say("none") for key in ENTRIES}
    rates = {"2": say("2 months a second"), "10": say("10 months a second"), "full": say("as fast as possible")}
    known = {key: label(key).text for key in measures()}
    return html.Div(
        [
            html.P(say("Play a market: choose it, open it, move levers whenever you like, and see what becomes of it."), className="note"),
            panel(
                choice("scenario", say("Scenario"), scenarios, name),
                html.Div(_firm_choice(name, view.one("firm", _places(name), "")), id="live-firms", className="field"),
                choice("customers", say("Customers"), {size: f"{int(size):,}" for size in SIZES}, view.one("customers", SIZES, "20000")),
                choice("entry", say("A newcomer who does as your firm does enters"), entries, view.one("entry", ENTRIES, "0")),
                choice("luck", say("Luck"), {luck: say("seed {n}", n=luck) for luck in LUCKS}, view.one("luck", LUCKS, "1")),
                switch("speed", say("Speed"), rates, view.one("speed", list(rates), "10")),
                choices("shown", say("Measures (at most {n})", n=MOST), known, view.many("shown", list(known), USUAL)[:MOST]),
            ),
            html.Div(
                [
                    button("live-open", say("Open the market"), plain=False), button("live-step", say("One step"), disabled=True),
                    button("live-play", say("Play"), disabled=True), button("live-end", say("To the end"), disabled=True),
                    button("live-stop", say("Stop"), disabled=True), button("live-pin", say("Pin this run"), disabled=True),
                    button("live-save", say("Save as scenario"), disabled=True),
                ],
                className="buttons", role="group", **spoken(say("Running the market")),
            ),
            html.Div(id="live-state"),
            html.Div(id="live-levers"),
            html.Div(id="live-table"),
            html.Div(id="live-figures", className="grid"),
            dcc.Store(id="live-token", storage_type="session"),
            dcc.Store(id="live-seen"),
            dcc.Store(id="live-poke"),
            dcc.Download(id="live-file"),
            dcc.Interval(id="live-beat", interval=stage.IDLE),
        ]
    )  # fmt: skip


def _places(name: str) -> list[str]:
    """Return the numbers of a scenario's firms; first that of a firm of relations, if there is one."""
    firms = shipped(name).firms
    return [str(place) for place in sorted(range(len(firms)), key=lambda place: firms[place].strategy.place <= 0.5)]


def _firm_choice(name: str, asked: str) -> Any:
    known = _places(name)
    firms = {place: shipped(name).firms[int(place)].name for place in sorted(known, key=int)}
    return choice("firm", say("Your firm: whose levers you move"), firms, asked if asked in firms else known[0])


def register(site: Site) -> None:
    """Declare its callbacks."""
    office = desk(site)

    @site.callback(Output("live-firms", "children"), chosen("scenario"), State(control("firm"), "value"), prevent_initial_call=True)
    def firms(name: Any, asked: Any) -> Any:
        return _firm_choice(name if name in playable() else "duel", str(asked))

    settings = [State(control(name), "value") for name in ("scenario", "customers", "entry", "luck", "firm", "speed")]

    @site.callback(
        (Output("live-token", "data"), Output("live-poke", "data"), Output("live-file", "data"), Output("notice", "children", allow_duplicate=True)),
        *[Input(f"live-{action}", "n_clicks") for action in BUTTONS], Input({"type": "live-apply", "n": ALL}, "n_clicks"),
        State("live-token", "data"), State({"type": "lever", "name": ALL}, "value"), State({"type": "lever", "name": ALL}, "id"), *settings,
        prevent_initial_call=True,
    )  # fmt: skip
    def press(*given: Any) -> Any:
        if not any(event["value"] for event in ctx.triggered):
            raise PreventUpdate  # a button that has only just been drawn
        token, values, ids, *asked = given[len(BUTTONS) + 1 :]
        action = "apply" if isinstance(ctx.triggered_id, dict) else str(ctx.triggered_id).removeprefix("live-")
        poke = secrets.token_hex(4)  # any other than before: the page looks at once
        try:
            kept, file = _do(office, action, text_of(token), list(zip(_names(ids), values, strict=False)), asked)
        except Full:
            return no_update, poke, no_update, html.P(full(), className="warning", role="alert")
        return kept, poke, file, ""

    @site.callback(
        (
            Output("live-state", "children"), Output("live-levers", "children"), Output("live-table", "children"), Output("live-figures", "children"),
            Output("live-seen", "data"), Output("live-beat", "interval"), Output("live-play", "children"), Output("live-open", "children"),
            *[Output(f"live-{action}", "disabled") for action in BUTTONS[1:]],
        ),
        Input("live-beat", "n_intervals"), Input("live-poke", "data"), Input("live-token", "data"), chosen("shown"), State("live-seen", "data"),
        running=[(Output("live-beat", "disabled"), True, False)],  # a look that takes long is not overtaken by the next
    )  # fmt: skip
    def look(_beats: Any, _poke: Any, token: Any, asked: Any, seen: Any) -> Any:
        session = office.look(text_of(token))
        names = [name for name in asked if name in measures()][:MOST] if isinstance(asked, list) else []
        now: list[Any] = ["none"]
        if session is not None:
            now = [session.number, session.facts.get("version"), session.state, session.done, session.kept.get("pinned") is not None, names]
        if now == seen:
            raise PreventUpdate
        return stage.nothing() if session is None else stage.shown(session, names, now, drew=isinstance(seen, list) and seen[:2] == now[:2])


def _names(ids: Any) -> list[str]:
    return [str(one.get("name")) for one in ids if isinstance(one, dict)]


def _do(office: Desk, action: str, token: str, moved: list[tuple[str, Any]], asked: list[Any]) -> tuple[Any, Any]:
    """Do what a button stands for; return what the browser keeps as its token, and a file for it."""
    if action == "open":
        return _open(office, token, Setting.checked(*asked[:5])), no_update
    session = office.look(token)
    if session is None:
        return None, no_update
    if action == "stop":
        office.end(token)
        return None, no_update
    if action == "save":
        return no_update, stage.file(session)
    if action == "pin":
        office.keep(token, pinned=stage.run_of(session), pinned_setting=session.kept["setting"])
    else:
        office.tell(token, _order(action, session, str(asked[5]), moved))
    return no_update, no_update


def _open(office: Desk, token: str, setting: Setting) -> str:
    """Open a market; a pinned run stays where it is of the same customers with the same luck, or it would not be comparable."""
    before = office.look(token)
    others = before is not None and before.kept.get("pinned_setting") != setting
    scenario = setting.scenario()
    return office.begin(Market(scenario, setting.firm), token, setting=setting, scenario=scenario, **({"pinned": None} if others else {}))


def _order(action: str, session: Session, speed: str, given: list[tuple[str, Any]]) -> Any:
    """Return the order that a button stands for."""
    if action == "step":
        return Play(session.done + 1)
    if action == "end":
        return Play(session.total)
    if action == "play":
        return Pause() if session.state == RUNNING else Play(session.total, RATES.get(speed, 10.0))
    stand = session.facts.get("levers", {})
    moved = {
        name: value
        for name, value in given
        if name in stand and isinstance(value, int | float) and abs(value - stand[name]) > levers.LEVERS[name].step / 100
    }
    try:
        levers.changes(moved, session.kept["scenario"], session.kept["setting"].firm)
    except ValueError:
        raise PreventUpdate from None  # not what the page's own sliders send
    return Move(moved)
