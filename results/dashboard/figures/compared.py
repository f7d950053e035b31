"""Sources compared over time: colour tells the strategy, as everywhere; the dash tells the run or scenario."""

import pandas as pd
import plotly.graph_objects as go

from results import lines, names, theme
from results.labels import label, points, shown_unit
from results.language import say

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def figure(table: pd.DataFrame, measure: str, show: str, *, period: str = "month") -> go.Figure:
    """Return one measure's lines.

    Parameters
    ----------
    table : DataFrame
        Columns ``who``, ``name`` (what readers call it), ``source`` (its place among the choices), ``text`` (its name, where there are several),
        ``seed``, ``month``, ``mean``, ``low``, ``high`` and ``n``.
    measure : str
        Which.
    show : str
        ``intervals``, ``runs`` or ``differences``.
    period : str
        What one step is called.
    """
    said = label(measure)
    drawn = theme.panels([""], across=1, height=300)
    where = {"row": 1, "col": 1}
    given = theme.looks(sorted(table["who"].astype(str).unique()))
    form = ".1%" if said.is_share else ",.4~g"
    several = len(set(table["source"])) > 1
    for (source, who), rows in _apart(table).groupby(["source", "who"], sort=True):
        colour, own = given[str(who)]
        first = rows.iloc[0]
        dash = DASHES[int(first["source"]) % len(DASHES)] if several else own
        key = f"{source} {who}"
        name = f"{first['name']} – {first['text']}" if first["text"] else str(first["name"])
        theme.band(drawn, rows["month"], rows["low"], rows["high"], colour, where)
        ends = f" (%{{customdata[0]:{form}}} – %{{customdata[1]:{form}}})" if rows["low"].notna().any() else ""
        trace = theme.line(
            rows, str(who), name, {str(who): (colour, dash)}, showlegend=True,
            hovertemplate=f"%{{y:{form}}}{ends}", customdata=rows[["low", "high"]],
        )  # fmt: skip
        trace.update(legendgroup=key, opacity=0.55 if show == "runs" else 1.0)
        drawn.add_trace(trace, **where)
    unit = points(said.unit) if show == "differences" else shown_unit(said.unit, period)
    largest = float(table["mean"].abs().max()) if len(table) else 0.0
    drawn.update_yaxes(title_text=unit, tickformat=".1~%" if said.is_share else theme.money(largest))
    if len(table):
        drawn.update_yaxes(range=lines.span(table))
    drawn.update_xaxes(title_text=names.period(period))
    if show == "runs":
        drawn.update_layout(hovermode="closest")
        note = say("the first {n} replications, one line each", n=table["seed"].nunique())
    else:
        note = theme.replications(int(table["n"].max())) if len(table) else say("nothing to show")
    text = say("{measure}: difference from the first", measure=said.text) if show == "differences" else said.text
    if several:
        drawn.update_layout(legend={"orientation": "h", "font": {"size": 13}})
    return theme.titled(drawn, text, note)


def _apart(table: pd.DataFrame) -> pd.DataFrame:
    """Return the lines with a gap after each replication: one trace of many lines is drawn far sooner than many traces."""
    if table["seed"].nunique() < 2:
        return table
    ends = table.drop_duplicates(["source", "who", "seed"], keep="last").assign(mean=float("nan"))
    return pd.concat([table, ends]).sort_values(["source", "who", "seed", "month"], kind="stable", ignore_index=True)
