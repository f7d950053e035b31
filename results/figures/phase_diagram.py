"""Phase diagram: who wins in the plane of two parameters, by how much, and who has the power there."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.figures.power_regimes import REGIMES
from results.labels import label, shown_unit
from results.language import say

SPANS = ((0.0, 0.38), (0.56, 0.94))
"""Where the two columns of panels stand, from 0 to 1, with room for scales beside them."""
HEIGHT = 380
"""Pixels of a row of panels."""
FINEST = 160
"""Most steps along an axis of the painted plane."""


def figure(points: pd.DataFrame, x: str, y: str, *, measure: str, logarithmic: tuple[bool, bool] = (False, False)) -> go.Figure:
    """Return the diagram: the winner, its margin and certainty, and the share of relationships in each power regime, one panel each.

    Parameters
    ----------
    points : DataFrame
        One row per point: the two parameters, ``winner``, ``margin``, ``low``, ``probability``, ``n``, and the regimes where they are known.
    x, y : str
        The parameters across and upwards.
    measure : str
        By which strategies were ranked.
    logarithmic : (bool, bool)
        Whether a parameter is drawn on a logarithmic axis.
    """
    regimes = [name for name in REGIMES if name in points and points[name].notna().any()]
    kind = label(measure.removeprefix("total_")).unit
    unit = say("{unit} per firm", unit=shown_unit(kind)) if kind == "currency" else shown_unit(kind) or say("its unit")
    titles = [
        say("Who wins"),
        say("By how much ({unit})", unit=unit),
        say("How surely (probability)"),
        *(say("Share where {regime} (%)", regime=names.regime(name)) for name in regimes),
    ]
    drawn = theme.panels(titles, across=2, height=HEIGHT, shared=False)
    plane = _Plane(points, x, y, logarithmic)
    _winners(drawn, points, plane, theme.place(0, 2, len(titles)))
    _heat(drawn, plane, plane.between(points["margin"]), "Greys", theme.money(points["margin"].abs().max()), 1, len(titles), most=None)
    _heat(drawn, plane, plane.between(points["probability"]), "Greens", ".2f", 2, len(titles), most=1.0)
    for number, name in enumerate(regimes, start=3):
        _heat(drawn, plane, plane.between(points[name]), "Purples", ".0%", number, len(titles), most=1.0)
    for number in range(len(titles)):
        where = theme.place(number, 2, len(titles))
        drawn.update_xaxes(
            title_text=say("{name} (parameter)", name=escape(x)), type="log" if logarithmic[0] else "linear", domain=SPANS[where["col"] - 1], **where
        )
        drawn.update_yaxes(
            title_text=say("{name} (parameter)", name=escape(y)), type="log" if logarithmic[1] else "linear", showgrid=False, zeroline=False, **where
        )
    for heading in drawn.layout.annotations:
        heading.x = sum(SPANS[int(heading.x > 0.5)]) / 2
    drawn.update_layout(hovermode="closest")
    n = int(points["n"].min())
    note = say("{count} points, n = {n} replications at each; open signs: the 95 % interval of the margin covers 0", count=f"{len(points):,}", n=n)
    return theme.titled(drawn, say("Phase diagram by {measure}", measure=label(measure).text.lower()), note)


class _Plane:
    """The plane between the points: a grid as fine as their smallest distance."""

    def __init__(self, points: pd.DataFrame, x: str, y: str, logarithmic: tuple[bool, bool]) -> None:
        self.points = points
        self.x, self.y = points[x].to_numpy(float), points[y].to_numpy(float)
        self.axes = [self._axis(values, log) for values, log in zip((self.x, self.y), logarithmic, strict=True)]
        # Places are shares of the way along each axis, so that both parameters count alike.
        self.places = np.column_stack([self._share(values, log) for values, log in zip((self.x, self.y), logarithmic, strict=True)])
        grid = np.meshgrid(*(self._share(axis, log) for axis, log in zip(self.axes, logarithmic, strict=True)))
        self.grid = np.column_stack([part.ravel() for part in grid])
        self.shape = grid[0].shape

    @staticmethod
    def _axis(values: Any, log: bool) -> Any:
        known = np.unique(values)
        steps = min(FINEST, max(2, 2 * len(known) - 1))
        return np.geomspace(known[0], known[-1], steps) if log else np.linspace(known[0], known[-1], steps)

    @staticmethod
    def _share(values: Any, log: bool) -> Any:
        scaled = np.log(values) if log else np.asarray(values, float)
        return (scaled - scaled.min()) / (np.ptp(scaled) or 1.0)

    def between(self, values: pd.Series) -> Any:
        """Return values between the points, by straight lines over triangles."""
        from scipy.interpolate import griddata

        return griddata(self.places, values.to_numpy(float), self.grid, method="linear").reshape(self.shape)

    def nearest(self, values: pd.Series) -> Any:
        """Return the value of the nearest point."""
        from scipy.interpolate import griddata

        return griddata(self.places, values.to_numpy(float), self.grid, method="nearest").reshape(self.shape)


def _winners(drawn: go.Figure, points: pd.DataFrame, plane: _Plane, where: dict[str, int]) -> None:
    """Paint the plane in the winners' colours, with a sign at every point that was run."""
    kinds = sorted(points["winner"].unique())
    looks = theme.looks(kinds)
    steps = [(edge, theme.faint(looks[kind][0], 0.35)) for k, kind in enumerate(kinds) for edge in (k / len(kinds), (k + 1) / len(kinds))]
    codes = points["winner"].map({kind: float(k) for k, kind in enumerate(kinds)})
    drawn.add_trace(
        go.Heatmap(
            x=plane.axes[0], y=plane.axes[1], z=plane.nearest(codes), colorscale=steps, zmin=-0.5, zmax=len(kinds) - 0.5, showscale=False,
            hoverinfo="skip",
        ),
        **where,
    )  # fmt: skip
    for kind in kinds:
        rows = (points["winner"] == kind).to_numpy()
        certain = (points["low"] > 0.0).to_numpy()[rows]
        colour = looks[kind][0]
        drawn.add_trace(
            go.Scatter(
                x=plane.x[rows], y=plane.y[rows], name=escape(names.strategy(kind)), mode="markers",
                marker={
                    "color": [colour if sure else "rgba(255, 255, 255, 0.8)" for sure in certain], "size": 8,
                    "symbol": theme.mark(kind).removesuffix("-open"), "line": {"color": colour, "width": 1.5},
                },
                customdata=points.loc[rows, ["margin", "low", "high", "probability", "n"]].to_numpy(),
                hovertemplate=say(
                    "margin %{customdata[0]:.3~s} (%{customdata[1]:.3~s} to %{customdata[2]:.3~s}), probability %{customdata[3]:.3f}, "
                    "n = %{customdata[4]}"
                ),
            ),
            **where,
        )  # fmt: skip


def _heat(drawn: go.Figure, plane: _Plane, z: Any, scale: str, form: str, number: int, count: int, *, most: float | None) -> None:
    """Draw a number over the plane, with its scale beside the panel: from 0 to the most it can be, or as far as the numbers go."""
    where = theme.place(number, 2, count)
    rows = -(-count // 2)
    gap = theme.gap(rows, HEIGHT)
    height = (1.0 - gap * (rows - 1)) / rows
    drawn.add_trace(
        go.Heatmap(
            x=plane.axes[0], y=plane.axes[1], z=z, colorscale=scale, zmin=None if most is None else 0.0, zmax=most,
            hovertemplate="%{z:" + form + "}<extra></extra>",
            colorbar={
                "len": height, "thickness": 12, "tickformat": form, "tickfont": {"size": theme.SMALL},
                "x": SPANS[where["col"] - 1][1] + 0.01, "xanchor": "left", "y": 1.0 - (where["row"] - 1) * (height + gap), "yanchor": "top",
            },
        ),
        **where,
    )  # fmt: skip
