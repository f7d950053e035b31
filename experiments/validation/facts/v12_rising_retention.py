"""V12: retention rises with tenure in contract cohorts, and seven years foretell the next five (Fader & Hardie 2007)."""

import numpy as np

from experiments.validation import contracts
from experiments.validation.contracts import FITTED, PUBLISHED, TITLES, YEARS, Vector
from experiments.validation.fact import Axes, Curve, Effort, Evidence, Fact, Finding
from results.intervals import interval

CUSTOMERS = 10_000
"""In a market: the standard error of a share surviving is then half a point in one replication."""
FARTHEST = 0.03
"""Accepted distance from the published share surviving, in any year."""
ERROR = 0.05
"""Accepted mean absolute percentage error of years 8 to 12."""


def measure(effort: Effort) -> Evidence:
    """Return how far survival in the two contract markets is from the published table, and how well its first years foretell the later ones."""
    markets = [contracts.market(name, CUSTOMERS) for name in PUBLISHED]
    found = effort.play(markets, effort.seeds(quick=2), contracts.survival)
    findings: list[Finding] = []
    curves: list[Curve] = []
    for name, rows in zip(PUBLISHED, found, strict=True):
        curves += _curves(name, rows)
        findings += [
            farthest(f"{TITLES[name]}: share surviving farthest from the published one, in any year", rows, np.array(PUBLISHED[name])),
            Finding.over(
                f"{TITLES[name]}: error of years 8-12, foretold by years 1-7",
                [contracts.holdout_error(row) for row in rows],
                most=ERROR,
                unit="share",
            ),
            Finding.over(f"{TITLES[name]}: renewal rate of year 12 less that of year 1", [rise(row) for row in rows], unit="share"),
        ]
    return Evidence(findings, curves, "One rate for all, that of years 1-7, would lose a fifth to a half of those left after twelve.")


def rise(shares: Vector) -> float:
    """Return the renewal rate of the last year less that of the first."""
    rates = contracts.renewal(shares)
    return float(rates[-1] - rates[0])


def farthest(what: str, rows: list[Vector], published: Vector) -> Finding:
    """Return the largest distance of mean survival from the published one, in any year, with the interval of that year's mean."""
    distance = np.mean(rows, axis=0) - published
    year = int(np.argmax(np.abs(distance)))
    _, low, high, n = interval(
        [abs(row[year] - published[year]) if len(rows) < 2 else np.sign(distance[year]) * (row - published)[year] for row in rows]
    )
    return Finding(what, float(abs(distance[year])), low, high, n, most=FARTHEST, unit="share")


def _curves(name: str, rows: list[Vector]) -> list[Curve]:
    """Return survival, what the first years foretell, and renewal rates."""
    years = np.arange(YEARS + 1.0)
    axes = Axes(f"Still there, {TITLES[name]}", "years since the start", "share of first contracts")
    rates = Axes(f"Renewal rate, {TITLES[name]}", "year", "share renewed")
    mean = np.mean(rows, axis=0)
    return [
        axes.curve("published", years, PUBLISHED[name]),
        axes.over("simulated", years, np.transpose(rows)),  # type: ignore[arg-type]
        axes.curve(f"foretold by years 1-{FITTED}", years, contracts.fitted(mean[: FITTED + 1]).survival(years)),
        axes.curve("one rate for all, years 1-7", years, mean[FITTED] ** (years / FITTED)),
        rates.curve("published", years[1:], contracts.renewal(np.array(PUBLISHED[name]))),
        rates.over("simulated", years[1:], np.transpose([contracts.renewal(row) for row in rows])),  # type: ignore[arg-type]
    ]


FACT = Fact(
    number=12,
    title="Retention rises with tenure in contract cohorts",
    statement="Of two cohorts 39.4 and 17.3 % are left after twelve years; the shifted-beta-geometric model of years 1-7 foretells years 8-12.",
    sources=("fader2007",),
    measure=measure,
)
