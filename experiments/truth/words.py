"""What a comparison of estimators says, in sentences made from its numbers."""

import numpy as np
import pandas as pd

from experiments.truth.analysis import EXPECTED, PERFECT, REALISED, Comparison
from experiments.truth.methods import NAIVE
from results.figures.estimators import method, who
from results.labels import number
from results.language import say


def findings(found: Comparison) -> list[str]:
    """Return which method came nearest in each market, which ranked best, and what luck leaves to nobody, one sentence each."""
    plan = found.plan
    said = [
        say(
            "Customers are on record for {recorded} periods and followed for {horizon} more, over {futures} futures on other luck; "
            "n = {n} replications of each market.",
            recorded=plan.recorded, horizon=plan.horizon, futures=plan.futures, n=found.replications,
        )
    ]  # fmt: skip
    for (scenario, strategy), part in found.table.groupby(["scenario", "strategy"], sort=False):
        wide = part[part["truth"] == EXPECTED].pivot_table(index="method", columns="score", values="mean", sort=False, dropna=False)
        if not len(wide):
            continue
        said.append(_market(who(str(scenario), str(strategy)), wide))
    ceiling = found.facts.groupby(["scenario", "strategy"], sort=False)["ceiling"].mean()
    if ceiling.notna().any():
        said.append(
            say(
                "True expectations are known from {futures} futures only: the highest rank correlation that can be measured is {low} to {high}.",
                futures=plan.futures, low=number(ceiling.min()), high=number(ceiling.max()),
            )
        )  # fmt: skip
    luck = found.table[(found.table["truth"] == REALISED) & (found.table["method"] == PERFECT) & (found.table["score"] == "spearman")]
    if len(luck):
        said.append(
            say(
                "What luck leaves to nobody: even the true expectation has a rank correlation of only {low} to {high} with what then came.",
                low=number(luck["mean"].min()), high=number(luck["mean"].max()),
            )
        )  # fmt: skip
    return said


def _market(name: str, wide: pd.DataFrame) -> str:
    """Return a market's sentence; ``wide`` has a row per method and a column per score."""
    of = {score: wide[score].astype(float) for score in ("bias", "rmse", "spearman", "best_found")}
    straight, near, ranked = (str(of[score].index[int(place)]) for score, place in (
        ("bias", np.nanargmin(of["bias"].abs())), ("rmse", np.nanargmin(of["rmse"])), ("spearman", np.nanargmax(of["spearman"])),
    ))  # fmt: skip
    text = say(
        "{market}: least biased is {straight} ({bias} %), the smallest error has {near} ({rmse} times the mean value), and {ranked} ranks customers "
        "best (correlation {spearman}, finds {best} % of the best fifth).",
        market=name, straight=method(straight), bias=signed(float(of["bias"][straight])), near=method(near), rmse=number(float(of["rmse"][near])),
        ranked=method(ranked), spearman=number(float(of["spearman"][ranked])), best=number(float(of["best_found"][ranked]), "share"),
    )  # fmt: skip
    if NAIVE in of["bias"].index and straight != NAIVE:
        text += say(" The naive average is off by {bias} %.", bias=signed(float(of["bias"][NAIVE])))
    return text


def signed(share: float) -> str:
    """Write a share in per cent with its sign."""
    return f"{100.0 * share:+,.0f}".replace("-", "\u2212")
