"""V13: sorting against loyalty: how much of rising retention is left when nobody comes to feel anything (Fader & Hardie 2007)."""

import numpy as np

from experiments.validation import contracts
from experiments.validation.contracts import PUBLISHED, TITLES, YEARS, Vector
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from sim.scenario import Scenario

LATE = 3
"""Last years whose renewal rates are averaged: few contracts are left in each."""
FROZEN = {"mechanisms.commitment_trust.active": False, "mechanisms.bonds.active": False}
"""Trust and commitment stay as they were at the start, and there are no bonds."""
ALIKE = 10_000.0
"""a + b of the Beta of customers who hardly differ in how prone they are to leave."""


def measure(effort: Effort) -> Evidence:
    """Return the rise of the renewal rate with the years: as it is, with trust and commitment frozen, and with customers alike."""
    findings: list[Finding] = []
    curves = []
    for name in PUBLISHED:
        base = contracts.market(name, 2000 if effort.quick else 4000)
        variants = {
            "as it is": base,
            "trust and commitment frozen": base.but(FROZEN),
            "customers alike": alike(base),
            "customers alike, trust and commitment frozen": alike(base.but(FROZEN)),
        }
        played = effort.play(list(variants.values()), effort.seeds(full=10, quick=2), contracts.survival)
        found = dict(zip(variants, played, strict=True))
        rises = {variant: np.array([rise(row) for row in rows]) for variant, rows in found.items()}
        whole, sorting = rises["as it is"], rises["trust and commitment frozen"]
        title = TITLES[name]
        left = Finding.over(f"{title}: rise with trust and commitment frozen", sorting, unit="share")
        # That part persists is a claim about the lower end of the interval: a mean above 0 may be luck.
        persists = Finding(f"{title}: the same, lower end of its interval", left.low, left.low, left.low, left.n, least=0.0, unit="share")
        findings += [Finding.over(f"{title}: rise of the renewal rate, years 10-12 less year 1", whole, unit="share"), left, persists]
        findings.append(Finding.over(f"{title}: share of the rise that is due to sorting", sorting / whole, least=0.0, unit="share"))
        findings += [Finding.over(f"{title}: rise with {variant}", rises[variant], unit="share") for variant in list(variants)[2:]]
        axes = Axes(f"Renewal rate, {title}", "year", "share renewed")
        years = np.arange(1, YEARS + 1)
        curves += [
            axes.over(variant, years, np.transpose([contracts.renewal(row) for row in rows]))  # type: ignore[arg-type]
            for variant, rows in found.items()
        ]
    return Evidence(findings, curves, "Customers differ in how prone they are to leave; where they do not, what is left of the rise is loyalty.")


def rise(shares: Vector) -> float:
    """Return how far the renewal rate of the last years is above that of the first."""
    rates = contracts.renewal(shares)
    return float((shares[-1] / shares[-1 - LATE]) ** (1.0 / LATE) - rates[0])


def alike(scenario: Scenario) -> Scenario:
    """Return the market with customers who all leave with the mean probability."""
    segment = scenario.segments[0]
    mean = segment.dropout_a / (segment.dropout_a + segment.dropout_b)
    return scenario.but({"segments.0.dropout_a": ALIKE * mean, "segments.0.dropout_b": ALIKE * (1.0 - mean)})


FACT = Fact(
    number=13,
    title="Sorting against loyalty",
    statement="Part of the rise of retention with tenure persists when trust and commitment are frozen: it is sorting, not loyalty.",
    sources=("fader2007",),
    measure=measure,
)
