"""The periods after a scenario's end: the customers that a firm has then, followed on; and the same future with levers set otherwise (twins).

Theory
    Both futures have the same past, to the bit, and the same luck after it (common random numbers), so their paired difference is what the
    levers change, in this model (Rubin 1974). Customers who come later do not count: a forecast is of those one has.
Equation
    lifetime value = sum over t = 1..H of contribution_t / (1 + d)^t / customers at the end of the past
Symbols
    contribution: price less goods, service, contacts and rebates, currency; d: discount rate a period; H: periods looked ahead.
Sources
    gupta2004, blattberg1996
Limits
    Parameters are taken as they are: intervals are over luck.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from results.frames import Results
from results.intervals import interval
from scenarios import override, places
from scenarios.errors import ScenarioError, shown
from sim.levers import Levers
from sim.parties import MOST_MONTHS
from sim.paths import plain
from sim.scenario import Scenario
from sim.units import PERIODS_PER_YEAR

AS_IT_IS, OTHERWISE = "as it is", "otherwise"
MEASURES = ("active_customers", "purchases", "purchases_each", "churn", "value", "profit")


@dataclass(frozen=True)
class Ahead:
    """What is to be played.

    Attributes
    ----------
    as_it_is : Scenario
        The scenario, longer.
    otherwise : tuple of Scenario
        The same with levers set otherwise after the past; empty where none are.
    firm : str
        Whose customers are followed.
    past, periods : int
        Periods of the past, and looked ahead.
    """

    as_it_is: Scenario
    otherwise: tuple[Scenario, ...]
    firm: str
    past: int
    periods: int

    @property
    def discount(self) -> float:
        """Discount rate of a period."""
        return float((1.0 + self.as_it_is.market.discount_rate) ** (1.0 / PERIODS_PER_YEAR[self.as_it_is.period]) - 1.0)


def ahead(scenario: Scenario, months: int, levers: Mapping[str, float], firm: str) -> Ahead:
    """Return what a forecast plays.

    Parameters
    ----------
    scenario : Scenario
        The past.
    months : int
        How far to look ahead.
    levers : mapping
        Levers that the firm holds at other values from the end of the past on; may be empty.
    firm : str
        Whose customers are followed, and who sets the levers; empty for the first.

    Raises
    ------
    ScenarioError
        If there is no such firm or lever, or a value is not allowed.
    """
    names = [one.name for one in scenario.firms]
    if firm and firm not in names:
        raise ScenarioError(f"--firm {firm}: there is no firm {shown(firm)}{places.perhaps(firm, names)}")
    number = names.index(firm) if firm else 0
    if scenario.months + months > MOST_MONTHS:
        raise ScenarioError(f"--months {months}: the scenario's {scenario.months} months and these are more than {MOST_MONTHS:,}")
    longer = override(scenario, {"months": scenario.months + months})
    if longer.periods <= scenario.periods:
        raise ScenarioError(f"--months {months}: is less than one period of the scenario, a {scenario.period}")
    twins: tuple[Scenario, ...] = ()
    if levers:
        fixed = {**scenario.firms[number].fixed, **levers}
        override(scenario, {f"firms.{number}.fixed": fixed})  # says what is wrong in the words of scenarios
        event = {"name": "levers set otherwise", "month": scenario.periods + 1, "set": {f"firms.{number}.fixed": fixed}}
        name = f"{scenario.name[:45]} {OTHERWISE}"
        twins = (override(longer, {"name": name, "events": [*(plain(other) for other in longer.events), event]}),)
    return Ahead(longer, twins, names[number], scenario.periods, longer.periods - scenario.periods)


def read_levers(pairs: list[str]) -> dict[str, float]:
    """Return levers of ``NAME=VALUE`` texts.

    Raises
    ------
    ScenarioError
        If a text is no such pair, or there is no such lever.
    """
    found: dict[str, float] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise ScenarioError(f"--lever {pair}: needs the form NAME=VALUE, such as social=0.6")
        if name not in Levers.model_fields:
            raise ScenarioError(f"--lever {pair}: there is no lever {shown(name)}{places.perhaps(name, tuple(Levers.model_fields))}")
        try:
            found[name] = float(text)
        except ValueError:
            raise ScenarioError(f"--lever {pair}: {shown(text)} is not a number") from None
    return found


def by_period(results: Results, what: Ahead) -> pd.DataFrame:
    """Return the followed customers period by period.

    Returns
    -------
    followed : DataFrame
        ``scenario``, ``replication``, ``period`` (0 is the end of the past), ``customers`` active, ``purchases``, ``contribution``, ``profit``.
    """
    cohorts = results.cohorts
    mine = cohorts[(cohorts["firm"] == what.firm) & (cohorts["acquired_in"] <= what.past)].copy()
    mine["period"] = mine["acquired_in"] + mine["age"] - what.past
    keys = ["scenario", "replication", "period"]
    summed = mine[mine["period"] >= 0].groupby(keys)[["customers", "purchases", "contribution"]].sum().reset_index()
    months = results.firm_months
    profit = months.loc[months["firm"] == what.firm, ["scenario", "replication", "month", "profit"]]
    profit = profit.assign(period=profit["month"] - what.past).drop(columns="month")
    return summed.merge(profit, on=keys, how="left")


def outcomes(followed: pd.DataFrame, what: Ahead) -> pd.DataFrame:
    """Return one row per scenario and replication: every measure of :data:`MEASURES` over the periods ahead."""
    rows = []
    for (scenario, replication), part in followed.groupby(["scenario", "replication"]):
        now = float(part.loc[part["period"] == 0, "customers"].sum())
        future = part[part["period"] > 0].sort_values("period")
        discounted = float((future["contribution"] / (1.0 + what.discount) ** future["period"]).sum())
        rows.append({
            "scenario": scenario, "replication": replication, "active_customers": now, "purchases": float(future["purchases"].sum()),
            "purchases_each": float(future["purchases"].sum()) / max(now, 1.0), "churn": 1.0 - float(future["customers"].iloc[-1]) / max(now, 1.0),
            "value": discounted / max(now, 1.0), "profit": float(future["profit"].sum()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def summary(found: pd.DataFrame, what: Ahead) -> pd.DataFrame:
    """Return each measure as it is, otherwise, and the paired difference: ``measure``, ``which``, ``mean``, ``low``, ``high``, ``n``."""
    base = found[found["scenario"] == what.as_it_is.name].set_index("replication")
    tables = {AS_IT_IS: base}
    if what.otherwise:
        twin = found[found["scenario"] == what.otherwise[0].name].set_index("replication")
        both = base.index.intersection(twin.index)
        tables |= {OTHERWISE: twin, "difference": twin.loc[both, list(MEASURES)] - base.loc[both, list(MEASURES)]}
    rows = []
    for measure in MEASURES:
        for which, table in tables.items():
            mean, low, high, n = interval(table[measure].to_numpy(float))
            rows.append({"measure": measure, "which": which, "mean": mean, "low": low, "high": high, "n": n})
    return pd.DataFrame(rows)
