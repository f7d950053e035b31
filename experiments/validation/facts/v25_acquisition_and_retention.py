"""V25: the dearer winning a customer is, the more of the budget should keep those one has (Blattberg & Deighton 1996; Reinartz et al. 2005)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from scenarios import load

RATIOS = (2.0, 6.0, 20.0)
"""What winning a customer costs over what keeping one costs."""
BUDGET = 0.002
"""Budget for each customer in the market and month, currency: little enough that all of it can be spent on keeping."""
SHARES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FEW = (0.0, 0.4, 0.7, 1.0)
"""Parts of the budget that are to keep customers, tried in full and in short."""
DEGREE = 3
"""Degree of the curve that smooths profit over parts of the budget."""

Values = NDArray[np.float64]


def profit(model: Any) -> float:
    """Return the first firm's profit in currency, less what winning customers cost beyond what accounts charge for advertising."""
    scenario = model.scenario
    table = model.tables()["firm_months"]
    earned = float(np.asarray(table["profit"], float)[table["firm"] == scenario.firms[0].name].sum())
    return earned - float(scenario.firms[0].strategy.uncharged * scenario.customers * scenario.months)


def best(shares: Values, profits: Values) -> float:
    """Return the part of the budget, 0 to 1, at which a smooth curve through the profits is highest."""
    fine = np.linspace(0.0, 1.0, 201)
    return float(fine[np.argmax(np.polyval(np.polyfit(shares, profits, DEGREE), fine))])


def measure(effort: Effort) -> Evidence:
    """Return which part of a firm's budget for retention earns most in ``duel``, at three cost ratios."""
    shares = np.array(FEW if effort.quick else SHARES)
    seeds = effort.seeds(full=12, quick=2)
    base = load("duel").but(customers=4_000, months=60)
    plans = [
        base.but({"firms.0.strategy": {"kind": "budget_split", "budget": BUDGET, "retention_share": float(share), "cost_ratio": ratio}})
        for ratio in RATIOS
        for share in shares
    ]
    found: Values = np.array(effort.run(plans, seeds, profit)).reshape(len(RATIOS), len(shares), len(seeds))
    optimum = np.array([[best(shares, found[place, :, k]) for k in range(len(seeds))] for place in range(len(RATIOS))])
    findings = [Finding.over(f"best part for retention, cost ratio {ratio:g}", optimum[place], unit="share") for place, ratio in enumerate(RATIOS)]
    for place in range(1, len(RATIOS)):
        rise = optimum[place] - optimum[place - 1]
        text = f"rise of the best part, cost ratio {RATIOS[place - 1]:g} to {RATIOS[place]:g}"
        findings.append(Finding.over(text, rise, least=float(np.nextafter(0.0, 1.0)), unit="share"))
    axes = Axes("Profit by part of the budget", "part of the budget that keeps customers (share)", "profit less all costs (currency)")
    curves = [axes.over(f"cost ratio {ratio:g}", shares, list(found[place])) for place, ratio in enumerate(RATIOS)]
    best_part = Axes("Best part", "cost of winning over cost of keeping", "best part for retention (share)")
    curves.append(best_part.over("best part", RATIOS, list(optimum)))
    note = "One firm of four parts a fixed budget; each replication's optimum is that of a cubic through its profits, on the same luck everywhere."
    return Evidence(findings, curves, note)


FACT = Fact(
    number=25,
    title="Acquisition against retention",
    statement="The more winning a customer costs against keeping one, the larger the part of the budget that should go to retention.",
    sources=("blattberg1996", "reinartz2005"),
    measure=measure,
)
