"""How near estimates of lifetime value come to the truth: dots with intervals, one row per market and strategy, one panel per score."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.language import say

SHOWN = ("bias", "rmse", "spearman", "best_found")
ON_A_LOG_SCALE = ("bias", "rmse")
MARKS = ("square", "triangle-up", "circle", "diamond", "star", "cross", "x")
"""Marks of the methods, in the order of the table: told apart in grey as well."""
COLOURS = (theme.GREY, theme.ORANGE, theme.BLUE, theme.GREEN, theme.PURPLE, theme.VERMILION, theme.SKY)


def score(name: str) -> str:
    """Return what a score is called; one that is not known here by its name."""
    return {
        "bias": say("mean estimate over mean true value"),
        "rmse": say("root mean squared error over mean true value"),
        "mae": say("mean absolute error over mean true value"),
        "spearman": say("rank correlation with true values"),
        "best_found": say("truly best 20 % found (%)"),
        "precision": say("of those given up, lost (%)"),
        "recall": say("of those lost, given up (%)"),
    }.get(name, name)


def method(name: str) -> str:
    """Return what a method is called; one that is not known here by its name."""
    return {
        "naive average": say("naive average"),
        "retention rate": say("retention rate"),
        "BG/NBD": say("BG/NBD, Gamma-Gamma"),
        "Pareto/NBD": say("Pareto/NBD, Gamma-Gamma"),
        "sBG": say("shifted-beta-geometric"),
        "true expectation": say("true expectation"),
    }.get(name, name)


def figure(table: pd.DataFrame, shown: tuple[str, ...] = SHOWN, *, across: int = 2) -> go.Figure:
    """Return the scores of every method against the true expected values.

    Parameters
    ----------
    table : DataFrame
        Columns ``scenario``, ``strategy``, ``method``, ``score``, ``mean``, ``low``, ``high`` and ``n``, against one truth. ``bias`` is the mean
        estimate over the mean true value, less 1.
    shown : sequence of str
        Scores, one panel each.
    across : int
        Panels in a row.
    """
    rows = table.assign(row=[who(scenario, strategy) for scenario, strategy in zip(table["scenario"], table["strategy"], strict=True)])
    order = list(dict.fromkeys(rows["row"]))
    methods = list(dict.fromkeys(table["method"]))
    drawn = theme.panels([score(name) for name in shown], across=across, height=90 + 44 * len(order))
    for number, name in enumerate(shown):
        where = theme.place(number, across, len(shown))
        for turn, one in enumerate(methods):
            part = rows[(rows["score"] == name) & (rows["method"] == one)]
            up = 1.0 if name == "bias" else 0.0
            mean, high = part["mean"] + up, part["high"] + up
            colour = COLOURS[turn % len(COLOURS)]
            error = {"type": "data", "array": (high - mean).fillna(0.0), "thickness": 1.4, "width": 4} if part["high"].notna().any() else None
            drawn.add_trace(
                go.Scatter(
                    x=mean, y=[order.index(row) + _beside(turn, len(methods)) for row in part["row"]], mode="markers", error_x=error,
                    name=method(one), legendgroup=one, showlegend=number == 0, text=part["row"],
                    marker={"size": 10, "color": colour, "symbol": MARKS[turn % len(MARKS)]},
                    hovertemplate="%{text}: %{x:,.3~r}<extra>%{fullData.name}</extra>",
                ),
                **where,
            )  # fmt: skip
        log = name in ON_A_LOG_SCALE
        form = ".0%" if name in ("best_found", "precision", "recall") else ",.2~r"
        drawn.update_xaxes(type="log" if log else "linear", dtick="D2" if log else None, tickformat=form, **where)
        if not log:
            drawn.update_xaxes(range=[min(-0.02, float(rows.loc[rows["score"] == name, "low"].min()) - 0.02), 1.02], **where)
        for mark in {"bias": (1.0,), "best_found": (0.2,)}.get(name, ()):
            drawn.add_vline(x=mark, line={"color": theme.GREY, "width": 1.2, "dash": "dot"}, **where)
        drawn.update_yaxes(tickvals=list(range(len(order))), ticktext=order, range=[len(order) - 0.5, -0.5], showgrid=False, zeroline=False, **where)
        for between in np.arange(0.5, len(order) - 1):
            drawn.add_hline(y=float(between), line={"color": theme.PALE, "width": 1}, **where)
    drawn.update_layout(hovermode="closest")
    note = say("dotted lines: no bias, and chance; {replications}", replications=theme.replications(int(table["n"].max()), drawn="bars"))
    return theme.titled(drawn, say("Estimates of lifetime value against the truth"), note)


def who(scenario: str, strategy: str) -> str:
    """Return what a row is called: the market, and the strategy of its firms."""
    return say("{scenario}, {strategy}", scenario=scenario, strategy=names.strategy(strategy))


def _beside(turn: int, count: int) -> float:
    """Return how far from the middle of its row a method's mark is drawn."""
    return (turn - (count - 1) / 2.0) * 0.7 / max(1, count)
