"""A verdict: who wins at a point, by how much and how surely, from replications on the same luck; and who has the power there."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments import contrasts
from results.figures.power_regimes import REGIMES
from results.intervals import interval


@dataclass(frozen=True)
class Verdict:
    """What the replications at one point say.

    Attributes
    ----------
    winner, second : str
        The strategy with the highest mean, and the one after it.
    margin, low, high : float
        Mean paired difference between the two, with its 95 % interval, in the measure's unit per firm.
    n : int
        Replications.
    probability : float
        That the winner's true mean is the higher one of the two: Student's t on the paired differences, without prior knowledge.
    won : float
        Share of replications in which it is.
    """

    winner: str
    second: str
    margin: float
    low: float
    high: float
    n: int
    probability: float
    won: float

    @property
    def certain(self) -> bool:
        """Whether the interval of the margin leaves out 0."""
        return self.low > 0.0


def verdict(table: pd.DataFrame) -> Verdict:
    """Return who wins at one point.

    Parameters
    ----------
    table : DataFrame
        One row per replication, one column per strategy, two or more.

    Raises
    ------
    ValueError
        If fewer than two strategies have a number in every replication.
    """
    from scipy.special import stdtr

    known = table.dropna(axis="columns")
    if len(known.columns) < 2:
        raise ValueError(f"fewer than two strategies have a number in each of {len(table)} replications at some point, so that nobody wins there")
    order = known.mean().sort_values(ascending=False, kind="stable").index
    winner, second = str(order[0]), str(order[1])
    differences = (known[winner] - known[second]).to_numpy(float)
    margin, low, high, n = interval(differences)
    error = float(np.std(differences, ddof=1)) / np.sqrt(n)
    # Replications that all differ by the same amount leave no doubt, and no t.
    probability = float(stdtr(n - 1, margin / error)) if error > 0.0 else (1.0 if margin > 0.0 else 0.5)
    return Verdict(winner, second, margin, low, high, n, probability, float(np.mean(differences > 0.0)))


def verdicts(summary: pd.DataFrame, measure: str) -> dict[int, Verdict]:
    """Return who wins at each point of a sweep.

    Parameters
    ----------
    summary : DataFrame
        One row per point, replication and firm; every point has two strategies or more.
    measure : str
        The column by which strategies are ranked, per firm.
    """
    table = contrasts.per_firm(summary, measure)
    return {int(point): verdict(table.loc[[point]]) for point in table.index.unique("point")}


def regimes(firm_months: pd.DataFrame) -> pd.DataFrame:
    """Return the share of relationships in each power regime, all firms and months together, means over replications.

    Parameters
    ----------
    firm_months : DataFrame
        One row per point, replication, month and firm.

    Returns
    -------
    DataFrame
        Index ``point``; one column per regime, 0 to 1, which add up to 1; missing where the power of the sides is not modelled.
    """
    counts = firm_months.groupby(["point", "replication"])[list(REGIMES)].sum()
    total = counts.sum(axis=1)
    return counts.div(total.where(total > 0), axis=0).groupby(level="point").mean()
