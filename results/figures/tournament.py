"""Who earns what against whom: the payoff matrix of a tournament as a heat map, intervals in what the pointer shows."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.labels import shown_unit
from results.language import say


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
    kinds = list(matrix["strategy"].unique())
    called = [names.strategy(kind) for kind in kinds]
    drawn = theme.panels([names.variant(regime) for regime in regimes], across=across, height=max(320, 36 * len(kinds) + 150))
    n = int(matrix["n"].max())
    under = say("%{y} against %{x}: %{z:,.4~g} (%{customdata[0]:,.4~g} to %{customdata[1]:,.4~g})")
    for number, regime in enumerate(regimes):
        where = theme.place(number, across, len(regimes))
        rows = matrix[matrix["regime"] == regime]
        mean, low, high = (rows.pivot_table(index="strategy", columns="opponent", values=name, dropna=False) for name in ("mean", "low", "high"))
        mean, low, high = (part.reindex(index=kinds, columns=kinds) for part in (mean, low, high))
        drawn.add_trace(
            go.Heatmap(
                x=called, y=called, z=np.asarray(mean, float), coloraxis="coloraxis", customdata=np.dstack([low, high]).astype(float),
                texttemplate="%{z:,.3~s}" if len(kinds) <= 10 else None,
                hovertemplate=f"{under}, n = {n}<extra></extra>",
            ),
            **where,
        )  # fmt: skip
        drawn.update_yaxes(title_text=say("firms that play"), autorange="reversed", showgrid=False, **where)
        drawn.update_xaxes(title_text=say("the other half plays"), tickangle=-45, **where)
    bar = {"title": {"text": shown_unit(unit), "side": "right"}, "tickformat": theme.money(matrix["mean"].abs().max()), "thickness": 14}
    drawn.update_layout(coloraxis={"colorscale": "Cividis", "colorbar": bar}, hovermode="closest", margin={"b": 130}, height=drawn.layout.height + 60)
    return theme.titled(drawn, title, theme.replications(n, drawn="pointer"))
