"""What it brought, by the twin and by the methods of those who have none: dots with intervals beside the truth."""

import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.labels import label, shown_unit
from results.language import say


def figure(methods: pd.DataFrame, *, across: int = 2) -> go.Figure:
    """Return dots with 95 % intervals, one row per method, one panel per measure; a line marks the truth.

    Parameters
    ----------
    methods : DataFrame
        Columns ``measure``, ``method``, ``mean``, ``low``, ``high`` and ``n``; the first method of each measure is the truth.
    across : int
        Panels in a row.
    """
    measures = list(methods["measure"].unique())
    drawn = theme.panels([label(name).text for name in measures], across=across, height=260, shared=False)
    for number, name in enumerate(measures):
        where = theme.place(number, across, len(measures))
        rows = methods[methods["measure"] == name]
        colours = [theme.BLUE, *[theme.VERMILION] * (len(rows) - 1)]
        known = rows["high"].notna().any()
        error = {"type": "data", "array": (rows["high"] - rows["mean"]).fillna(0.0), "thickness": 1.6, "width": 5} if known else None
        drawn.add_trace(
            go.Scatter(
                x=rows["mean"], y=[names.method(method) for method in rows["method"]], name=label(name).text,
                mode="markers", error_x=error, showlegend=False,
                marker={"size": 10, "color": colours, "symbol": ["diamond", *["circle"] * (len(rows) - 1)]},
                hovertemplate="%{y}: %{x:,.4~g}<extra></extra>",
            ),
            **where,
        )  # fmt: skip
        drawn.add_vline(x=float(rows["mean"].iloc[0]), line={"color": theme.BLUE, "width": 1.2, "dash": "dot"}, **where)
        drawn.add_vline(x=0.0, line={"color": theme.GREY, "width": 1}, **where)
        drawn.update_xaxes(
            title_text=say("effect ({unit})", unit=shown_unit(label(name).unit)), tickformat=theme.money(rows["mean"].abs().max()), **where
        )
        drawn.update_yaxes(title_text=say("method"), autorange="reversed", **where)
    drawn.update_layout(hovermode="closest")
    return theme.titled(drawn, say("What it brought while it lasted"), theme.replications(int(methods["n"].max()), drawn="bars"))
