"""V17: worse performance lowers satisfaction more than better performance raises it (Anderson & Mittal 2000)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from experiments.validation.witness import beside
from scenarios import load

MONTH = 12
"""The month in which performance is staged: relations have had a year."""
SCENARIOS = ("complaints_welcomed", "duel")
"""A market of people of habit, which is judged with the one that all others extend."""
STEPS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
"""Standard deviations of performance that everybody gets above what she expects."""
RANGE = {"least": 1.3, "most": 3.0}


Vector = NDArray[np.float64]


class Staged:
    """Stands beside satisfaction: lets performance be what each customer expects and so much more, where she buys.

    Parameters
    ----------
    more : float, optional
        Performance above expectation, share; None leaves it as it is.
    """

    def __init__(self, more: float | None) -> None:
        self._more = more
        self._asked: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []
        self.surprise: list[NDArray[np.float32]] = []

    def episode(self, own: Callable[..., Any], performance: Any, *rest: Any) -> Any:
        """Return what the rule makes of the performance that was staged."""
        self._asked.append((own, rest))
        self.surprise.append((performance - rest[0])[rest[-1] > 0])
        return own(performance if self._more is None else _above(rest[0], self._more), *rest)

    def satisfied(self, more: float) -> float:
        """Return mean satisfaction with the month's episodes, had everybody got so much more than she expected."""
        felt = [own(_above(rest[0], more), *rest)[0][rest[-1] > 0] for own, rest in self._asked]
        return float(np.mean(np.concatenate(felt)))


def _above(expectation: Any, more: float) -> Any:
    return np.clip(expectation + np.float32(more), 0.0, 1.0).astype(np.float32)


def watch(model: Any) -> tuple[float, Vector]:
    """Carry the market to the staged month; return the standard deviation of performance around expectation, and satisfaction by :data:`STEPS`."""
    stage = Staged(None)
    _play(model, stage)
    spread = float(np.std(np.concatenate(stage.surprise)))
    return spread, np.array([stage.satisfied(step * spread) for step in STEPS])


def keep(more: float, model: Any) -> float:
    """Carry the staged month out with so much more than expected; return its buyers' mean satisfaction with the firm when it is over."""
    bought = _play(model, Staged(more))
    return float(np.mean(np.asarray(model.customers.get("satisfaction"))[bought]))


def _play(model: Any, stage: Staged) -> NDArray[np.bool_]:
    """Carry the market out to the end of the staged month; return who bought where in it."""
    for _ in range(MONTH - 1):
        model.step()
    customers = model.customers
    before = np.asarray(customers.get("purchases")).astype(int)
    beside(model, "satisfaction", "episode", stage.episode)
    model.step()
    stayed = np.asarray(customers.get("entered")) < MONTH
    return np.asarray((np.asarray(customers.get("purchases")) > before) & stayed[:, None])


def asymmetry(worse: float, usual: float, better: float) -> float:
    """Return the effect of something worse over that of something better."""
    return (usual - worse) / (better - usual)


def measure(effort: Effort) -> Evidence:
    """Return the effect on satisfaction of one standard deviation less than expected over that of one more, in markets as they are."""
    findings: list[Finding] = []
    curves = []
    seeds = effort.seeds(full=10, quick=2)
    for name in SCENARIOS:
        scenario = load(name).but(customers=2000, months=MONTH)
        spreads, felt = zip(*effort.play([scenario], seeds, watch)[0], strict=True)
        one = float(np.mean(spreads))
        kept = [effort.play([scenario], seeds, partial(keep, one * step))[0] for step in (-1.0, 0.0, 1.0)]
        title = scenario.title.split(":")[0]
        at = [STEPS.index(step) for step in (-1.0, 0.0, 1.0)]
        findings += [
            Finding.over(f"{title}: with the episode, effect of worse over better", [asymmetry(*row[at]) for row in felt], unit="ratio", **RANGE),
            Finding.over(f"{title}: with the firm, after complaints", [asymmetry(*row) for row in zip(*kept, strict=True)], unit="ratio", **RANGE),
            Finding.over(f"{title}: standard deviation of performance around expectation", spreads, unit="share"),
        ]
        axes = Axes(title, "performance above what was expected, standard deviations", "satisfaction, share")
        curves += [axes.over("with the episode", STEPS, list(np.transpose(felt))), axes.over("with the firm", (-1.0, 0.0, 1.0), kept)]
    return Evidence(findings, curves, "Every buyer of one month gets what she expects, and so much more or less; all else is the market's own.")


FACT = Fact(
    number=17,
    title="Worse weighs more than better",
    statement="A negative change of performance has a larger effect on satisfaction than an equal positive one.",
    sources=("anderson2000", "kahneman1979"),
    measure=measure,
)
