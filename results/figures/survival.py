"""How long relations live: survival curves by strategy, with intervals over replications."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from results import theme
from results.intervals import intervals
from results.survival import survival


def figure(cohorts: pd.DataFrame, strategies: dict[str, str], *, period: str = "month") -> go.Figure:
    """Return survival curves with 95 % bands over replications.

    Parameters
    ----------
    cohorts : DataFrame
        One row per replication, firm, acquisition month and age, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    period : str
        What one step is called.
    """
    curves = survival(cohorts, strategies)
    lines = intervals(curves.rename(columns={"age": "month"}), ["strategy", "month"], "survival")
    drawn = theme.panels([""], across=1, height=320)
    where = {"row": 1, "col": 1}
    for who, line in lines.groupby("strategy", observed=True):
        colour, dash = theme.looks(lines["strategy"].unique())[str(who)]
        theme.band(drawn, line["month"], line["low"], line["high"], colour, where)
        drawn.add_trace(
            go.Scatter(
                x=line["month"],
                y=line["mean"],
                name=escape(str(who)),
                mode="lines",
                line={"color": colour, "dash": dash, "width": 2.4, "shape": "hv"},
            )
        )
    drawn.update_yaxes(title_text="relations that live on (%)", tickformat=".0%", range=[0, 1.02])
    drawn.update_xaxes(title_text=f"age ({period}s since the first purchase)")
    return theme.titled(drawn, "How long relations live", theme.replications(int(lines["n"].max())))
