"""V9: a stationary market fits the NBD and the Dirichlet (Ehrenberg 1959; Goodhardt, Ehrenberg & Chatfield 1984)."""

import numpy as np

from experiments.validation import panel
from experiments.validation.dirichlet import nbd
from experiments.validation.fact import Axes, Curve, Effort, Evidence, Fact, Finding

POINTS = 25
"""Points of a fitted line."""


def measure(effort: Effort) -> Evidence:
    """Return K, S and the error of big brands' penetration, and how repeat buying changes with its reasons."""
    found = panel.panels(effort)
    usual = found[panel.AS_IT_IS]
    return Evidence(
        findings=[
            Finding.over("K of the category, a year", [one.year_fit.k for one in usual], least=0.26, most=0.85),
            Finding.over("S of the category, a year", [one.year_fit.s for one in usual], least=0.9, most=5.2),
            Finding.over("largest error of a big brand's penetration, a year", [_worst(one) for one in usual], most=0.15, unit="share"),
            Finding.over("K, a quarter", [one.quarter_fit.k for one in usual]),
            Finding.over("S, a quarter", [one.quarter_fit.s for one in usual]),
            Finding.over("largest error of a big brand, the year foretold from a quarter", [_worst(one, ahead=True) for one in usual], unit="share"),
            Finding.over("largest error of a small brand's penetration, a year", [_worst(one, big=False) for one in usual], unit="share"),
            *(
                Finding.over(f"differences in need, 1 / K, {name}", [1.0 / one.year_fit.k for one in found[name]])
                for name in (panel.AS_IT_IS, panel.SAME_NEED)
            ),
            *(
                Finding.over(f"differences in taste, 1 / (1 + S), {name}", [1.0 / (1.0 + one.year_fit.s) for one in found[name]])
                for name in (panel.AS_IT_IS, panel.SAME_TASTE)
            ),
            *(
                Finding.over(f"repeat buyers of a brand, quarter to quarter, {name}", [float(np.mean(one.repeat)) for one in panels], unit="share")
                for name, panels in found.items()
                if name != panel.SAME_NEED
            ),
        ],
        curves=[*_distribution(found), *_penetration(usual), *_repeat(found)],
        note="Big brands are those no smaller than the average. Tastes are normal and choice is a logit, which is near a Dirichlet and not the same: "
        "the fitted model sees too few buyers of the smallest brands.",
    )  # fmt: skip


def _worst(one: panel.Panel, *, ahead: bool = False, big: bool = True) -> float:
    return float(np.max(np.abs(one.error(ahead=ahead)[one.big == big])))


def _distribution(found: dict[str, list[panel.Panel]]) -> list[Curve]:
    """Return how many customers buy how often in a quarter, beside the NBD."""
    axes, x = Axes("Purchases of a category in a quarter", "purchases", "share of customers"), list(range(panel.COUNTS))
    fitted = panel.mean([nbd(one.quarter_fit.mean, one.quarter_fit.k)[: panel.COUNTS] for one in found[panel.AS_IT_IS]])
    seen = {name: panel.mean([one.distribution for one in found[name]]) for name in (panel.AS_IT_IS, panel.SAME_NEED)}
    return [axes.curve("NBD, fitted", x, fitted), *(axes.curve(name, x, y, points=True) for name, y in seen.items())]


def _penetration(usual: list[panel.Panel]) -> list[Curve]:
    """Return brands' penetration in a year, beside the Dirichlet."""
    axes = Axes("Penetration of brands in a year", "market share", "share of customers")
    share, seen = panel.mean([one.year.share for one in usual]), panel.mean([one.year.penetration for one in usual])
    x = np.linspace(share.min(), share.max(), POINTS)
    fitted = panel.mean([np.array([one.year_fit.penetration(s) for s in x]) for one in usual])
    return [axes.curve("Dirichlet, fitted", x, fitted), axes.curve(panel.AS_IT_IS, share, seen, points=True)]


def _repeat(found: dict[str, list[panel.Panel]]) -> list[Curve]:
    """Return who comes back from quarter to quarter, with reasons to do so taken away and added."""
    axes = Axes("Repeat buying from quarter to quarter", "market share", "share of a brand's buyers")
    shares = {name: panel.mean([one.quarter.share for one in panels]) for name, panels in found.items()}
    repeats = {name: panel.mean([one.repeat for one in panels]) for name, panels in found.items()}
    x = np.linspace(shares[panel.AS_IT_IS].min(), shares[panel.AS_IT_IS].max(), POINTS)
    fitted = panel.mean([np.array([one.quarter_fit.repeat(s) for s in x]) for one in found[panel.AS_IT_IS]])
    shown = (panel.AS_IT_IS, panel.SAME_TASTE, panel.ROUTINE, panel.ROUTINE_ONLY)
    return [axes.curve("Dirichlet, fitted", x, fitted), *(axes.curve(name, shares[name], repeats[name], points=True) for name in shown)]


FACT = Fact(
    number=9,
    title="A stationary market fits the NBD and the Dirichlet",
    statement="How often people buy follows an NBD with K from .26 to .85, how they share it among brands a Dirichlet with S from .9 to 5.2.",
    sources=("ehrenberg1959", "goodhardt1984"),
    measure=measure,
)
