"""Which factors matter: an index for each factor with its interval, the most important on top (Saltelli et al. 2008)."""

from html import escape
from math import isnan

import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.labels import label, shown_unit
from results.language import say

INDICES = {
    "mu_star": (theme.BLUE, "circle"),
    "sigma": (theme.ORANGE, "diamond-open"),
    "first": (theme.ORANGE, "diamond-open"),
    "total": (theme.BLUE, "circle"),
    "spearman": (theme.ORANGE, "diamond-open"),
    "prcc": (theme.BLUE, "circle"),
}
"""Indices that are drawn: their colours and their signs."""


def figure(indices: pd.DataFrame, factors: list[str], *, replications: int, noise: float) -> go.Figure:
    """Return the indices of one output by one method, with their 95 % intervals.

    Parameters
    ----------
    indices : DataFrame
        Columns ``measure``, ``who``, ``method``, ``factor``, ``index``, ``value``, ``low``, ``high``, ``n``; of one output and method.
    factors : list of str
        The factors' names from top to bottom.
    replications : int
        Runs at each point.
    noise : float
        Share of the variance of means over replications that is luck; missing where unknown.
    """
    row = indices.iloc[0]
    measure, method = str(row["measure"]), str(row["method"])
    drawn = theme.panels([""], across=1, height=90 + 38 * len(factors))
    listed = [name for name in INDICES if name in set(indices["index"])]
    for number, name in enumerate(listed):
        colour, sign = INDICES[name]
        rows = indices[indices["index"] == name].set_index("factor").loc[factors]
        offset = 0.16 * (1.0 if number else -1.0)
        drawn.add_trace(
            go.Scatter(
                x=rows["value"], y=[place + offset for place in range(len(factors))], name=_index(name), mode="markers",
                marker={"color": colour, "symbol": sign, "size": 9}, text=[escape(factor) for factor in factors],
                error_x={
                    "type": "data", "symmetric": False, "array": rows["high"] - rows["value"], "arrayminus": rows["value"] - rows["low"],
                    "color": colour, "thickness": 1.4, "width": 3,
                },
                hovertemplate="%{text}: %{x:.3g}",
            )
        )  # fmt: skip
    drawn.update_xaxes(title_text=_unit(method, measure), zeroline=True)
    drawn.update_yaxes(
        title_text=say("factor"), tickvals=list(range(len(factors))), ticktext=[escape(factor) for factor in factors],
        range=[len(factors) - 0.5, -0.5], showgrid=False, zeroline=False,
    )  # fmt: skip
    drawn.update_layout(hovermode="closest")
    title = say("{method}: {measure}, {who}", method=_method(method), measure=label(measure).text.lower(), who=names.contrast(str(row["who"])))
    return theme.titled(drawn, title, _note(method, int(row["n"]), replications, noise))


def _index(name: str) -> str:
    """Return what an index is called."""
    return {
        "mu_star": say("mu*: mean size of the effects"),
        "sigma": say("sigma: spread of the effects"),
        "first": say("first order: alone"),
        "total": say("total: with all others"),
        "spearman": say("rank correlation (rho)"),
        "prcc": say("partial rank correlation (PRCC)"),
    }[name]


def _method(name: str) -> str:
    """Return what a method is called."""
    return {"morris": say("Morris screening"), "sobol": say("Sobol indices"), "ranks": say("Rank correlations")}[name]


def _unit(method: str, measure: str) -> str:
    """Return what the horizontal axis shows, with its unit."""
    if method == "sobol":
        return say("share of the output's variance (0 to 1)")
    if method == "ranks":
        return say("rank correlation (-1 to 1)")
    kind = label(measure.removeprefix("total_")).unit
    unit = say("{unit} per firm", unit=shown_unit(kind)) if kind == "currency" else shown_unit(kind) or say("the unit of the output")
    return say("change from lowest to highest level ({unit})", unit=unit)


def _note(method: str, n: int, replications: int, noise: float) -> str:
    """Return how many runs stand behind the indices, and how much of what they tell is luck."""
    base = {"morris": say("trajectories"), "sobol": say("points of each sample"), "ranks": say("points")}[method]
    luck = say("share of luck unknown") if isnan(noise) else say("luck is {share} of the variance of the means", share=f"{noise:.1%}")
    if replications == 1:
        return say("n = 1 replication, {count} {base}, bars: 95 % intervals; {luck}", count=f"{n:,}", base=base, luck=luck)
    return say("means of n = {n} replications, {count} {base}, bars: 95 % intervals; {luck}", n=replications, count=f"{n:,}", base=base, luck=luck)
