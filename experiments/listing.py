"""Lists for people and for pipes: folded columns on a terminal, one line each with tabs between elsewhere."""

import difflib
import sys

from experiments.catalogue import TOPICS, Rows
from scenarios import ScenarioError


def show(what: str) -> None:
    """Print a list.

    Raises
    ------
    ScenarioError
        If there is no such list.
    """
    if what not in TOPICS:
        near = difflib.get_close_matches(what, TOPICS, n=1)
        raise ScenarioError(f"list {what}: there is no such list; " + (f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(TOPICS)}"))
    rows = TOPICS[what]()
    if sys.stdout.isatty():
        _folded(rows)
    else:
        for row in rows:
            print("\t".join(row))


def _folded(rows: Rows) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*rows[0], box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for column in table.columns:
        column.overflow = "fold"
    for row in rows[1:]:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)
