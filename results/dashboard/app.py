"""The application: every page under one address, no call to the network, answers only to who asks for this machine by its name."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dash
import pandas as pd
from dash import ClientsideFunction, Input, Output, State, dcc, html
from dash.exceptions import DependencyException
from flask import Response, abort, request

from results.dashboard import shell
from results.dashboard.data import Library
from results.dashboard.pages import pages
from results.dashboard.site import Site
from results.dashboard.view import View
from results.language import language

ASSETS = Path(__file__).with_name("assets")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def create_app(root: Path, *, unfinished: Callable[[Path], pd.DataFrame] | None = None, hosts: tuple[str, ...] = LOOPBACK) -> dash.Dash:
    """Return the dashboard of a results folder.

    Parameters
    ----------
    root : Path
        The folder; nothing outside of it is read, and nothing at all is written.
    unfinished : callable, optional
        Reads the summary of a sweep that has not ended; without it, what is in Parquet so far is shown.
    hosts : tuple of str
        Names under which it may be asked; empty for any.

    Raises
    ------
    StoreError
        If the folder is not there.
    """
    library = Library(root, unfinished=unfinished)
    app = dash.Dash(
        "relmarket", assets_folder=str(ASSETS), pages_folder="", title="relmarket", update_title="", serve_locally=True,
        suppress_callback_exceptions=True, enable_mcp=False, add_log_handler=False, include_pages_meta=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )  # fmt: skip
    app.enable_dev_tools(debug=False)
    import_module("scipy.special")  # intervals need it: the first reader should not wait for it
    site = Site(app, library.root, library)
    app.layout = html.Div([dcc.Store(id="place"), html.Div(id="shell")])
    _declare(site)
    for page in pages().values():
        page.register(site)
    _guard(app, hosts)
    return app


def _declare(site: Site) -> None:
    """Declare what is the same on every page: showing what the address asks for, and writing choices into the address."""

    def show(place: Any) -> html.Div:
        told = place if isinstance(place, dict) else {}
        view = View.parse(str(told.get("pathname", "")), str(told.get("search", "")))
        with language(view.language):
            return shell.whole(view, site)

    site.app.callback(Output("shell", "children"), Input("place", "data"), prevent_initial_call=True)(show)
    # Not by dcc.Location: it would put the address back that it knows, and so undo what a choice wrote into it.
    site.app.clientside_callback(ClientsideFunction("site", "where"), Output("place", "data"), Input("place", "id"))
    asked = {"type": "control", "name": dash.ALL}
    site.app.clientside_callback(
        ClientsideFunction("site", "write"), Output("address", "data"), Input(asked, "value"), Input("language", "data"), State(asked, "id")
    )
    site.app.clientside_callback(
        ClientsideFunction("site", "speak"),
        Output("spoken", "data"),
        Input("speak", "n_clicks"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    site.app.clientside_callback(ClientsideFunction("site", "light"), Output("light", "title"), Input("light", "n_clicks"), State("light", "title"))
    site.app.clientside_callback(ClientsideFunction("site", "titled"), Output("titled", "data"), Input("language", "data"), Input("page", "data"))


def _guard(app: dash.Dash, hosts: tuple[str, ...]) -> None:
    """Refuse what other sites' pages ask of this one, and forbid the pages to ask anything of other sites."""

    def refuse() -> None:
        host = urlsplit(f"//{request.host}").hostname or ""
        origin = request.headers.get("Origin")
        if (hosts and host not in hosts) or (origin is not None and urlsplit(origin).netloc != request.host):
            abort(403)

    def restrict(response: Response) -> Response:
        scripts = " ".join(app.csp_hashes())
        # Plotly's parallel coordinates compile their shaders' drivers, which a page may only do with 'unsafe-eval'.
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' 'unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            "font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    # Whoever asks for a part of Dash that there is not gets an answer, and no stack trace goes to the terminal.
    app.server.register_error_handler(DependencyException, lambda _error: ("not found", 404))
    app.server.before_request(refuse)
    app.server.after_request(restrict)
