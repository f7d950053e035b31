"""The report's numbers: the main table of each scenario, and the differences between scenarios on the same luck."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from results import differences as contrasts
from results import document, names, show, tables, words
from results.frames import Results
from results.gallery import Look
from results.labels import label, number, spread
from results.language import say


def milestones(look: Look) -> str:
    """Return the main table: strategies side by side under each measure, time from left to right."""
    found = tables.milestones(look.results.firm_months, look.periods_per_year)
    horizons = found[["period", "after"]].drop_duplicates().sort_values("period")["after"].tolist()
    head = "".join(f"<th>{escape(str(after))}</th>" for after in horizons)
    rows = []
    for measure in show.measures_in(found):
        rows.append(f"<tr class=first><th colspan={len(horizons) + 1}>{escape(show.heading(measure, look.period))}</th></tr>")
        for strategy, part in found[found["measure"] == measure].groupby("strategy", sort=True):
            values = part.set_index("after")
            cells = "".join(_cell(values.loc[after], label(measure).unit) for after in horizons)
            rows.append(f"<tr><th class=who>{escape(names.strategy(str(strategy)))}</th>{cells}</tr>")
    return (
        f"<div class=wide><table><thead><tr><th>{escape(say('after'))}</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f"<p class=note>{escape(say('{note}.', note=names.capital(show.caption(int(found['n'].max())))))}</p>"
    )


def _cell(row: pd.Series, unit: str) -> str:
    mean = float(row["mean"])
    half = spread(float(row["high"]) - mean, mean, unit)
    return f"<td>{number(mean, unit)}{f' <small>{half}</small>' if half else ''}</td>"


def differences(shown: Sequence[Look]) -> str:
    """Return the differences between scenarios, paired by seed; side by side where the seeds are others, nothing where there is one."""
    if len(shown) < 2:
        return ""
    if len({tuple(sorted(set(look.results.summary["seed"]))) for look in shown}) > 1:
        note = say("The runs have other seeds, so they met other luck: their numbers stand side by side, and no difference is taken.")
        return document.section(say("Side by side"), [note], _side_by_side(shown))
    together = Results(
        manifest={"scenarios": [{"name": look.name, "content": {**look.scenario, "name": look.name}} for look in shown], "runs": []},
        frames={"firm_months": pd.concat([look.results.firm_months.assign(scenario=look.name) for look in shown], ignore_index=True)},
    )
    paired = contrasts.paired(together)
    if not len(paired):
        return ""
    is_firm = ~(paired["who"].eq("all firms") | paired["who"].str.startswith("strategy "))
    first = shown[0].name
    sure = ""
    if paired["n"].max() > 1:
        note = escape(say("{note}.", note=names.capital(show.strength_note())))
        sure = document.folded(say("How strong it is"), f"{_strength_table(paired[~is_firm])}<p class=note>{note}</p>")
    return document.section(
        say("What the difference is"),
        words.differences(paired, first),
        _difference_table(paired[~is_firm], first),
        f"<p class=note>{escape(say('Paired by seed, so that luck which the scenarios share cancels. * the interval leaves out 0.'))}</p>",
        sure,
        document.folded(say("Firm by firm"), _difference_table(paired[is_firm], first)),
    )


def _strength_table(found: pd.DataFrame) -> str:
    """Return how strong the differences are: effect sizes, replications needed, and what shared luck saved."""
    return document.table([say("at the end of the run"), *show.strength_head()], _rows(found, show.strength))


def _difference_table(found: pd.DataFrame, first: str) -> str:
    return document.table([say("at the end of the run"), first, say("difference"), say("95 % interval")], _rows(found, show.difference))


def _rows(found: pd.DataFrame, cells: Callable[[Mapping[Any, Any]], tuple[str, ...]]) -> list[list[str]]:
    """Return differences as rows of texts, scenario by scenario and group by group."""
    rows: list[list[str]] = []
    for (scenario, who), part in found.groupby(["scenario", "who"], sort=False):
        rows.append([say("{scenario}: {who}", scenario=scenario, who=show.group(str(who)))])
        rows += [[show.plain_heading(row["measure"]), *cells(row)] for row in part.to_dict("records")]
    return rows


def _side_by_side(shown: Sequence[Look]) -> str:
    """Return the main measures at the last horizon of each scenario, one column per scenario and strategy."""
    columns: list[tuple[str, pd.DataFrame]] = []
    for look in shown:
        found = tables.milestones(look.results.firm_months, look.periods_per_year)
        last = found[found["period"] == found["period"].max()]
        for strategy, part in last.groupby("strategy", sort=True):
            after = str(part["after"].iloc[0])
            columns.append((f"{look.name}: {names.strategy(str(strategy))}, {say('after {time}', time=after)}", part.set_index("measure")))
    rows = [[show.heading(measure), *(_text(part.to_dict("index")[measure], measure) for _, part in columns)] for measure in tables.MAIN]
    return document.table([say("mean, and half of its 95 % interval"), *(head for head, _ in columns)], rows)


def _text(row: Mapping[Any, Any], measure: str) -> str:
    """Return a mean with half its interval's width, as text."""
    unit, mean = label(measure).unit, float(row["mean"])
    return f"{number(mean, unit)} {spread(float(row['high']) - mean, mean, unit)}".strip()
