"""V7: double jeopardy: small brands have fewer buyers, who also buy them less often (Ehrenberg 1988; Goodhardt et al. 1984)."""

import numpy as np

from experiments.validation import panel
from experiments.validation.dirichlet import Brands, Vector
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding


def measure(effort: Effort) -> Evidence:
    """Return how penetration and purchases per buyer go together over brands, and whether w (1 - b) evens them out."""
    found = panel.panels(effort)
    others = [name for name in found if name != panel.AS_IT_IS]
    years = {name: [one.year for one in panels] for name, panels in found.items()}
    axes = Axes("Brands in a year", "penetration b (share of customers)", "purchases per buyer w")
    usual = years[panel.AS_IT_IS]
    b, w = _points(usual)
    order = np.argsort(b)
    return Evidence(
        findings=[
            Finding.over("correlation of penetration and purchases per buyer over brands", [panel.correlation(one) for one in usual], least=0.6),
            Finding.over("variation of w (1 - b) against that of w", [panel.ratio(one) for one in usual], most=1.0, unit="ratio"),
            *(Finding.over(f"correlation, {name}", [panel.correlation(one) for one in years[name]]) for name in others),
            *(Finding.over(f"variation ratio, {name}", [panel.ratio(one) for one in years[name]], unit="ratio") for name in others),
        ],
        curves=[
            *(axes.curve(name, *_points(years[name]), points=True) for name in (panel.AS_IT_IS, panel.SAME_TASTE, panel.ROUTINE)),
            axes.curve("law: w (1 - b) the same for all", b[order], np.mean(w * (1.0 - b)) / (1.0 - b[order])),
        ],
        note="Coefficients of variation over ten brands. Small brands are bought less often even where all customers have one taste: "
        "it is a matter of numbers, and no sign that a small brand does something wrong.",
    )  # fmt: skip


def _points(brands: list[Brands]) -> tuple[Vector, Vector]:
    """Return brands' penetration and purchases per buyer, means over panels."""
    return panel.mean([one.penetration for one in brands]), panel.mean([one.frequency for one in brands])


FACT = Fact(
    number=7,
    title="Double jeopardy",
    statement="Brands with fewer buyers are also bought somewhat less often by them: w (1 - b) hardly differs between brands.",
    sources=("ehrenberg1988", "goodhardt1984"),
    measure=measure,
)
