"""Power in each of the six markets over time, and where the regime shifts from one side to the other (after Emerson 1962)."""

from itertools import groupby
from operator import itemgetter

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, theme
from results.figures.power_regimes import REGIMES, shares
from results.figures.six_markets import MARKETS
from results.intervals import intervals
from results.language import say

LASTS = 6
"""Periods that a regime must prevail for its beginning to count as a shift: less may be luck."""


def shifts(dyad_months: pd.DataFrame, strategies: dict[str, str], lasts: int = LASTS) -> pd.DataFrame:
    """Return when another regime begins to prevail, and goes on to.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market; of one market.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    lasts : int
        Periods that it must go on; a run's end cuts them short.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``month``, ``before`` and ``after``: the regimes of most relationships, by the mean over replications.
    """
    found = []
    for strategy, rows in shares(dyad_months, strategies).dropna(subset=list(REGIMES)).groupby("strategy", sort=True):
        leads = [list(REGIMES)[place] for place in rows[list(REGIMES)].to_numpy(float).argmax(axis=1)]
        prevailing = ""
        for regime, spell in groupby(zip(leads, rows["month"], strict=True), key=itemgetter(0)):
            months = [int(month) for _, month in spell]
            if len(months) < lasts:
                continue
            if prevailing and regime != prevailing:
                found.append((str(strategy), months[0], prevailing, regime))
            prevailing = regime
    return pd.DataFrame(found, columns=["strategy", "month", "before", "after"])


def figure(dyad_months: pd.DataFrame, strategies: dict[str, str], *, period: str = "month", across: int = 3) -> go.Figure:
    """Return the balance of power over time, one panel per market, one line per strategy, with a sign where the regime shifts.

    Parameters
    ----------
    dyad_months : DataFrame
        One row per replication, month, firm and market, of one scenario.
    strategies : dict of str
        Strategy of each firm, by the firm's name.
    period : str
        What one step is called.
    across : int
        Panels in a row.
    """
    frame = dyad_months.assign(strategy=dyad_months["firm"].map(strategies))
    here = [market for market in MARKETS if frame.loc[frame["market"] == market, "power_balance"].notna().any()]
    drawn = theme.panels([names.market(market) for market in here], across=across, height=290, shared=False)
    given = theme.looks(sorted(frame["strategy"].unique()))
    for number, market in enumerate(here):
        where = theme.place(number, across, len(here))
        part = frame[frame["market"] == market]
        means = part.groupby(["replication", "strategy", "month"], observed=True)["power_balance"].mean().reset_index()
        found = intervals(means, ["strategy", "month"], "power_balance")
        lines.draw(drawn, found, where, legend=number == 0, form=".3f")
        drawn.add_hline(y=0.0, line={"color": theme.GREY, "width": 1}, **where)
        _mark(drawn, shifts(part, strategies), found, given, where)
        drawn.update_yaxes(title_text=say("balance (-1 to 1)"), range=_around(found), **where)
        drawn.update_xaxes(title_text=names.period(period), **where)
    note = say("above 0 the firm is the stronger side; ringed: another regime begins to prevail; {replications}",
               replications=theme.replications(dyad_months["replication"].nunique()))  # fmt: skip
    return theme.titled(drawn, say("Power in each market"), note)


def _around(found: pd.DataFrame) -> list[float]:
    """Return the range of the axis: what there is to see, and 0 with it, where the power changes hands."""
    low, high = lines.span(found)
    room = 0.06 * (max(high, 0.0) - min(low, 0.0))
    return [min(low, -room), max(high, room)]


def _mark(drawn: go.Figure, found: pd.DataFrame, means: pd.DataFrame, given: dict[str, tuple[str, str]], where: dict[str, int]) -> None:
    """Draw a ring where a regime begins to prevail."""
    places = found.merge(means, on=["strategy", "month"])
    if not len(places):
        return
    texts = [
        say("{strategy}: {before} → {after}", strategy=names.strategy(row["strategy"]), before=names.regime(row["before"]),
            after=names.regime(row["after"]))
        for row in places.to_dict("records")
    ]  # fmt: skip
    drawn.add_trace(
        go.Scatter(
            x=places["month"], y=places["mean"], mode="markers", showlegend=False, text=texts, hovertemplate="%{text}<extra></extra>",
            marker={"symbol": "circle-open", "size": 16, "color": [given[name][0] for name in places["strategy"]], "line": {"width": 2.5}},
        ),
        **where,
    )  # fmt: skip
