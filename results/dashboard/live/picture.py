"""What a market that is played looks like: a panel for each measure, a line for each firm, and a pinned run behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results import names, theme
from results.dashboard.live.market import Row
from results.labels import label, number, shown_unit
from results.language import say
from sim.measures import measures
from sim.scenario import Scenario

HEIGHT = 340
"""Pixels of a panel."""
COLOURS = (theme.ORANGE, theme.VERMILION, theme.BLUE, theme.GREEN, theme.PURPLE, theme.SKY, theme.GREY)
DASHES = ("solid", "dash", "longdash", "dashdot", "dot")


@dataclass(frozen=True)
class Run:
    """A run as far as it has come.

    Attributes
    ----------
    scenario : Scenario
        What was played.
    values : ndarray, shape (n_months, n_measures, n_firms)
        Every measure, in the order of :func:`sim.measures.measures`.
    moved : mapping
        Values of the levers that were moved, by the month from which on.
    """

    scenario: Scenario
    values: NDArray[np.float64]
    moved: Mapping[int, Mapping[str, float]]

    @classmethod
    def of(cls, scenario: Scenario, rows: Sequence[Row], moved: Mapping[int, Mapping[str, float]]) -> "Run":
        """Return the run of a session's rows."""
        firms = len(scenario.firms)
        values = np.array([row.values for row in rows]) if rows else np.empty((0, len(measures()), firms))
        return cls(scenario, values, moved)

    def measure(self, name: str) -> NDArray[np.float64]:
        """Return a measure over the months, (n_months, n_firms)."""
        return self.values[:, list(measures()).index(name)]


@dataclass(frozen=True)
class Panel:
    """A panel: its title and note, and the figure as Plotly's own plain mapping.

    A market that is played is drawn twice a second for each reader, and Plotly's checked objects would take longer than its months.
    """

    title: str
    note: str
    figure: dict[str, Any]


def panel(name: str, run: Run, pinned: Run | None, firm_place: int) -> Panel:
    """Return the panel of a measure.

    Parameters
    ----------
    name : str
        A key of :func:`sim.measures.measures`.
    run : Run
        What is played.
    pinned : Run or None
        What it is compared with, in thin lines.
    firm_place : int
        The firm whose levers are moved: its line is the thickest.
    """
    said, period = label(name), str(run.scenario.period)
    firms = [firm.name for firm in run.scenario.firms]
    about = {"type": "scatter", "mode": "lines", "hovertemplate": "%{y:.1%}" if said.is_share else "%{y:,.4~g}"}
    traces: list[dict[str, Any]] = []
    largest = 0.0
    for j, firm in enumerate(firms):
        colour, dash = look(j)
        for values, is_pinned in [*([(pinned.measure(name)[:, j], True)] if pinned else []), (run.measure(name)[:, j], False)]:
            known = values[np.isfinite(values)]
            largest = max(largest, float(np.abs(known).max(initial=0.0)))
            line = {"color": colour, "dash": dash, "width": 1.2 if is_pinned else 3.2 if j == firm_place else 2.0}
            title = say("{firm}, pinned", firm=firm) if is_pinned else firm
            y = [float(value) if isfinite(value) else None for value in values]
            traces.append(
                {
                    **about,
                    "x": list(range(1, len(y) + 1)),
                    "y": y,
                    "name": escape(title),
                    "legendgroup": escape(firm),
                    "line": line,
                    "showlegend": not is_pinned,
                }
            )
    axis = {"title": {"text": shown_unit(said.unit, period)}, "tickformat": ".1~%" if said.is_share else theme.money(largest)}
    marks = [
        {
            "type": "line",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": month - 0.5,
            "x1": month - 0.5,
            "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
        }
        for month in run.moved
    ]
    layout = {
        "template": _template(), "height": HEIGHT, "margin": {"t": 12, "b": theme.BOTTOM}, "uirevision": name, "shapes": marks, "yaxis": axis,
        "xaxis": {"range": [0, run.scenario.periods], "title": {"text": names.period(period)}}, "showlegend": True, "autosize": True,
    }  # fmt: skip
    note = say("thin: the pinned run") if pinned is not None else say("one run, no interval; pin it to compare it with the next on the same luck")
    return Panel(said.text, note, {"data": traces, "layout": layout})


def look(place: int) -> tuple[str, str]:
    """Return the colour and the dash of a firm by its place: no two of the first thirty look alike."""
    return COLOURS[place % len(COLOURS)], DASHES[place % len(DASHES)]


@cache
def _template() -> Any:
    return theme.TEMPLATE.to_plotly_json()


def differences(shown: Sequence[str], firm: int, run: Run, pinned: Run | None) -> list[tuple[str, str, str, str]]:
    """Return the measures of a firm in the last month: what they are now, what they were in the pinned run, and the difference.

    Parameters
    ----------
    shown : sequence of str
        Measures.
    firm : int
        The firm's place.
    run, pinned : Run
        What is played, and what it is compared with: in the same month.
    """
    found = []
    month = len(run.values)
    for name in shown:
        said = label(name)
        now = float(run.measure(name)[-1, firm]) if month else float("nan")
        is_there = pinned is not None and 0 < month <= len(pinned.values)
        then = float(pinned.measure(name)[month - 1, firm]) if pinned is not None and is_there else float("nan")
        apart = number(now - then, said.unit)
        found.append((said.axis(str(run.scenario.period)), number(now, said.unit), number(then, said.unit), f"+{apart}" if now > then else apart))
    return found
