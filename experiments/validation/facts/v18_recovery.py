"""V18: service recovery, both halves: it may please more than no failure, and it does not keep more (de Matos et al. 2007; Knox & van Oest 2014)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from experiments.validation.witness import Episodes
from scenarios import load
from sim.mechanisms.complaints import RESOLVED
from sim.scenario import Scenario

SCENARIO = "complaints_welcomed"
MONTH, AFTER = 12, 12
"""The month in which purchases fail in one of two twins, and for how many months customers are followed from then on."""
SEVERITIES = (0.05, 0.1, 0.175, 0.25, 0.35)
"""Performance lost in a failure, from hardly any to the default of the mechanism."""
MILD = 0.175
"""A mild failure: half the default."""
Everyone = NDArray[np.bool_]


@dataclass(frozen=True)
class Story:
    """What became of a market's customers and firms, each of shape (n, n_firms).

    Attributes
    ----------
    recovered : ndarray
        Who complained in the staged month and had it made good, with nothing left over from before.
    bought : ndarray
        Who bought in that month.
    satisfaction : ndarray
        With the firm at the end of it.
    stayed : ndarray
        Whose main provider the firm still is at the end of the run.
    """

    recovered: Everyone
    bought: Everyone
    satisfaction: NDArray[np.float32]
    stayed: Everyone


def twins(severity: float, customers: int) -> tuple[Scenario, Scenario]:
    """Return two markets alike in all but one month: in it every purchase fails and is made good as well as can be, or none does.

    Parameters
    ----------
    severity : float
        Performance lost in a failure, share.
    customers : int
        In each market.
    """
    base = load(SCENARIO).but(customers=customers, months=MONTH + AFTER).but({"mechanisms.experience.severity": severity})
    answered = {"complaint_ease": 1.0, "suppression": 0.0, "complaint_capacity": 1e5, "recovery": 1.0}
    # Who is on the way to a second failure is not made as glad: both twins begin the month with as few of them as there can be.
    calm = {f"firms.{j}.reliability": 1.0 for j in range(len(base.firms))}
    ready = {f"firms.{j}.fixed.{lever}": value for j in range(len(base.firms)) for lever, value in answered.items()}
    changed = {"failing": {f"firms.{j}.reliability": 0.0 for j in range(len(base.firms))} | {"mechanisms.complaints.voice": 1.0}, "sound": calm}
    return tuple(  # type: ignore[return-value]
        base.but(
            events=[
                {"name": "ready for complaints", "month": 1, "months": MONTH, "set": ready},
                {"name": name, "month": MONTH, "months": 1, "set": changes},
            ]
        )
        for name, changes in changed.items()
    )


def watch(model: Any) -> Story:
    """Carry a market out and return what became of its customers."""
    customers, episodes = model.customers, Episodes(model)
    for _ in range(MONTH - 1):
        model.step()
        episodes.month()
    calm, provider = np.asarray(customers.get("grievances")) == 0, np.asarray(customers.get("current"))
    model.step()
    bought, fate = episodes.month()
    entered = np.asarray(customers.get("entered"))
    mine = (provider[:, None] == np.arange(fate.shape[1])) & (calm & (entered < MONTH))[:, None]
    satisfaction = np.array(customers.get("satisfaction"))
    model.run_model()
    there = np.asarray(customers.get("entered")) == entered
    stayed = (np.asarray(customers.get("current"))[:, None] == np.arange(fate.shape[1])) & there[:, None]
    return Story((fate == RESOLVED) & mine, bought & mine, satisfaction, stayed)


def paradox(failing: Story, sound: Story) -> tuple[float, float, float]:
    """Return the mean difference that a recovered failure makes to the same customers: in satisfaction and in retention; and how many they are."""
    pairs = failing.recovered & sound.bought
    glad = (failing.satisfaction - sound.satisfaction)[pairs]
    stays = failing.stayed[pairs].astype(float) - sound.stayed[pairs]
    return float(glad.mean()), float(stays.mean()), float(pairs.sum())


def measure(effort: Effort) -> Evidence:
    """Return what an excellent recovery of a failure leaves of satisfaction and retention, less what no failure would have left."""
    seeds = effort.seeds(quick=3)
    found: dict[float, list[tuple[float, float, float]]] = {}
    for severity in (MILD,) if effort.quick else SEVERITIES:
        failing, sound = effort.play(twins(severity, 2000), seeds, watch)
        found[severity] = [paradox(one, other) for one, other in zip(failing, sound, strict=True)]
    glad, stays, pairs = (np.array(values) for values in zip(*found[MILD], strict=True))
    kept = Finding.over("retention after twelve months, recovered less no failure", stays, unit="share")
    axes = [
        Axes(title, "performance lost in the failure, share", "recovered less no failure") for title in ("Satisfaction", "Retention after a year")
    ]
    return Evidence(
        findings=[
            Finding.over("satisfaction, recovered less no failure", glad, least=0.0, unit="share"),
            kept,
            # "At most 0, or the interval covers 0" is what its lower end says.
            Finding("the same, lower end of its interval", kept.low, kept.low, kept.low, kept.n, most=0.0, unit="share"),
            Finding.over("pairs", pairs, unit="customers"),
        ],
        curves=[
            panel.over("recovered less no failure", list(found), [[pair[place] for pair in rows] for rows in found.values()])
            for place, panel in enumerate(axes)
        ],
        note="The same customers with the same luck: in one month all purchases of one twin fail mildly and are made good at once.",
    )


FACT = Fact(
    number=18,
    title="Service recovery, both halves",
    statement="After an excellent recovery of a mild failure customers may be more satisfied than without it, and they do not stay more.",
    sources=("dematos2007", "knox2014"),
    measure=measure,
)
