"""V26: commitment and trust stand between what a firm does and whether its customers leave (Morgan & Hunt 1994)."""

import numpy as np

from experiments.validation import path_model, survey
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding

ANTECEDENTS = ("shared_values", "communication", "opportunism", "benefits", "termination")
MEDIATED: path_model.Arrows = {
    "trust": ("shared_values", "communication", "opportunism"),
    "commitment": ("termination", "benefits", "shared_values", "trust"),
    "leaving": ("commitment",),
}
"""The key mediating variables: what firms do works through trust and commitment."""
DIRECT: path_model.Arrows = {"leaving": (*ANTECEDENTS, "trust", "commitment")}
"""The rival: everything works directly, and nothing through anything else."""
SIGNS = {
    ("shared_values", "trust"): 1, ("communication", "trust"): 1, ("opportunism", "trust"): -1, ("shared_values", "commitment"): 1,
    ("termination", "commitment"): 1, ("trust", "commitment"): 1, ("commitment", "leaving"): -1,
}  # fmt: skip
"""Published signs; that of benefits on commitment was not significant."""
RANGES = {("trust", "commitment"): (0.3, 0.7), ("commitment", "leaving"): (-0.7, -0.3)}
"""Accepted coefficients."""
NAMES = {"trust": "trust", "commitment": "commitment", "shared_values": "shared values", "communication": "communication",
         "opportunism": "opportunism", "benefits": "benefits", "termination": "termination cost", "leaving": "leaving"}  # fmt: skip


def measure(effort: Effort) -> Evidence:
    """Return the path model of a survey in each replication: coefficients, their signs, and fit beside the rival model."""
    seeds = effort.seeds(full=16, quick=2)
    asked = effort.play(survey.markets(4 if effort.quick else 10), seeds, survey.answers)
    surveys = [survey.table([market[k] for market in asked]) for k in range(len(seeds))]
    paths = [path_model.coefficients(one, MEDIATED) for one in surveys]
    means = {arrow: np.array([found[arrow] for found in paths]) for arrow in paths[0]}
    findings = []
    for arrow, values in means.items():
        text = f"{NAMES[arrow[0]]} → {NAMES[arrow[1]]}"
        if arrow in RANGES:
            least, most = RANGES[arrow]
            findings.append(Finding.over(text, values, least=least, most=most))
        elif arrow in SIGNS:
            least, most = (0.0, 1.0) if SIGNS[arrow] > 0 else (-1.0, 0.0)
            findings.append(Finding.over(text, values, least=least, most=most))
        else:
            findings.append(Finding.over(text, values))
    fit = [path_model.misfit(one, MEDIATED) for one in surveys]
    rival = [path_model.misfit(one, {**MEDIATED, **DIRECT}) for one in surveys]
    done = [path_model.coefficients(one, {"left": ("commitment",)})["commitment", "left"] for one in surveys]
    alone = [path_model.explained(one, DIRECT)["leaving"] for one in surveys]
    through = [path_model.explained(one, MEDIATED)["leaving"] for one in surveys]
    findings += [
        Finding.over("commitment → what they did: purchases elsewhere in two years", done),
        Finding.over("misfit of the mediated model (SRMR)", fit),
        Finding.over("misfit with all direct arrows to leaving added", rival),
        Finding.over("leaving explained by commitment alone", through, unit="share"),
        Finding.over("leaving explained by all variables directly", alone, unit="share"),
    ]
    axes = Axes("Path coefficients", "path, in the order of the table", "standardised coefficient")
    curves = [axes.over("simulated survey", np.arange(1.0, len(means) + 1.0), list(means.values()), points=True)]
    n = int(np.mean([len(one) for one in surveys]))
    note = (
        f"Each replication is a survey of about {n:,} customers of {4 * len(asked)} firms that differ in what they do. Leaving is what they say: the "
        "chance that they would buy elsewhere, did they choose anew; what they did afterwards is shown below it."
    )
    return Evidence(findings, curves, note)


FACT = Fact(
    number=26,
    title="Commitment and trust",
    statement="Shared values and communication raise trust, opportunism destroys it; trust raises commitment, and the committed do not leave.",
    sources=("morgan1994",),
    measure=measure,
)
