"""The history of a dyad: trust, commitment and power on both sides, month by month."""

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, theme
from results.intervals import intervals
from results.labels import label
from results.language import say

WHAT = ("trust", "firm_trust", "commitment", "firm_commitment", "power_balance", "surplus_share", "dependence", "firm_dependence", "satisfaction",
        "tenure")  # fmt: skip
"""Columns of the dyads' months that are shown; those that a market does not have are left out."""
SHARES = frozenset({"trust", "firm_trust", "commitment", "firm_commitment", "surplus_share", "dependence", "firm_dependence", "satisfaction"})


def called(what: str) -> str:
    """Return what a column is called."""
    return {
        "firm_trust": say("Trust of the firm"),
        "firm_commitment": say("Commitment of the firm"),
        "power_balance": say("Balance of power (-1 to 1)"),
        "surplus_share": say("The firm's share of the surplus"),
        "dependence": say("Dependence on the firm"),
        "firm_dependence": say("Dependence of the firm"),
        "tenure": say("Tenure"),
    }.get(what) or label(what).text


def table(dyads: pd.DataFrame) -> pd.DataFrame:
    """Return the history of some firms' relations in one market.

    Parameters
    ----------
    dyads : DataFrame
        One row per replication, month and firm.

    Returns
    -------
    DataFrame
        Columns ``what``, ``month``, ``mean``, ``low``, ``high`` and ``n``: means over the firms, with intervals over replications.
    """
    there = [what for what in WHAT if what in dyads and dyads[what].notna().any()]
    means = dyads.groupby(["replication", "month"], observed=True)[there].mean().reset_index()
    return pd.concat([intervals(means, ["month"], what).assign(what=what) for what in there], ignore_index=True)


def figure(found: pd.DataFrame, what: str, strategy: str, market: str, *, period: str = "month") -> go.Figure:
    """Return one column's line with its band.

    Parameters
    ----------
    found : DataFrame
        The rows of one column, from :func:`table`.
    what : str
        The column.
    strategy, market : str
        Whose relation with whom.
    period : str
        What one step is called.
    """
    drawn = theme.panels([""], across=1, height=220)
    is_share = what in SHARES
    rows = found.assign(strategy=strategy)
    lines.draw(drawn, rows, {"row": 1, "col": 1}, legend=False, form=".1%" if is_share else ",.3~g")
    drawn.update_yaxes(tickformat=".0%" if is_share else ",.3~g", range=lines.span(rows), title_text="%" if is_share else "")
    drawn.update_xaxes(title_text=names.period(period))
    drawn.update_layout(showlegend=False)
    note = say("{strategy} – {market}; {replications}", strategy=names.strategy(strategy), market=names.market(market),
               replications=theme.replications(int(found["n"].max())))  # fmt: skip
    return theme.titled(drawn, called(what), note)
