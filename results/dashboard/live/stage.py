"""The stage: what a page shows of a market that is played, or of none."""

from typing import Any

import dash
from dash import dcc, html

from results import theme
from results.dashboard.live import levers, picture
from results.dashboard.live.desk import Session
from results.dashboard.live.picture import Run
from results.dashboard.live.saved import toml
from results.dashboard.live.setting import Setting, shipped
from results.dashboard.live.shared import problem, progress, spoken
from results.dashboard.live.work import FINISHED, RUNNING
from results.language import say
from results.names import period, periods

BUSY, IDLE = 500, 4_000
"""Milliseconds between two looks while a market runs, and while it stands."""


def run_of(session: Session) -> Run:
    """Return a session's run as far as it has come."""
    return Run.of(session.kept["scenario"], session.rows, session.facts.get("moved", {}))


def file(session: Session) -> dict[str, Any]:
    """Return what was played as a scenario file to download."""
    name = session.kept["setting"].name
    text = toml(session.facts.get("scenario", session.kept["scenario"]), shipped(name))
    return {"content": text, "filename": f"{name}_played.toml", "base64": False}


def nothing() -> tuple[Any, ...]:
    """Return the page without a market."""
    said = html.P(say("No market is open. Closing this page, or leaving it alone for a while, ends its market."), className="note", role="status")
    return said, "", "", "", ["none"], IDLE, say("Play"), say("Open the market"), *[True] * 6


def shown(session: Session, names: list[str], now: list[Any], *, drew: bool) -> tuple[Any, ...]:
    """Return the page with a market.

    Parameters
    ----------
    session : Session
        The market.
    names : list of str
        Measures to show.
    now : list
        What is shown, to know the next time whether anything is new.
    drew : bool
        Whether its levers stand on the page: they are drawn anew only when they were moved, so that a hand on one is not disturbed.
    """
    setting: Setting = session.kept["setting"]
    run, pinned, wrong = run_of(session), session.kept.get("pinned"), problem(session)
    state = html.P(wrong, className="warning", role="alert") if wrong else progress(session, _how_far(session, str(run.scenario.period)))
    is_there = session.total > 0 and not wrong
    is_over, is_running = not is_there or session.state == FINISHED, session.state == RUNNING
    controls: Any = dash.no_update if drew else _levers(session) if is_there else ""
    panels = [_figure(k, picture.panel(name, run, pinned, setting.firm)) for k, name in enumerate(names)] if len(run.values) else []
    return (
        state, controls, _table(names, setting, run, pinned), panels, now, BUSY if is_running else IDLE,
        say("Pause") if is_running else say("Play"), say("Start again"), is_over, is_over, is_over, False, not len(run.values), not is_there,
    )  # fmt: skip


def _how_far(session: Session, step: str) -> str:
    if not session.total:
        return say("The market is being set up …")
    if session.state == FINISHED:
        return say("The run of {n} {periods} is over.", n=session.total, periods=periods(step))
    return say("{period} {done} of {total}", period=period(step), done=session.done, total=session.total)


def _figure(place: int, drawn: picture.Panel) -> html.Figure:
    config: Any = theme.CONFIG
    graph = dcc.Graph(id=f"live-figure-{place}", figure=drawn.figure, config=config, responsive=True, style={"height": f"{picture.HEIGHT}px"})
    return html.Figure([html.Figcaption([drawn.title, html.Small(drawn.note)]), graph], className="figure")


def _levers(session: Session) -> html.Section:
    """Return the levers where they stand, and the button that moves them."""
    stand = session.facts.get("levers", {})
    fields = [
        html.Div(
            [
                html.Div(levers.text(name), className="label"),
                dcc.Slider(
                    id={"type": "lever", "name": name}, min=lever.low, max=lever.high, step=lever.step,
                    value=min(max(stand[name], lever.low), lever.high), marks=None, updatemode="mouseup",
                ),
            ],
            className="field", role="group", **spoken(levers.text(name)),
        )
        for name, lever in levers.LEVERS.items()
        if name in stand
    ]  # fmt: skip
    firm = session.kept["scenario"].firms[session.kept["setting"].firm].name
    moved = [
        html.Li(say("From month {month}: {what}", month=month, what="; ".join(f"{levers.text(name)} = {value:g}" for name, value in values.items())))
        for month, values in session.facts.get("moved", {}).items()
    ]
    head = html.H2(say("Levers of {firm}, and of the market", firm=firm))
    apply = html.Button(say("Move the levers from the next month on"), id={"type": "live-apply", "n": 0}, n_clicks=0, type="button")
    return html.Section([head, html.Div(fields, className="controls levers"), apply, html.Ul(moved, className="note")])


def _table(names: list[str], setting: Setting, run: Run, pinned: Run | None) -> Any:
    """Return the firm's measures beside those of the pinned run."""
    if not len(run.values):
        return ""
    firm = run.scenario.firms[setting.firm].name
    heads = [say("{firm}, month {month}", firm=firm, month=len(run.values)), say("this run"), say("pinned run"), say("difference")]
    rows = picture.differences(names, setting.firm, run, pinned)
    kept = 4 if pinned is not None else 2
    body = [html.Tr([html.Td(cell) for cell in row[:kept]]) for row in rows]
    head = html.Thead(html.Tr([html.Th(text) for text in heads[:kept]]))
    return html.Div(html.Table([head, html.Tbody(body)]), className="plain-table")
