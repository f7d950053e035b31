"""Sensitivity in words: which factor matters most, which cannot be told from nothing, and how much is luck."""

from math import isnan

from experiments.sensitivity.analysis import RANKS, SCREENING, VARIANCE, Part, Sensitivity
from experiments.sensitivity.noise import Noise

LEADING = {SCREENING: ("mu_star", "mu*"), VARIANCE: ("total", "total index"), RANKS: ("prcc", "partial rank correlation")}
"""The index by which a method ranks factors, and what it is called."""
SHOWN = {SCREENING: ("mu_star", "sigma"), VARIANCE: ("first", "total"), RANKS: ("spearman", "prcc")}
"""The indices of a method on the terminal; the Parquet table has mu as well."""
BASES = {SCREENING: "trajectories", VARIANCE: "points of each sample", RANKS: "points"}
"""What the number behind an index counts."""
FAINT = 0.05
"""Part of the most important factor's index below which a whole interval must lie for a factor to count as faint; a rule of thumb."""
LOUD, DROWNED = 0.2, 0.5
"""Shares of luck in the means above which indices are called blurred, and above which they are not put into words; rules of thumb."""


def sentences(found: Sensitivity) -> list[str]:
    """Return one sentence for each output and method, then those about luck and what was left out."""
    several = len({part.scenario for part in found.parts}) > 1
    lines = []
    loud = []
    for part in found.parts:
        output = f"{part.scenario}: {part.measure}, {part.who}" if several else f"{part.measure}, {part.who}"
        means = f"luck is {part.luck.of_means:.0%} of the variance of the means over {part.luck.replications} replications"
        if part.luck.of_means > DROWNED:
            loud.append(f"{output}: {means}, so that the factors cannot be told apart; more replications are needed.")
            continue
        lines.append(f"{output}: {_most(part)}.")
        if part.luck.of_means > LOUD:
            loud.append(f"{output}: {means}, which blurs the indices; more replications would help.")
    return [*lines, *dict.fromkeys(loud), *(f"{text}." for text in found.skipped)]


def luck(noise: Noise) -> str:
    """Return luck's part in an output, in words.

    >>> luck(Noise(of_runs=0.12, of_means=0.013, replications=5))
    'luck: 12.0 % of the variance of single runs, 1.3 % of that of means over 5 replications'
    """
    if isnan(noise.of_runs):
        return f"luck: unknown from {noise.replications} replication{'s' if noise.replications != 1 else ''}"
    means = "none" if isnan(noise.of_means) else f"{100 * noise.of_means:.1f} %"
    return f"luck: {100 * noise.of_runs:.1f} % of the variance of single runs, {means} of that of means over {noise.replications} replications"


def _most(part: Part) -> str:
    """Return what matters most by a method, and what does not show."""
    index, name = LEADING[part.method]
    leading = part.index(index)
    known = leading[leading["value"].notna()]
    if known.empty:
        return "does not vary, or its factors are bound to each other: no indices"
    first = known.iloc[0]
    text = f"{known.index[0]} matters most ({name} {first['value']:.3g}, 95 % interval {first['low']:.3g} to {first['high']:.3g})"
    if part.method == RANKS:
        nothing, verb = known.index[(known["low"] <= 0.0) & (known["high"] >= 0.0)], "cannot be told from nothing"
    else:
        if len(known) > 1 and known.iloc[1]["high"] > first["low"]:
            text += f", not clearly before {known.index[1]}"
        nothing, verb = known.index[known["high"] < FAINT * first["value"]], f"matters less than {FAINT:.0%} of that"
    return f"{text}; {', '.join(map(str, nothing))}: {verb}" if len(nothing) else text
