"""Tables for the terminal: units in the header, an interval beside every number, the number of replications stated."""

from collections.abc import Mapping
from math import isinf, isnan
from pathlib import Path
from typing import Any

import pandas as pd
from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from results import names, tables
from results.labels import label, number, shown_unit, spread
from results.language import say

NARROWEST = 80
"""Columns of text that the tables need; a narrower terminal breaks their lines, and nothing is left out."""
PIPED = 100
"""Columns of text where there is no terminal to ask."""


def console(*, error: bool = False) -> Console:
    """Return the console: as wide as the terminal, and wide enough for the tables."""
    out = Console(stderr=error, highlight=False)
    width = max(NARROWEST if out.is_terminal else PIPED, out.width)
    return out if width == out.width else Console(stderr=error, highlight=False, width=width)


def kept(page: Path, **places: Path) -> None:
    """Say where results are: their page, and before it what else is given, by its name.

    Parameters
    ----------
    page : Path
        The page.
    **places : Path
        ``results``, a directory, and ``scenario``, a file.
    """
    named = {"results": say("results"), "scenario": say("scenario"), "page": say("page")}
    lines = {named[kind]: place for kind, place in {**places, "page": page}.items()}
    widest = max(map(cell_len, lines)) + 2
    console().print("", *(f"{name}{' ' * (widest - cell_len(name))}{place}" for name, place in lines.items()), sep="\n", soft_wrap=True, markup=False)


def heading(measure: str, period: str = "month") -> str:
    """Return what a measure of the main table is called, with its unit and how firms are put together."""
    said = label(measure)
    if tables.is_summed(measure):
        return say("{measure}, all firms together ({unit})", measure=said.text, unit=shown_unit(said.unit, period))
    if measure in tables.PER_FIRM:
        return say("{measure} per firm ({unit})", measure=said.text, unit=shown_unit(said.unit, period))
    return say("{measure} ({unit})", measure=said.text, unit=shown_unit(said.unit, period))


def milestones(table: pd.DataFrame, period: str = "month") -> Group:
    """Return the main table for the terminal: strategies side by side under each measure, time from left to right.

    Parameters
    ----------
    table : DataFrame
        From :func:`results.tables.milestones`, of one scenario.
    period : str
        What one step is called.
    """
    shown = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    shown.add_column(say("after"), min_width=18, overflow="fold")
    horizons = table[["period", "after"]].drop_duplicates().sort_values("period")["after"].tolist()
    for after in horizons:
        shown.add_column(str(after), justify="right", no_wrap=True)
    for measure in measures_in(table):
        shown.add_row(Text(heading(measure, period), style="italic", overflow="fold"))
        for strategy, rows in table[table["measure"] == measure].groupby("strategy", sort=True):
            values = rows.set_index("after")
            shown.add_row(f"  {names.strategy(str(strategy))}", *[cell(values.loc[after], label(measure).unit) for after in horizons])
    return Group(shown, Text(caption(int(table["n"].max())), style="dim"))


def measures_in(table: pd.DataFrame) -> list[str]:
    """Return the measures of the main table that have numbers, in order."""
    known = set(table.loc[table["n"] > 0, "measure"])
    return [name for name in tables.MAIN if name in known]


def cell(row: pd.Series, unit: str) -> Text:
    """Return a mean with half its interval's width."""
    mean = float(row["mean"])
    text = Text(number(mean, unit))
    half = spread(float(row["high"]) - mean, mean, unit)
    if half:
        text.append(f" {half}", style="dim")
    return text


def caption(n: int) -> str:
    """Return what the numbers of the main table are."""
    flows = names.joined([label(name).text.lower() for name in tables.FLOWS])
    kind = say("mean and ± half of the 95 % interval over n = {n} replications", n=n) if n > 1 else say("n = 1 replication, no interval")
    return say("{kind}; {flows}: means over the year that ends there", kind=kind, flows=flows)


def differences(table: pd.DataFrame) -> Group:
    """Return the paired differences between scenarios for the terminal: of all firms and of each strategy.

    Parameters
    ----------
    table : DataFrame
        From :func:`results.differences.paired`.
    """
    n = int(table["n"].max()) if len(table) else 0
    note = say("paired by seed, n = {n} replications; * the 95 % interval leaves out 0", n=n) if n > 1 else say("n = 1 replication, no interval")
    shown = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    shown.add_column(say("at the end of the run"))
    for name in (say("first"), say("difference"), say("95 % interval")):
        shown.add_column(name, justify="right", no_wrap=True)
    for (scenario, who), rows in _of_groups(table):
        shown.add_row(Text(f"{scenario}, {group(str(who))}", style="italic", overflow="fold"))
        for row in rows.to_dict("records"):
            shown.add_row(f"  {plain_heading(row['measure'])}", *difference(row))
    found = Group(shown, Text(note, style="dim"))
    return Group(found, Text(""), _strengths(table)) if n > 1 else found


def _of_groups(table: pd.DataFrame) -> Any:
    """Return the rows of all firms together and of each strategy, group by group."""
    groups = table[table["who"].eq("all firms") | table["who"].str.startswith("strategy ")]
    return groups.groupby(["scenario", "who"], sort=False)


def group(who: str) -> str:
    """Return whose difference it is: all firms', a strategy's or a firm's."""
    if who == "all firms":
        return say("all firms")
    kind, found, strategy = who.partition("strategy ")
    return say("strategy {strategy}", strategy=names.strategy(strategy)) if found and not kind else who


def strength_head() -> tuple[str, ...]:
    """Return the columns that tell how strong differences are."""
    return say("bootstrap interval"), "d_z", "d", say("needed"), say("saved")


def strength_note() -> str:
    """Return what those columns are."""
    return say(
        "bootstrap interval: 95 %, BCa, too narrow below some 20 replications; d_z, d: the difference in standard deviations of the paired "
        "differences, and of single runs; needed: replications that would tell the scenarios apart with 80 % power at the 5 % level, if the "
        "difference is what it seems; saved: how many times more replications independent luck would take"
    )


def _strengths(table: pd.DataFrame) -> Group:
    """Return how strong the differences are: effect sizes, replications needed, and what shared luck saved."""
    shown = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    shown.add_column(say("how strong it is"))
    for name in strength_head():
        shown.add_column(name, justify="right", no_wrap=True)
    for (scenario, who), rows in _of_groups(table):
        shown.add_row(Text(f"{scenario}, {group(str(who))}", style="italic", overflow="fold"))
        for row in rows.to_dict("records"):
            shown.add_row(f"  {label(row['measure']).text}", *strength(row))
    return Group(shown, Text(strength_note(), style="dim"))


def strength(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """Return bootstrap interval, effect sizes, replications needed and the factor that shared luck saved, as text; missing ones are empty."""
    unit = label(row["measure"]).unit
    ends = "" if isnan(row["boot_low"]) else ends_of(row["boot_low"], row["boot_high"], unit)
    sizes = ["" if isnan(row[name]) else _size(row[name]) for name in ("d_z", "d")]
    needed, saved = row["needed"], row["variance_ratio"]
    many = "" if isnan(needed) else "∞" if isinf(needed) else f"{needed:,.0f}"
    return ends, *sizes, many, "" if isnan(saved) else "∞" if isinf(saved) else f"{saved:,.1f} ×"


def _size(value: float) -> str:
    """Write an effect size with its sign."""
    return ("+∞" if value > 0 else "-∞") if isinf(value) else f"{value:+.2f}"


def plain_heading(measure: str) -> str:
    """Return a measure and its unit where the row says already whose it is."""
    said = label(measure)
    if measure in tables.PER_FIRM:
        return say("{measure} per firm ({unit})", measure=said.text, unit=shown_unit(said.unit))
    return say("{measure} ({unit})", measure=said.text, unit=shown_unit(said.unit))


def difference(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    """Return the first scenario's mean, the difference and its interval as text, with a star where the interval leaves out 0."""
    unit = label(row["measure"]).unit
    low, high = row["low"], row["high"]
    if isnan(low):
        return number(row["first"], unit), signed(row["mean"], unit), ""
    star = "*" if low > 0.0 or high < 0.0 else " "
    return number(row["first"], unit), signed(row["mean"], unit), f"{ends_of(low, high, unit)} {star}"


def ends_of(low: float, high: float, unit: str) -> str:
    """Write the ends of a difference's interval."""
    return say("{low} to {high}", low=signed(low, unit), high=signed(high, unit))


def signed(value: float, unit: str) -> str:
    """Write a difference with its sign.

    >>> signed(0.0123, "share"), signed(-3.0, "currency")
    ('+1.23', '-3.00')
    """
    return f"{'+' if value > 0 else ''}{number(value, unit)}"
