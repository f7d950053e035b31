"""V1: the cohort's repeat purchases in the weeks that the fit has seen (Fader, Hardie & Lee 2005)."""

from experiments.validation.cohort import AS_IT_IS, AS_SHIPPED, CALIBRATION, cohorts, log
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding


def measure(effort: Effort) -> Evidence:
    """Return cumulative repeat purchases by the end of the calibration, and their course."""
    found, seen = cohorts(effort), float(log().repeats_by(CALIBRATION))
    weeks = list(range(1, CALIBRATION + 1))
    by_week = [[watched.repeats[week - 1] for watched in found[AS_IT_IS]] for week in weeks]
    axes = Axes("Repeat purchases of the cohort", "week", "cumulative repeat purchases")
    return Evidence(
        findings=[
            Finding.over(
                f"repeat purchases by week {CALIBRATION}", by_week[-1], least=0.95 * seen, most=1.05 * seen, unit="purchases", target=seen
            ),
            Finding.over(
                f"the same, {AS_SHIPPED}", [one.repeats[CALIBRATION - 1] for one in found[AS_SHIPPED]], unit="purchases", target=seen
            ),
        ],
        curves=[
            axes.curve("published", weeks, [float(log().repeats_by(week)) for week in weeks]),
            axes.over("simulated", weeks, by_week),
        ],
        note="Purchases of a week that falls between two weeks of a customer's own count by a straight line between them.",
    )  # fmt: skip


FACT = Fact(
    number=1,
    title="CDNOW repeat buying, calibration period",
    statement="2,357 customers who first bought at CDNOW in early 1997 came back on 2,457 days by week 39.",
    sources=("fader2005",),
    measure=measure,
)
