"""What customers are worth, one by one: how lifetime value spreads over them, and how far few of them bring most of it (Lorenz 1905)."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from results import names, theme
from results.intervals import interval, intervals
from results.labels import label
from results.language import say

SHARES = np.linspace(0.0, 1.0, 51)
"""Shares of customers at which the curves are read."""


def concentration(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of all value that the best customers bring, at each of :data:`SHARES`, the best first.

    It rises above 1 where some customers cost more than they bring.

    Parameters
    ----------
    values : array of float
        One lifetime value per customer, currency; their sum must be positive.

    Examples
    --------
    >>> concentration(np.array([1.0, 3.0]))[25]
    np.float64(0.75)
    """
    summed = np.concatenate([[0.0], np.cumsum(np.sort(values)[::-1])]) / values.sum()
    read: NDArray[np.float64] = np.interp(SHARES, np.linspace(0.0, 1.0, len(summed)), summed)
    return read


def gini(values: NDArray[np.float64]) -> float:
    """Return the Gini coefficient: 0 when all are worth the same, near 1 when one is worth everything, above it when losses are many.

    Examples
    --------
    >>> gini(np.array([1.0, 1.0, 1.0])), gini(np.array([0.0, 0.0, 0.0, 1.0]))
    (0.0, 0.75)
    """
    n = len(values)
    ranks = np.arange(1, n + 1)
    return round(float((2.0 * ranks - n - 1.0) @ np.sort(values) / (n * values.sum())), 12)


def figure(customers: pd.DataFrame, strategies: dict[str, str], *, across: int = 2) -> go.Figure:
    """Return two panels: the distribution of realised lifetime value, and its concentration with the Gini coefficient.

    The first ends where the best three in a hundred would stretch it beyond what can be read.

    Parameters
    ----------
    customers : DataFrame
        One row per replication, customer and firm with which she has a history, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    across : int
        Panels in a row.
    """
    bought = customers[customers["purchases"] > 0]
    frame = bought.assign(strategy=bought["firm"].map(strategies), value=bought["value"].astype(float))
    titles = [say("How value spreads"), say("How few bring how much")]
    drawn = theme.panels(titles, across=across, height=380, shared=False)
    given = theme.looks(sorted(frame["strategy"].unique()))
    worth = np.linspace(float(frame["value"].quantile(0.002)), float(frame["value"].quantile(0.97)), 61)
    said = []
    for strategy, rows in frame.groupby("strategy", sort=True):
        groups = [group.to_numpy(float) for _, group in rows.groupby("replication")["value"]]
        shares = [np.searchsorted(np.sort(group), worth, side="right") / len(group) for group in groups]
        _curve(drawn, worth, shares, str(strategy), given, theme.place(0, across, 2), legend=True, form=",.4~g")
        earning = [group for group in groups if group.sum() > 0.0]  # without value there is nothing to be concentrated
        if not earning:
            continue
        _curve(drawn, SHARES, [concentration(group) for group in earning], str(strategy), given, theme.place(1, across, 2), legend=False, form=".0%")
        mean, low, high, n = interval([gini(group) for group in earning])
        ends = say(" ({low} to {high})", low=f"{low:.2f}", high=f"{high:.2f}") if n > 1 else ""
        said.append(f"{names.strategy(str(strategy))} {mean:.2f}{ends}")
    first, second = theme.place(0, across, 2), theme.place(1, across, 2)
    drawn.add_trace(
        go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": theme.GREY, "width": 1}, hoverinfo="skip", showlegend=False), **second
    )
    drawn.update_xaxes(title_text=label("clv_realised").axis(), tickformat=theme.money(float(worth[-1])), **first)
    drawn.update_yaxes(title_text=say("customers worth at most this (%)"), tickformat=".0%", range=[0, 1.02], **first)
    drawn.update_xaxes(title_text=say("customers, the best first (%)"), tickformat=".0%", **second)
    drawn.update_yaxes(title_text=say("share of all value (%)"), tickformat=".0%", **second)
    n = int(frame["replication"].nunique())
    note = say("Gini: {coefficients}; {replications}", coefficients=names.joined(said), replications=theme.replications(n))
    return theme.titled(drawn, say("What customers are worth"), note)


def _curve(
    drawn: go.Figure, x: NDArray[np.float64], curves: list[NDArray[np.float64]], strategy: str, given: dict[str, tuple[str, str]],
    where: dict[str, int], *, legend: bool, form: str,
) -> None:  # fmt: skip
    """Draw the mean of the replications' curves with its band."""
    long = pd.DataFrame({"month": np.tile(x, len(curves)), "value": np.concatenate(curves)})
    found = intervals(long, ["month"], "value")
    theme.band(drawn, found["month"], found["low"], found["high"], given[strategy][0], where)
    trace = theme.line(found, strategy, names.strategy(strategy), given, showlegend=legend, hovertemplate="%{y:.1%}", xhoverformat=form)
    drawn.add_trace(trace, **where)
