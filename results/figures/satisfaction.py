"""Satisfaction in seven constructs over time: what was expected, what came, and what customers made of it (Spreng et al. 1996)."""

import pandas as pd
import plotly.graph_objects as go

from results.figures import over_time
from results.language import say
from results.theme import titled

CONSTRUCTS = (
    "expectation", "performance", "expectations_congruency", "desires_congruency", "attribute_satisfaction", "information_satisfaction",
    "satisfaction",
)  # fmt: skip
"""From what stands before an episode to what remains of it."""


def figure(firm_months: pd.DataFrame, *, group: str = "strategy", period: str = "month", across: int = 4) -> go.Figure:
    """Return the seven constructs over time with 95 % bands, one panel each.

    Parameters
    ----------
    firm_months : DataFrame
        One row per replication, month and firm, of one scenario.
    group : str
        ``strategy`` (its firms together) or ``firm``.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    drawn = over_time.figure(firm_months, CONSTRUCTS, group=group, period=period, across=across)
    return titled(drawn, say("Satisfaction in seven constructs"), drawn.layout.meta["note"])
