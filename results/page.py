"""One self-contained page of a run: what was asked, what came out, in words, numbers and figures, and how to do it again."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from results import differences, show, style, tables, theme, words
from results.figures import accounts, cohort_retention, cumulative_profit, loyalty_cells, over_time, power_regimes, survival
from results.frames import Results
from results.labels import label, number, spread
from results.store import StoreError
from sim.units import PERIODS_PER_YEAR

NAME = "index.html"


@dataclass(frozen=True)
class Look:
    """What the parts of a page need to know of the scenario that they show."""

    scenario: dict[str, Any]
    results: Results

    @property
    def period(self) -> str:
        """What one step is called."""
        return str(self.scenario["period"])

    @property
    def periods_per_year(self) -> float:
        """Steps in a year."""
        return PERIODS_PER_YEAR[self.scenario["period"]]

    @property
    def strategies(self) -> dict[str, str]:
        """Strategy of each firm, by the firm's name."""
        pairs = self.results.firm_months[["firm", "strategy"]].drop_duplicates("firm")
        return dict(zip(pairs["firm"], pairs["strategy"], strict=True))


def write(results: Results, directory: Path) -> Path:
    """Write the page of a run into its directory, whole or not at all, and return its path.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    path = directory / NAME
    part = path.with_name(f"{NAME}.part")
    content = html(results)
    try:
        part.write_text(content, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: the page cannot be written ({(error.strerror or str(error)).lower()}); the tables are there") from error
    return path


def html(results: Results) -> str:
    """Return the page: one file, no network, readable on a telephone, in daylight and in the dark."""
    from plotly.offline import get_plotlyjs

    names = [str(scenario["name"]) for scenario in results.scenarios]
    title = str(results.scenario["title"] or results.scenario["name"]) if len(names) == 1 else " against ".join(names)
    parts = [_scenario(Look(scenario, results.of(scenario["name"])), alone=len(names) == 1) for scenario in results.scenarios]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',  # else a browser would ask for an icon
            f"<title>{escape(title)}</title><style>{style.CSS}</style>",
            f"<script>{get_plotlyjs()}</script></head><body><main>",
            f"<header><p class=kind>{_kind(results)}</p><h1>{escape(title)}</h1></header>",
            _differences(results),
            *parts,
            _provenance(results),
            f"</main><script>{style.DRAW}</script></body></html>",
        ]
    )


def _kind(results: Results) -> str:
    scenario = results.scenario
    n = results.manifest["replications"]
    return (
        f"{int(scenario['customers']):,} customers · {len(scenario['firms'])} firms · {int(scenario['months']):,} months"
        f" · {n} replication{'s' if n != 1 else ''}"
    )


def _scenario(look: Look, *, alone: bool) -> str:
    """Return one scenario's part of the page."""
    months = look.results.firm_months
    scenario = look.scenario
    head = "" if alone else f"<h2 class=scenario>{escape(str(scenario['title'] or scenario['name']))}</h2>"
    question = f"<p class=question>{escape(str(scenario['question']))}</p>" if scenario["question"] else ""
    stopped = ""
    if look.results.manifest["status"] != "finished":
        stopped = f"<p class=warning>The run was stopped: {look.results.finished} replications of it are shown.</p>"
    found = "".join(f"<li>{escape(sentence)}</li>" for sentence in words.findings(months, look.periods_per_year, look.period))
    notice = f"<p><strong>To notice.</strong> {escape(str(scenario['notice']))}</p>" if scenario["notice"] else ""
    attempt = f"<p><strong>To try.</strong> {escape(str(scenario['attempt']))}</p>" if scenario["attempt"] else ""
    return (
        f"<section>{head}{question}{stopped}<h2>What came out</h2><ul class=findings>{found}</ul>{notice}{attempt}</section>"
        f"<section><h2>In numbers</h2>{_table(tables.milestones(months, look.periods_per_year), look.period)}</section>"
        f"<section><h2>In pictures</h2>{_legend(look)}{_figures(look)}</section>"
    )


def _legend(look: Look) -> str:
    """Return the strategies with their colours and dashes, once for all line figures."""
    dashes = {"solid": "solid", "dash": "dashed", "dot": "dotted", "dashdot": "dashed", "longdash": "dashed", "longdashdot": "dashed"}
    given = theme.looks(look.results.firm_months["strategy"].unique())
    items = [f'<span><i style="border-top:3px {dashes[dash]} {colour}"></i>{escape(name)}</span>' for name, (colour, dash) in sorted(given.items())]
    return f"<p class=legend>{''.join(items)}</p>"


def _figures(look: Look) -> str:
    """Return all figures; those with one panel per measure or strategy as a grid that folds on a narrow screen."""
    months, dyads, cohorts = look.results.firm_months, look.results.dyad_months, look.results.cohorts
    firms, period = look.strategies, look.period
    names = sorted(months["strategy"].unique())
    shown = [name for name in over_time.MEASURES if name in months and months[name].notna().any()]
    grids = [
        _grid([over_time.figure(months, [name], period=period) for name in shown], legend=False),
        _grid([cumulative_profit.figure(months, period=period)]),
        _grid([loyalty_cells.figure(months[months["strategy"] == name], period=period) for name in names]),
    ]
    if len(dyads) and (dyads["market"] == "customer").any():
        grids.append(_grid([power_regimes.figure(dyads[dyads["firm"].map(firms) == name], firms, period=period) for name in names]))
    if len(cohorts):
        if (cohorts["age"] > 0).any() and (cohorts["acquired_in"] > 0).any():
            grids.append(_grid([survival.figure(cohorts, firms, period=period)]))
        parts = [cohorts[cohorts["firm"].map(firms) == name] for name in names]
        grids.append(_grid([cohort_retention.figure(part, firms, period=period) for part in parts if len(part)]))
    yearly = look.periods_per_year
    grids.append(_grid([accounts.figure(months[months["strategy"] == name], periods_per_year=yearly) for name in names]))
    return "".join(grids)


def _grid(figures: list[go.Figure], *, legend: bool = True) -> str:
    """Return figures side by side, as far as there is room."""
    return f'<div class="grid{" one" if len(figures) == 1 else ""}">{"".join(_figure(figure, legend=legend) for figure in figures)}</div>'


def _figure(figure: go.Figure, *, legend: bool) -> str:
    """Return a figure as data in the page, drawn when the page is open, under a caption that wraps as text does."""
    bare = theme.without_title(figure, legend=legend)
    data = json.loads(bare.to_json())
    content = json.dumps({"data": data["data"], "layout": data["layout"], "config": theme.CONFIG}, separators=(",", ":"))
    safe = content.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    title, note = escape(figure.layout.meta["title"]), escape(figure.layout.meta["note"])
    return (
        f"<figure><figcaption>{title}<small>{note}</small></figcaption>"
        f'<div class=plot style="min-height:{int(bare.layout.height)}px"></div><script type="application/json">{safe}</script></figure>'
    )


def _table(table: pd.DataFrame, period: str) -> str:
    """Return the main table: strategies side by side under each measure, time from left to right."""
    horizons = table[["period", "after"]].drop_duplicates().sort_values("period")["after"].tolist()
    head = "".join(f"<th>{escape(str(after))}</th>" for after in horizons)
    rows = []
    for measure in show.measures_in(table):
        meaning = escape(label(measure).meaning)
        rows.append(f'<tr class=first><th colspan={len(horizons) + 1} title="{meaning}">{escape(show.heading(measure, period))}</th></tr>')
        for strategy, found in table[table["measure"] == measure].groupby("strategy", sort=True):
            values = found.set_index("after")
            cells = "".join(_cell(values.loc[after], label(measure).unit) for after in horizons)
            rows.append(f"<tr><th class=who>{escape(str(strategy))}</th>{cells}</tr>")
    note = escape(show.caption(int(table["n"].max())))
    return (
        f"<div class=wide><table><thead><tr><th>after</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f"<p class=note>{note[:1].upper()}{note[1:]}.</p>"
    )


def _differences(results: Results) -> str:
    """Return the paired differences between scenarios; nothing where there is one scenario."""
    if len(results.scenarios) < 2:
        return ""
    table = differences.paired(results)
    is_firm = ~(table["who"].eq("all firms") | table["who"].str.startswith("strategy "))
    first = str(results.scenario["name"])
    found = "".join(f"<li>{escape(sentence)}</li>" for sentence in words.differences(table, first))
    return (
        f"<section><h2>What the difference is</h2><ul class=findings>{found}</ul>{_difference_table(table[~is_firm], first)}"
        "<p class=note>Paired by seed, so that luck which the scenarios share cancels. * the interval leaves out 0.</p>"
        f"<details><summary>Firm by firm</summary>{_difference_table(table[is_firm], first)}</details></section>"
    )


def _difference_table(table: pd.DataFrame, first: str) -> str:
    rows = []
    for (scenario, who), found in table.groupby(["scenario", "who"], sort=False):
        rows.append(f"<tr class=first><th colspan=4>{escape(f'{scenario}: {who}')}</th></tr>")
        for row in found.to_dict("records"):
            cells = "".join(f"<td>{escape(text)}</td>" for text in show.difference(row))
            rows.append(f"<tr><th class=who>{escape(show.plain_heading(row['measure']))}</th>{cells}</tr>")
    return (
        f"<div class=wide><table><thead><tr><th>at the end of the run</th><th>{escape(first)}</th><th>difference</th>"
        f"<th>95 % interval</th></tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(row: pd.Series, unit: str) -> str:
    mean = float(row["mean"])
    half = spread(float(row["high"]) - mean, mean, unit)
    return f"<td>{number(mean, unit)}{f' <small>{half}</small>' if half else ''}</td>"


def _provenance(results: Results) -> str:
    """Return what ran, exactly, and the commands to do it again."""
    facts = results.manifest
    rows = {
        "status": facts["status"],
        "started, finished": f"{facts['started']}, {facts['finished']}",
        "seeds": ", ".join(map(str, facts["seeds"])),
        "relmarket": facts["relmarket"],
        "sha256 of the model": facts["model_sha256"],
        "Python": facts["python"],
        "packages": ", ".join(f"{name} {version}" for name, version in facts["packages"].items()),
        "platform": facts["platform"],
        **{f"sha256 of {scenario['name']}": scenario["sha256"] for scenario in facts["scenarios"]},
    }
    listed = "".join(f"<dt>{escape(key)}</dt><dd>{escape(str(value))}</dd>" for key, value in rows.items())
    contents = "".join(
        f"<details><summary>All parameters of {escape(str(scenario['name']))}</summary>"
        f"<pre>{escape(json.dumps(scenario, indent=2, ensure_ascii=False))}</pre></details>"
        for scenario in results.scenarios
    )
    again = f"<p>To do it again:</p><pre class=command>{escape(facts['command'])}</pre>" if facts["command"] else ""
    tables_here = ", ".join(f"<code>{escape(name)}</code>" for name in sorted(results.frames))
    return (
        f"<section class=provenance><h2>Where this comes from</h2>{again}<dl>{listed}</dl>{contents}"
        f"<p class=note>All numbers behind this page stand beside it as Parquet files: {tables_here}.</p></section>"
    )
