"""Who earns what against whom: the payoff matrix of a tournament as a heat map, intervals in what the pointer shows."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import theme


def figure(matrix: pd.DataFrame, title: str, *, unit: str = "currency", across: int = 2) -> go.Figure:
    """Return heat maps of payoffs, strategies down and opponents across, one panel per regime.

    Parameters
    ----------
    matrix : DataFrame
        Columns ``regime``, ``strategy``, ``opponent``, ``mean``, ``low``, ``high`` and ``n``.
    title : str
        What the payoff is.
    unit : str
        Its unit.
    across : int
        Panels in a row.
    """
    regimes = list(matrix["regime"].unique())
    names = list(matrix["strategy"].unique())
    drawn = theme.panels(regimes, across=across, height=max(260, 34 * len(names) + 120))
    n = int(matrix["n"].max())
    for number, regime in enumerate(regimes):
        where = theme.place(number, across, len(regimes))
        rows = matrix[matrix["regime"] == regime]
        mean, low, high = (rows.pivot_table(index="strategy", columns="opponent", values=name, dropna=False) for name in ("mean", "low", "high"))
        mean, low, high = (part.reindex(index=names, columns=names) for part in (mean, low, high))
        drawn.add_trace(
            go.Heatmap(
                x=names, y=names, z=np.asarray(mean, float), coloraxis="coloraxis", customdata=np.dstack([low, high]).astype(float),
                texttemplate="%{z:,.3~s}" if len(names) <= 10 else None,
                hovertemplate=f"%{{y}} against %{{x}}: %{{z:,.4~g}} (%{{customdata[0]:,.4~g}} to %{{customdata[1]:,.4~g}}), n = {n}<extra></extra>",
            ),
            **where,
        )  # fmt: skip
        drawn.update_yaxes(title_text="firms that play", autorange="reversed", showgrid=False, **where)
        drawn.update_xaxes(title_text="the other half plays", tickangle=-45, **where)
    bar = {"title": {"text": unit, "side": "right", "font": {"size": 12}}, "tickformat": ",.3~s", "thickness": 12}
    drawn.update_layout(coloraxis={"colorscale": "Cividis", "colorbar": bar}, hovermode="closest", margin={"b": 130}, height=drawn.layout.height + 60)
    return theme.titled(
        drawn, title, f"n = {n} replication{'s' if n > 1 else ''}{', 95 % intervals under the pointer' if n > 1 else ', no interval'}"
    )
