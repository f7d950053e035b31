"""What a tournament says, in sentences made from its numbers: who wins, what is an equilibrium, and where the power lies."""

import numpy as np

from experiments.tournament.analysis import MEASURES, Tournament
from experiments.tournament.games import Array, basins, equilibria, invasions, replicate, stable, symmetric
from experiments.tournament.markets import AS_IT_IS
from experiments.tournament.ranking import ranking
from results.intervals import interval
from results.labels import number

RELATIONAL = "relational"
STARTS = 50
"""Random populations from which the dynamics are followed."""
SEED = 1
"""Of the random populations."""


def findings(played: Tournament) -> list[str]:
    """Return the findings, regime by regime: profit decides, customer equity is named where it decides otherwise."""
    said = []
    for regime in played.regimes:
        start = f"{_where(regime).capitalize()}: " if len(played.regimes) > 1 else ""
        found = [_power(played, regime), _best(played, regime), _stability(played, regime), _nash(played, regime), _dynamics(played, regime)]
        said += [f"{start}{sentence}" if start else sentence[:1].upper() + sentence[1:] for sentence in found if sentence]
    if RELATIONAL in played.strategies and len(played.regimes) > 1:
        said.append(_across(played))
    return said


def _where(regime: str) -> str:
    return f"in the market {regime}" if regime == AS_IT_IS else f"in the {regime}"


def _power(played: Tournament, regime: str) -> str:
    rows = played.power[played.power["regime"] == regime]
    if not len(rows):
        return ""
    customers, even, firms = (number(float(rows[name].iloc[0]), "share") for name in ("marketed_leads", "parity", "marketer_leads"))
    return f"customers lead in {customers} % of relationships, {even} % are even, firms lead in {firms} %."


def _best(played: Tournament, regime: str) -> str:
    """Return who earns most on average and whether its lead over the next is clear."""
    payoffs = played.duels(regime, "total_profit")
    order = ranking(played.strategies, payoffs)
    best, second = (played.strategies.index(name) for name in order["strategy"].iloc[:2])
    mean, low, high, _ = interval(payoffs[:, best, :].mean(axis=1) - payoffs[:, second, :].mean(axis=1))
    names = played.strategies[best], played.strategies[second]
    ends = "one replication, no interval" if np.isnan(low) else f"95 % interval {number(low)} to {number(high)}"
    if not np.isnan(low) and low <= 0.0 <= high:
        lead = f"{names[0]} firms earn most on average, though not clearly more than {names[1]} ones ({number(mean)} more, {ends})"
    else:
        lead = f"{names[0]} firms earn most on average, {number(mean)} more than {names[1]} ones ({ends})"
    row = order.iloc[0]
    equity = ranking(played.strategies, played.duels(regime, "customer_equity"))["strategy"].iloc[0]
    rest = "" if equity == names[0] else f"; by customer equity {equity} ones come first"
    return f"{lead}; they beat {row['wins']} of {len(order) - 1} others in the market they share, and lose to {row['losses']}{rest}."


def _stability(played: Tournament, regime: str) -> str:
    """Return which strategies resist every single firm that does otherwise."""
    tests = invasions(played.game(regime, "total_profit"))
    verdicts = {name: stable(tests, name) for name in played.strategies}
    group = "one firm" if played.mixtures or played.n_firms == 2 else f"{played.n_firms // 2} of the {played.n_firms} firms"
    parts = [
        f"{_listed([name for name, verdict in verdicts.items() if verdict == kind])} {text}"
        for kind, text in (
            ("stable", f"cannot be invaded by {group} with another of these strategies"),
            ("invaded", f"can be: {group} with some other strategy would earn more"),
            ("undecided", "are not decided by so many replications (an interval covers 0)"),
        )
        if kind in verdicts.values()
    ]
    answer = ""
    if RELATIONAL in verdicts:
        answer = {
            "stable": " Relationship marketing is an equilibrium here",
            "invaded": " Relationship marketing is no equilibrium here",
            "undecided": " Whether relationship marketing is an equilibrium here is open",
        }[verdicts[RELATIONAL]]
        by = [one.mutant for one in tests if one.resident == RELATIONAL and one.verdict == "invaded"]
        answer += f": {_listed(by)} firms would earn more among relational ones." if by else "."
    return f"{'; '.join(parts)}.{answer}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def mix(shares: Array, strategies: tuple[str, ...]) -> str:
    """Write a mixture: ``60 % mass, 40 % relational``."""
    parts = [(share, name) for share, name in zip(shares, strategies, strict=True) if share > 0.5e-2]
    return ", ".join(name if share > 1.0 - 0.5e-2 else f"{100 * share:.0f} % {name}" for share, name in sorted(parts, reverse=True))


def _nash(played: Tournament, regime: str) -> str:
    """Return the equilibria of the duel in mean payoffs."""
    payoffs = played.duels(regime, "total_profit")
    found, complete = equilibria(payoffs.mean(axis=0))
    own = [mix(pair[0], played.strategies) for pair in found if symmetric(pair)]
    other = len(found) - len(own)
    some = "" if complete else ", perhaps among others"
    apart = f", and {other} in which the two sides do different things" if other else ""
    return f"Nash equilibria of the duel in mean profit, where both sides do the same{some}: {'; '.join(own) or 'none'}{apart}."


def _dynamics(played: Tournament, regime: str) -> str:
    """Return where a population of firms ends that imitate success."""
    game = played.game(regime, "total_profit")
    scale = float(np.ptp(game.payoffs.mean(axis=0)))
    n = len(game.strategies)
    course = replicate(game.fitness, np.full(n, 1.0 / n), scale=scale)
    state = "ends with" if course.rests else "has not come to rest, and holds at last"
    ends = list(basins(game, STARTS, SEED).items())[:3]
    shares = "; ".join(f"{100 * share:.0f} % with {_listed(list(left))}" for left, share in ends)
    start = f"a population that starts with all strategies alike and copies success {state} {mix(course.end, game.strategies)}"
    return f"{start}; of {STARTS} random starts, {shares}."


def _across(played: Tournament) -> str:
    """Return in which regimes relationship marketing is an equilibrium."""
    verdicts = {regime: stable(invasions(played.game(regime, "total_profit")), RELATIONAL) for regime in played.regimes}
    words = {"stable": "yes", "invaded": "no", "undecided": "open"}
    parts = [f"{words[verdict]} {_where(regime)}" for regime, verdict in verdicts.items()]
    return f"Is relationship marketing an equilibrium, by {MEASURES['total_profit']}? {'; '.join(parts).capitalize()}."
