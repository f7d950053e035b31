"""V19: the fate of complaints in customers' own histories: who is heard, and fast, stays (TARP studies, after Goodman 1999)."""

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from experiments.validation.witness import Episodes
from scenarios import load
from sim.mechanisms.complaints import RESOLVED, SILENT, TURNED_AWAY, UNRESOLVED

SCENARIO = "complaints_welcomed"
YEAR = 12
"""Months after which it is seen who has stayed."""
CLASSES = ("silent", "complained, not satisfied", "satisfied", "satisfied quickly")
"""What became of a problem. Quickly: with the first complaint; merely satisfied: after an earlier problem in a row had been left open."""
SIZES = {"minor": 0.175, "major": 0.35}
"""Performance lost in a failure: half the mechanism's default, and the default."""
ORDERED = 0.95
"""Accepted share of seeds in which the order is strict."""
TARP = {"minor": (0.37, 0.46, 0.70, 0.95), "major": (0.09, 0.19, 0.54, 0.82)}
"""Share that remained loyal by class: loss under 5 and over 100 dollars (published: goodman1999)."""

Counts = NDArray[np.int64]


def watch(model: Any) -> Counts:
    """Carry a market out; return problems by class, and how many of them the customer's main provider had still kept a year later, (2, n_classes)."""
    customers, episodes = model.customers, Episodes(model)
    waiting: deque[tuple[Counts, Counts, Counts, Counts]] = deque()
    counts = np.zeros((2, len(CLASSES)), np.int64)
    while model.running:
        provider, open_ones = np.asarray(customers.get("current")), np.asarray(customers.get("grievances")) > 0
        model.step()
        _, fates = episodes.month()
        entered, now = np.asarray(customers.get("entered")), np.asarray(customers.get("current"))
        who = np.flatnonzero((provider >= 0) & (entered < model.month))
        fate = fates[who, provider[who]]
        who, fate = who[fate >= SILENT], fate[fate >= SILENT]
        waiting.append((who, provider[who].astype(np.int64), classed(fate, open_ones[who]), entered[who].astype(np.int64)))
        if len(waiting) > YEAR:
            who, whose, found, since = waiting.popleft()
            stayed = (now[who] == whose) & (entered[who] == since)
            counts += [np.bincount(found, minlength=len(CLASSES)), np.bincount(found[stayed], minlength=len(CLASSES))]
    return counts


def classed(fate: NDArray[np.uint8], open_ones: NDArray[np.bool_]) -> Counts:
    """Return places in :data:`CLASSES`: by what became of a problem, and whether an earlier one was still open."""
    unsatisfied = (fate >= TURNED_AWAY) & (fate <= UNRESOLVED)
    satisfied = np.where(open_ones, 2, 3)
    return np.asarray(np.where(fate == RESOLVED, satisfied, np.where(unsatisfied, 1, 0)), np.int64)


def strict(retention: NDArray[np.float64]) -> bool:
    """Say whether retention rises strictly from class to class."""
    return bool((np.diff(retention) > 0.0).all())


def measure(effort: Effort) -> Evidence:
    """Return retention by what became of a problem, small or large, and the share of seeds in which the order is the published one."""
    base = load(SCENARIO).but(customers=80_000, months=36 if effort.quick else 60)
    markets = [base.but({"mechanisms.experience.severity": lost}) for lost in SIZES.values()]
    played: NDArray[np.int64] = np.array(effort.play(markets, effort.seeds(quick=2), watch))  # (n_sizes, n_seeds, 2, n_classes)
    kept = played[:, :, 1] / played[:, :, 0]
    ordered = np.array([[strict(one) for one in rows] for rows in kept])
    smaller = (kept[0] > kept[1]).all(axis=1)
    findings = [
        Finding.over(f"seeds in the order {' < '.join(CLASSES)}, {size} problem", ordered[place].astype(float), least=ORDERED, unit="share")
        for place, size in enumerate(SIZES)
    ]
    findings.append(
        Finding.over("seeds in which all stay more after a minor problem than after a major one", smaller.astype(float), least=ORDERED, unit="share")
    )
    curves = []
    for place, size in enumerate(SIZES):
        axes = Axes(f"Still with the firm a year after a {size} problem", f"0 {', 1 '.join(CLASSES[:2])}, 2 {', 3 '.join(CLASSES[2:])}", "share")
        curves += [
            axes.curve("published", range(len(CLASSES)), TARP[size], points=True),
            axes.over("simulated", range(len(CLASSES)), list(kept[place].T), points=True),
        ]
        findings += [
            Finding.over(f"{name}, {size} problem", kept[place, :, number], unit="share", target=TARP[size][number])
            for number, name in enumerate(CLASSES)
        ]
    return Evidence(
        findings, curves, "Levels are of other markets; what is judged is the order, in every seed. Complaints are voiced by the more committed."
    )


FACT = Fact(
    number=19,
    title="The fate of complaints",
    statement="Customers stay least when silent about a problem, more when they complain, far more when satisfied, most when at once.",
    sources=("goodman1999",),
    measure=measure,
)
