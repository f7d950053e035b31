"""The shell around every page: name, navigation, languages, daylight and dark."""

from typing import Any

from dash import dcc, html

from results.dashboard.pages import pages
from results.dashboard.site import LOG, Site, failed
from results.dashboard.view import View
from results.language import LANGUAGES, say
from results.store import StoreError


def whole(view: View, site: Site) -> html.Div:
    """Return everything that an address shows."""
    known = pages()
    name = view.page or next(iter(known))
    other = next(language for language in LANGUAGES if language != view.language)
    return html.Div(
        [
            dcc.Store(id="language", data=view.language),
            dcc.Store(id="page", data=known[name].title() if name in known else say("Not found")),
            dcc.Store(id="address"),
            dcc.Store(id="spoken"),
            dcc.Store(id="titled"),
            html.A(say("Skip to the content"), href="#content", className="skip"),
            html.Header(
                [
                    html.Span("relmarket", className="brand"),
                    html.Nav([_link(view, page, name) for page in known], **{"aria-label": say("Pages")}),
                    html.Button(LANGUAGES[other], id="speak", n_clicks=0, className="plain", lang="zh-Hans" if other == "zh" else "en"),
                    html.Button(
                        "◐", id="light", n_clicks=0, className="plain", title=say("Daylight or dark"), **{"aria-label": say("Daylight or dark")}
                    ),
                ]
            ),
            html.Div(id="notice", **{"aria-live": "polite"}),
            html.Main(_page(name, view, site), id="content", tabIndex="-1"),
        ],
        lang="zh-Hans" if view.language == "zh" else "en",
    )


def _link(view: View, page: str, here: str) -> dcc.Link:
    return dcc.Link(pages()[page].title(), href=view.address(page), className="here" if page == here else "")


def _page(name: str, view: View, site: Site) -> list[Any]:
    """Return a page's title and content."""
    known = pages()
    if name not in known:
        return [html.H1(say("Not found")), html.P(say("There is no such page; choose one above."))]
    heading = html.H1(known[name].title())
    try:
        return [heading, known[name].layout(view, site)]
    except StoreError as problem:
        return [heading, html.P(str(problem), className="warning", role="alert")]
    except Exception:  # noqa: BLE001 - whatever a page stumbles over, readers get a sentence and the terminal the rest
        LOG.exception("a page failed")
        return [heading, html.P(failed(), className="warning", role="alert")]
