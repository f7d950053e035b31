"""Parallel coordinates: every point of a sweep as a line through its parameters to what came out (Inselberg 1985)."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.labels import label, shown_unit
from results.language import say

MOST = 3_000
"""Points that are drawn."""
COLOURS = [[0.0, theme.BLUE], [0.5, theme.GREY], [1.0, theme.ORANGE]]
"""From low to high: thin lines in these stand out by day and in the dark, and for the colour-blind."""
LETTER = 8
"""Pixels of a letter in an axis' name, rather too many than too few."""


def figure(points: pd.DataFrame, factors: list[str], measure: str, who: str, text: str) -> go.Figure:
    """Return the lines, coloured by what came out; drag along an axis to choose some.

    Parameters
    ----------
    points : DataFrame
        One row per point: the factors, ``mean`` and ``n``.
    factors : list of str
        What varied.
    measure : str
        What came out.
    who : str
        Of which firms.
    text : str
        What readers call the measure.
    """
    said = label(measure.removeprefix("total_").removeprefix("mean_"))
    rows = points.dropna(subset="mean").head(MOST)
    is_crowded = len(factors) > 7
    axes = [_axis(rows[name], name, is_crowded) for name in factors]
    scale = 100.0 if said.is_share else 1.0
    end = say("{measure} ({unit})", measure=text, unit=shown_unit(said.unit)) if said.unit else text
    axes.append({"label": "", "values": scale * rows["mean"]})
    drawn = go.Figure(
        go.Parcoords(
            dimensions=axes, labelfont={"size": 13}, tickfont={"size": 13}, rangefont={"size": 12}, labelangle=-30 if is_crowded else 0,
            line={"color": scale * rows["mean"], "colorscale": COLOURS, "showscale": True, "colorbar": {"title": {"text": escape(end)}}},
            unselected={"line": {"opacity": 0.06}},
        ),
        layout={"template": theme.TEMPLATE, "height": 480, "margin": {"t": 110 if is_crowded else 70, "b": 30, "l": _left(axes), "r": 40}},
    )  # fmt: skip
    note = say("{count} points, means of n = {n} replications; drag along an axis to choose points", count=f"{len(rows):,}", n=int(rows["n"].max()))
    return theme.titled(drawn, say("{measure}, {who}, over all parameters", measure=text, who=who), note)


def _left(axes: list[dict[str, object]]) -> int:
    """Return the pixels that the first axis' name needs to its left: it stands over the axis, half on each side."""
    return max(70, 10 + round(LETTER * len(str(axes[0]["label"])) / 2))


def _axis(values: pd.Series, name: str, is_crowded: bool) -> dict[str, object]:
    """Return an axis; texts and switches stand at equal steps. Where axes are many only their ends have numbers."""
    text = escape(name.rpartition(".")[2] if len(name) > 24 else name)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        ends = {"tickvals": [values.min(), values.max()], "ticktext": [f"{values.min():.3g}", f"{values.max():.3g}"]} if is_crowded else {}
        return {"label": text, "values": values, **ends}
    steps = sorted(values.astype(str).unique())
    return {
        "label": text,
        "values": values.astype(str).map(steps.index),
        "tickvals": list(range(len(steps))),
        "ticktext": [escape(one) for one in steps],
    }
