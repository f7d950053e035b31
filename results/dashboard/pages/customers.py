"""Customers: pick one and read her history, every episode of it, in plain sentences and a figure."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dash import Input, Output, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from results.dashboard import parts
from results.dashboard.controls import choice, chosen, control, panel
from results.dashboard.live import portrait, story
from results.dashboard.live.desk import Full, Session
from results.dashboard.live.history import LARGEST, Seen, Watch, WatchStored
from results.dashboard.live.market import Pause
from results.dashboard.live.setting import playable, scenario_title, shipped
from results.dashboard.live.shared import button, desk, full, problem, progress, spoken, text_of
from results.dashboard.live.work import RUNNING, Task
from results.dashboard.site import Site
from results.dashboard.view import View
from results.language import say
from results.store import StoreError

ORDER = 21
MOST_RUNS = 200
"""Stored replications that can be chosen."""
SMALL = 2_000
"""Customers of a shipped scenario that is run for a history."""
BUSY, IDLE = 500, 8_000
"""Milliseconds between two looks while a market runs, and when it has."""
WISHES: Mapping[str, Callable[[dict[str, int]], tuple[int, ...]]] = {
    "eventful": lambda told: (told["people"] == 1, told["complaints"] + told["changes"], told["purchases"]),
    "loyal": lambda told: (told["people"] == 1, told["firms"] == 1, told["purchases"]),
    "complains": lambda told: (told["people"] == 1, told["complaints"], told["purchases"]),
    "changes": lambda told: (told["people"] == 1, told["changes"], told["firms"]),
}
"""Whom to show, of those who were watched: the one with the most of this."""


@dataclass(frozen=True)
class Source:
    """A run whose customers can be looked at: a stored replication, or a shipped scenario."""

    text: str
    customers: int
    place: Path
    run: str = ""

    def task(self, key: str, number: int) -> Task:
        """Return what is asked of a worker."""
        if self.run:
            return WatchStored(self.place, self.run, number)
        scenario = shipped(key.partition("|")[2])
        return Watch(scenario.but(customers=min(SMALL, scenario.customers)), scenario.seed, number)


def sources(site: Site) -> dict[str, Source]:
    """Return the runs whose customers can be looked at, by key: what is stored first."""
    found: dict[str, Source] = {}
    for name, entry in site.library.entries("run").items():
        contents = entry.scenarios
        listed = entry.facts.get("runs")
        for run in listed[:MOST_RUNS] if isinstance(listed, list) else ():
            size = contents.get(str(run.get("scenario")), {}).get("customers") if isinstance(run, dict) and "run" in run else None
            if isinstance(size, int):
                text = say("{run} in {name}", run=run["run"], name=name)
                found[f"run|{name}|{run['run']}"] = Source(text, size, entry.place, str(run["run"]))
    found = dict(list(found.items())[:MOST_RUNS])
    for name in playable():
        base = shipped(name)
        text = say("scenario {title}", title=scenario_title(name))
        found[f"scenario|{name}"] = Source(text, min(SMALL, base.customers), Path())
    return found


def title() -> str:
    """Return its name."""
    return say("Customers")


def layout(view: View, site: Site) -> html.Div:
    """Return the page."""
    known = sources(site)
    wishes = {
        "eventful": say("who had the most to tell"), "loyal": say("who was the most faithful"), "complains": say("who complained most"),
        "changes": say("who changed firms most"), "number": say("this number:"),
    }  # fmt: skip
    asked = view.state.get("customer", ("",))[-1:]
    number = int(asked[0]) if asked and asked[0].isdecimal() and len(asked[0]) < 10 else 1
    typed = dcc.Input(id=control("customer"), type="number", min=1, step=1, value=number, debounce=True, inputMode="numeric")
    return html.Div(
        [
            parts.note(say("The run is carried out once more, with the same bits, while some customers are watched: read what happened to one.")),
            panel(
                choice("of", say("Run"), {key: source.text for key, source in known.items()}, view.one("of", list(known))),
                choice("who", say("The customer"), wishes, view.one("who", list(wishes))),
                html.Div([html.Div(say("Number"), className="label"), typed], className="field", role="group", **spoken(say("Number"))),
            ),
            html.Div(
                [button("story-look", say("Read her history"), plain=False), button("story-stop", say("Stop"), disabled=True)], className="buttons"
            ),
            html.Div(id="story-state"), html.Div(id="story-told"),
            dcc.Store(id="story-token", storage_type="session"), dcc.Store(id="story-seen"), dcc.Store(id="story-poke"),
            dcc.Interval(id="story-beat", interval=IDLE),
        ]
    )  # fmt: skip


def register(site: Site) -> None:
    """Declare its callbacks."""
    office = desk(site)

    @site.callback(
        (Output("story-token", "data"), Output("story-poke", "data"), Output("notice", "children", allow_duplicate=True)),
        Input("story-look", "n_clicks"), Input("story-stop", "n_clicks"),
        State("story-token", "data"), State(control("of"), "value"), State(control("customer"), "value"), prevent_initial_call=True,
    )  # fmt: skip
    def press(_look: Any, _stop: Any, token: Any, key: Any, number: Any) -> Any:
        if not any(event["value"] for event in ctx.triggered):
            raise PreventUpdate
        poke = secrets.token_hex(4)
        if ctx.triggered_id == "story-stop":
            office.tell(text_of(token), Pause())
            return no_update, poke, ""
        source = sources(site).get(key) if isinstance(key, str) else None
        if source is None:
            raise StoreError(say("There are no such results: {name}.", name=str(key)[:80]))
        if source.customers > LARGEST:
            raise StoreError(say("This run has {n} customers; one of up to {most} can be run again here.", n=source.customers, most=LARGEST))
        whom = number if isinstance(number, int) and 1 <= number <= source.customers else 0
        try:
            return office.begin(source.task(str(key), whom), text_of(token), key=key), poke, ""
        except Full:
            return no_update, poke, parts.warning(full())

    @site.callback(
        (
            Output("story-state", "children"), Output("story-told", "children"), Output("story-seen", "data"), Output("story-beat", "interval"),
            Output("story-stop", "disabled"),
        ),
        Input("story-beat", "n_intervals"), Input("story-poke", "data"), Input("story-token", "data"), chosen("who"), chosen("customer"),
        State("story-seen", "data"),
        running=[(Output("story-beat", "disabled"), True, False)],  # a look that takes long is not overtaken by the next
    )  # fmt: skip
    def look(_beats: Any, _poke: Any, token: Any, wish: Any, number: Any, seen: Any) -> Any:
        session = office.look(text_of(token))
        now: list[Any] = ["none"] if session is None else [session.number, session.state, session.done, wish, number]
        if now == seen:
            raise PreventUpdate
        if session is None:
            return "", "", now, IDLE, True
        is_running, wrong = session.state == RUNNING, problem(session)
        text = say("The market is being set up …") if not session.total else say("month {done} of {total}", done=session.done, total=session.total)
        state = parts.warning(wrong) if wrong else progress(session, text)
        is_ready = not is_running and not wrong and len(session.rows) > 1
        return state, _told(session, str(wish), number) if is_ready else "", now, BUSY if is_running else IDLE, not is_running


def _told(session: Session, wish: str, number: Any) -> list[Any]:
    """Return a customer's history: who she is, a figure, and month by month what happened."""
    months: list[Seen] = session.rows
    scenario, customers = session.facts["scenario"], session.facts["customers"]
    said: list[Any] = []
    if session.facts.get("differs"):
        said.append(parts.warning(say("The model has changed since this run was made: what is told here need not be what its tables say.")))
    if wish == "number" and number in customers:
        place = customers.index(number)
    else:
        if wish == "number":
            said.append(parts.note(say("This customer was not watched, or is not there: press the button to run the market again and watch her.")))
        order = WISHES.get(wish, WISHES["eventful"])
        place = max(range(len(customers)), key=lambda k: order(story.headline(months, k)))
    told = story.headline(months, place)
    counts = say(
        "Purchases: {purchases}, of {firms} firms. Complaints: {complaints}. Changes of firm: {changes}. People in this place: {people}.", **told
    )
    return [
        *said,
        html.H2(say("Customer {number}", number=customers[place])),
        html.P(story.beginning(months[0], place, scenario), className="question"),
        html.P(counts),
        parts.figure(portrait.figure(months, place, scenario)),
        html.H2(say("Month by month")),
        html.Dl(_chapters(story.story(months, place, scenario)), className="story"),
    ]


def _chapters(chapters: list[story.Chapter]) -> list[Any]:
    """Return the months as a list; quiet ones in a row are one item."""
    found: list[Any] = []
    quiet: list[int] = []
    for chapter in [*chapters, None]:
        if chapter is not None and chapter.is_quiet:
            quiet.append(chapter.month)
            continue
        if quiet:
            span = str(quiet[0]) if len(quiet) == 1 else say("{first} to {last}", first=quiet[0], last=quiet[-1])
            found += [html.Dt(span), html.Dd(say("She buys nothing."), className="quiet")]
            quiet = []
        if chapter is not None:
            found += [html.Dt(str(chapter.month)), html.Dd(story.prose(chapter.said))]
    return found
