"""Symmetric games of two and more players: Nash equilibria, evolutionary stability, replicator dynamics (Maynard Smith 1982).

A strategy's payoff depends on how many of the others play each strategy. In a duel there is one other; in a market of N firms there are
N - 1, and a firm that meets a population meets N - 1 drawn from it (Gokhale & Traulsen 2010).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

from results.intervals import interval

Array = NDArray[np.float64]
Counts = tuple[int, ...]
"""How many play each strategy."""

MOST_BY_SUPPORTS = 7
"""Strategies up to which all supports are tried: with k of them there are about 4^k pairs of supports."""
SETTLED = 1e-6
"""Speed, in shares per unit of time, below which a population has come to rest."""
HORIZON = 2_000.0
"""Time for which the dynamics are followed, in units of one over the range of payoffs."""
ABSENT = 1e-3
"""Share of the population below which a strategy has died out."""


@dataclass(frozen=True)
class Game:
    """A symmetric game, played several times.

    Attributes
    ----------
    strategies : tuple of str
        Their names.
    others : tuple of Counts
        The situations that a player can be in: how many of the others play each strategy.
    payoffs : array, shape (n_replications, n_others, n_strategies)
        What a player of each strategy gets among such others.
    """

    strategies: tuple[str, ...]
    others: tuple[Counts, ...]
    payoffs: Array

    @property
    def players(self) -> int:
        """How many play."""
        return sum(self.others[0]) + 1

    def among(self, others: Counts) -> Array:
        """Return payoffs among such others, shape (n_replications, n_strategies)."""
        return self.payoffs[:, self.others.index(others), :]

    def fitness(self, shares: Array) -> Array:
        """Return each strategy's mean payoff against others drawn from a population, shape (n_strategies,)."""
        chances = [factorial(sum(counts)) / prod(map(factorial, counts)) * float(np.prod(shares ** np.array(counts))) for counts in self.others]
        return np.asarray(np.array(chances) @ self.payoffs.mean(axis=0), float)


def of_matrix(strategies: tuple[str, ...], payoffs: Array) -> Game:
    """Return the game of two players with a payoff matrix.

    Parameters
    ----------
    strategies : tuple of str
        Names.
    payoffs : array, shape (n_replications, n_strategies, n_strategies)
        Payoff of the row against the column.
    """
    units = np.eye(len(strategies), dtype=int)
    return Game(strategies, tuple(tuple(map(int, row)) for row in units), np.swapaxes(np.asarray(payoffs, float), 1, 2))


@dataclass(frozen=True)
class Invasion:
    """Whether a resident strategy resists a mutant.

    ``gain`` with ``low`` and ``high`` is what the resident gets more than a single mutant, paired by replication, with its 95 % interval.
    ``verdict`` is ``resists``, ``invaded`` or ``undecided``: the interval covers 0, and so does that of the second condition.
    """

    resident: str
    mutant: str
    gain: float
    low: float
    high: float
    n: int
    verdict: str


def invasions(game: Game) -> list[Invasion]:
    """Return for each pair of strategies whether one, played by all, resists a single firm that plays the other.

    The test of evolutionary stability of Maynard Smith and Price (1973), with the interval over replications as its tolerance: the
    resident must do better than the mutant among residents; where that is a tie, better where one other is a mutant.
    """
    found = []
    n = len(game.strategies)
    for a in range(n):
        home = game.among(_counts(n, {a: game.players - 1}))
        for b in range(n):
            if a != b:
                mean, low, high, count = interval(home[:, a] - home[:, b])
                verdict = "resists" if low > 0.0 else "invaded" if high < 0.0 else "undecided"
                if verdict == "undecided":
                    mixed = game.among(_counts(n, {a: game.players - 2, b: 1}))
                    verdict = "resists" if low == high == 0.0 and interval(mixed[:, a] - mixed[:, b])[1] > 0.0 else verdict
                found.append(Invasion(game.strategies[a], game.strategies[b], mean, low, high, count, verdict))
    return found


def _counts(n: int, given: dict[int, int]) -> Counts:
    return tuple(given.get(place, 0) for place in range(n))


def stable(found: list[Invasion], resident: str) -> str:
    """Return whether a strategy is evolutionarily stable: ``stable``, ``invaded`` or ``undecided``."""
    verdicts = {one.verdict for one in found if one.resident == resident}
    return "invaded" if "invaded" in verdicts else "undecided" if "undecided" in verdicts else "stable"


def undominated(matrix: Array) -> list[int]:
    """Return the strategies of a symmetric game that survive repeated removal of strictly dominated ones; no equilibrium is lost by it."""
    left = list(range(len(matrix)))
    while True:
        out = [i for i in left if any(all(matrix[j, k] > matrix[i, k] for k in left) for j in left if j != i)]
        if not out:
            return left
        left = [i for i in left if i not in out]


def equilibria(matrix: Array) -> tuple[list[tuple[Array, Array]], bool]:
    """Return Nash equilibria of the symmetric game of two players, by nashpy, and whether they are all of them.

    Parameters
    ----------
    matrix : array, shape (n_strategies, n_strategies)
        Payoff of the row against the column.

    Returns
    -------
    list of pairs of arrays
        How often each player plays each strategy. Up to seven undominated strategies every pair of supports of equal size is tried;
        above that, equilibria are those that the algorithm of Lemke and Howson (1964) ends in.
    bool
        Whether all supports were tried and the game is not degenerate.
    """
    import warnings

    import nashpy

    kept = undominated(matrix)
    inner = matrix[np.ix_(kept, kept)]
    scale = float(np.ptp(inner)) or 1.0
    inner = (inner - inner.min()) / scale + 1.0  # the same equilibria, in numbers that a solver likes
    game = nashpy.Game(inner, inner.T)
    whole = len(kept) <= MOST_BY_SUPPORTS
    found: list[tuple[Array, Array]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an even number of equilibria is reported by what is returned
        for row, column in game.support_enumeration() if whole else game.lemke_howson_enumeration():
            if np.shape(row) != (len(kept),) or np.shape(column) != (len(kept),) or not (np.isfinite(row).all() and np.isfinite(column).all()):
                continue
            pair = (_spread(row, kept, len(matrix)), _spread(column, kept, len(matrix)))
            if not any(np.allclose(pair, other, atol=1e-6) for other in found):
                found.append(pair)
    return found, whole and len(found) % 2 == 1


def _spread(mix: Array, kept: list[int], n: int) -> Array:
    """Return a mix over some strategies as one over all."""
    whole = np.zeros(n)
    whole[kept] = mix
    return whole


def symmetric(pair: tuple[Array, Array]) -> bool:
    """Whether both players do the same: what a single population can come to."""
    return bool(np.allclose(*pair, atol=1e-6))


@dataclass(frozen=True)
class Course:
    """A population's course: ``times``, ``shares`` of shape (n_times, n_strategies), and whether it came to rest."""

    times: Array
    shares: Array
    rests: bool

    @property
    def end(self) -> Array:
        """Shares at the end."""
        return np.asarray(self.shares[-1], float)


def replicate(fitness: Callable[[Array], Array], start: Array, *, scale: float, horizon: float = HORIZON, points: int = 200) -> Course:
    """Return the course of replicator dynamics (Taylor & Jonker 1978): dx_i/dt = x_i (f_i - mean f) / scale.

    Parameters
    ----------
    fitness : callable
        From shares to payoffs.
    start : array, shape (n_strategies,)
        Shares at the start, above 0, together 1.
    scale : float
        Range of payoffs: makes time free of the unit of money.
    horizon : float
        How long it is followed.
    points : int
        Points of the course that are returned.
    """
    from scipy.integrate import solve_ivp

    def shares(logs: Array) -> Array:
        powers = np.exp(logs - logs.max())
        return np.asarray(powers / powers.sum(), float)

    def speed(_time: float, logs: Array) -> Array:
        x = shares(logs)
        f = fitness(x)
        return np.asarray((f - x @ f) / (scale or 1.0), float)

    # In logarithms no share can become negative, however long a strategy dies out.
    solved = solve_ivp(speed, (0.0, horizon), np.log(start), method="LSODA", rtol=1e-9, atol=1e-9, t_eval=np.linspace(0.0, horizon, points))
    path = np.array([shares(logs) for logs in solved.y.T])
    rests = float(np.max(np.abs(path[-1] * speed(horizon, np.log(np.maximum(path[-1], 1e-300)))))) < SETTLED
    return Course(np.asarray(solved.t, float), path, rests)


def basins(game: Game, starts: int, seed: int) -> dict[tuple[str, ...], float]:
    """Return where populations end: the share of random starts by the strategies that are left (drawn evenly from all mixtures).

    Parameters
    ----------
    game : Game
        Whose mean payoffs are used.
    starts : int
        Random starts.
    seed : int
        Of the draws.
    """
    draws = np.random.default_rng(seed).dirichlet(np.ones(len(game.strategies)), size=starts)
    scale = float(np.ptp(game.payoffs.mean(axis=0)))
    found: dict[tuple[str, ...], float] = {}
    for start in np.maximum(draws, 1e-9):
        end = replicate(game.fitness, start / start.sum(), scale=scale, points=2).end
        left = tuple(name for name, share in zip(game.strategies, end, strict=True) if share > ABSENT)
        found[left] = found.get(left, 0.0) + 1.0 / starts
    return dict(sorted(found.items(), key=lambda item: -item[1]))
