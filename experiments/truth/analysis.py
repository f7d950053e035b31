"""The analysis of estimators: markets are carried on into many futures, every method estimates, and is scored against what is known."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.sweep.crew import InTurn, Pool
from experiments.truth.future import Case, Plan, Progress, case
from experiments.truth.kept import Cases, Question, Told, encoded
from experiments.truth.methods import estimates
from experiments.truth.scores import SCORES, Estimate, scores
from results.intervals import intervals
from sim.scenario import Scenario

EXPECTED, REALISED = "expected", "realised"
"""What estimates are held against: the mean over many futures, or the one that came."""
PERFECT = "true expectation"
"""The method of one who knows what may be expected: what luck leaves to it, nobody can foresee."""
LEAST = 30  # assumed: of fewer customers a firm's ranking says nothing
KEYS = ["scenario", "strategy", "truth", "method", "score"]


@dataclass(frozen=True)
class Comparison:
    """How near methods come.

    Attributes
    ----------
    plan : Plan
        How long customers were on record, and how far and how often they were followed.
    replications : int
        Replications of each market.
    runs : DataFrame
        One row per scenario, replication, firm, truth, method and score: columns :data:`KEYS`, ``replication``, ``firm``, ``value``.
    facts : DataFrame
        One row per scenario, replication and firm: ``strategy``, ``customers`` that are scored, their mean true value ``value``, the
        standard error of one customer's, the share ``lost``, and the ``ceiling`` of rank correlations.
    table : DataFrame
        Columns :data:`KEYS`, ``mean``, ``low``, ``high``, ``n``: 95 % intervals over replications, of firms of a strategy together.
    """

    plan: Plan
    replications: int
    runs: pd.DataFrame
    facts: pd.DataFrame
    table: pd.DataFrame


def answer(question: Question) -> str:
    """Carry a market on into its futures, and return the scores of every method and what its firms are like, as text to keep."""
    found = case(question.scenario, question.plan, question.replication, lambda _: None)
    return encoded(Told([list(row) for row in scored(found)], described(found)))


def compare(scenarios: Sequence[Scenario], plan: Plan, replications: int, kept: Cases, crew: InTurn | Pool, progress: Progress) -> Comparison:
    """Carry every market on and score every method; what is kept already is not done again.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Markets; replication k of each has its seed + k.
    plan : Plan
        How long, and how often.
    replications : int
        Replications of each.
    kept : Cases
        Where finished cases are kept.
    crew : InTurn or Pool
        Who carries them out, with :func:`answer` as its work.
    progress : callable
        Called with the periods done and to do.

    Raises
    ------
    BrokenProcessPool
        If a worker process died; what was finished is kept.
    """
    questions = [Question(scenario, plan, replication) for scenario in scenarios for replication in range(replications)]
    each = (plan.recorded + plan.horizon) * (1 + plan.futures)
    waiting = deque(question for question in questions if kept.get(question) is None)
    flying: dict[Future[str], Question] = {}

    def tell() -> None:
        progress((len(questions) - len(waiting) - len(flying)) * each, len(questions) * each)

    tell()
    while waiting or flying:
        while waiting and len(flying) < crew.window:
            question = waiting.popleft()
            flying[crew.submit(question)] = question
        for future in wait(flying, return_when=FIRST_COMPLETED).done:
            kept.add(flying.pop(future), future.result())
            tell()
    told = [found for found in map(kept.get, questions) if found is not None]
    whole = pd.DataFrame([row for found in told for row in found.scores], columns=["scenario", "replication", "firm", *KEYS[1:], "value"])
    return Comparison(plan, replications, whole, pd.DataFrame([row for found in told for row in found.firms]), summary(whole))


def scored(found: Case) -> list[tuple[object, ...]]:
    """Return the scores of every method in a case, firm by firm, against both truths."""
    rows: list[tuple[object, ...]] = []
    for firm in found.firms:
        if firm.scored.sum() < LEAST:
            continue
        labels = (found.scenario.name, found.replication, firm.name, firm.strategy)
        methods = estimates(found, firm)
        perfect = Estimate(firm.expected[firm.scored], firm.losing[firm.scored] > 0.5)
        for truth, value, error in ((EXPECTED, firm.expected, firm.error), (REALISED, firm.realised, np.zeros(len(firm.records)))):
            for method, estimate in {**methods, **({PERFECT: perfect} if truth == REALISED else {})}.items():
                said = scores(estimate, value[firm.scored], np.nan_to_num(error[firm.scored]), firm.lost[firm.scored])
                rows += [(*labels, truth, method, score, said[score]) for score in SCORES]
    return rows


def described(found: Case) -> list[dict[str, object]]:
    """Return what the firms of a case are like, one row each; a firm with too few customers is left out."""
    return [
        {
            "scenario": found.scenario.name, "replication": found.replication, "firm": firm.name, "strategy": firm.strategy,
            "customers": int(firm.scored.sum()), "value": float(firm.expected[firm.scored].mean()),
            "error": float(np.sqrt((firm.error[firm.scored] ** 2).mean())), "lost": float(firm.lost[firm.scored].mean()),
            "ceiling": firm.ceiling,
        }
        for firm in found.firms if firm.scored.sum() >= LEAST
    ]  # fmt: skip


def summary(runs: pd.DataFrame) -> pd.DataFrame:
    """Return means with 95 % intervals over replications; firms of one strategy are averaged first. Scores that are missing throughout stay so."""
    per_run = runs.groupby([*KEYS, "replication"], sort=False, observed=True)["value"].mean().reset_index()
    found = intervals(per_run, KEYS, "value")
    places = {name: {value: place for place, value in enumerate(dict.fromkeys(runs[name]))} for name in KEYS}
    return found.sort_values(KEYS, key=lambda column: column.map(places[str(column.name)]), ignore_index=True)
