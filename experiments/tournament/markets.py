"""The markets of a tournament: firms that differ in nothing but strategy, half and half or in every mixture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

from experiments.sweep import Study
from scenarios import places
from scenarios.errors import ScenarioError
from sim.paths import plain
from sim.rules import kinds
from sim.scenario import Scenario

AS_IT_IS = "as it is"
REGIMES: dict[str, Mapping[str, float]] = {
    "customers' market": {"market.transparency": 0.9, "market.idle_capacity": 0.8, "market.switching_cost": 0.0},
    AS_IT_IS: {},
    "firms' market": {"market.transparency": 0.1, "market.idle_capacity": 0.0, "market.switching_cost": 1.5},
}
"""Markets that are meant to give the power to customers, to leave it where it is, and to give it to firms; all numbers assumed. What
came of it is measured."""
TABLES = ("summary", "dyad_months")


@dataclass(frozen=True)
class Point:
    """One market: its regime, and the strategy of each firm."""

    regime: str
    firms: tuple[str, ...]


def known() -> tuple[str, ...]:
    """Return the kinds of all strategies that there are."""
    return tuple(kinds("sim.strategies")["strategy"])


def chosen(text: str) -> tuple[str, ...]:
    """Return the strategies that a comma-separated list names; all for an empty one.

    Raises
    ------
    ScenarioError
        If one is unknown or named twice, or there are fewer than two.
    """
    there = known()
    names = tuple(name.strip() for name in text.split(",") if name.strip()) or there
    for name in names:
        if name not in there:
            raise ScenarioError(f"--strategies: there is no strategy {name!r}{places.perhaps(name, there)}")
        if names.count(name) > 1:
            raise ScenarioError(f"--strategies: {name!r} is named twice")
    if len(names) < 2:
        raise ScenarioError("--strategies: a tournament needs two strategies or more")
    return names


def level(scenario: Scenario, n_firms: int) -> Scenario:
    """Return a scenario in which ``n_firms`` firms are alike: copies of the first, which share what customers all firms start with.

    Raises
    ------
    ScenarioError
        If campaigns or events treat firms differently.
    """
    if scenario.campaigns:
        raise ScenarioError(f"tournament: {scenario.name!r} has campaigns of single firms; a tournament needs firms that differ in strategy only")
    partial = [event.name for event in scenario.events if any(path.startswith("firms") for path in event.set)]
    if partial:
        raise ScenarioError(f"tournament: event {partial[0]!r} acts on single firms; a tournament needs firms that differ in strategy only")
    first = plain(scenario.firms[0])
    share = min(1.0, sum(firm.start_share for firm in scenario.firms)) / n_firms
    alike = [{**first, "name": f"Firm {k + 1}", "fixed": {}, "orientation": {}, "start_share": share} for k in range(n_firms)]
    return scenario.but({"firms": alike})


def compositions(strategies: Sequence[str], n_firms: int, *, mixtures: bool) -> list[tuple[str, ...]]:
    """Return the strategies of the firms, market by market: each strategy alone, pairs half and half, or every mixture.

    >>> compositions(["a", "b"], 4, mixtures=False)
    [('a', 'a', 'a', 'a'), ('a', 'a', 'b', 'b'), ('b', 'b', 'b', 'b')]
    """
    if mixtures:
        return list(combinations_with_replacement(strategies, n_firms))
    half = n_firms // 2
    return [(a,) * half + (b,) * half for a, b in combinations_with_replacement(strategies, 2)]


def points(strategies: Sequence[str], n_firms: int, *, mixtures: bool, regimes: bool) -> list[Point]:
    """Return the markets of a tournament in their order."""
    variants = list(REGIMES) if regimes else [AS_IT_IS]
    return [Point(regime, firms) for regime in variants for firms in compositions(strategies, n_firms, mixtures=mixtures)]


def study(scenario: Scenario, listed: Sequence[Point], replications: int) -> Study:
    """Return the study that plays the markets: one point each, replication k on the scenario's seed + k.

    Parameters
    ----------
    scenario : Scenario
        From :func:`level`.
    listed : sequence of Point
        The markets.
    replications : int
        Of each.
    """
    paths = sorted({path for point in listed for path in REGIMES[point.regime]})
    rows: list[dict[str, Any]] = []
    for point in listed:
        market = {path: REGIMES[point.regime].get(path, getattr(scenario.market, path.partition(".")[2])) for path in paths}
        rows.append({**market, **{f"firms.{k}.strategy.kind": kind for k, kind in enumerate(point.firms)}})
    return Study(
        name=f"tournament-{scenario.name}"[:60], title="Tournament", scenario=scenario, replications=replications, seed=scenario.seed,
        measures=("total_profit", "customer_equity"), tables=TABLES, design={"kind": "table", "rows": rows},
    )  # fmt: skip
