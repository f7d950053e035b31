"""The main findings of a run in sentences, made from its numbers."""

import numpy as np
import pandas as pd

from results import tables
from results.intervals import interval
from results.labels import label, number, with_unit


def findings(firm_months: pd.DataFrame, periods_per_year: float = 12.0, period: str = "month") -> list[str]:
    """Return what a reader should know first, one or two sentences each.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    periods_per_year : float
        12 for months.
    period : str
        What one step is called.
    """
    months = tables.by_group(firm_months)
    last = int(months["month"].max())
    after, end = list(tables.horizons(last, periods_per_year).items())[-1]
    strategies = sorted(months["strategy"].unique())
    year = months[(months["month"] > end - periods_per_year) & (months["month"] <= end)]
    flows = year.groupby([*tables.RUN, "strategy"], observed=True)[list(tables.FLOWS)].mean()
    values = flows.join(months[months["month"] == end].set_index([*tables.RUN, "strategy"])[list(tables.STOCKS)])
    if len(strategies) == 1:
        return [_alone(values, strategies[0], after, period)]
    starts = {
        "market_share": f"After {after}, the {{who}} firms together sell {{amount}} of what firms sell",
        "churn_rate": "Customers leave least where firms are {who}: {amount} in the last year",
        "loyal_share": "Loyalty in behaviour and attitude is highest among customers of {who} firms: {amount} of them have it",
        "clv_expected": "A customer is worth most to a {who} firm: {amount}",
        tables.CUMULATIVE_PROFIT: "Per firm, the {who} ones have earned most by then: {amount}",
    }
    said = [_leader(values, measure, period, start) for measure, start in starts.items()]
    return [*filter(None, said), tables.crossing(firm_months, period).sentence()]


def _alone(values: pd.DataFrame, strategy: str, after: str, period: str) -> str:
    said = []
    for measure in ("churn_rate", "loyal_share", "trust", "clv_expected"):
        mean, low, high, n = interval(values[measure])
        if n:
            said.append(f"{label(measure).text.lower()} {_amount(mean, low, high, label(measure).unit, period)}")
    return f"All firms are {strategy}. After {after}: {', '.join(said)}."


def _amount(mean: float, low: float, high: float, unit: str, period: str) -> str:
    """Return a mean with its unit and its interval, if it has one."""
    if np.isnan(low):
        return with_unit(mean, unit, period)
    return f"{with_unit(mean, unit, period)} (95 % interval {number(low, unit)} to {number(high, unit)})"


def _leader(values: pd.DataFrame, measure: str, period: str, start: str) -> str:
    """Return who is best at a measure and by how much it leads the next, paired by replication; empty without numbers."""
    wide = values[measure].unstack("strategy").dropna(axis=1, how="all")
    if wide.shape[1] < 2:
        return ""
    best, next_best = wide.mean().sort_values(ascending=measure == "churn_rate").index[:2]
    unit = label(measure).unit
    mean, low, high, n = interval(wide[best] - wide[next_best])
    points = "percentage points" if label(measure).is_share else unit
    gap = f"{number(abs(mean), unit)} {points} {'less' if mean < 0 else 'more'} than the {next_best} ones"
    if n > 1 and low <= 0.0 <= high:
        return (
            f"In {label(measure).text.lower()}, {best} and {next_best} firms do not clearly differ: the difference is {number(mean, unit)} {points}"
            f" (95 % interval {number(low, unit)} to {number(high, unit)})."
        )
    if n > 1:
        ends = sorted((abs(low), abs(high)))
        gap += f" (95 % interval of the difference {number(ends[0], unit)} to {number(ends[1], unit)})"
    amount = with_unit(float(wide[best].mean()), unit, period)
    return f"{start.format(who=best, amount=amount)}, {gap}."


def differences(table: pd.DataFrame, first: str) -> list[str]:
    """Return what differs between scenarios for each strategy, in share and profit.

    Parameters
    ----------
    table : DataFrame
        From :func:`results.differences.paired`.
    first : str
        Name of the scenario that the others are compared with.
    """
    said = []
    asked = {"market_share": "share of what firms sell", tables.CUMULATIVE_PROFIT: "profit per firm over the whole run"}
    for row in table[table["who"].str.startswith("strategy ") & table["measure"].isin(list(asked))].to_dict("records"):
        unit = label(row["measure"]).unit
        points = "percentage points" if label(row["measure"]).is_share else unit
        who = f"{row['scenario']}, the {str(row['who']).removeprefix('strategy ')} firms' {asked[row['measure']]}"
        ends = f"{number(row['low'], unit)} to {number(row['high'], unit)}"
        if not np.isnan(row["low"]) and row["low"] <= 0.0 <= row["high"]:
            said.append(f"In {who} is not clearly another than in {first} (95 % interval of the difference {ends} {points}).")
            continue
        interval_of = "" if np.isnan(row["low"]) else f" (95 % interval of the difference {ends})"
        side = "higher" if row["mean"] > 0 else "lower"
        said.append(f"In {who} is {number(abs(row['mean']), unit)} {points} {side} than in {first}{interval_of}.")
    return said
