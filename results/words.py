"""The main findings of a run in sentences, made from its numbers, in the reader's language."""

from typing import Any

import numpy as np
import pandas as pd

from results import names, tables
from results.intervals import interval
from results.labels import label, number, points, with_unit
from results.language import say


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
    said = [_leader(values, measure, period, after) for measure in LED]
    return [*filter(None, said), tables.crossing(firm_months, period).sentence()]


LED = ("market_share", "churn_rate", "loyal_share", "clv_expected", tables.CUMULATIVE_PROFIT)
"""Measures of which it is told who leads."""


def _start(measure: str, who: str, amount: str, after: str) -> str:
    """Return who is best at a measure."""
    if measure == "market_share":
        return say("After {after}, the {who} firms together sell {amount} of what firms sell", after=after, who=who, amount=amount)
    if measure == "churn_rate":
        return say("Customers leave least where firms are {who}: {amount} in the last year", who=who, amount=amount)
    if measure == "loyal_share":
        return say("Loyalty in behaviour and attitude is highest among customers of {who} firms: {amount} of them have it", who=who, amount=amount)
    if measure == "clv_expected":
        return say("A customer is worth most to a {who} firm: {amount}", who=who, amount=amount)
    return say("Per firm, the {who} ones have earned most by then: {amount}", who=who, amount=amount)


def _alone(values: pd.DataFrame, strategy: str, after: str, period: str) -> str:
    said = []
    for measure in ("churn_rate", "loyal_share", "trust", "clv_expected"):
        mean, low, high, n = interval(values[measure])
        if n:
            amount = _amount(mean, low, high, label(measure).unit, period)
            said.append(say("{measure} {amount}", measure=label(measure).text.lower(), amount=amount))
    return say("All firms are {strategy}. After {after}: {amounts}.", strategy=names.strategy(strategy), after=after, amounts=names.joined(said))


def _amount(mean: float, low: float, high: float, unit: str, period: str) -> str:
    """Return a mean with its unit and its interval, if it has one."""
    amount = with_unit(mean, unit, period)
    if np.isnan(low):
        return amount
    return say("{amount} (95 % interval {low} to {high})", amount=amount, low=number(low, unit), high=number(high, unit))


def _leader(values: pd.DataFrame, measure: str, period: str, after: str) -> str:
    """Return who is best at a measure and by how much it leads the next, paired by replication; empty without numbers."""
    wide = values[measure].unstack("strategy").dropna(axis=1, how="all")
    if wide.shape[1] < 2:
        return ""
    best, second = wide.mean().sort_values(ascending=measure == "churn_rate").index[:2]
    who, other = names.strategy(str(best)), names.strategy(str(second))
    unit = label(measure).unit
    mean, low, high, n = interval(wide[best] - wide[second])
    if n > 1 and low <= 0.0 <= high:
        return say(
            "In {measure}, {who} and {other} firms do not clearly differ: the difference is {amount} {points} (95 % interval {low} to {high}).",
            measure=label(measure).text.lower(), who=who, other=other, amount=number(mean, unit), points=points(unit), low=number(low, unit),
            high=number(high, unit),
        )  # fmt: skip
    if mean < 0:
        gap = say("{amount} {points} less than the {other} ones", amount=number(-mean, unit), points=points(unit), other=other)
    else:
        gap = say("{amount} {points} more than the {other} ones", amount=number(mean, unit), points=points(unit), other=other)
    start = _start(measure, who, with_unit(float(wide[best].mean()), unit, period), after)
    if n == 1:
        return say("{start}, {gap}.", start=start, gap=gap)
    least, most = sorted((abs(low), abs(high)))
    return say(
        "{start}, {gap} (95 % interval of the difference {low} to {high}).",
        start=start, gap=gap, low=number(least, unit), high=number(most, unit),
    )  # fmt: skip


def differences(table: pd.DataFrame, first: str) -> list[str]:
    """Return what differs between scenarios for each strategy, in share and profit.

    Parameters
    ----------
    table : DataFrame
        From :func:`results.differences.paired`.
    first : str
        Name of the scenario that the others are compared with.
    """
    rows = table[table["who"].str.startswith("strategy ") & table["measure"].isin(["market_share", tables.CUMULATIVE_PROFIT])]
    return [_difference(row, first) for row in rows.to_dict("records")]


def _difference(row: dict[Any, Any], first: str) -> str:
    """Return one difference between two scenarios in a sentence."""
    measure, unit = str(row["measure"]), label(str(row["measure"])).unit
    mean, low, high = (float(str(row[name])) for name in ("mean", "low", "high"))
    what = say("share of what firms sell") if measure == "market_share" else say("profit per firm over the whole run")
    who = say(
        "In {scenario}, the {strategy} firms' {what}", scenario=row["scenario"], what=what,
        strategy=names.strategy(str(row["who"]).removeprefix("strategy ")),
    )  # fmt: skip
    amount = number(abs(mean), unit)
    if np.isnan(low):
        if mean > 0:
            return say("{who} is {amount} {points} higher than in {first}.", who=who, amount=amount, points=points(unit), first=first)
        return say("{who} is {amount} {points} lower than in {first}.", who=who, amount=amount, points=points(unit), first=first)
    ends = say("{low} to {high}", low=number(low, unit), high=number(high, unit))
    values = {"who": who, "amount": amount, "points": points(unit), "first": first, "ends": ends}
    if low <= 0.0 <= high:
        return say("{who} is not clearly another than in {first} (95 % interval of the difference {ends} {points}).", **values)
    if mean > 0:
        return say("{who} is {amount} {points} higher than in {first} (95 % interval of the difference {ends}).", **values)
    return say("{who} is {amount} {points} lower than in {first} (95 % interval of the difference {ends}).", **values)
