"""The site: what pages share. Results, callbacks that answer in the reader's language, and sentences instead of stack traces."""

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import dash
from dash import Input, Output, State, html
from dash.exceptions import PreventUpdate

from results.dashboard.data import Library
from results.language import language, say
from results.store import StoreError

SPOKEN = State("language", "data")
"""The language of the page that asks: every callback gets it, so that readers of different languages share a server."""

LOG = logging.getLogger("relmarket.dashboard")


class Site:
    """A dashboard in the making: the application, and the results that it shows.

    Attributes
    ----------
    app : dash.Dash
        The application.
    root : Path
        The results folder.
    library : Library
        What is in it.
    """

    def __init__(self, app: dash.Dash, root: Path, library: Library) -> None:
        self.app, self.root, self.library = app, root, library

    def callback(self, output: Any, *asked: Input | State, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a callback, as ``dash.callback`` does; it speaks the reader's language, and its problems become a sentence on the page.

        Parameters
        ----------
        output : Output or tuple of Output
            What it gives.
        *asked : Input or State
            What it gets, in order.
        **options
            For ``dash.callback``, such as ``prevent_initial_call``.
        """

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def answer(*given: Any) -> Any:
                *values, spoken = given
                with language(str(spoken)):
                    try:
                        return function(*values)
                    except StoreError as problem:
                        return _instead(output, str(problem))
                    except PreventUpdate:
                        raise
                    except Exception:
                        LOG.exception("a page failed")
                        return _instead(output, failed())

            self.app.callback(output, *asked, SPOKEN, **options)(answer)
            return function

        return declare


def failed() -> str:
    """Return what readers see where a page failed, instead of a stack trace."""
    return say("This could not be shown. The terminal in which the dashboard was started tells why.")


def _instead(output: Any, sentence: str) -> Any:
    """Return a sentence for outputs that take content, and nothing new for others."""
    if isinstance(output, Output) and output.component_property == "children":
        return html.P(sentence, className="warning", role="alert")
    dash.set_props("notice", {"children": html.P(sentence, className="warning", role="alert")})
    return [dash.no_update] * len(output) if isinstance(output, list | tuple) else dash.no_update
