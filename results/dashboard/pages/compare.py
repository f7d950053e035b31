"""Compare: runs and scenarios side by side, over time and at one month, with paired differences."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from results import names
from results.dashboard import comparison, parts
from results.dashboard import sources as known
from results.dashboard.controls import choice, choices, chosen, control, panel, slider, switch
from results.dashboard.figures import compared
from results.dashboard.site import Site
from results.dashboard.sources import Source
from results.dashboard.view import View
from results.intervals import interval
from results.labels import label
from results.language import current, say
from sim.measures import measures
from sim.units import PERIODS_PER_YEAR

ORDER = 1
USUAL = ("cumulative_profit", "churn_rate", "trust", "market_share")
MOST_SOURCES, MOST_MEASURES = 6, 6
"""More than these are not drawn: nobody tells the lines apart."""


def title() -> str:
    """Return its name."""
    return say("Compare")


def layout(view: View, site: Site) -> html.Div:
    """Return the page: choices, and a place for what they ask for."""
    found = known.sources(site.library)
    if not found:
        return html.Div(parts.note(say("There are no results yet. `python run.py demo` makes some; then load this page again.")))
    source = view.many("source", list(found), [next(iter(found))])
    usual = view.many("measure", list(measures()), USUAL)
    firms, segments, months = _within(site, [found[key] for key in source])
    return html.Div(
        [
            panel(
                choices("source", say("Runs and scenarios"), {key: one.text for key, one in found.items()}, source),
                choices("measure", say("Measures"), {name: label(name).text for name in measures()}, usual),
                switch("group", say("Firms together by"), _groups(), view.one("group", comparison.GROUPS)),
                switch("show", say("Show"), _shows(), view.one("show", list(_shows()))),
                choices("firm", say("Firms"), firms, view.many("firm", list(firms)), nothing=say("all")),
                choice("segment", say("Segment"), segments, view.one("segment", list(segments), "")),
                slider("month", say("Look at month"), 1, months, 1, _month(view, months)),
            ),
            html.Div(id="compare-figures"),
            html.H2(say("In numbers")),
            html.Button(say("Download as CSV"), id="compare-download", n_clicks=0, className="plain"),
            html.Div(id="compare-table"),
            dcc.Download(id="compare-file"),
        ]
    )


def _groups() -> dict[str, str]:
    return {"strategy": say("strategy"), "firm": say("firm"), "all": say("the whole market")}


def _shows() -> dict[str, str]:
    return {"intervals": say("means and intervals"), "runs": say("single runs"), "differences": say("differences from the first")}


def _month(view: View, months: int) -> int:
    asked = next(iter(view.state.get("month", ())), "")
    return min(max(1, int(asked)), months) if asked.isdecimal() and len(asked) < 9 else months


def _within(site: Site, chosen_: Sequence[Source]) -> tuple[dict[str, str], dict[str, str], int]:
    """Return the firms and segments of sources as options, and the last month of the longest."""
    firms: dict[str, str] = {}
    segments = {"": say("all customers")}
    months = 1
    for source in chosen_:
        for row in known.firms(site.library, source).to_dict("records"):
            firms[str(row["firm"])] = f"{row['firm']} ({names.strategy(str(row['strategy']))})"
        if (source.entry.place / "segment_months").is_dir():
            segments |= {str(one.get("name")): str(one.get("name")) for one in source.content.get("segments", ())}
        frame = site.library.kept(source.entry, "firm_months", ["month"])
        months = max(months, int(frame["month"].max()))
    return firms, segments, months


def register(site: Site) -> None:
    """Declare its callbacks."""
    asked = [chosen(name) for name in ("source", "measure", "group", "show", "firm", "segment", "month")]
    told = [State(one.component_id, "value") for one in asked]

    @site.callback(
        [Output(control("firm"), "options"), Output(control("segment"), "options"), Output(control("month"), "max")],
        chosen("source"), prevent_initial_call=True,
    )  # fmt: skip
    def within(source: list[str] | None) -> list[Any]:
        found = known.sources(site.library)
        if ctx.triggered_id is None:
            raise PreventUpdate
        firms, segments, months = _within(site, [found[key] for key in source or () if key in found])
        return [*([{"value": value, "label": text} for value, text in options.items()] for options in (firms, segments)), months]

    @site.callback(Output("compare-figures", "children"), *asked)
    def figures(source: Any, measure: Any, group: Any, show: Any, firm: Any, segment: Any, month: Any) -> Any:
        query = _Query(site, source, measure, group, firm, segment, month)
        if not query.sources or not query.measures:
            return parts.note(say("Choose a run and a measure."))
        query.read()
        drawn = [query.figure(name, str(show)) for name in query.measures]
        said = _said(query, str(show))
        return html.Div([*([parts.note(said)] if said else []), parts.grid(drawn)])

    @site.callback(Output("compare-table", "children"), *asked)
    def numbers(source: Any, measure: Any, group: Any, _show: Any, firm: Any, segment: Any, month: Any) -> Any:
        query = _Query(site, source, measure, group, firm, segment, month)
        query.read()
        rows = query.table()
        return html.Div([parts.note(query.note()), parts.table(rows, query.heads(rows), "compare-grid", forms=dict.fromkeys(("n", "pairs"), ",d"))])

    @site.callback(Output("compare-file", "data"), Input("compare-download", "n_clicks"), *told, prevent_initial_call=True)
    def download(clicks: int, source: Any, measure: Any, group: Any, _show: Any, firm: Any, segment: Any, month: Any) -> Any:
        if not clicks:
            raise PreventUpdate
        return parts.csv(_Query(site, source, measure, group, firm, segment, month).table(), "comparison.csv")


class _Query:
    """What a reader asks for, with everything that is not there left out: the browser may send anything."""

    def __init__(self, site: Site, source: Any, measure: Any, group: Any, firm: Any, segment: Any, month: Any) -> None:
        self.library = site.library
        found = known.sources(site.library)
        self.sources = [found[str(key)] for key in list(source or ())[:MOST_SOURCES] if str(key) in found]
        self.asked = len(list(source or ()))
        there = set.intersection(*(set(comparison.measures(self.library, one)) for one in self.sources)) if self.sources else set()
        self.measures = [str(name) for name in list(measure or ()) if str(name) in there][:MOST_MEASURES]
        self.group = str(group) if group in comparison.GROUPS else "strategy"
        firms, segments, last = _within(site, self.sources)
        self.firms = [str(name) for name in firm or () if str(name) in firms]
        self.segment = str(segment) if segment in segments else ""
        self.month = int(month) if isinstance(month, int | float) and 1 <= month <= last else last
        self.period = self.sources[0].period if self.sources else "month"

    @property
    def how(self) -> dict[str, Any]:
        """What is the same of every measure."""
        return {"group": self.group, "firms": self.firms, "segment": self.segment}

    def read(self) -> None:
        """Read what all figures and the table need, in one go."""
        for source in self.sources if self.measures else []:
            comparison.read(self.library, source, self.measures, self.segment)

    def figure(self, measure: str, show: str) -> Any:
        """Return a measure's figure; one that somebody saw before is not drawn again."""
        table = "segment_months" if self.segment else "firm_months"
        files = [(source.key, self.library.files(source.entry, table)[1]) for source in self.sources]
        asked = ("figure", *files, measure, show, self.group, *self.firms, "", self.segment, current())
        return self.library.remembered(
            self.sources[0].entry, table, asked, lambda: parts.figure(compared.figure(*_drawn(self, measure, show), period=self.period))
        )

    def table(self) -> pd.DataFrame:
        """Return one row per measure, group and source: its mean and interval at the month, and the paired difference from the first source."""
        rows = []
        for measure in self.measures:
            first = pd.Series(dtype=float)
            for place, source in enumerate(self.sources):
                year = round({str(key): count for key, count in PERIODS_PER_YEAR.items()}.get(source.period, 12.0))
                found = comparison.at(self.library, source, measure, self.month, year=year, **self.how).set_index(["who", "seed"])["value"]
                first = found if place == 0 else first
                for who, part in found.groupby(level="who", sort=True):
                    mean, low, high, n = interval(part)
                    less = (part - first.reindex(part.index)).dropna() if place else pd.Series(dtype=float)
                    rows.append((measure, str(who), source.text, mean, low, high, n, *interval(less)))
        return pd.DataFrame(rows, columns=["measure", "who", "source", "mean", "low", "high", "n", "difference", "from", "to", "pairs"])

    def heads(self, rows: pd.DataFrame) -> dict[str, str]:
        """Return what the table's columns are called; texts of measures and groups are put into the reader's language."""
        rows["is_share"] = [label(name).is_share for name in rows["measure"]]
        rows["measure"] = [label(name).axis(self.period) for name in rows["measure"]]
        rows["who"] = [_who(str(name), self.group) for name in rows["who"]]
        heads = {"measure": say("measure"), "who": say("firms"), "source": say("run or scenario"), "mean": say("mean"), "low": say("from"),
                 "high": say("to"), "n": say("replications")}  # fmt: skip
        if len(self.sources) > 1:
            heads |= {"difference": say("difference"), "from": say("difference from"), "to": say("difference to"), "pairs": say("pairs")}
        return heads

    def note(self) -> str:
        """Return how the table is to be read."""
        return say(
            "At {period} {month}, or at the end of a shorter run; churn, share of requirements and market share are means of the year "
            "before. From, to: 95 % intervals over "
            "replications. Differences are from the first choice, paired by seed, so that luck which both share cancels.",
            period=names.period(self.period), month=self.month,
        )  # fmt: skip


def _who(name: str, group: str) -> str:
    return {"strategy": names.strategy(name), "all": say("all firms")}.get(group, name)


def _drawn(query: _Query, measure: str, show: str) -> tuple[pd.DataFrame, str, str]:
    """Return the lines of a figure: columns ``who``, ``text``, ``source``, ``seed``, ``month``, ``mean``, ``low``, ``high``, ``n``."""
    found = []
    for place, source in enumerate(query.sources):
        if show == "runs":
            each = comparison.single_runs(query.library, source, measure, **query.how).rename(columns={"value": "mean"})
            lines = each.assign(low=float("nan"), high=float("nan"), n=1)
        elif show == "differences":
            if place == 0:
                continue
            lines = comparison.difference(query.library, query.sources[0], source, measure, **query.how).assign(seed=0)
        else:
            lines = comparison.over_time(query.library, source, measure, **query.how).assign(seed=0)
        found.append(lines.assign(source=place, text=source.text if len(query.sources) > 1 else ""))
    table = (
        pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["who", "text", "source", "seed", "month", "mean", "low", "high", "n"])
    )
    table["name"] = [_who(str(who), query.group) for who in table["who"]]
    return table, measure, show


def _said(query: _Query, show: str) -> str:
    """Return what readers should know of the figures."""
    if query.asked > MOST_SOURCES:
        return say("Only the first {n} choices are drawn.", n=MOST_SOURCES)
    if show == "differences" and len(query.sources) < 2:
        return say("Choose a second run or scenario: differences are from the first.")
    return ""
