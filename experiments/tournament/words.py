"""What a tournament says, in sentences made from its numbers: who wins, what is an equilibrium, and where the power lies."""

import numpy as np

from experiments.tournament.analysis import MEASURES, Tournament
from experiments.tournament.games import Array, basins, equilibria, invasions, replicate, stable, symmetric
from experiments.tournament.ranking import ranking
from results import names
from results.intervals import interval
from results.labels import number
from results.language import say

RELATIONAL = "relational"
STARTS = 50
"""Random populations from which the dynamics are followed."""
SEED = 1
"""Of the random populations."""


def payoff(measure: str) -> str:
    """Return what a payoff of :data:`experiments.tournament.analysis.MEASURES` is called."""
    return {"total_profit": say("profit over the run per firm"), "customer_equity": say("customer equity per firm at the end")}.get(measure, measure)


def findings(played: Tournament) -> list[str]:
    """Return the findings, regime by regime: profit decides, customer equity is named where it decides otherwise."""
    said = []
    for regime in played.regimes:
        found = [_power(played, regime), _best(played, regime), _stability(played, regime), _nash(played, regime), _dynamics(played, regime)]
        for sentence in filter(None, found):
            if len(played.regimes) > 1:
                sentence = say("{where}: {sentence}", where=names.capital(_where(regime)), sentence=sentence)
            said.append(names.capital(sentence))
    if RELATIONAL in played.strategies and len(played.regimes) > 1:
        said.append(_across(played))
    return said


def _where(regime: str) -> str:
    return {
        "customers' market": say("in the customers' market"),
        "as it is": say("in the market as it is"),
        "firms' market": say("in the firms' market"),
    }.get(regime, regime)


def _power(played: Tournament, regime: str) -> str:
    rows = played.power[played.power["regime"] == regime]
    if not len(rows):
        return ""
    customers, even, firms = (number(float(rows[name].iloc[0]), "share") for name in ("marketed_leads", "parity", "marketer_leads"))
    return say(
        "customers lead in {customers} % of relationships, {even} % are even, firms lead in {firms} %.", customers=customers, even=even, firms=firms
    )


def _best(played: Tournament, regime: str) -> str:
    """Return who earns most on average and whether its lead over the next is clear."""
    payoffs = played.duels(regime, "total_profit")
    order = ranking(played.strategies, payoffs)
    best, second = (played.strategies.index(name) for name in order["strategy"].iloc[:2])
    mean, low, high, _ = interval(payoffs[:, best, :].mean(axis=1) - payoffs[:, second, :].mean(axis=1))
    ends = say("one replication, no interval") if np.isnan(low) else say("95 % interval {low} to {high}", low=number(low), high=number(high))
    values = {
        "who": names.strategy(played.strategies[best]),
        "other": names.strategy(played.strategies[second]),
        "amount": number(mean),
        "ends": ends,
    }
    if not np.isnan(low) and low <= 0.0 <= high:
        lead = say("{who} firms earn most on average, though not clearly more than {other} ones ({amount} more, {ends})", **values)
    else:
        lead = say("{who} firms earn most on average, {amount} more than {other} ones ({ends})", **values)
    row = order.iloc[0]
    equity = ranking(played.strategies, played.duels(regime, "customer_equity"))["strategy"].iloc[0]
    is_same = equity == played.strategies[best]
    return say(
        "{lead}; they beat {wins} of {others} others in the market they share, and lose to {losses}{rest}.",
        lead=lead, wins=row["wins"], others=len(order) - 1, losses=row["losses"],
        rest="" if is_same else say("; by customer equity {who} ones come first", who=names.strategy(equity)),
    )  # fmt: skip


def _stability(played: Tournament, regime: str) -> str:
    """Return which strategies resist every single firm that does otherwise."""
    tests = invasions(played.game(regime, "total_profit"))
    verdicts = {name: stable(tests, name) for name in played.strategies}
    is_one = played.mixtures or played.n_firms == 2
    group = say("one firm") if is_one else say("{n} of the {all} firms", n=played.n_firms // 2, all=played.n_firms)
    those = {kind: names.listed([names.strategy(name) for name, verdict in verdicts.items() if verdict == kind]) for kind in verdicts.values()}
    parts = []
    if "stable" in those:
        parts.append(say("{who} cannot be invaded by {group} with another of these strategies", who=those["stable"], group=group))
    if "invaded" in those:
        parts.append(say("{who} can be: {group} with some other strategy would earn more", who=those["invaded"], group=group))
    if "undecided" in those:
        parts.append(say("{who} are not decided by so many replications (an interval covers 0)", who=those["undecided"]))
    said = say("{sentence}.", sentence=names.clauses(parts))
    if RELATIONAL not in verdicts:
        return said
    by = [one.mutant for one in tests if one.resident == RELATIONAL and one.verdict == "invaded"]
    return said + _of_relational(verdicts[RELATIONAL], by)


def _of_relational(verdict: str, by: list[str]) -> str:
    """Return whether relationship marketing is an equilibrium, and what would earn more among its firms."""
    answer = {
        "stable": say(" Relationship marketing is an equilibrium here"),
        "invaded": say(" Relationship marketing is no equilibrium here"),
        "undecided": say(" Whether relationship marketing is an equilibrium here is open"),
    }[verdict]
    if not by:
        return say("{sentence}.", sentence=answer)
    return say("{answer}: {who} firms would earn more among relational ones.", answer=answer, who=names.listed([names.strategy(one) for one in by]))


def mix(shares: Array, strategies: tuple[str, ...]) -> str:
    """Write a mixture: ``60 % mass, 40 % relational``."""
    parts = [(share, names.strategy(name)) for share, name in zip(shares, strategies, strict=True) if share > 0.5e-2]
    return names.joined(
        [
            name if share > 1.0 - 0.5e-2 else say("{share} % {name}", share=f"{100 * share:.0f}", name=name)
            for share, name in sorted(parts, reverse=True)
        ]
    )


def _nash(played: Tournament, regime: str) -> str:
    """Return the equilibria of the duel in mean payoffs."""
    payoffs = played.duels(regime, "total_profit")
    found, complete = equilibria(payoffs.mean(axis=0))
    own = [mix(pair[0], played.strategies) for pair in found if symmetric(pair)]
    other = len(found) - len(own)
    return say(
        "Nash equilibria of the duel in mean profit, where both sides do the same{some}: {own}{apart}.",
        some="" if complete else say(", perhaps among others"),
        own=names.clauses(own) or say("none"),
        apart=say(", and {n} in which the two sides do different things", n=other) if other else "",
    )


def _dynamics(played: Tournament, regime: str) -> str:
    """Return where a population of firms ends that imitate success."""
    game = played.game(regime, "total_profit")
    scale = float(np.ptp(game.payoffs.mean(axis=0)))
    n = len(game.strategies)
    course = replicate(game.fitness, np.full(n, 1.0 / n), scale=scale)
    ends = list(basins(game, STARTS, SEED).items())[:3]
    shares = [say("{share} % with {who}", share=f"{100 * share:.0f}", who=names.listed(list(map(names.strategy, left)))) for left, share in ends]
    values = {"mix": mix(course.end, game.strategies), "n": STARTS, "shares": names.clauses(shares)}
    if course.rests:
        return say("a population that starts with all strategies alike and copies success ends with {mix}; of {n} random starts, {shares}.", **values)
    return say(
        "a population that starts with all strategies alike and copies success has not come to rest, and holds at last {mix}; "
        "of {n} random starts, {shares}.",
        **values,
    )


def _across(played: Tournament) -> str:
    """Return in which regimes relationship marketing is an equilibrium."""
    verdicts = {regime: stable(invasions(played.game(regime, "total_profit")), RELATIONAL) for regime in played.regimes}
    answers = {"stable": say("yes"), "invaded": say("no"), "undecided": say("open")}
    parts = [say("{answer} {where}", answer=answers[verdict], where=_where(regime)) for regime, verdict in verdicts.items()]
    return say(
        "Is relationship marketing an equilibrium, by {payoff}? {answers}.",
        payoff=payoff(MEASURES[0]), answers=names.capital(names.clauses(parts)),
    )  # fmt: skip
