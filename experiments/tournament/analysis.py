"""The analysis of a tournament: payoffs of firms by strategy and company, the games that they make, and the power that was measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.tournament import markets
from experiments.tournament.games import Game, of_matrix
from experiments.tournament.markets import Point

MEASURES = ("total_profit", "customer_equity")
"""Columns of ``summary`` that are payoffs, in currency per firm."""
LEADERS = ("marketed_leads", "parity", "marketer_leads")


@dataclass(frozen=True)
class Tournament:
    """Markets that were played.

    Attributes
    ----------
    strategies : tuple of str
        Those that took part.
    points : tuple of Point
        The markets.
    mixtures : bool
        Whether every mixture was played.
    payoffs : DataFrame
        Columns ``regime``, ``point``, ``replication``, ``firms`` (strategies of the market), ``strategy``, ``n_firms`` of it, and the
        measures: means over its firms.
    power : DataFrame
        Columns ``regime``, ``marketed_leads``, ``parity``, ``marketer_leads``: mean shares of customer relationships.
    manifest : dict
        What ran.
    place : Path
        Where it is kept.
    """

    strategies: tuple[str, ...]
    points: tuple[Point, ...]
    mixtures: bool
    payoffs: pd.DataFrame
    power: pd.DataFrame
    manifest: dict[str, Any]
    place: Path

    @property
    def regimes(self) -> list[str]:
        """The regimes that were played, in order."""
        return list(dict.fromkeys(point.regime for point in self.points))

    @property
    def n_firms(self) -> int:
        """Firms in a market."""
        return len(self.points[0].firms)

    def duels(self, regime: str, measure: str) -> NDArray[np.float64]:
        """Return payoffs of rows in markets shared half and half with columns, shape (n_replications, n_strategies, n_strategies)."""
        half = self.n_firms // 2
        look = self._look(regime, measure)
        pairs = [[look[tuple(sorted((a, b) * half, key=self.strategies.index)), a] for b in self.strategies] for a in self.strategies]
        return np.moveaxis(np.array(pairs), 2, 0)

    def game(self, regime: str, measure: str) -> Game:
        """Return the game that firms play: among all mixtures of the others, if they were played, else between two halves."""
        if not self.mixtures:
            return of_matrix(self.strategies, self.duels(regime, measure))
        look = self._look(regime, measure)
        others = list(combinations_with_replacement(self.strategies, self.n_firms - 1))
        rows = [[look[tuple(sorted((*rest, own), key=self.strategies.index)), own] for own in self.strategies] for rest in others]
        counts = tuple(tuple(rest.count(name) for name in self.strategies) for rest in others)
        return Game(self.strategies, counts, np.moveaxis(np.array(rows), 2, 0))

    def _look(self, regime: str, measure: str) -> dict[tuple[tuple[str, ...], str], NDArray[np.float64]]:
        """Return payoffs by market and strategy, each of shape (n_replications,)."""
        part = self.payoffs[self.payoffs["regime"] == regime].sort_values(["point", "strategy", "replication"], kind="stable")
        numbered = {number: point.firms for number, point in enumerate(self.points)}
        return {
            (numbered[point], str(strategy)): rows[measure].to_numpy(float)  # type: ignore[index]
            for (point, strategy), rows in part.groupby(["point", "strategy"], sort=False)
        }


def tournament(
    scenario: Any,
    strategies: Sequence[str] = (),
    *,
    n_firms: int = 4,
    replications: int = 5,
    mixtures: bool = False,
    regimes: bool = False,
    out: Path | str = "",
    **how: Any,
) -> Tournament:
    """Play a tournament, or go on with one that was stopped.

    Parameters
    ----------
    scenario : Scenario
        The market; its firms become copies of the first.
    strategies : sequence of str
        Kinds of strategies; none: all that there are.
    n_firms : int
        2 or 4.
    replications : int
        Of each market.
    mixtures : bool
        Play every mixture of strategies, not duels alone.
    regimes : bool
        Play it in three variants of the market as well, see :data:`experiments.tournament.markets.REGIMES`.
    out : Path or str
        Where it is kept. Default: ``results/runs/tournament-SCENARIO``.
    **how : Any
        ``workers``, ``progress``, ``force``, ``command`` as for :func:`experiments.sweep.sweep`.

    Raises
    ------
    ScenarioError, StoreError
        If something is wrong with what is asked, or the place, in one sentence.
    Unfinished
        If markets failed: a game with holes has no solution.
    """
    from experiments.sweep import sweep

    names = tuple(strategies) or markets.known()
    listed = markets.points(names, n_firms, mixtures=mixtures, regimes=regimes)
    plan = markets.study(markets.level(scenario, n_firms), listed, replications)
    done = sweep(plan, out, **how)
    if not done.complete:
        why = f": {done.failures['error'].iloc[0]}" if len(done.failures) else ""
        raise Unfinished(f"{done.place}: {done.missing} of {done.layout.runs} runs are missing{why}; the same command tries them again")
    return Tournament(
        strategies=names,
        points=tuple(listed),
        mixtures=mixtures,
        payoffs=payoffs(done.summary, listed),
        power=power(done.table("dyad_months"), listed),
        manifest=done.manifest,
        place=done.place,
    )


class Unfinished(Exception):
    """Some markets were not played; the text is a sentence for the user."""


def payoffs(summary: pd.DataFrame, listed: Sequence[Point]) -> pd.DataFrame:
    """Return mean payoffs of the firms of each strategy, one row per market, replication and strategy.

    Parameters
    ----------
    summary : DataFrame
        One row per point, replication and firm.
    listed : sequence of Point
        The markets by number of the point.
    """
    known = summary.assign(customer_equity=summary["customer_equity"].fillna(0.0))  # no customers are worth nothing
    groups = known.groupby(["point", "replication", "strategy"], sort=True)
    table = groups[list(MEASURES)].mean().join(groups.size().rename("n_firms")).reset_index()
    table.insert(0, "regime", [listed[point].regime for point in table["point"]])
    table.insert(3, "firms", [_said(listed[point].firms) for point in table["point"]])
    return table


def _said(firms: tuple[str, ...]) -> str:
    """Write the strategies of a market: ``2 relational, 2 transactional``."""
    return ", ".join(f"{n} {name}" for name, n in Counter(firms).items())


def power(dyad_months: pd.DataFrame, listed: Sequence[Point]) -> pd.DataFrame:
    """Return the shares of customer relationships that customers lead, that are even, and that firms lead, by regime."""
    own = dyad_months[dyad_months["market"] == "customer"]
    regimes = own["point"].map({number: point.regime for number, point in enumerate(listed)})
    sums = own.groupby(regimes, sort=False)[list(LEADERS)].sum()
    total = sums.sum(axis=1)
    return sums.div(total.where(total > 0.0), axis=0).rename_axis("regime").reset_index()
