"""Ranking strategies: mean payoff, Copeland's wins (1951), and Savage's greatest regret (1951)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.intervals import interval


def matrix(strategies: tuple[str, ...], payoffs: NDArray[np.float64]) -> pd.DataFrame:
    """Return the payoff matrix with intervals, one row per strategy and opponent.

    Parameters
    ----------
    strategies : tuple of str
        Names.
    payoffs : array, shape (n_replications, n_strategies, n_strategies)
        Payoff of the row's firms in a market shared half and half with the column's.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``opponent``, ``mean``, ``low``, ``high``, ``n``.
    """
    rows = [(a, b, *interval(payoffs[:, i, j])) for i, a in enumerate(strategies) for j, b in enumerate(strategies)]
    return pd.DataFrame(rows, columns=["strategy", "opponent", "mean", "low", "high", "n"])


def ranking(strategies: tuple[str, ...], payoffs: NDArray[np.float64]) -> pd.DataFrame:
    """Return the strategies, best mean first.

    Parameters
    ----------
    strategies, payoffs
        As for :func:`matrix`.

    Returns
    -------
    DataFrame
        Columns ``strategy``; ``mean``, ``low``, ``high``, ``n``: payoff over all opponents, itself among them; ``wins`` and ``losses``:
        opponents that it earned more or less than in the market that they shared, the interval of the difference leaving out 0;
        ``copeland``: wins less losses; ``regret``: the most that another strategy would have earned more against the same opponent.
    """
    means = payoffs.mean(axis=0)
    regrets = (means.max(axis=0) - means).max(axis=1)
    rows = []
    for i, name in enumerate(strategies):
        ends = [interval(payoffs[:, i, j] - payoffs[:, j, i])[1:3] for j in range(len(strategies)) if j != i]
        wins, losses = sum(low > 0.0 for low, _ in ends), sum(high < 0.0 for _, high in ends)
        rows.append((name, *interval(payoffs[:, i, :].mean(axis=1)), wins, losses, wins - losses, float(regrets[i])))
    columns = ["strategy", "mean", "low", "high", "n", "wins", "losses", "copeland", "regret"]
    return pd.DataFrame(rows, columns=columns).sort_values("mean", ascending=False, kind="stable").reset_index(drop=True)
