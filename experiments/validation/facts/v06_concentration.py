"""V6: concentration of purchases, less than 80/20 (Ehrenberg 1959; Fader, Hardie & Lee 2005)."""

import numpy as np

from experiments.validation import cohort, panel
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding

RANGE = {"least": 0.52, "most": 0.67}


def measure(effort: Effort) -> Evidence:
    """Return the share of purchases that the heaviest fifth of buyers make: in the cohort, and in a panel's category and brands."""
    shop, market = cohort.cohorts(effort), panel.panels(effort)
    logged = np.bincount(cohort.log().customer)
    usual = market[panel.AS_IT_IS]
    axes = Axes("Concentration of purchases", "share of buyers, heaviest first", "share of purchases")
    drawn = {
        "CDNOW, simulated": [cohort.lorenz(one.purchases, panel.PARTS) for one in shop[cohort.AS_IT_IS]],
        "a category, a year": [one.lorenz for one in usual],
        f"the same, {panel.SAME_NEED}": [one.lorenz for one in market[panel.SAME_NEED]],
    }
    return Evidence(
        findings=[
            Finding.over(
                "heaviest fifth of CDNOW's buyers", [cohort.top(one.purchases) for one in shop[cohort.AS_IT_IS]],
                unit="share", target=cohort.top(logged), **RANGE,
            ),
            Finding.over("heaviest fifth of a category's buyers in a year", [one.top for one in usual], unit="share", **RANGE),
            Finding.over("heaviest fifth of a brand's buyers in a year", [one.top_brands for one in usual], unit="share", **RANGE),
            Finding.over(f"the category, {panel.SAME_NEED}", [one.top for one in market[panel.SAME_NEED]], unit="share"),
        ],
        curves=[
            axes.curve("published", panel.PARTS, cohort.lorenz(logged, panel.PARTS)),
            *(axes.curve(name, panel.PARTS, panel.mean(rows)) for name, rows in drawn.items()),
        ],
        note="Concentration comes from differences in how often people need the product: without them it is gone, whatever firms do.",
    )  # fmt: skip


FACT = Fact(
    number=6,
    title="Concentration of purchases, not 80/20",
    statement="The heaviest fifth of buyers make between 52 and 67 % of purchases, not 80 %.",
    sources=("fader2005", "ehrenberg1959"),
    measure=measure,
)
