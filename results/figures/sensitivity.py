"""Which factors matter: an index for each factor with its interval, the most important on top (Saltelli et al. 2008)."""

from html import escape
from math import isnan

import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.labels import label, shown_unit

INDICES = {
    "mu_star": ("mu*: mean size of the effects", theme.BLUE, "circle"),
    "sigma": ("sigma: spread of the effects", theme.ORANGE, "diamond-open"),
    "first": ("first order: alone", theme.ORANGE, "diamond-open"),
    "total": ("total: with all others", theme.BLUE, "circle"),
    "spearman": ("rank correlation (rho)", theme.ORANGE, "diamond-open"),
    "prcc": ("partial rank correlation (PRCC)", theme.BLUE, "circle"),
}
"""Indices that are drawn: what they are called, their colours and their signs."""
UNITS = {"sobol": "share of the output's variance (0 to 1)", "ranks": "rank correlation (-1 to 1)"}
TITLES = {"morris": "Morris screening", "sobol": "Sobol indices", "ranks": "Rank correlations"}


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
    drawn = theme.panels([""], across=1, height=60 + 34 * len(factors))
    listed = [name for name in INDICES if name in set(indices["index"])]
    for number, name in enumerate(listed):
        text, colour, sign = INDICES[name]
        rows = indices[indices["index"] == name].set_index("factor").loc[factors]
        offset = 0.16 * (1.0 if number else -1.0)
        drawn.add_trace(
            go.Scatter(
                x=rows["value"], y=[place + offset for place in range(len(factors))], name=text, mode="markers",
                marker={"color": colour, "symbol": sign, "size": 9}, text=[escape(factor) for factor in factors],
                error_x={
                    "type": "data", "symmetric": False, "array": rows["high"] - rows["value"], "arrayminus": rows["value"] - rows["low"],
                    "color": colour, "thickness": 1.4, "width": 3,
                },
                hovertemplate="%{text}: %{x:.3g}",
            )
        )  # fmt: skip
    unit = shown_unit(label(measure.removeprefix("total_")).unit)
    effect = f"change from lowest to highest level ({unit or 'the unit of the output'}{' per firm' if unit == 'currency' else ''})"
    drawn.update_xaxes(title_text=UNITS.get(method, effect), zeroline=True)
    drawn.update_yaxes(
        title_text="factor", tickvals=list(range(len(factors))), ticktext=[escape(factor) for factor in factors],
        range=[len(factors) - 0.5, -0.5], showgrid=False, zeroline=False,
    )  # fmt: skip
    drawn.update_layout(hovermode="closest")
    times = f"n = {replications} replication{'s' if replications != 1 else ''}"
    base = {"morris": "trajectories", "sobol": "points of each sample", "ranks": "points"}[method]
    luck = f"; luck is {noise:.1%} of the variance of the means" if not isnan(noise) else "; share of luck unknown"
    note = f"means of {times}, {int(row['n']):,} {base}, bars: 95 % intervals{luck}"
    return theme.titled(drawn, f"{TITLES[method]}: {label(measure).text.lower()}, {row['who']}", note)
