"""Sensitivity in words: which factor matters most, which cannot be told from nothing, and how much is luck."""

from math import isnan

from experiments.sensitivity.analysis import RANKS, SCREENING, VARIANCE, Part, Sensitivity
from experiments.sensitivity.noise import Noise
from results import names
from results.language import say
from results.told import told

LEADING = {SCREENING: "mu_star", VARIANCE: "total", RANKS: "prcc"}
"""The index by which a method ranks factors."""
SHOWN = {SCREENING: ("mu_star", "sigma"), VARIANCE: ("first", "total"), RANKS: ("spearman", "prcc")}
"""The indices of a method on the terminal; the Parquet table has mu as well."""
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
        values = {"output": output(part, scenario=several), "share": f"{part.luck.of_means:.0%}", "n": part.luck.replications}
        if part.luck.of_means > DROWNED:
            loud.append(
                say(
                    "{output}: luck is {share} of the variance of the means over {n} replications, so that the factors cannot be told apart; "
                    "more replications are needed.",
                    **values,
                )
            )
            continue
        lines.append(say("{output}: {sentence}.", output=values["output"], sentence=_most(part)))
        if part.luck.of_means > LOUD:
            loud.append(
                say(
                    "{output}: luck is {share} of the variance of the means over {n} replications, which blurs the indices; "
                    "more replications would help.",
                    **values,
                )
            )
    return [*lines, *dict.fromkeys(loud), *(say("{sentence}.", sentence=told(text)) for text in found.skipped)]


def output(part: Part, *, scenario: bool) -> str:
    """Return what an output is called, with its scenario if asked for."""
    name = say("{measure}, {who}", measure=part.measure, who=names.contrast(part.who))
    return say("{scenario}: {who}", scenario=part.scenario, who=name) if scenario else name


def index(method: str) -> str:
    """Return what the index is called by which a method ranks factors."""
    return {SCREENING: "mu*", VARIANCE: say("total index"), RANKS: say("partial rank correlation")}[method]


def base(method: str, n: int) -> str:
    """Return what stands behind a method's indices."""
    count = f"{n:,}"
    if method == SCREENING:
        return say("n = {count} trajectories", count=count)
    if method == VARIANCE:
        return say("n = {count} points of each sample", count=count)
    return say("n = {count} points", count=count)


def luck(noise: Noise) -> str:
    """Return luck's part in an output, in words.

    >>> luck(Noise(of_runs=0.12, of_means=0.013, replications=5))
    'luck: 12.0 % of the variance of single runs, 1.3 % of that of means over 5 replications'
    """
    if isnan(noise.of_runs):
        if noise.replications == 1:
            return say("luck: unknown from 1 replication")
        return say("luck: unknown from {n} replications", n=noise.replications)
    return say(
        "luck: {runs} % of the variance of single runs, {means} of that of means over {n} replications",
        runs=f"{100 * noise.of_runs:.1f}", means=say("none") if isnan(noise.of_means) else f"{100 * noise.of_means:.1f} %", n=noise.replications,
    )  # fmt: skip


def _most(part: Part) -> str:
    """Return what matters most by a method, and what does not show."""
    leading = part.index(LEADING[part.method])
    known = leading[leading["value"].notna()]
    if known.empty:
        return say("does not vary, or its factors are bound to each other: no indices")
    first = known.iloc[0]
    text = say(
        "{factor} matters most ({index} {value}, 95 % interval {low} to {high})",
        factor=known.index[0], index=index(part.method), value=f"{first['value']:.3g}", low=f"{first['low']:.3g}", high=f"{first['high']:.3g}",
    )  # fmt: skip
    if part.method == RANKS:
        nothing = known.index[(known["low"] <= 0.0) & (known["high"] >= 0.0)]
    else:
        if len(known) > 1 and known.iloc[1]["high"] > first["low"]:
            text = say("{sentence}, not clearly before {factor}", sentence=text, factor=known.index[1])
        nothing = known.index[known["high"] < FAINT * first["value"]]
    if not len(nothing):
        return text
    factors = names.joined(list(map(str, nothing)))
    if part.method == RANKS:
        return say("{sentence}; {factors}: cannot be told from nothing", sentence=text, factors=factors)
    return say("{sentence}; {factors}: matters less than {share} of that", sentence=text, factors=factors, share=f"{FAINT:.0%}")
