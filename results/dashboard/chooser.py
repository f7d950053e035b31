"""The choice of one run or scenario, which several pages begin with."""

from collections.abc import Callable
from typing import Any

from results import names
from results.dashboard import sources as known
from results.dashboard.controls import choice
from results.dashboard.site import Site
from results.dashboard.sources import Source
from results.dashboard.view import View
from results.language import say
from results.store import StoreError


def with_table(site: Site, *tables: str) -> dict[str, Source]:
    """Return the sources whose results hold these tables."""
    return {
        key: source
        for key, source in known.sources(site.library).items()
        if all((source.entry.place / table).is_dir() or (source.entry.place / f"{table}.parquet").is_file() for table in tables)
    }


def field(view: View, found: dict[str, Source]) -> Any:
    """Return the choice."""
    return choice("run", say("Run and scenario"), {key: source.text for key, source in found.items()}, view.one("run", list(found)))


def one(site: Site, key: object, *tables: str) -> Source:
    """Return what was chosen.

    Raises
    ------
    StoreError
        If there is no such choice.
    """
    found = with_table(site, *tables)
    if str(key) not in found:
        raise StoreError(say("There are no such results: {name}.", name=str(key)[:80]))
    return found[str(key)]


def none() -> str:
    """Return what a page says that has nothing to choose."""
    return say("No results here have what this page shows. `python run.py demo` makes some; then load this page again.")


def kinds(strategies: dict[str, str]) -> list[str]:
    """Return the strategies of firms, each once, in order."""
    return sorted(set(strategies.values()))


def named(strategies: dict[str, str], build: Callable[[str, dict[str, str]], Any]) -> list[Any]:
    """Return what is built for each strategy alone, from its name and its firms: side by side they fold on a telephone."""
    return [build(kind, {firm: of for firm, of in strategies.items() if of == kind}) for kind in kinds(strategies)]


def called(kind: str) -> str:
    """Return what readers call a strategy."""
    return names.strategy(kind)
