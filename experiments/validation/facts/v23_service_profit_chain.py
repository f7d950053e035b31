"""V23: the service-profit chain: from content employees to content customers to revenue (Heskett et al. 1994; Rucci, Kirn & Quinn 1998)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from scenarios import load
from sim.scenario import Scenario

RAISE = 0.05
"""Part by which pay rises."""
POINTS = 5.0
"""Points of employee satisfaction, of 100, that effects are scaled to."""
YEAR = 12
MARKETS = {"people_first": 25, "six_markets": 25, "unhappy_staff": 37}
"""Scenarios with an internal market, and the month in which the first firm's pay rises: two years from the start, a year after the cuts."""
JUDGED = "people_first"
"""The market in which nothing but the treatment of employees sets firms apart."""
AFTER = 2 * YEAR
"""Months that are watched after the rise."""

Months = NDArray[np.float64]


def read(model: Any) -> Months:
    """Return the first firm's satisfaction of employees and of customers (shares) and its revenue (currency), month by month, (3, n_months)."""
    table = model.tables()["firm_months"]
    own = table["firm"] == model.scenario.firms[0].name
    return np.array([np.asarray(table[name], float)[own] for name in ("employee_satisfaction", "satisfaction", "revenue")])


def raised(scenario: Scenario, month: int, lever: str, value: float) -> Scenario:
    """Return the scenario with one more event: the first firm moves a lever from a month on."""
    events = [event.model_dump() for event in scenario.events]
    return scenario.but(events=(*events, {"name": "Raise", "month": month, "set": {f"firms.0.fixed.{lever}": value}}))


def effect(before: Months, after: Months, first: int) -> tuple[float, float]:
    """Return what the year that begins in month ``first`` gained, for each ``POINTS`` of employee satisfaction.

    Returns
    -------
    tuple of float
        Points of customer satisfaction, and revenue as a share.
    """
    year = slice(first - 1, first - 1 + YEAR)
    employees, customers = 100.0 * (after[:2, year] - before[:2, year]).mean(axis=1)
    revenue = after[2, year].sum() / before[2, year].sum() - 1.0
    return POINTS / employees * customers, POINTS / employees * revenue


def measure(effort: Effort) -> Evidence:
    """Return what a rise in pay does to customers and revenue, with the same luck as without it."""
    seeds = effort.seeds(full=16, quick=3)
    arms = []
    for name, month in MARKETS.items():
        base = load(name).but(months=month - 1 + AFTER, customers=3_000 if effort.quick else 10_000)
        # What the firm pays when the rise comes: its event may have set it.
        pay = next((event.set["firms.0.fixed.wage"] for event in base.events if "firms.0.fixed.wage" in event.set), 1.0)
        arms += [base, raised(base, month, "wage", pay * (1.0 + RAISE))]
    found = effort.run(arms, seeds, read)
    findings, curves = [], []
    for place, (name, month) in enumerate(MARKETS.items()):
        pairs = list(zip(found[2 * place], found[2 * place + 1], strict=True))
        first = np.array([effect(*pair, month) for pair in pairs])
        later = np.array([effect(*pair, month + YEAR) for pair in pairs])
        ranges: list[dict[str, float]] = [{"least": 0.5, "most": 2.5}, {"least": 0.002, "most": 0.01}] if name == JUDGED else [{}, {}]
        target = (1.3, 0.005)
        for what, (text, unit) in enumerate((("customer satisfaction, points", ""), ("revenue", "share"))):
            findings.append(
                Finding.over(f"{text}, in the year after the rise, {name}", first[:, what], unit=unit, target=target[what], **ranges[what])
            )
            findings.append(Finding.over(f"{text}, in the second year, {name}", later[:, what], unit=unit))
        gains = np.array([[after[0] - before[0], after[1] - before[1]] for before, after in pairs])[:, :, month - 1 :] * 100.0
        axes = Axes(f"Pay rises by {RAISE:.0%}: {name}", "months since the rise", "gain in satisfaction (points)")
        curves += [
            axes.over(who, np.arange(float(AFTER)), list(gains[:, row, :].T)) for row, who in enumerate(("employees", "customers"))
        ]  # fmt: skip
    note = (
        "Effects for each 5 points of employee satisfaction, by pay: it acts on employees and on nothing else at once. Judged is the year after the "
        f"rise in {JUDGED}; the chain goes on working, so the second year shows more."
    )
    return Evidence(findings, curves, note)


FACT = Fact(
    number=23,
    title="Service-profit chain",
    statement="Five points more of employee satisfaction bring 1.3 points more of customer satisfaction, and these half a per cent more revenue.",
    sources=("rucci1998", "heskett1994"),
    measure=measure,
)
