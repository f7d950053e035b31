"""From firms and months to strategies and years: the numbers that answer the main question, with their intervals.

Pure functions from frames to frames. A strategy's share is the sum over its firms; money is the mean per firm, so that
strategies with different numbers of firms compare; attitudes are means over customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results import names
from results.intervals import interval, intervals
from results.labels import label
from results.language import say

RUN = ["scenario", "replication"]
"""What tells one replication from another."""
YEARS = (1, 3, 5, 10)
"""Years after which the main table looks."""
CUMULATIVE_PROFIT = "cumulative_profit"

COUNTS = ("customers", "purchases", "complaints", "episodes", "messages")
"""Units of measures that are summed over a strategy's firms, as market share is."""
PER_FIRM = (
    "profit", "revenue", "customer_equity", CUMULATIVE_PROFIT, "cost_of_goods", "cost_acquisition", "cost_retention", "cost_service",
    "cost_partners", "price", "orientation",
)  # fmt: skip
"""Measures that are averaged over a strategy's firms."""
WEIGHTS = {"churn_rate": "customers_at_start", "retention_rate": "customers_at_start", "repeat_rate": "buyers"}
"""What the denominators of rates count; every other measure is averaged over the firms' customers."""

FLOWS = ("market_share", "churn_rate", "share_of_requirements")
"""Measures of the main table that describe a month's events: averaged over the year, which a single month's luck would blur."""
STOCKS = ("loyal_share", "trust", "clv_expected", "customer_equity", CUMULATIVE_PROFIT)
"""Measures of the main table that describe a state: taken at the year's end."""
MAIN = ("market_share", "churn_rate", "share_of_requirements", "loyal_share", "trust", "clv_expected", "customer_equity", CUMULATIVE_PROFIT)
"""Columns of the main table, in order."""


def with_cumulative_profit(firm_months: pd.DataFrame) -> pd.DataFrame:
    """Return the firms' months with the column ``cumulative_profit``, and ``customers_at_start`` of the month."""
    ordered = firm_months.sort_values([*RUN, "firm", "month"], kind="stable")
    groups = ordered.groupby([*RUN, "firm"], sort=False, observed=True)
    before = groups["customers"].shift(1)
    return ordered.assign(cumulative_profit=groups["profit"].cumsum().to_numpy(), customers_at_start=before.fillna(ordered["customers"]))


def is_summed(measure: str) -> bool:
    """Whether a measure of several firms together is their sum."""
    return measure == "market_share" or label(measure).unit in COUNTS


def by_group(firm_months: pd.DataFrame, group: str = "strategy") -> pd.DataFrame:
    """Return one row per replication, group of firms and month, with the measures of the whole group.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm.
    group : str
        Column whose values are the groups, such as ``strategy``.

    Returns
    -------
    DataFrame
        Columns ``scenario``, ``replication``, the group, ``month``, ``firms`` and every measure that the table has. A measure is missing
        where no firm of the group has a number (or, of those averaged over customers, no customers).
    """
    keys = [*RUN, group, "month"]
    frame = with_cumulative_profit(firm_months).sort_values(keys, kind="stable")
    names = [name for name in frame.select_dtypes("number").columns if name not in {*keys, "seed", "customers_at_start"}]
    values = frame[names].to_numpy(float)
    weights = np.column_stack([_weight(frame, name) for name in names])
    known = ~np.isnan(values) & (weights > 0.0)
    counted = frame.groupby(keys, sort=False, observed=True).size().rename("firms").reset_index()
    starts = np.concatenate([[0], np.cumsum(counted["firms"])[:-1]])
    totals = np.add.reduceat(np.where(known, values * weights, 0.0), starts)
    divisors = np.add.reduceat(np.where(known, weights, 0.0), starts)
    summed = np.array([is_summed(name) for name in names])
    with np.errstate(invalid="ignore"):
        found = np.where(divisors > 0.0, totals / np.where(summed, 1.0, divisors), np.nan)
    return pd.concat([counted, pd.DataFrame(found, columns=names)], axis=1)


def _weight(frame: pd.DataFrame, measure: str) -> NDArray[np.float64]:
    """Return how much each row counts for a measure: alike where firms are summed or averaged, else by what the measure is a rate of."""
    if is_summed(measure) or measure in PER_FIRM:
        return np.ones(len(frame))
    return frame[WEIGHTS.get(measure, "customers")].to_numpy(float)


def over_time(firm_months: pd.DataFrame, measure: str, group: str = "strategy") -> pd.DataFrame:
    """Return a measure's mean over replications with its 95 % interval, per scenario, group and month."""
    return intervals(by_group(firm_months, group), ["scenario", group, "month"], measure)


def horizons(last_month: int, periods_per_year: float, years: Sequence[int] = YEARS) -> dict[str, int]:
    """Return the periods at which the main table looks, by name; a run that is shorter than a year is looked at where it ends.

    >>> horizons(36, 12.0)
    {'1 year': 12, '3 years': 36}
    >>> horizons(6, 12.0)
    {'6 periods': 6}
    """
    found = {say("1 year") if year == 1 else say("{n} years", n=year): round(year * periods_per_year) for year in years}
    within = {name: period for name, period in found.items() if 1 <= period <= last_month}
    return within or {say("1 period") if last_month == 1 else say("{n} periods", n=last_month): last_month}


def milestones(firm_months: pd.DataFrame, periods_per_year: float = 12.0, years: Sequence[int] = YEARS) -> pd.DataFrame:
    """Return the main table, one row per scenario, strategy, horizon and measure.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm.
    periods_per_year : float
        12 for months.
    years : sequence of int
        Years to look at; those beyond the run are left out.

    Returns
    -------
    DataFrame
        Columns ``scenario``, ``strategy``, ``after``, ``period``, ``measure``, ``mean``, ``low``, ``high``, ``n``.
    """
    months = by_group(firm_months)
    parts = []
    for after, period in horizons(int(months["month"].max()), periods_per_year, years).items():
        year = months[(months["month"] > period - periods_per_year) & (months["month"] <= period)]
        flows = year.groupby([*RUN, "strategy"], observed=True)[list(FLOWS)].mean()
        stocks = months[months["month"] == period].set_index([*RUN, "strategy"])[list(STOCKS)]
        values = flows.join(stocks).reset_index()
        for measure in MAIN:
            parts.append(intervals(values, ["scenario", "strategy"], measure).assign(after=after, period=period, measure=measure))
    table = pd.concat(parts, ignore_index=True)
    return table[["scenario", "strategy", "after", "period", "measure", "mean", "low", "high", "n"]]


@dataclass(frozen=True)
class Crossing:
    """When the relational firms' mean cumulative profit overtakes the transactional firms' for good.

    ``months`` holds, for each replication in which it happens, the first month of a lead that lasts to the end of the run.
    """

    contrast: bool
    horizon: int
    replications: int
    months: tuple[int, ...]
    period: str = "month"

    @property
    def from_the_start(self) -> bool:
        """Whether the relational firms lead in every month of every replication."""
        return len(self.months) == self.replications > 0 and all(month == 1 for month in self.months)

    def sentence(self) -> str:
        """Return the finding in one sentence, with its interval over replications."""
        if not self.contrast:
            return say("There is no crossing to look for: the firms are not of both kinds, relational and transactional.")
        whole = say("1 replication") if self.replications == 1 else say("{n} replications", n=self.replications)
        within = say("{n} {periods}", n=self.horizon, periods=names.periods(self.period))
        if not self.months:
            return say(
                "The relational firms' mean cumulative profit does not overtake the transactional firms' within the {within} ({whole}).",
                within=within, whole=whole,
            )  # fmt: skip
        if self.from_the_start:
            return say("The relational firms' mean cumulative profit leads the transactional firms' from the start ({whole}).", whole=whole)
        mean, low, high, n = interval(self.months)
        period = names.period(self.period)
        if n == 1:
            when = say("in {period} {month}", period=period, month=f"{mean:.0f}")
        else:
            when = say(
                "in {period} {month} (95 % interval {low} to {high})", period=period, month=f"{mean:.1f}", low=f"{max(low, 1.0):.1f}",
                high=f"{high:.1f}",
            )  # fmt: skip
        if n < self.replications:
            rest = say("on average {when}", when=when) if n > 1 else when
            return say(
                "The relational firms' mean cumulative profit overtakes the transactional firms' for good in {n} of {whole}, {rest}; "
                "in the others not within the {within}.",
                n=n, whole=whole, rest=rest, within=within,
            )  # fmt: skip
        return say(
            "The relational firms' mean cumulative profit overtakes the transactional firms' for good {when}, {whole}.", when=when, whole=whole
        )


def lead_for_good(difference: Sequence[float]) -> int:
    """Return the 1-based month from which a difference stays above 0 to the end; 0 if it does not end above 0.

    >>> lead_for_good([-2.0, 1.0, -1.0, 2.0, 3.0])
    4
    >>> lead_for_good([1.0, 2.0])
    1
    >>> lead_for_good([1.0, -2.0])
    0
    """
    behind = np.flatnonzero(~(np.asarray(difference, float) > 0.0))
    first = int(behind[-1]) + 2 if len(behind) else 1
    return first if first <= len(difference) else 0


def sides(firm_months: pd.DataFrame) -> pd.Series:
    """Return for every row ``relational`` or ``transactional``: whether the firm's mean orientation is above the middle."""
    place = firm_months.groupby([*RUN, "firm"], observed=True)["orientation"].transform("mean")
    return pd.Series(np.where(place > 0.5, "relational", "transactional"), index=firm_months.index, name="side")


def crossing(firm_months: pd.DataFrame, period: str = "month") -> Crossing:
    """Return when the relational side's mean cumulative profit overtakes the transactional side's for good.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    period : str
        What one step is called.
    """
    frame = with_cumulative_profit(firm_months)
    frame["side"] = sides(frame)
    wide = frame.pivot_table(index=[*RUN, "month"], columns="side", values=CUMULATIVE_PROFIT, aggfunc="mean", observed=True)
    horizon = int(frame["month"].max())
    replications = len(frame[RUN].drop_duplicates())
    if set(wide.columns) != {"relational", "transactional"}:
        return Crossing(contrast=False, horizon=horizon, replications=replications, months=(), period=period)
    difference = (wide["relational"] - wide["transactional"]).sort_index()
    found = [lead_for_good(values.to_list()) for _, values in difference.groupby(level=RUN)]
    return Crossing(True, horizon, replications, tuple(month for month in found if month), period)
