"""The web of relations: a firm among its six markets, how far each trusts it and which side has the power (Christopher et al. 1991)."""

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.figures.six_markets import MARKETS
from results.intervals import interval
from results.labels import number
from results.language import say

WIDEST = 16.0
"""Pixels of an edge along which there is full trust."""
SCALE: tuple[tuple[float, str], ...] = ((0.0, "#8073AC"), (0.5, "#E4E4E4"), (1.0, "#E08214"))
"""Purple where the other side leads, orange where the firm does (ColorBrewer PuOr): told apart with every kind of colour vision."""


def relations(dyad_months: pd.DataFrame, strategies: dict[str, str], *, month: int | None = None) -> pd.DataFrame:
    """Return trust and power in each market at the end of a month, means over a strategy's firms, with intervals over replications.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    month : int, optional
        The month to look at; the last one where it is not given.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``market``, ``dyads`` (mean per firm), ``trust``, ``low``, ``high``, ``balance`` and ``n``.
    """
    then = dyad_months[dyad_months["month"] == (dyad_months["month"].max() if month is None else month)]
    then = then.assign(strategy=then["firm"].map(strategies))
    means = then.groupby(["strategy", "market", "replication"], observed=True)[["trust", "power_balance", "dyads"]].mean().reset_index()
    found = []
    for (strategy, market), rows in means.groupby(["strategy", "market"], sort=True):
        mean, low, high, n = interval(rows["trust"])
        if n:
            found.append((str(strategy), str(market), rows["dyads"].mean(), mean, low, high, rows["power_balance"].mean(), n))
    return pd.DataFrame(found, columns=["strategy", "market", "dyads", "trust", "low", "high", "balance", "n"])


def figure(dyad_months: pd.DataFrame, strategies: dict[str, str], *, month: int | None = None, period: str = "month", across: int = 2) -> go.Figure:
    """Return the web, one panel per strategy: the wider an edge the more trust, its colour tells who has the power.

    Each market's sign carries ``[strategy, market]`` as its customdata, for pages that open what is clicked.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    month : int, optional
        The month to look at; the last one where it is not given.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    found = relations(dyad_months, strategies, month=month)
    kinds = sorted(found["strategy"].unique())
    drawn = theme.panels([names.strategy(kind) for kind in kinds], across=across, height=460)
    reach = max(0.05, float(found["balance"].abs().max()))
    for place, kind in enumerate(kinds):
        _star(drawn, found[found["strategy"] == kind], reach, theme.place(place, across, len(kinds)))
    drawn.update_xaxes(visible=False, range=[-1.75, 1.75])
    drawn.update_yaxes(visible=False, range=[-1.5, 1.5])
    bar = {"title": {"text": say("balance of power (-1 to 1)"), "side": "right"}, "thickness": 14, "tickformat": ".2f"}
    drawn.update_layout(
        coloraxis={"colorscale": SCALE, "cmin": -reach, "cmax": reach, "colorbar": bar}, hovermode="closest", showlegend=False, margin={"b": 32},
        height=drawn.layout.height - 64,
    )  # fmt: skip
    at = int(dyad_months["month"].max()) if month is None else month
    who = f" – {names.strategy(kinds[0])}" if len(kinds) == 1 else ""
    n = int(found["n"].max())
    note = say(
        "{period} {month}; width and numbers: trust (%); colour: who has the power; {replications}",
        period=names.period(period), month=at, replications=theme.shared(n, theme.widest(found)),
    )  # fmt: skip
    return theme.titled(drawn, say("The web of relations{who}", who=who), note)


def _star(drawn: go.Figure, found: pd.DataFrame, reach: float, where: dict[str, int]) -> None:
    """Draw a firm and the markets around it, customers on top."""
    known = {str(row["market"]): row for row in found.to_dict("records")}
    rows = [known[market] for market in MARKETS if market in known]
    angles = [pi / 2 - 2 * pi * place / len(rows) for place in range(len(rows))]
    places = [(cos(angle), sin(angle)) for angle in angles]
    for row, (x, y) in zip(rows, places, strict=True):
        edge = {"color": _colour(row["balance"] / reach), "width": max(1.0, WIDEST * row["trust"])}
        drawn.add_trace(go.Scatter(x=[0, x], y=[0, y], mode="lines", line=edge, hoverinfo="skip"), **where)
    signs = {"size": 28, "color": [row["balance"] for row in rows], "coloraxis": "coloraxis", "line": {"color": theme.INK, "width": 1}}
    drawn.add_trace(
        go.Scatter(
            x=[x for x, _ in places], y=[y for _, y in places], mode="markers", marker=signs,
            customdata=[[row["strategy"], row["market"]] for row in rows], hovertext=[_told(row) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
        ),
        **where,
    )  # fmt: skip
    for row, (x, y) in zip(rows, places, strict=True):
        side = "center" if abs(x) < 0.1 else "left" if x > 0 else "right"
        drawn.add_annotation(
            x=1.13 * x, y=1.14 * y if side == "center" else y, showarrow=False, font={"size": theme.TEXT},
            text=f"{names.market(str(row['market']))}<br>{number(row['trust'], 'share')}", align=side,
            xanchor=side, yanchor="middle" if side != "center" else "bottom" if y > 0 else "top", **where,
        )  # fmt: skip
    drawn.add_trace(go.Scatter(x=[0], y=[0], mode="markers", hoverinfo="skip", marker={"size": 52, "color": theme.INK}), **where)
    drawn.add_annotation(x=0, y=0, text=say("firm"), showarrow=False, font={"size": theme.SMALL, "color": "#ffffff"}, **where)


def _told(row: Mapping[Any, Any]) -> str:
    """Return what the pointer shows of a market."""
    trust, low, high = (number(row[name], "share") for name in ("trust", "low", "high"))
    lines = [
        say("{market}: {dyads} relations per firm", market=names.market(str(row["market"])), dyads=number(row["dyads"])),
        say("trust {trust} % ({low} to {high})", trust=trust, low=low, high=high),
        say("balance of power {balance}", balance=f"{row['balance']:+.3f}"),
    ]
    return "<br>".join(lines)


def _colour(share: float) -> str:
    """Return the scale's colour at -1 to 1."""
    low, middle, high = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for _, colour in SCALE)
    end = high if share > 0 else low
    mixed = [round(a + (b - a) * min(abs(share), 1.0)) for a, b in zip(middle, end, strict=True)]
    return f"rgb({mixed[0]}, {mixed[1]}, {mixed[2]})"
