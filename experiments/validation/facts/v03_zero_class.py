"""V3: customers who do not come back (Fader, Hardie & Lee 2005)."""

import numpy as np

from experiments.validation.cohort import ALIKE, AS_IT_IS, AS_SHIPPED, CALIBRATION, cohorts, log
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from scenarios.purchase_log import histories


def measure(effort: Effort) -> Evidence:
    """Return the share of customers without a repeat in the calibration."""
    found, seen = cohorts(effort), histories(log(), CALIBRATION).repeats
    none = float(np.mean(seen == 0))
    axes = Axes("Customers without a repeat purchase", "week", "share of customers")
    weeks = list(range(13, CALIBRATION + 1))  # before week 13 customers are still joining
    return Evidence(
        findings=[
            Finding.over(
                f"customers without a repeat by week {CALIBRATION}", [one.none for one in found[AS_IT_IS]],
                least=0.599 - 0.02, most=0.599 + 0.02, unit="share", target=none,
            ),
            *(Finding.over(f"the same, {name}", [one.none for one in found[name]], unit="share", target=none) for name in (AS_SHIPPED, ALIKE)),
        ],
        curves=[
            axes.curve("published", weeks, [float(np.mean(histories(log(), week).repeats == 0)) for week in weeks]),
            *(axes.over(name, [CALIBRATION], [[one.none for one in found[name]]], points=True) for name in (AS_IT_IS, ALIKE)),
        ],
        note="Most customers of a cohort never come back: not because they were ill served, but because they need it seldom or no more.",
    )  # fmt: skip


FACT = Fact(
    number=3,
    title="CDNOW, customers who never come back",
    statement="59.9 % of the customers did not buy again by week 39.",
    sources=("fader2005",),
    measure=measure,
)
