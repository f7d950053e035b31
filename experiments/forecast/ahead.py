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
    Intervals hold luck, and parameters as far as a calibration left sets of them beside the scenario; what is assumed they do not hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.forecast.spread import spread
from results.frames import Results
from scenarios import override, places
from scenarios.errors import ScenarioError, shown
from sim.levers import Levers
from sim.parties import MOST_MONTHS
from sim.paths import plain
from sim.scenario import Scenario
from sim.units import PERIODS_PER_YEAR

AS_IT_IS, OTHERWISE = "as it is", "otherwise"
MEASURES = ("active_customers", "purchases", "purchases_each", "churn", "value", "profit")
FUTURES_OF_A_SET = 2
"""Fewest that tell luck from parameters: more sets are worth more than more futures of each."""
FUTURE = ["future", "set", "replication"]


@dataclass(frozen=True)
class Ahead:
    """What is to be played.

    Attributes
    ----------
    as_it_is : tuple of Scenario
        The scenario, longer: one for each set of parameters, each on luck of its own.
    otherwise : tuple of Scenario
        The same with levers set otherwise after the past; empty where none are.
    firm : str
        Whose customers are followed.
    past, periods : int
        Periods of the past, and looked ahead.
    each : int
        Futures of each set of parameters.
    """

    as_it_is: tuple[Scenario, ...]
    otherwise: tuple[Scenario, ...]
    firm: str
    past: int
    periods: int
    each: int

    @property
    def discount(self) -> float:
        """Discount rate of a period."""
        one = self.as_it_is[0]
        return float((1.0 + one.market.discount_rate) ** (1.0 / PERIODS_PER_YEAR[one.period]) - 1.0)

    @property
    def scenarios(self) -> list[Scenario]:
        """Everything that is played, each ``each`` times."""
        return [*self.as_it_is, *self.otherwise]

    @property
    def places(self) -> pd.DataFrame:
        """Which future and which set of parameters each scenario is: ``scenario``, ``future``, ``set``."""
        return pd.DataFrame(
            [
                {"scenario": one.name, "future": future, "set": number}
                for future, group in ((AS_IT_IS, self.as_it_is), (OTHERWISE, self.otherwise)) for number, one in enumerate(group)
            ]
        )  # fmt: skip


def ahead(
    scenario: Scenario, months: int, levers: Mapping[str, float], firm: str, *, replications: int, draws: Sequence[Mapping[str, float]] = (),
) -> Ahead:  # fmt: skip
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
    replications : int
        Futures at least, two or more.
    draws : sequence of mapping
        Sets of parameters that the data leave open, by path; each that is used is played more than once, so that luck can be
        told from parameters. Where there is none, the scenario is played as it is.

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
    sets = draws[: max(2, -(-replications // FUTURES_OF_A_SET))]
    each = max(FUTURES_OF_A_SET, -(-replications // max(1, len(sets))))
    played = tuple(
        override(longer, {**one, "name": f"{scenario.name[:40]} set {place}", "seed": scenario.seed + each * place}) for place, one in enumerate(sets)
    )
    played = played or (longer,)
    twins = tuple(_otherwise(one, scenario.periods, number, levers) for one in played) if levers else ()
    return Ahead(played, twins, names[number], scenario.periods, longer.periods - scenario.periods, each)


def _otherwise(longer: Scenario, past: int, number: int, levers: Mapping[str, float]) -> Scenario:
    """Return the future in which a firm holds levers at other values after the past."""
    fixed = {**longer.firms[number].fixed, **levers}
    override(longer, {f"firms.{number}.fixed": fixed})  # says what is wrong in the words of scenarios
    event = {"name": "levers set otherwise", "month": past + 1, "set": {f"firms.{number}.fixed": fixed}}
    name = f"{longer.name[:50]} {OTHERWISE}"
    return override(longer, {"name": name, "events": [*(plain(other) for other in longer.events), event]})


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
        ``future``, ``set``, ``replication``, ``period`` (0 is the end of the past), ``customers`` active, ``purchases``, ``contribution``,
        ``profit``.
    """
    cohorts = results.cohorts
    mine = cohorts[(cohorts["firm"] == what.firm) & (cohorts["acquired_in"] <= what.past)].copy()
    mine["period"] = mine["acquired_in"] + mine["age"] - what.past
    keys = ["scenario", "replication", "period"]
    summed = mine[mine["period"] >= 0].groupby(keys)[["customers", "purchases", "contribution"]].sum().reset_index()
    months = results.firm_months
    profit = months.loc[months["firm"] == what.firm, ["scenario", "replication", "month", "profit"]]
    profit = profit.assign(period=profit["month"] - what.past).drop(columns="month")
    whole = what.places.merge(summed.merge(profit, on=keys, how="left"), on="scenario").drop(columns="scenario")
    return whole.sort_values([*FUTURE, "period"], ignore_index=True)


def outcomes(followed: pd.DataFrame, what: Ahead) -> pd.DataFrame:
    """Return one row per future, set and replication: every measure of :data:`MEASURES` over the periods ahead."""
    rows = []
    for labels, part in followed.groupby(FUTURE):
        now = float(part.loc[part["period"] == 0, "customers"].sum())
        future = part[part["period"] > 0].sort_values("period")
        discounted = float((future["contribution"] / (1.0 + what.discount) ** future["period"]).sum())
        rows.append({
            **dict(zip(FUTURE, labels, strict=True)), "active_customers": now, "purchases": float(future["purchases"].sum()),
            "purchases_each": float(future["purchases"].sum()) / max(now, 1.0), "churn": 1.0 - float(future["customers"].iloc[-1]) / max(now, 1.0),
            "value": discounted / max(now, 1.0), "profit": float(future["profit"].sum()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Return each measure as it is, otherwise, and the paired difference.

    Parameters
    ----------
    found : DataFrame
        From :func:`outcomes`.

    Returns
    -------
    table : DataFrame
        ``measure``, ``which``; ``mean``, and ``low`` and ``high``, the ends of the 95 % interval of one future; ``luck`` and ``parameters``, the
        variances behind it (the latter missing where one set was played); ``n`` futures.
    """
    tables = {str(future): part.set_index(["set", "replication"])[list(MEASURES)].sort_index() for future, part in found.groupby("future")}
    if OTHERWISE in tables:
        tables["difference"] = tables[OTHERWISE] - tables[AS_IT_IS]
    rows = []
    for measure in MEASURES:
        for which, table in tables.items():
            rows.append({"measure": measure, "which": which, **vars(spread(table[measure].unstack("replication").to_numpy(float)))})
    return pd.DataFrame(rows)
