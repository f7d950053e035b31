"""One self-contained page of a run: what was asked, what came out, in words, numbers and figures, and how to do it again."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from results import differences, document, show, tables, theme, words
from results.figures import (
    accounts,
    cohort_retention,
    cumulative_profit,
    loyalty_cells,
    over_time,
    power_regimes,
    six_markets,
    surplus_split,
    survival,
)
from results.frames import Results
from results.labels import label, number, spread
from sim.units import PERIODS_PER_YEAR


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


def write(results: Results, directory: Path, lead: str = "") -> Path:
    """Write the page of a run into its directory, whole or not at all, and return its path.

    Parameters
    ----------
    results : Results
        What came out.
    directory : Path
        The run directory.
    lead : str
        A section that stands before all others, from :func:`results.document.section`.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    return document.save(html(results, lead), directory)


def html(results: Results, lead: str = "") -> str:
    """Return the page of a run, with a section that stands before all others."""
    names = [str(scenario["name"]) for scenario in results.scenarios]
    title = str(results.scenario["title"] or results.scenario["name"]) if len(names) == 1 else " against ".join(names)
    parts = [_scenario(Look(scenario, results.of(scenario["name"])), alone=len(names) == 1) for scenario in results.scenarios]
    return document.document(title, _kind(results), [lead, _differences(results), *parts, _provenance(results)])


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
        document.grid([over_time.figure(months, [name], period=period) for name in shown], legend=False),
        document.grid([cumulative_profit.figure(months, period=period)]),
        document.grid([loyalty_cells.figure(months[months["strategy"] == name], period=period) for name in names]),
    ]
    if len(dyads) and (dyads["market"] == "customer").any():
        grids.append(document.grid([power_regimes.figure(dyads[dyads["firm"].map(firms) == name], firms, period=period) for name in names]))
    if len(cohorts):
        if (cohorts["age"] > 0).any() and (cohorts["acquired_in"] > 0).any():
            grids.append(document.grid([survival.figure(cohorts, firms, period=period)]))
        parts = [cohorts[cohorts["firm"].map(firms) == name] for name in names]
        grids.append(document.grid([cohort_retention.figure(part, firms, period=period) for part in parts if len(part)]))
    if len(dyads) and (dyads["market"] != "customer").any():
        grids.append(document.grid([six_markets.figure(dyads, firms, period=period)]))
    yearly = look.periods_per_year
    surplus = look.results.frames.get("surplus_months", pd.DataFrame())
    if len(surplus) and surplus["party"].nunique() > 2:
        parts = [surplus[surplus["firm"].map(firms) == name] for name in names]
        grids.append(document.grid([surplus_split.figure(part, firms, periods_per_year=yearly) for part in parts]))
    grids.append(document.grid([accounts.figure(months[months["strategy"] == name], periods_per_year=yearly) for name in names]))
    return "".join(grids)


def _table(found: pd.DataFrame, period: str) -> str:
    """Return the main table: strategies side by side under each measure, time from left to right."""
    horizons = found[["period", "after"]].drop_duplicates().sort_values("period")["after"].tolist()
    head = "".join(f"<th>{escape(str(after))}</th>" for after in horizons)
    rows = []
    for measure in show.measures_in(found):
        meaning = escape(label(measure).meaning)
        rows.append(f'<tr class=first><th colspan={len(horizons) + 1} title="{meaning}">{escape(show.heading(measure, period))}</th></tr>')
        for strategy, part in found[found["measure"] == measure].groupby("strategy", sort=True):
            values = part.set_index("after")
            cells = "".join(_cell(values.loc[after], label(measure).unit) for after in horizons)
            rows.append(f"<tr><th class=who>{escape(str(strategy))}</th>{cells}</tr>")
    note = escape(show.caption(int(found["n"].max())))
    return (
        f"<div class=wide><table><thead><tr><th>after</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f"<p class=note>{note[:1].upper()}{note[1:]}.</p>"
    )


def _differences(results: Results) -> str:
    """Return the paired differences between scenarios; nothing where there is one scenario."""
    if len(results.scenarios) < 2:
        return ""
    paired = differences.paired(results)
    is_firm = ~(paired["who"].eq("all firms") | paired["who"].str.startswith("strategy "))
    first = str(results.scenario["name"])
    found = "".join(f"<li>{escape(sentence)}</li>" for sentence in words.differences(paired, first))
    sure = ""
    if paired["n"].max() > 1:
        sure = (
            f"<details><summary>How strong it is</summary>{_strength_table(paired[~is_firm])}"
            f"<p class=note>{escape(show.STRENGTH_NOTE[:1].upper() + show.STRENGTH_NOTE[1:])}.</p></details>"
        )
    return (
        f"<section><h2>What the difference is</h2><ul class=findings>{found}</ul>{_difference_table(paired[~is_firm], first)}"
        "<p class=note>Paired by seed, so that luck which the scenarios share cancels. * the interval leaves out 0.</p>"
        f"{sure}<details><summary>Firm by firm</summary>{_difference_table(paired[is_firm], first)}</details></section>"
    )


def _strength_table(found: pd.DataFrame) -> str:
    """Return how strong the differences are: effect sizes, replications needed, and what shared luck saved."""
    return document.table(["at the end of the run", *show.STRENGTH], _difference_rows(found, show.strength))


def _difference_table(found: pd.DataFrame, first: str) -> str:
    return document.table(["at the end of the run", first, "difference", "95 % interval"], _difference_rows(found, show.difference))


def _difference_rows(found: pd.DataFrame, cells: Callable[[Mapping[Any, Any]], tuple[str, ...]]) -> list[list[str]]:
    """Return differences as rows of texts, scenario by scenario and group by group."""
    rows: list[list[str]] = []
    for (scenario, who), part in found.groupby(["scenario", "who"], sort=False):
        rows.append([f"{scenario}: {who}"])
        rows += [[show.plain_heading(row["measure"]), *cells(row)] for row in part.to_dict("records")]
    return rows


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
