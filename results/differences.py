"""Differences between scenarios on the same luck, taken replication by replication, so that noise they share cancels."""

from dataclasses import astuple, fields

import pandas as pd

from results import tables
from results.effects import Effect, effect
from results.frames import Results
from sim.units import PERIODS_PER_YEAR


def at_the_end(firm_months: pd.DataFrame, periods_per_year: float) -> pd.DataFrame:
    """Return the main measures at the end of the run, per replication and group.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.

    Returns
    -------
    DataFrame
        Index ``replication`` and ``who`` (``all firms``, each strategy, each firm), one column per measure.
    """
    groupings = [
        firm_months.assign(who="all firms"),
        firm_months.assign(who="strategy " + firm_months["strategy"].astype(str)),
        firm_months.assign(who=firm_months["firm"]),
    ]
    parts = []
    for grouping in groupings:
        months = tables.by_group(grouping, "who")
        last = months["month"].max()
        year = months[months["month"] > last - periods_per_year]
        flows = year.groupby(["replication", "who"], observed=True)[list(tables.FLOWS)].mean()
        parts.append(flows.join(months[months["month"] == last].set_index(["replication", "who"])[list(tables.STOCKS)]))
    found: pd.DataFrame = pd.concat(parts)
    return found.loc[~found.index.duplicated()]


COLUMNS = ("scenario", "who", "measure", *(field.name for field in fields(Effect)))
"""Columns of the table ``differences``."""


def paired(results: Results) -> pd.DataFrame:
    """Return the differences of the main measures at the end from the first scenario, paired by replication.

    Returns
    -------
    DataFrame
        Columns ``scenario``, ``who`` (those that both scenarios have), ``measure``, and those of :class:`results.effects.Effect`:
        ``first`` (mean in the first scenario), ``mean``, ``low``, ``high`` (the difference and its 95 % interval) and so on.
    """
    names = [str(scenario["name"]) for scenario in results.scenarios]
    ends = {
        str(scenario["name"]): at_the_end(results.of(scenario["name"]).firm_months, PERIODS_PER_YEAR[scenario["period"]])
        for scenario in results.scenarios
    }
    base = ends[names[0]]
    order = {who: place for place, who in enumerate(base.index.get_level_values("who").unique())}
    rows = []
    for name in names[1:]:
        for who in sorted(set(ends[name].index.get_level_values("who")) & set(order), key=order.__getitem__):
            first, other = base.xs(who, level="who").align(ends[name].xs(who, level="who"))
            for measure in tables.MAIN:
                found = effect(first[measure].to_numpy(float), other[measure].to_numpy(float))
                if found.n:
                    rows.append((name, who, measure, *astuple(found)))
    return pd.DataFrame(rows, columns=list(COLUMNS))
