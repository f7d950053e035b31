"""The gallery: every figure that a run has tables for, by topic; the report shows them and the export writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from results.figures import (
    accounts,
    acquisition_retention,
    cohort_retention,
    cumulative_profit,
    customer_classes,
    engagement_ladder,
    lifetime_value,
    loyalty_cells,
    over_time,
    power_over_time,
    power_regimes,
    relations_web,
    satisfaction,
    six_markets,
    surplus_split,
    survival,
)
from results.frames import Results
from results.language import either, say
from sim.units import PERIODS_PER_YEAR


@dataclass(frozen=True)
class Look:
    """One scenario of a run, as its figures and tables see it.

    Attributes
    ----------
    results : Results
        Of this scenario alone.
    name : str
        What it is called beside others.
    """

    results: Results
    name: str

    @property
    def scenario(self) -> dict[str, Any]:
        """Content of the scenario."""
        found: dict[str, Any] = self.results.scenario
        return found

    def text(self, key: str) -> str:
        """Return the scenario's title, question or hints in the reader's language; English where it has no other."""
        chinese = self.scenario.get("chinese") or {}
        return either(str(self.scenario[key]), str(chinese.get(key, "")))

    @property
    def title(self) -> str:
        """Return its title, or its name where it has none."""
        return self.text("title") or self.name

    @property
    def period(self) -> str:
        """What one step is called."""
        return str(self.scenario["period"])

    @property
    def periods_per_year(self) -> float:
        """Steps in a year."""
        return PERIODS_PER_YEAR[self.scenario["period"]]

    @cached_property
    def strategies(self) -> dict[str, str]:
        """Strategy of each firm, by the firm's name."""
        pairs = self.results.firm_months[["firm", "strategy"]].drop_duplicates("firm")
        return dict(zip(pairs["firm"].astype(str), pairs["strategy"].astype(str), strict=True))

    @property
    def kinds(self) -> list[str]:
        """Strategies, sorted."""
        return sorted(set(self.strategies.values()))

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table; an empty one where the run has none."""
        return self.results.frames.get(name, pd.DataFrame())


@dataclass(frozen=True)
class Topic:
    """Figures that belong together.

    Attributes
    ----------
    key : str
        For names of files.
    title : str
        In the reader's language.
    figures : list of Figure
        One, or one per measure or strategy.
    lines : bool
        Whether they are lines by strategy, whose legend may stand once for all.
    """

    key: str
    title: str
    figures: list[go.Figure]
    lines: bool = False


def topics(look: Look) -> list[Topic]:
    """Return the figures for which there are numbers."""
    return [topic for part in (_customers, _relations, _money) for topic in part(look) if topic.figures]


def _customers(look: Look) -> Iterator[Topic]:
    """Return what becomes of customers: loyalty, satisfaction, classes, survival."""
    months, cohorts, firms, period = look.results.firm_months, look.results.cohorts, look.strategies, look.period
    of = [months[months["strategy"] == kind] for kind in look.kinds]
    shown = [name for name in over_time.MEASURES if name in months and months[name].notna().any()]
    yield Topic("over-time", say("Loyalty, churn and value"), [over_time.figure(months, [name], period=period) for name in shown], lines=True)
    yield Topic("profit", say("Who earns more"), [cumulative_profit.figure(months, period=period)])
    if _has(months, loyalty_cells.CELLS):
        yield Topic("loyalty", say("Kinds of loyalty"), [loyalty_cells.figure(part, period=period) for part in of])
    if _has(months, engagement_ladder.RUNGS):
        yield Topic("ladder", say("The ladder"), [engagement_ladder.figure(months, periods_per_year=look.periods_per_year)])
    if _has(months, satisfaction.CONSTRUCTS):
        yield Topic("satisfaction", say("Satisfaction"), [satisfaction.figure(months, period=period)])
    classes = look.frame("class_months")
    if len(classes):
        parts = [classes[classes["firm"].map(firms) == kind] for kind in look.kinds]
        yield Topic("classes", say("Classes of customers"), [customer_classes.figure(part, firms, period=period) for part in parts if len(part)])
    if len(cohorts):
        if (cohorts["age"] > 0).any() and (cohorts["acquired_in"] > 0).any():
            yield Topic("survival", say("How long they stay"), [survival.figure(cohorts, firms, period=period)])
        parts = [cohorts[cohorts["firm"].map(firms) == kind] for kind in look.kinds]
        yield Topic("cohorts", say("Cohort by cohort"), [cohort_retention.figure(part, firms, period=period) for part in parts if len(part)])


def _relations(look: Look) -> Iterator[Topic]:
    """Return who has the power, and the relations in the other markets."""
    dyads, firms, period = look.results.dyad_months, look.strategies, look.period
    if not len(dyads):
        return
    customers = dyads[dyads["market"] == "customer"]
    if len(customers):
        parts = [customers[customers["firm"].map(firms) == kind] for kind in look.kinds]
        yield Topic("regimes", say("Who has the power"), [power_regimes.figure(part, firms, period=period) for part in parts if len(part)])
    if "power_balance" in dyads and dyads["power_balance"].notna().any():
        yield Topic("power", say("Power over time"), [power_over_time.figure(dyads, firms, period=period)])
    if (dyads["market"] != "customer").any():
        yield Topic("markets", say("Six markets"), [six_markets.figure(dyads, firms, period=period)])
        if "power_balance" in dyads:
            yield Topic("web", say("The web of relations"), [relations_web.figure(dyads, firms, period=period)])


def _money(look: Look) -> Iterator[Topic]:
    """Return what customers are worth, and where the money goes."""
    months, firms, yearly = look.results.firm_months, look.strategies, look.periods_per_year
    customers, surplus = look.results.customers, look.frame("surplus_months")
    if len(customers) and (customers["purchases"] > 0).any():
        yield Topic("lifetime-value", say("What customers are worth"), [lifetime_value.figure(customers, firms)])
    if _has(months, ("acquired", "won_back", "cost_acquisition", "cost_retention")):
        yield Topic("costs", say("To win and to keep"), [acquisition_retention.figure(months, periods_per_year=yearly)])
    if len(surplus) and surplus["party"].nunique() > 2:
        parts = [surplus[surplus["firm"].map(firms) == kind] for kind in look.kinds]
        yield Topic(
            "surplus", say("Who gets what"), _alike([surplus_split.figure(part, firms, periods_per_year=yearly) for part in parts if len(part)])
        )
    parts = [months[months["strategy"] == kind] for kind in look.kinds]
    yield Topic("accounts", say("Where the money goes"), _alike([accounts.figure(part, periods_per_year=yearly) for part in parts]))


def _has(months: pd.DataFrame, columns: Any) -> bool:
    """Whether a table has columns with numbers."""
    return all(name in months and months[name].notna().any() for name in columns)


def _alike(figures: list[go.Figure]) -> list[go.Figure]:
    """Return figures of stacked bars on one vertical scale, so that strategies compare."""
    ends = [end for figure in figures for end in _ends(figure)]
    room = 0.04 * (max(ends, default=0.0) - min(ends, default=0.0))
    for figure in figures:
        figure.update_yaxes(range=[min(ends) - room, max(ends) + room])
    return figures


def _ends(figure: go.Figure) -> list[float]:
    """Return how far a figure's bars, points and intervals reach up and down."""
    up: dict[Any, float] = {}
    down: dict[Any, float] = {}
    for trace in figure.data:
        if trace.type == "bar":
            for x, y in zip(trace.x, trace.y, strict=True):
                up[x], down[x] = up.get(x, 0.0) + max(y, 0.0), down.get(x, 0.0) + min(y, 0.0)
    above = [
        float(y + half) for trace in figure.data if trace.error_y.array is not None for y, half in zip(trace.y, trace.error_y.array, strict=True)
    ]
    return [0.0, *up.values(), *down.values(), *(end for end in above if not isnan(end))]
