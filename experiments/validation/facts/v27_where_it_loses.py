"""V27: relationship marketing must lose somewhere: loyal customers are not always profitable ones (Reinartz & Kumar 2002)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.contrasts import RELATIONAL, TRANSACTIONAL
from experiments.validation.fact import Axes, Curve, Effort, Evidence, Fact, Finding
from results.intervals import interval
from scenarios import load
from sim.scenario import Scenario

SWITCHING = (0.0, 0.4, 0.8, 1.6)
"""Utility lost by leaving a provider."""
DEALS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Share of customers who want the deal and not the firm."""
HORIZONS = (1, 2, 3, 5, 10)
"""Years over which profit is added up."""
YEAR = 12

Grid = NDArray[np.float64]


def market(switching: float, deals: float) -> Scenario:
    """Return ``duel`` with a switching cost, and part of its customers replaced by the deal seekers of ``transaction_buyers``."""
    base, others = load("duel"), load("transaction_buyers").segments
    whole = sum(segment.share for segment in base.segments)
    weighed = [(segment, segment.share / whole * (1.0 - deals)) for segment in base.segments]
    weighed += [(segment, deals / len(others)) for segment in others]
    parts = tuple(segment.model_dump() | {"share": weight} for segment, weight in weighed if weight > 0.0)
    return base.but({"market.switching_cost": switching}, segments=parts)


def lead(model: Any) -> Grid:
    """Return what a relational firm has earned more than a transactional one after each horizon, currency, shape (n_horizons,)."""
    table = model.tables()["firm_months"]
    profit, month, kind = (np.asarray(table[name]) for name in ("profit", "month", "strategy"))
    firms = model.scenario.firms
    n = {name: sum(firm.strategy.kind == name for firm in firms) for name in (RELATIONAL, TRANSACTIONAL)}

    def earned(name: str, year: int) -> float:
        total = float(profit[(kind == name) & (month <= year * YEAR)].sum())
        return total / float(n[name])

    return np.array([earned(RELATIONAL, year) - earned(TRANSACTIONAL, year) for year in HORIZONS])


def crossing(x: Grid, y: Grid) -> float:
    """Return where a line through points first changes its sign; missing where it does not."""
    for left in range(len(x) - 1):
        if y[left] * y[left + 1] <= 0.0 and y[left] != y[left + 1]:
            return float(x[left] + (x[left + 1] - x[left]) * y[left] / (y[left] - y[left + 1]))
    return float("nan")


def measure(effort: Effort) -> Evidence:
    """Return where relational firms earn more, and where less, over switching cost, share of deal seekers and horizon."""
    switching = SWITCHING[::3] if effort.quick else SWITCHING
    deals = np.array(DEALS[::4] if effort.quick else DEALS)
    seeds = effort.seeds(full=8, quick=4)
    plans = [market(cost, float(part)).but(customers=10_000, months=YEAR * HORIZONS[-1]) for cost in switching for part in deals]
    found: Grid = np.array(effort.run(plans, seeds, lead)).reshape(len(switching), len(deals), len(seeds), len(HORIZONS))
    cells = found.transpose(0, 1, 3, 2).reshape(-1, len(seeds))
    ends = np.array([interval(cell)[:3] for cell in cells])
    wins, loses = (ends[:, 1] > 0.0), (ends[:, 2] < 0.0)
    findings = [
        _count("cells in which relational firms surely earn more", wins, len(seeds)),
        _count("cells in which relational firms surely earn less", loses, len(seeds)),
        Finding("cells in which luck decides", *(float((~wins & ~loses).mean()),) * 3, n=len(seeds), unit="share"),
        Finding.over("their lead per firm in the best cell", cells[np.argmax(ends[:, 0])], unit="currency"),
        Finding.over("their lead per firm in the worst cell", cells[np.argmin(ends[:, 0])], unit="currency"),
    ]
    return Evidence(findings, [*_leads(found, switching, deals), *_frontier(found.mean(axis=2), switching, deals)], _NOTE)


_NOTE = (
    "A cell is a switching cost, a share of deal seekers and a horizon; it counts where the whole 95 % interval lies on one side of 0. Left of its "
    "line on the frontier relational firms earn more; a horizon without a line has one winner throughout."
)


def _count(what: str, yes: NDArray[np.bool_], n: int) -> Finding:
    """Return the share of the grid's cells, which has to be above 0."""
    share = float(yes.mean())
    return Finding(what, share, share, share, n, least=1.0 / len(yes), unit="share")


def _leads(found: Grid, switching: tuple[float, ...], deals: Grid) -> list[Curve]:
    """Return the lead over the share of deal seekers, a line for each switching cost, at the last horizon."""
    axes = Axes(f"Lead after {HORIZONS[-1]} years", "customers who want only the deal (share)", "lead in profit (currency per firm)")
    return [axes.over(f"switching cost {cost:g}", deals, list(found[place, :, :, -1])) for place, cost in enumerate(switching)]


def _frontier(means: Grid, switching: tuple[float, ...], deals: Grid) -> list[Curve]:
    """Return the share of deal seekers at which both kinds of firms earn the same, over switching costs, a line for each horizon."""
    axes = Axes("The frontier", "switching cost (utility)", "deal seekers at which both earn the same (share)")
    lines = [(year, [crossing(deals, row) for row in means[:, :, place]]) for place, year in enumerate(HORIZONS)]
    return [axes.curve(f"{year} year{'s' if year > 1 else ''}", switching, line) for year, line in lines if not np.isnan(line).all()]


FACT = Fact(
    number=27,
    title="Relationship marketing loses somewhere",
    statement="Keeping customers does not pay everywhere: loyal customers are not always the profitable ones.",
    sources=("reinartz2002", "jackson1985"),
    measure=measure,
)
