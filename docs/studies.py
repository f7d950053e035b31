"""The tables and figures of ``studies.md``, from the sweeps' own files: ``python -m docs.studies``. Needs Chromium.

The commands in that page come first. What is not there yet, or not whole, is named and left as it stands.
"""

import re
import sys
from collections.abc import Callable, Mapping
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from docs.screenshot import render
from docs.text import table
from docs.tornado import headline
from experiments import contrasts
from experiments.phase.verdict import regimes
from experiments.sensitivity import analysis, words
from experiments.sweep import manifest, read
from experiments.sweep.frames import Sweep
from results import store, theme
from results.figures import phase_diagram
from results.figures import sensitivity as screening
from results.figures.power_regimes import REGIMES
from results.intervals import interval
from results.labels import number
from results.store import StoreError
from scenarios import ScenarioError

HERE = Path(__file__).parent
PAGE, PICTURES = HERE / "studies.md", HERE / "studies"
RUNS = Path("results/runs")
RENEWALS, YEAR = 4, 12
"""Renewals that cohorts are followed over, and months between them."""
NEWCOMERS = 48  # last month of acquisition of the cohorts that are followed: each is seen through all its renewals
CUSTOMERS = ("as they are", "one probability of leaving", "one probability of leaving, one taste")
"""What customers are like, by pairs of rows of the study of retention; below it in other words."""
DIFFER = ("in all", "in taste but not in leaving", "in neither")
_MARKED = re.compile(r"(<!-- results: (\w+) -->\n).*?(<!-- end of results -->)", re.DOTALL)

Found = tuple[go.Figure, str]  # a figure and Markdown


def when_it_pays(runs: Path) -> Found:
    """Return the map, and what it says in numbers."""
    place = runs / "when_it_pays-map"
    points = store.read_table([place / "points.parquet"])
    x, y = points.columns[:2]
    sizes = [round(np.ptp(points[name]) / np.diff(np.unique(points[name])).min()) + 1 for name in (x, y)]
    drawn = phase_diagram.figure(points.drop(columns=list(REGIMES)), x, y, measure=contrasts.PROFIT)
    rows = []
    across = _coarse(points, x)
    for low, group in points[points[y].isin(_coarse(points, y))].groupby(y):
        signed = group.assign(lead=group["margin"].where(group["winner"] == contrasts.RELATIONAL, -group["margin"])).sort_values(x)
        rows.append([number(low), _crossing(signed[x].to_numpy(), signed["lead"].to_numpy()), *(_lead(group, at, x) for at in across)])
    head = [f"`{y}`", "relational firms earn more from an orientation of", *(f"their lead at {at:.2g}" for at in across)]
    n, full = int(points["n"].min()), sizes[0] * sizes[1]
    sure = (points["low"] > 0.0).mean()
    shares = points.groupby("winner").size()
    won = ", ".join(f"{name} firms at {count}" for name, count in shares.items())
    said = (
        f"{len(points)} points of {n} replications ({len(points) * n:,} runs): {won}; the interval of the lead leaves out 0 at {sure:.0%} of them. "
        f"A full grid as fine has {full} points ({full * n:,} runs), so that refinement saved {1 - len(points) / full:.0%}. "
        f"{_model(place / 'round-00')}"
    )
    return drawn, f"{table(head, rows)}\n\nLead: profit per firm, 95 % interval. {said}"


def _coarse(points: pd.DataFrame, name: str) -> list[float]:
    """Return the values that the first round looked at."""
    return list(np.unique(points.loc[points["round"] == 0, name]))


def _crossing(x: Any, lead: Any) -> str:
    """Return where a lead changes from minus to plus, by a straight line between two points."""
    up = np.flatnonzero((lead[:-1] < 0.0) & (lead[1:] >= 0.0))
    if not len(up):
        return "the lowest" if lead[0] >= 0.0 else "none"
    k = up[0]
    return f"{x[k] - lead[k] * (x[k + 1] - x[k]) / (lead[k + 1] - lead[k]):.2f}"


def _lead(group: pd.DataFrame, at: float, x: str) -> str:
    row = group[np.isclose(group[x], at)].iloc[0]
    sign = 1.0 if row["winner"] == contrasts.RELATIONAL else -1.0
    return _spread(sign * row["margin"], *sorted((sign * row["low"], sign * row["high"])))


def which_lever(runs: Path) -> Found:
    """Return the screening of the relational firms' lead in profit, beside that in churn."""
    sweep = _whole(runs / "which_lever")
    parts = {part.measure: part for part in analysis.analyse(sweep).parts if part.who == contrasts.DIFFERENCE}
    profit, churn = parts[contrasts.PROFIT], parts["mean_churn_rate"]
    order = analysis.ranked(profit.rows)
    drawn = screening.figure(profit.rows.assign(**profit.labels), order, replications=sweep.study.replications, noise=profit.luck.of_means)
    size, mean, leaving = profit.index("mu_star"), profit.index("mu"), churn.index("mu")
    rows = [
        [f"`{name}`", _spread(*size.loc[name, ["value", "low", "high"]]), number(mean.loc[name, "value"]), f"{100 * leaving.loc[name, 'value']:+.2f}"]
        for name in order
    ]
    head = ["lever, from its lower pole to its higher", "mu*: size of the effect on the lead in profit", "mu: with its sign", "mu on churn, points"]
    sizes = f"{profit.n} trajectories, {len(sweep.design)} points, {len(sweep.design) * sweep.study.replications:,} runs"
    said = f"{sweep.study.set['months']} months, 95 % intervals; {sizes}; {words.luck(profit.luck)}. {_model(sweep.place)}"
    return drawn, f"{table(head, rows)}\n\nCurrency per firm over {said}"


def rising_retention(runs: Path) -> Found:
    """Return retention at each renewal, and its rise, with and without relations and differences between customers."""
    sweep = _whole(runs / "rising_retention")
    found = retention(sweep.table("cohorts"), sweep.summary)
    strategies = sorted(found["strategy"].unique())
    drawn = theme.panels([f"{name} firms" for name in strategies], across=2, height=330)
    rows = []
    rises: dict[tuple[int, str], pd.Series] = {}
    for point, group in found.groupby("point"):
        kind, on = CUSTOMERS[int(point) // 2], int(point) % 2 == 0
        cells = []
        for place, strategy in enumerate(strategies):
            wide = group[group["strategy"] == strategy].pivot_table(index="replication", columns="renewal", values="retained")
            colour = (theme.BLUE, theme.ORANGE, theme.GREEN)[int(point) // 2]
            drawn.add_trace(
                go.Scatter(
                    x=wide.columns, y=wide.mean(), mode="lines+markers", name=f"{kind}{'' if on else ', no relations'}", showlegend=place == 0,
                    line={"color": colour, "dash": "solid" if on else "dash"},
                ),
                **theme.place(place, 2, len(strategies)),
            )  # fmt: skip
            rises[int(point), strategy] = wide.apply(_slope, axis=1)
            cells += [_percent(wide[1]), _percent(wide[RENEWALS]), _percent(rises[int(point), strategy])]
        rows.append([kind, "on" if on else "off", *cells])
    drawn.update_xaxes(title_text="renewal")
    drawn.update_yaxes(title_text="customers who renew (%)", tickformat=".0%")
    drawn.update_layout(height=drawn.layout.height + 40)
    n = sweep.study.replications
    theme.titled(drawn, "Retention by age of the relation", f"cohorts of months 1 to {NEWCOMERS}, means of n = {n} replications")
    head = ["customers differ", "relations", *(f"{name}: {what}" for name in strategies for what in ("1st", f"{RENEWALS}th", "rise a renewal"))]
    own = contrasts.RELATIONAL
    added = "; ".join(f"{_percent(rises[2 * k, own] - rises[2 * k + 1, own])} where customers differ {kind}" for k, kind in enumerate(DIFFER))
    said = f"Relations add to the {own} firms' rise, on the same luck: {added}. {len(sweep.design) * n} runs. {_model(sweep.place)}"
    return drawn, f"{table(head, rows)}\n\nPer cent of customers who renew, rise in points a renewal, 95 % intervals. {said}"


def retention(cohorts: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """Return ``point``, ``replication``, ``strategy``, ``renewal`` and ``retained``: the share of customers of the last renewal who renew again.

    Parameters
    ----------
    cohorts : DataFrame
        One row per point, replication, firm, month of acquisition and age.
    summary : DataFrame
        Says what strategy a firm has.
    """
    strategies = summary.drop_duplicates("firm").set_index("firm")["strategy"]
    chosen = cohorts["acquired_in"].between(1, NEWCOMERS) & (cohorts["age"] % YEAR == 0) & (cohorts["age"] <= RENEWALS * YEAR)
    there = cohorts[chosen].assign(strategy=lambda part: part["firm"].map(strategies), renewal=lambda part: part["age"] // YEAR)
    left = there.groupby(["point", "replication", "strategy", "renewal"])["customers"].sum().unstack("renewal")
    shares = left[list(range(1, RENEWALS + 1))] / left[list(range(RENEWALS))].to_numpy()
    return shares.reset_index().melt(["point", "replication", "strategy"], var_name="renewal", value_name="retained")


def _slope(retained: pd.Series) -> float:
    """Return the rise of a straight line through retention, per renewal."""
    return float(np.polyfit(np.arange(len(retained)), retained.to_numpy(float), 1)[0])


def points_and_imitation(runs: Path) -> Found:
    """Return what the programme brings month by month, against the same market without it."""
    sweep = _whole(runs / "points_and_imitation")
    firm = sweep.summary["firm"].iloc[0]
    months = sweep.firm_months[sweep.firm_months["firm"] == firm]
    imitation, rebate = "rivals_imitation", "rebate"
    keys = [imitation, rebate, "replication", "month"]
    wide = months.assign(profit=months.groupby(["point", "replication"])["profit"].cumsum()).set_index(keys)[["profit", "market_share"]].sort_index()
    gains = wide - wide.xs(0.0, level=rebate).reindex(wide.index.droplevel(rebate)).to_numpy()
    titles = {"market_share": "Market share (points)", "profit": "Cumulative profit (currency)"}
    drawn = theme.panels(list(titles.values()), across=2, height=330, shared=False)
    highest = max(wide.index.unique(rebate))
    last = int(wide.index.get_level_values("month").max())
    rows = []
    for look, copied in enumerate(wide.index.unique(imitation)):
        colour = (theme.BLUE, theme.GREEN, theme.VERMILION)[look % 3]
        for place, name in enumerate(titles):
            part = gains.xs((copied, highest), level=(imitation, rebate))[name].unstack("replication") * (100.0 if name == "market_share" else 1.0)
            ends = pd.DataFrame([interval(row)[:3] for row in part.to_numpy()], columns=["mean", "low", "high"], index=part.index)
            where = theme.place(place, 2, 2)
            theme.band(drawn, ends.index, ends["low"], ends["high"], colour, where)
            line = {"color": colour, "dash": ("solid", "dash", "dot")[look % 3]}
            drawn.add_trace(go.Scatter(x=ends.index, y=ends["mean"], name=f"imitation {copied}", line=line, showlegend=not place), **where)
        for worth in wide.index.unique(rebate)[1:]:
            gain = gains.xs((copied, worth), level=(imitation, rebate))
            early, late = (gain.xs(month, level="month") for month in (YEAR, last))
            cells = [_percent(early["market_share"]), _percent(late["market_share"]), _mean(early["profit"]), _mean(late["profit"])]
            rows.append([f"{copied}", f"{worth:.0%}".replace("%", " %"), *cells])
    drawn.update_xaxes(title_text="month")
    n = sweep.study.replications
    theme.titled(drawn, f"What points bring, a rebate of {highest:.0%}", f"against the same market without points, {theme.replications(n)}")
    head = ["rivals' imitation", "rebate", f"share, month {YEAR}", f"share, month {last}", f"profit to month {YEAR}", f"profit to month {last}"]
    base = wide.xs(0.0, level=rebate).xs(last, level="month")["profit"]
    without = ", ".join(f"{_mean(base.xs(copied, level=imitation))} at imitation {copied}" for copied in base.index.unique(imitation))
    ends = gains.xs((last, highest), level=("month", rebate))
    lost = ends.xs(max(wide.index.unique(imitation)), level=imitation) - ends.xs(0.0, level=imitation)
    taken = f"{_percent(lost['market_share'])} points of share and {_mean(lost['profit'])} of profit"
    said = f"Full imitation changes the gain by {taken}. Without points the firm earns {without}. {len(sweep.design) * n} runs. {_model(sweep.place)}"
    return drawn, f"{table(head, rows)}\n\nGains in points of market share and in currency, 95 % intervals. {said}"


def power_regimes(runs: Path) -> Found:
    """Return what each strategy earns more than its transactional rivals, regime by regime."""
    sweep = _whole(runs / "power_regimes")
    rows = sweep.summary.assign(place=sweep.summary.groupby(["point", "replication"]).cumcount())
    rows = rows.assign(challenges=rows["place"] >= 2)  # the study's factor is the strategy of the last two firms
    means = rows.groupby(["scenario", "challenger", "replication", "challenges"], sort=False)[contrasts.PROFIT].mean().unstack("challenges")
    lead = (means[True] - means[False]).rename("lead").reset_index()
    scenarios = list(lead["scenario"].unique())
    order = lead.groupby("challenger")["lead"].mean().sort_values(ascending=False).index
    drawn = theme.panels(scenarios, across=3, height=300)
    cells: dict[str, list[str]] = {name: [] for name in order}
    for place, scenario in enumerate(scenarios):
        ends = [interval(lead.loc[(lead["scenario"] == scenario) & (lead["challenger"] == name), "lead"]) for name in order]
        for name, (mean, low, high, _) in zip(order, ends, strict=True):
            cells[name].append(_spread(mean, low, high))
        mean, _, high = (np.array([end[k] for end in ends]) for k in range(3))
        colours = [theme.BLUE if value > 0 else theme.ORANGE for value in mean]
        bars = {"type": "data", "array": high - mean, "thickness": 1.2}
        where = theme.place(place, 3, len(scenarios))
        drawn.add_trace(go.Bar(x=list(order), y=mean, error_y=bars, marker={"color": colours}, showlegend=False), **where)
        drawn.update_xaxes(tickangle=-45, **where)
        drawn.update_yaxes(title_text="lead in profit (currency per firm)" if not place else "", **where)
    drawn.update_layout(height=drawn.layout.height + 40, margin={"b": 130})
    n = sweep.study.replications
    theme.titled(drawn, "Profit more than transactional rivals'", f"n = {n} replications, bars: 95 % intervals")
    power = regimes(sweep.firm_months).groupby(sweep.design.set_index("point")["scenario"], sort=False).mean()
    who = [[scenario, *(f"{power.loc[scenario, name]:.0%}".replace("%", " %") for name in REGIMES)] for scenario in scenarios]
    leads = table(["strategy", *scenarios], [[f"`{name}`", *cells[name]] for name in order])
    shares = table(["scenario", *(text for text, _ in REGIMES.values())], who)
    return drawn, f"{leads}\n\nCurrency per firm over five years, 95 % intervals; {len(sweep.design) * n} runs. {_model(sweep.place)}\n\n{shares}"


def _spread(mean: float, low: float, high: float) -> str:
    return number(mean) if isnan(low) else f"{number(mean)} ({number(low)} to {number(high)})"


def _mean(values: Any) -> str:
    return _spread(*interval(values)[:3])


def _percent(values: Any) -> str:
    mean, low, high, _ = interval(100.0 * values)
    return f"{mean:.1f} ± {(high - low) / 2.0:.1f}"


def _whole(place: Path) -> Sweep:
    return contrasts.whole(read(place), "the page")


def _model(place: Path) -> str:
    """Return the version of the model that a sweep was run with."""
    return f"Model `{manifest.read(place)['model_sha256'][:12]}`."


STUDIES: dict[str, Callable[[Path], Found]] = {
    "when_it_pays": when_it_pays,
    "which_lever": which_lever,
    "rising_retention": rising_retention,
    "points_and_imitation": points_and_imitation,
    "power_regimes": power_regimes,
    "headline": headline,
}


def main(arguments: list[str]) -> int:
    """Write the page's tables and pictures anew, from the sweeps in a directory: ``results/runs`` unless given."""
    runs = Path(arguments[0]) if arguments else RUNS
    text = PAGE.read_text(encoding="utf-8")
    parts = {}
    PICTURES.mkdir(exist_ok=True)
    for name, make in STUDIES.items():
        try:
            figure, found = make(runs)
        except (StoreError, ScenarioError) as error:
            print(f"{name} is left as it stands: {error}", file=sys.stderr)
            continue
        render(figure, PICTURES / f"{name}.png")
        parts[name] = f"![{figure.layout.meta['title']}]({PICTURES.name}/{name}.png)\n\n{found}"
        print(f"{name} read and drawn")
    PAGE.write_text(filled(text, parts), encoding="utf-8")
    return 0 if len(parts) == len(STUDIES) else 1


def filled(text: str, parts: Mapping[str, str]) -> str:
    """Return a page with the parts between its marks; a part that is not given stays."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n\n{found[3]}" if found[2] in parts else found[0], text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
