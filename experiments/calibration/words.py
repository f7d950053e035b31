"""A calibration in words: what was fitted, how well it foretells, and what the data cannot tell."""

import numpy as np
import pandas as pd

from experiments.calibration.cohort import Cohort
from experiments.calibration.holdout import ACTUAL, BG, OURS, PARETO, Analytic, Holdout
from experiments.calibration.moments import Fitted
from experiments.calibration.retention import SBG, Retention
from experiments.calibration.transactions import Transactions
from experiments.estimators import GammaGamma, ShiftedBetaGeometric
from results.labels import number
from results.language import say
from results.names import clauses

GOOD = 1.5
"""Misfit up to which a market is said to fit."""


def names() -> dict[str, str]:
    """Return what readers call the series."""
    return {ACTUAL: say("what happened"), OURS: say("simulation")}


def meanings() -> dict[str, str]:
    """Return what the free parameters mean, by name."""
    return {
        "need_rate": say("purchases needed a month, mean over customers"),
        "need_shape": say("how alike customers are in how often they need something (r)"),
        "leaving": say("chance to leave for good at a purchase or renewal, mean over customers"),
        "variety": say("chance to think again without a reason, a month"),
        "dispersion": say("how alike customers are in how prone they are to leave (a + b)"),
    }


def of_log(log: Transactions, data: Cohort) -> list[str]:
    """Say what the log is, and what was repaired."""
    period = say("weeks") if data.period == "week" else say("months")
    said = [
        say("{rows} rows from {first} to {last}: {days} customer-days of {customers} customers", rows=f"{log.rows:,}", first=log.origin,
            last=log.last, days=f"{len(log.day):,}", customers=f"{log.n_customers:,}"),
        say("{n} customers came within the calibration of {fitted} {periods}; the holdout has {rest}", n=f"{data.n:,}", fitted=data.periods,
            periods=period, rest=data.all_periods - data.periods),
    ]  # fmt: skip
    return said + list(log.repairs)


def of_holdout(found: Holdout) -> list[str]:
    """Say how far off the models are in the holdout."""
    if found.errors.empty:
        return [say("there is no holdout: nothing tells how well this foretells; give an earlier --calibration-end")]
    said = []
    for row in found.errors.to_dict("records"):
        name = names().get(str(row["series"]), str(row["series"]))
        said.append(
            say("{name}: off by {mape} of repeats so far, on average over the holdout; at its end by {end}; class by class by {classes}",
                name=name, mape=f"{row['mape']:.1%}", end=f"{row['at_end']:+.1%}", classes=f"{row['classes']:.0%}")
        )  # fmt: skip
    return [*said, say("the simulation's 95 % interval holds {share} of the holdout's periods", share=f"{found.inside:.0%}")]


def of_fit(found: Fitted) -> list[str]:
    """Say how well the simulated market fits, and which parameters the data tell."""
    said = [
        say("the simulated market fits the calibration: misfit {misfit:.2f}, where luck alone makes about 1", misfit=found.misfit)
        if found.misfit <= GOOD
        else say("the simulated market does not fit the calibration well (misfit {misfit:.2f}, where luck alone makes about 1): "
                 "intervals are widened", misfit=found.misfit)
    ]  # fmt: skip
    untold = [meanings()[one.name] for number_, one in enumerate(found.free) if not found.told(number_)]
    if untold:
        said.append(say("the data say little of: {what}; its interval is nearly that of what was assumed before", what=clauses(untold)))
    return said


def cannot_tell(*, contractual: bool) -> list[str]:
    """Say what no such data can tell."""
    if contractual:
        return [
            say("The table cannot tell those who went elsewhere from those who lost the need, or why anybody left."),
            say("It says nothing of prices, satisfaction, trust or bonds: what a lever would change rests on the model and its assumed numbers."),
        ]
    return [
        say("The log cannot tell those who left for good from those who have been silent for long; nobody announces it."),
        say("It sees one shop: how often customers bought elsewhere, and how good elsewhere is, is assumed."),
        say("Whether people leave after a purchase or at any other time is assumed (after a purchase); the log hardly tells."),
        say("A customer's first purchase in the log counts as her first ever: where a log begins in the middle, old customers look new."),
        say("Seasons are not fitted: a holdout with Christmas in it has more purchases than any of the models expects."),
        say("It says nothing of prices, satisfaction, trust or bonds: what a lever would change rests on the model and its assumed numbers."),
    ]


def of_spend(spend: GammaGamma | None, correlation: float) -> list[str]:
    """Say what customers spend."""
    if spend is None:
        return []
    said = [
        say("a purchase is worth {mean} on average over customers (Gamma-Gamma: p {p:.3g}, q {q:.3g}, v {v:.4g})", mean=number(spend.mean),
            p=spend.p, q=spend.q, v=spend.v)
    ]  # fmt: skip
    if abs(correlation) > 0.2:
        said.append(
            say("how much and how often customers buy go together (correlation {r:.2f}), which Gamma-Gamma takes for unrelated", r=correlation)
        )
    return said


def of_retention(curve: pd.DataFrame, data: Retention, analytic: ShiftedBetaGeometric) -> list[str]:
    """Say what the table is, and how far off the models are in its holdout."""
    said = [
        say("{n} customers over {months} months, {fitted} of them fitted", n=f"{int(data.customers[0]):,}", months=len(data.customers) - 1,
            fitted=data.months),
        say("sBG: a {a:.4g}, b {b:.4g}: {leave} leave at the first renewal", a=analytic.a, b=analytic.b,
            leave=f"{analytic.a / (analytic.a + analytic.b):.1%}"),
    ]  # fmt: skip
    later = curve[curve["period"] > data.months]
    if later.empty:
        return [*said, say("there is no holdout: nothing tells how well this foretells; give an earlier --calibration-end")]
    actual = later.loc[later["series"] == ACTUAL, "share"].to_numpy()
    for name in (OURS, SBG):
        off = later.loc[later["series"] == name, "share"].to_numpy() - actual
        said.append(
            say("{name}: off by {points:.1f} percentage points of the cohort, on average over the holdout", name=names().get(name, name),
                points=100 * float(np.abs(off).mean()))
        )  # fmt: skip
    return said


def parameters(found: Fitted) -> pd.DataFrame:
    """Return the free parameters with their intervals, for the store: ``parameter``, ``value``, ``low``, ``high``, ``start``, ``told``."""
    rows = []
    for place, one in enumerate(found.free):
        low, high = found.interval(place)
        rows.append({
            "parameter": one.name, "value": found.levels[place], "low": low, "high": high, "start": one.value(one.start), "told": found.told(place),
        })  # fmt: skip
    return pd.DataFrame(rows)


def parameter_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return the same for readers."""
    meaning = meanings()
    return pd.DataFrame({
        say("parameter"): [meaning[str(name)] for name in found["parameter"]],
        say("value"): found["value"],
        say("95 % interval"): [f"{number(low)} – {number(high)}" for low, high in zip(found["low"], found["high"], strict=True)],
        say("before the simulation"): found["start"],
        say("do the data tell it?"): [say("yes") if told else say("hardly") for told in found["told"]],
    })  # fmt: skip


def analytic_table(models: Analytic) -> pd.DataFrame:
    """Return the analytic models' parameters with their standard errors."""
    symbols = {BG: ("r", "alpha", "a", "b"), PARETO: ("r", "alpha", "s", "beta")}
    rows = []
    for name, model in models.items():
        for symbol, error in zip(symbols[name], model.errors, strict=True):
            rows.append([name, symbol, float(getattr(model, symbol)), float(error), f"{model.log_likelihood:,.1f}"])
    return pd.DataFrame(rows, columns=[say("model"), say("parameter"), say("value"), say("standard error"), say("log-likelihood")])


def class_table(classes: pd.DataFrame) -> pd.DataFrame:
    """Return purchases in the holdout by class, for readers."""
    heads = {"frequency": say("repeats in the calibration"), "recency": say("last one in its"), "customers": say("customers"), **names()}
    shown = classes.replace({"recency": {"none": "", "first half": say("first half"), "second half": say("second half")}})
    return shown.rename(columns=heads)
