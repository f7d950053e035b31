"""What a lesson measures: who earns most, whose customers leave least, who sells how much; with intervals over replications."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from results import names, tables
from results.intervals import interval
from results.labels import number
from results.language import say
from sim.scenario import Scenario

RIGHT, WRONG, UNSURE = "right", "wrong", "unsure"
"""What a guess turned out to be; unsure where luck does not let it be told."""
CLOSE = 5.0
"""Percentage points by which a guessed share may be off: about what a reader can hope for."""  # assumed
TOLD = 3
"""Of so many, the best, a verdict tells what was measured; and of the one that was guessed."""
QUESTIONS = ("earns", "keeps", "sells")


@dataclass(frozen=True)
class Verdict:
    """A guess beside what was measured.

    Attributes
    ----------
    how : str
        :data:`RIGHT`, :data:`WRONG` or :data:`UNSURE`.
    said : str
        A sentence.
    """

    how: str
    said: str


def groups(scenario: Scenario) -> dict[str, str]:
    """Return what is compared in a scenario, and what readers call it: strategies where there are several, else firms."""
    kinds = list(dict.fromkeys(firm.strategy.kind for firm in scenario.firms))
    if len(kinds) > 1:
        return {kind: say("{strategy} firms", strategy=names.strategy(kind)) for kind in kinds}
    return {firm.name: firm.name for firm in scenario.firms}


def told_of(scenario: Scenario) -> str:
    """Return the group whose share is asked for: relational firms where there are any, else the last."""
    known = list(groups(scenario))
    return "relational" if "relational" in known else known[-1]


def measured(firm_months: pd.DataFrame, scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Return what was measured, for each of :data:`QUESTIONS`: a row per replication, a column per group.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm of the scenario.
    scenario : Scenario
        What ran.
    """
    by = "strategy" if set(groups(scenario)) & set(firm_months["strategy"].astype(str)) else "firm"
    months = tables.by_group(firm_months, by)
    last = int(months["month"].max())
    year = months[months["month"] > last - 12.0 / scenario.months_per_period]

    def mean(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
        return rows.pivot_table(index="replication", columns=by, values=measure, observed=True)

    end = mean(months[months["month"] == last], tables.CUMULATIVE_PROFIT)
    return {"earns": end, "keeps": mean(year, "churn_rate"), "sells": mean(year, "market_share")}


def best(question: str, found: pd.DataFrame) -> tuple[str, tuple[float, float]]:
    """Return who is best, and the 95 % interval of the lead over the next, paired by replication."""
    order = found.mean().sort_values(ascending=question == "keeps").index
    if len(order) < 2:
        return str(order[0]), (float("nan"), float("nan"))
    _, low, high, _ = interval(found[order[0]] - found[order[1]])
    return str(order[0]), (low, high)


def verdict(question: str, guess: str, found: pd.DataFrame, called: dict[str, str]) -> Verdict:
    """Return the verdict on a guess of who is best.

    Parameters
    ----------
    question : str
        ``earns`` or ``keeps``.
    guess : str
        A group.
    found : DataFrame
        From :func:`measured`.
    called : dict
        From :func:`groups`.
    """
    winner, (low, high) = best(question, found)
    unit = "currency" if question == "earns" else "share"
    order = found.mean().sort_values(ascending=question == "keeps")
    told = [*order.index[:TOLD], *(who for who in order.index[TOLD:] if who == guess)]
    listed = names.joined([say("{who} {amount}", who=called.get(str(who), str(who)), amount=amount(found[who], unit)) for who in told])
    values = {"guess": called.get(guess, guess), "winner": called.get(winner, winner), "listed": listed}
    close = {str(who) for who in order.index[:2]}
    if np.isnan(low) or low <= 0.0 <= high:
        if guess in close:
            return Verdict(UNSURE, say("You said {guess}. The first two do not clearly differ: {listed}.", **values))
        return Verdict(WRONG, say("You said {guess}. It is others, though the first two do not clearly differ: {listed}.", **values))
    if guess == winner:
        return Verdict(RIGHT, say("You said {guess}, and so it is: {listed}.", **values))
    return Verdict(WRONG, say("You said {guess}. It is {winner}: {listed}.", **values))


def share(guess: float, found: pd.DataFrame, who: str, called: dict[str, str]) -> Verdict:
    """Return the verdict on a guessed share of what all firms sell, in per cent."""
    mean = 100.0 * float(found[who].mean())
    values = {"guess": f"{guess:.0f}", "who": called.get(who, who), "amount": amount(found[who], "share")}
    if abs(guess - mean) <= CLOSE:
        return Verdict(RIGHT, say("You said {guess} %, and {who} sell {amount}: close.", **values))
    return Verdict(WRONG, say("You said {guess} %; {who} sell {amount}.", **values))


def amount(values: pd.Series, unit: str) -> str:
    """Write a mean over replications with its interval, where it has one."""
    mean, low, high, n = interval(values)
    mark = say("{n} %", n="") if unit == "share" else ""
    if n < 2:
        return f"{number(mean, unit)}{mark}"
    return say("{mean} (95 % interval {low} to {high})", mean=number(mean, unit) + mark, low=number(low, unit), high=number(high, unit))
