"""Pages: each a module of this folder, found because it is there.

A page is a module with ``ORDER`` (its place in the navigation), ``title()`` (its name, through :func:`results.language.say`),
``layout(view, site)`` (what it shows for what the address asks) and ``register(site)`` (its callbacks, once, through ``site.callback``).
Controls from :mod:`results.dashboard.controls` put their values into the address by themselves, and are read back by ``view``.
"""

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from dash.development.base_component import Component

from results.dashboard.site import Site
from results.dashboard.view import View


class Page(Protocol):
    """What a module must have to be a page."""

    ORDER: int

    def title(self) -> str:
        """Return its name in the reader's language."""

    def layout(self, view: View, site: Site) -> Component:
        """Return what it shows for a view."""

    def register(self, site: Site) -> None:
        """Declare its callbacks."""


@cache
def pages() -> dict[str, Page]:
    """Return all pages by the name of their module, in the navigation's order."""
    found = {module.name: cast("Page", importlib.import_module(f"{__name__}.{module.name}")) for module in pkgutil.iter_modules(__path__)}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].ORDER, pair[0])))
