"""A customer's history as a figure: what she bought, what she expected and felt, and how her relations with firms grew or broke."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from results import names, theme
from results.dashboard.live.history import Seen
from results.dashboard.live.picture import look
from results.language import say
from sim.mechanisms.complaints import RESOLVED, TURNED_AWAY
from sim.scenario import Scenario


def figure(months: Sequence[Seen], place: int, scenario: Scenario) -> go.Figure:
    """Return the figure of a customer's history, three panels.

    Parameters
    ----------
    months : sequence of Seen
        From the start on.
    place : int
        Her place among those who were watched.
    scenario : Scenario
        The market.
    """
    firms = [firm.name for firm in scenario.firms]
    time = [seen.month for seen in months[1:]]
    events = {name: np.array([seen.events[name][place] for seen in months[1:]]) for name in months[-1].events}
    columns = {name: np.array([seen.columns[name][place] for seen in months[1:]]) for name in ("trust", "commitment")}
    before = np.array([seen.columns["expectation"][place] for seen in months[:-1]])
    bought = events["quantity"] > 0
    known = [j for j in range(len(firms)) if bought[:, j].any()] or list(range(len(firms)))
    titles = [say("Purchases, and what became of bad ones"), say("Expected, got, and satisfied with it"), say("Trust (thick) and commitment (thin)")]
    drawn = theme.panels(titles, across=1, height=210, shared=False)
    for j in known:
        colour, dash = look(j)
        about: dict[str, Any] = {"name": escape(firms[j]), "legendgroup": firms[j]}
        drawn.add_trace(go.Bar(x=time, y=events["quantity"][:, j], marker={"color": colour}, **about), row=1, col=1)
        for name, width in (("trust", 3.0), ("commitment", 1.4)):
            line = {"color": colour, "dash": dash, "width": width}
            drawn.add_trace(go.Scatter(x=time, y=columns[name][:, j], mode="lines", line=line, showlegend=False, **about), row=3, col=1)
    _complaints(drawn, time, events)
    parts = (
        (say("expected"), before, "circle-open", theme.GREY), (say("got"), events["performance"], "circle", theme.BLUE),
        (say("satisfaction"), events["episode_satisfaction"], "diamond", theme.GREEN),
    )  # fmt: skip
    rows, who = np.nonzero(bought)
    for name, values, symbol, colour in parts:
        marker = {"symbol": symbol, "color": colour, "size": 8}
        x, y = [time[row] for row in rows], values[rows, who]
        drawn.add_trace(go.Scatter(x=x, y=y, mode="markers", marker=marker, name=name), row=2, col=1)
    drawn.update_layout(barmode="stack")
    drawn.update_xaxes(range=[0, scenario.periods + 1])
    drawn.update_xaxes(title_text=names.period(str(scenario.period)), row=3, col=1)
    most = float(events["quantity"].sum(axis=1).max(initial=0.0))
    drawn.update_yaxes(title_text=say("purchases"), dtick=max(1, round(most / 4)), row=1, col=1)
    for row in (2, 3):
        drawn.update_yaxes(tickformat=".0%", range=[0, 1.02], row=row, col=1)
    return theme.titled(drawn, say("Her history"), say("one customer of one run, as it happened"))


def _complaints(drawn: go.Figure, time: Sequence[int], events: dict[str, Any]) -> None:
    """Mark the bad purchases over the bars."""
    height = events["quantity"].sum(axis=1) + 0.4
    fate = events["fate"].max(axis=1)
    kinds = (
        (say("bad, borne in silence"), (fate > 0) & (fate < TURNED_AWAY), "x", theme.GREY),
        (say("complained, not made good"), (fate >= TURNED_AWAY) & (fate < RESOLVED), "x", theme.VERMILION),
        (say("complained, made good"), fate == RESOLVED, "star", theme.DARK_GREEN),
    )
    for name, which, symbol, colour in kinds:
        if which.any():
            x = [month for month, is_so in zip(time, which, strict=True) if is_so]
            drawn.add_trace(
                go.Scatter(x=x, y=height[which], mode="markers", marker={"symbol": symbol, "color": colour, "size": 10}, name=name), row=1, col=1
            )
