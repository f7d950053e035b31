"""Five classes of customers in a firm's database, and how many move from one to another in a period (Blattberg, Kim & Neslin 2008)."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from results import names, theme
from results.intervals import intervals
from results.labels import number
from results.language import say

CLASSES = {
    "no_history": theme.PALE,
    "trier": theme.YELLOW,
    "new": theme.LIGHT_GREEN,
    "existing": theme.DARK_GREEN,
    "brand_switcher": theme.PURPLE,
    "quitter": theme.GREY,
}
"""The five classes, and those without history from whom they come, with their colours."""
LEAST = 0.002
"""Flows below this share of the largest are not drawn: they would be thinner than a pixel."""


def flows(class_months: pd.DataFrame, strategies: dict[str, str]) -> pd.DataFrame:
    """Return how many customers go from class to class in a period, mean per firm of each strategy, with the interval over replications.

    Parameters
    ----------
    class_months : DataFrame
        One row per replication, month, firm and pair of classes (``before``, ``after``), with ``customers``; pairs without any are left out.
    strategies : dict of str
        Strategy of each firm, by the firm's name.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``before``, ``after``, ``mean``, ``low``, ``high`` (customers a period) and ``n``.
    """
    frame = class_months.assign(strategy=class_months["firm"].map(strategies))
    firms = frame.groupby("strategy", observed=True)["firm"].nunique().to_dict()
    periods = int(frame["month"].nunique())
    wide = frame.pivot_table(index="replication", columns=["strategy", "before", "after"], values="customers", aggfunc="sum", fill_value=0)
    long = wide.melt(value_name="customers", ignore_index=False).reset_index()
    long["customers"] = long["customers"] / (periods * long["strategy"].map(firms))
    return intervals(long, ["strategy", "before", "after"], "customers")


def figure(class_months: pd.DataFrame, strategies: dict[str, str], *, period: str = "month", across: int = 2) -> go.Figure:
    """Return flows between the classes, from the left (one period) to the right (the next), one panel per strategy.

    Parameters
    ----------
    class_months : DataFrame
        One row per replication, month, firm and pair of classes, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    found = flows(class_months, strategies)
    kinds = sorted(found["strategy"].unique())
    columns = max(1, min(across, len(kinds)))
    rows = -(-len(kinds) // columns)
    drawn = go.Figure(layout={"template": theme.TEMPLATE, "height": theme.TOP + 24 + 380 * rows, "margin": {"b": 8}})
    for place, strategy in enumerate(kinds):
        left, top = place % columns / columns, 1.0 - place // columns / rows
        domain = {"x": [left, left + 0.94 / columns], "y": [top - 0.95 / rows, top - (0.07 if len(kinds) > 1 else 0.0) / rows]}
        drawn.add_trace(_sankey(found[found["strategy"] == strategy], period).update(domain=domain))
        if len(kinds) > 1:
            drawn.add_annotation(
                x=left, y=top, text=names.strategy(strategy), showarrow=False, xanchor="left", yanchor="middle", font={"size": theme.TEXT}
            )
    n = int(found["n"].max())
    who = f" – {names.strategy(kinds[0])}" if len(kinds) == 1 else ""
    moved = found[found["before"] != found["after"]]
    note = say(
        "customers who change class in a {period}, mean per firm; {replications}",
        period=names.period(period), replications=theme.shared(n, theme.widest(moved), "customers"),
    )  # fmt: skip
    return theme.titled(drawn, say("Classes of customers and how they change{who}", who=who), note)


def _sankey(found: pd.DataFrame, period: str) -> go.Sankey:
    """Return one strategy's flows; those who stay are told in the labels."""
    stocks = found.groupby("before")["mean"].sum()
    stay = found[found["before"] == found["after"]].set_index("before")["mean"]
    moved = found[found["before"] != found["after"]]
    moved = moved[moved["mean"] > LEAST * moved["mean"].max()]
    listed = list(CLASSES)
    left = [name for name in listed if name in set(moved["before"])]
    right = [name for name in listed if name in set(moved["after"])]
    labels = [
        say("{name}: {share} % stay", name=names.customer_class(name), share=number(stay.get(name, 0.0) / stocks[name], "share")) for name in left
    ] + [names.customer_class(name) for name in right]
    ends = [f"{number(low)} – {number(high)}" for low, high in zip(moved["low"], moved["high"], strict=True)]
    heights = _heights(moved.groupby("before")["mean"].sum(), left) + _heights(moved.groupby("after")["mean"].sum(), right)
    under = say("%{{source.label}} → %{{target.label}}: %{{value:,.3~g}} a {period} (%{{customdata}})", period=names.period(period))
    return go.Sankey(
        arrangement="snap",
        textfont={"size": theme.SMALL, "color": theme.INK},
        node={
            "label": labels, "x": [0.001] * len(left) + [0.999] * len(right),
            "y": heights, "color": [CLASSES[name] for name in (*left, *right)], "pad": 16, "thickness": 14, "line": {"width": 0},
            "hovertemplate": "%{label}<br>%{value:,.3~g}<extra></extra>",
        },
        link={
            "source": [left.index(name) for name in moved["before"]],
            "target": [len(left) + right.index(name) for name in moved["after"]],
            "value": moved["mean"], "color": [theme.faint(CLASSES[name], 0.45) for name in moved["before"]],
            "customdata": ends,
            "hovertemplate": f"{under}<extra></extra>",
        },
    )  # fmt: skip


def _heights(sums: pd.Series, listed: list[str]) -> list[float]:
    """Return where the middles of the classes stand, from 0 at the top to 1, so that every panel has the same order."""
    sizes = np.array([float(sums[name]) for name in listed]) + 0.05 * float(sums.sum())
    return [float(place) for place in np.clip((np.cumsum(sizes) - sizes / 2) / sizes.sum(), 0.001, 0.999)]
