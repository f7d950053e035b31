"""The tornado of the headline: what each assumed number, alone lower or higher, makes of the relational firms' lead."""

from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from docs.headline import SWITCHED_ON
from docs.text import table
from experiments import contrasts
from experiments.sweep import manifest, read
from experiments.sweep.frames import Sweep
from results import tables, theme
from results.intervals import interval
from results.labels import number

SHOWN = 20
"""Numbers that are drawn and listed, those with the largest effects."""
NO_EFFECT = 1e-9


def headline(runs: Path) -> tuple[go.Figure, str]:
    """Return the tornado of the study ``headline`` in a directory of sweeps, and its table."""
    sweep = contrasts.whole(read(runs / "headline"), "the page")
    base, effects = effects_of(sweep)
    order = list(effects.groupby("factor", sort=False)["effect"].agg(lambda part: part.abs().max()).sort_values(ascending=False).index)
    shown = order[:SHOWN]
    rows = [_row(name, effects[effects["factor"] == name]) for name in shown]
    head = ["assumed number", "lower", "lead changes by", "overtakes in month", "higher", "lead changes by", "overtakes in month"]
    flipped = effects[effects["lead"] * base["lead"] < 0.0]
    still = [name for name in order if effects.loc[effects["factor"] == name, "effect"].abs().max() < NO_EFFECT]
    names = ", ".join(f"`{factor}` at {value:g}" for factor, value in zip(flipped["factor"], flipped["value"], strict=True))
    turned = f"The sign of the lead turns with {names}" if names else "No number alone turns the sign of the lead"
    moves = f"{len(order)} numbers were moved, {len(still)} of them change nothing here" if still else f"{len(order)} numbers were moved"
    said = (
        f"As it is the lead is {_spread(base)} and lasts from month {_month(base['month'])} on. {turned}. {moves}; the {len(rows)} largest are shown"
    )
    runs_ = f"{len(sweep.design) * sweep.study.replications:,} runs. Model `{manifest.read(sweep.place)['model_sha256'][:12]}`."
    years = int(sweep.firm_months["month"].max()) // 12
    unit = f"Currency per firm, lead in total profit over {years} years, 95 % intervals of the change on the same luck"
    return _figure(shown, effects, base, sweep.study.replications), f"{table(head, rows)}\n\n{unit}. {said}. {runs_}"


def effects_of(sweep: Sweep) -> tuple[dict[str, float], pd.DataFrame]:
    """Return the lead of the scenario as it is (the first point), and one row per moved number.

    Its columns are ``factor``, ``value``, ``lead``, ``effect``, ``low``, ``high`` and ``month``: ``effect`` is the change of the lead, ``low``
    and ``high`` its interval; ``month`` is the first month of a lead in profit that lasts, mean over replications in which there is one.
    """
    n = sweep.study.replications
    outputs = contrasts.outputs(sweep.summary, contrasts.PROFIT, n_points=len(sweep.design), n_replications=n)
    leads = next(output.runs for output in outputs if output.who == contrasts.DIFFERENCE)
    months = overtaking(sweep.firm_months)
    rows = []
    points = sweep.design[sweep.factors]
    differs = points.ne(points.iloc[0]) & ~(points.isna() & points.iloc[0].isna())
    for point in range(len(points)):
        moved = {name: float(points.loc[point, name]) for name in points.columns[differs.loc[point]]}
        mean, low, high, _ = interval(leads[point] - leads[0]) if moved else interval(leads[0])
        name, value = next(iter(moved.items())) if moved else ("", np.nan)
        rows.append({"factor": name, "value": value, "lead": leads[point].mean(), "effect": mean, "low": low, "high": high,
                     "month": months.get(point, np.nan)})  # fmt: skip
    return {key: float(rows[0][key]) for key in ("lead", "low", "high", "month")}, pd.DataFrame(rows[1:])


def overtaking(firm_months: pd.DataFrame) -> dict[int, float]:
    """Return by point the first month of a lasting lead in cumulative profit, mean over the replications in which there is one."""
    chosen = firm_months[firm_months["strategy"].isin([contrasts.RELATIONAL, contrasts.TRANSACTIONAL])]
    wide = chosen.groupby(["point", "replication", "month", "strategy"])["profit"].mean().unstack("strategy").sort_index()
    gap = (wide[contrasts.RELATIONAL] - wide[contrasts.TRANSACTIONAL]).groupby(level=["point", "replication"]).cumsum()
    found = gap.groupby(level=["point", "replication"]).agg(lambda part: tables.lead_for_good(part.to_list()))
    return {int(point): float(part[part > 0].mean()) for point, part in found.groupby(level="point")}


def _row(name: str, moved: pd.DataFrame) -> list[str]:
    """Return a number's row: what its lower and its higher value do; one of them is missing where it starts at an end of its range."""
    cells = []
    for end in (True, False):
        part = moved[_is_lower(moved) == end]
        cells += [cell for one in part.itertuples() for cell in (f"{one.value:g}", _change(one), _month(one.month))] or [""] * 3
    return [f"`{name}`", *cells]


def _is_lower(moved: pd.DataFrame) -> pd.Series:
    """Return which of one number's values lie below what it is: the first of two; of one that which does not switch it on."""
    if len(moved) == 1:
        return moved["value"] != SWITCHED_ON
    return moved["value"] == moved["value"].min()


def _change(one: Any) -> str:
    return f"{number(one.effect)} ({number(one.low)} to {number(one.high)})"


def _month(month: float) -> str:
    return "never" if np.isnan(month) else f"{month:.0f}"


def _spread(base: dict[str, float]) -> str:
    return f"{number(base['lead'])} ({number(base['low'])} to {number(base['high'])})"


def _figure(names: list[str], effects: pd.DataFrame, base: dict[str, float], replications: int) -> go.Figure:
    drawn = theme.panels([""], across=1, height=80 + 30 * len(names))
    listed = [effects[effects["factor"] == name] for name in names]
    for text, colour, lower in (("lower value", theme.ORANGE, True), ("higher value", theme.BLUE, False)):
        ends = pd.concat([moved[_is_lower(moved) == lower] for moved in listed])
        drawn.add_trace(
            go.Bar(
                x=ends["effect"], y=[escape(name) for name in ends["factor"]], orientation="h", name=text, marker={"color": colour},
                error_x={"type": "data", "array": ends["high"] - ends["effect"], "thickness": 1.2},
            )
        )  # fmt: skip
    drawn.update_layout(barmode="overlay", margin={"l": 330})
    drawn.update_yaxes(autorange="reversed")
    drawn.update_xaxes(title_text="change of the lead in profit (currency per firm)", zeroline=True)
    note = f"as it is the lead is {number(base['lead'])}; n = {replications} replications, bars: 95 % intervals"
    return theme.titled(drawn, "What the headline rests on", note)
