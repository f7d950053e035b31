"""How long relations live: survival curves by strategy, with intervals over replications."""

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, theme
from results.intervals import intervals
from results.language import say
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
    found = intervals(curves.rename(columns={"age": "month"}), ["strategy", "month"], "survival")
    drawn = theme.panels([""], across=1, height=340)
    lines.draw(drawn, found, {"row": 1, "col": 1}, legend=True, form=".1%")
    drawn.update_yaxes(title_text=say("relations that live on (%)"), tickformat=".0%", range=[0, 1.02])
    drawn.update_xaxes(title_text=say("age ({periods} since the first purchase)", periods=names.periods(period)))
    return theme.titled(drawn, say("How long relations live"), theme.replications(int(found["n"].max())))
