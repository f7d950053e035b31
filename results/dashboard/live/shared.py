"""What pages with live work share: the site's one desk, a word from a page that closes, and the bar that shows how far work is."""

import threading
from typing import Any

from dash import html
from flask import Response, request

from results.dashboard.live.desk import Desk, Session
from results.dashboard.live.work import FAILED
from results.dashboard.site import Site
from results.language import say
from results.told import told

NAME = "relmarket-live"
"""The desk among the server's extensions."""
STORES = ("live-token", "story-token", "lesson-token")
"""Stores of the browser that hold a session's token; ``assets/live.js`` says goodbye for them."""
LONGEST = 200
"""Bytes of a goodbye that are read."""

_MAKING = threading.Lock()


def desk(site: Site) -> Desk:
    """Return the desk of a site; it is made, and its address for goodbyes declared, when a page first asks for it."""
    server = site.app.server
    with _MAKING:
        if NAME not in server.extensions:
            server.extensions[NAME] = Desk()
            server.add_url_rule("/live/leave", "live_leave", lambda: _goodbye(server.extensions[NAME]), methods=["POST"])
        found: Desk = server.extensions[NAME]
        return found


def _goodbye(known: Desk) -> Response:
    """Hear that a page was closed, or is being loaded anew."""
    known.leave(request.stream.read(LONGEST).decode("ascii", "replace"))
    return Response(status=204)


def text_of(given: object) -> str:
    """Return what a browser sent if it is text, which a token is; else none."""
    return given if isinstance(given, str) and len(given) <= LONGEST else ""


def full() -> str:
    """Return the sentence for a reader who finds no place."""
    return say("Every place is taken at the moment: try again in a minute or two, when others have finished.")


def problem(session: Session) -> str:
    """Return why a session's work failed, in a sentence; empty where it has not."""
    if session.state != FAILED:
        return ""
    if session.problem == "gone":
        return say("The process that did this work has ended, perhaps for want of memory. Start again, with fewer customers if need be.")
    return say("This work could not be done: {reason}", reason=told(session.problem)[:300])


def spoken(text: str) -> Any:
    """Return what a screen reader calls a part, as Dash takes it."""
    return {"aria-label": text}


def progress(session: Session, text: str) -> html.Div:
    """Return how far a session's work is, as a bar and in words."""
    bar = html.Progress(value=str(session.done), max=str(max(session.total, 1)), **spoken(say("Progress")))
    return html.Div([bar, html.Span(text)], className="progress")


def button(name: str, text: str, *, plain: bool = True, disabled: bool = False) -> Any:
    """Return a button."""
    return html.Button(text, id=name, n_clicks=0, disabled=disabled, className="plain" if plain else "", type="button")
