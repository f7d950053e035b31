"""Who stays: the share of each acquisition cohort that is still a customer, by age."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.language import say

MOST_CELLS = 24
"""Most rows and columns of a heat map: cohorts and ages are put together until it has no more."""


def retention(cohorts: pd.DataFrame, strategies: dict[str, str]) -> pd.DataFrame:
    """Return the share of customers retained by strategy, cohort and age, all replications and firms together.

    Parameters
    ----------
    cohorts : DataFrame
        One row per replication, firm, period of acquisition (``acquired_in``) and ``age``, with ``size`` then and ``customers`` still.
    strategies : dict of str
        Strategy of each firm, by the firm's name.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``acquired_in``, ``age`` and ``retained``; cohorts and ages are put together in equal steps where there are many.
    """
    step = max(1, -(-int(max(cohorts["acquired_in"].max(), cohorts["age"].max())) // MOST_CELLS))
    steps = cohorts.assign(
        strategy=cohorts["firm"].map(strategies),
        acquired_in=cohorts["acquired_in"].sub(1).floordiv(step).mul(step).add(1).where(cohorts["acquired_in"] > 0, 0),
        age=cohorts["age"] // step * step,
    )
    sums = steps.groupby(["strategy", "acquired_in", "age"], observed=True)[["size", "customers"]].sum().reset_index()
    sums["retained"] = sums["customers"] / sums["size"].where(sums["size"] > 0)
    return sums[["strategy", "acquired_in", "age", "retained"]]


def figure(cohorts: pd.DataFrame, strategies: dict[str, str], *, period: str = "month", across: int = 2) -> go.Figure:
    """Return heat maps of retention, cohorts down and age across, one panel per strategy.

    Parameters
    ----------
    cohorts : DataFrame
        One row per replication, firm, acquisition month and age, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    shares = retention(cohorts, strategies)
    kinds = sorted(shares["strategy"].unique())
    drawn = theme.panels([names.strategy(kind) for kind in kinds], across=across, height=340)
    under = say("acquired in {period} %{{y}}, age %{{x}} {periods}: %{{z:.0%}}", period=names.period(period), periods=names.periods(period))
    for number, strategy in enumerate(kinds):
        where = theme.place(number, across, len(kinds))
        wide = shares[shares["strategy"] == strategy].pivot_table(index="acquired_in", columns="age", values="retained")
        drawn.add_trace(
            go.Heatmap(
                x=wide.columns, y=wide.index, z=np.asarray(wide, float), coloraxis="coloraxis",
                hovertemplate=f"{under}<extra></extra>",
            ),
            **where,
        )  # fmt: skip
        drawn.update_yaxes(
            title_text=say("acquired in {period} (0: at the start)", period=names.period(period)), autorange="reversed", showgrid=False, **where
        )
        drawn.update_xaxes(title_text=say("age ({periods})", periods=names.periods(period)), **where)
    bar = {"tickformat": ".0%", "title": {"text": say("still customers (%)"), "side": "right"}, "thickness": 14}
    drawn.update_layout(coloraxis={"colorscale": "Cividis", "cmin": 0, "cmax": 1, "colorbar": bar}, hovermode="closest")
    n = cohorts["replication"].nunique()
    who = f" – {names.strategy(kinds[0])}" if len(kinds) == 1 else ""
    note = say("all customers of n = {n} replications together", n=n) if n > 1 else say("n = 1 replication, no interval")
    return theme.titled(drawn, say("Who stays{who}", who=who), note)
