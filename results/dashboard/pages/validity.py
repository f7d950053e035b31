"""Validity: published facts beside what the model makes of them (`run.py validate` measures them)."""

from typing import Any

import pandas as pd
from dash import Output, html

from results.dashboard import parts
from results.dashboard.controls import choice, chosen, panel
from results.dashboard.library import Entry
from results.dashboard.site import Site
from results.dashboard.view import View
from results.figures import fact as drawn_fact
from results.figures import scorecard as drawn_scorecard
from results.labels import shown_unit
from results.language import say
from results.told import told

ORDER = 6
FINDINGS = ("fact", "title", "source", "what", "value", "low", "high", "n", "least", "most", "unit", "target", "judged", "passed", "seconds", "note")
ALL = "all"


def title() -> str:
    """Return its name."""
    return say("Validity")


def layout(view: View, site: Site) -> html.Div:
    """Return the page."""
    found = site.library.entries("validation")
    if not found:
        return html.Div(parts.note(say("Nothing was validated here yet. `python run.py validate --quick` measures the published facts in minutes.")))
    name = view.one("run", list(found))
    facts = _facts(_scorecard(site, found[name]))
    return html.Div(
        [
            panel(
                choice("run", say("Validation"), {one: one for one in found}, name), choice("fact", say("Fact"), facts, view.one("fact", list(facts)))
            ),
            html.Div(id="validity-content"),
        ]
    )


def _scorecard(site: Site, entry: Entry) -> pd.DataFrame:
    found = site.library.frame(entry, "scorecard", FINDINGS)
    return found.assign(judged=found["judged"].astype(bool), passed=found["passed"].astype(bool))


def _facts(scorecard: pd.DataFrame) -> dict[str, str]:
    pairs = scorecard.drop_duplicates("fact")
    return {ALL: say("all facts"), **{str(row["fact"]): f"{row['fact']} {told(str(row['title']))}" for row in pairs.to_dict("records")}}


def register(site: Site) -> None:
    """Declare its callbacks."""

    @site.callback(Output("validity-content", "children"), chosen("run"), chosen("fact"))
    def content(run: Any, fact: Any) -> Any:
        entry = site.library.entry(str(run), "validation")
        scorecard = _scorecard(site, entry)
        one = scorecard[scorecard["fact"] == str(fact)]
        if not len(one):
            return html.Div([_verdict(scorecard), parts.figure(drawn_scorecard.figure(scorecard)), _table(scorecard)])
        curves = site.library.frame(entry, "curves", [], where="fact = $fact", values={"fact": str(fact)})
        drawn = []
        for panel_, part in curves.groupby("panel", sort=False):
            drawn.append(parts.figure(drawn_fact.figure(part, told(str(panel_)), across=1)))
        note = told(str(one["note"].iloc[0])) if "note" in one else ""
        title = html.H2(f"{fact} {told(str(one['title'].iloc[0]))}")
        return html.Div([title, _outcome(one), *([parts.note(note)] if note else []), parts.grid(drawn), _table(one)])


def _verdict(scorecard: pd.DataFrame) -> html.P:
    judged = scorecard[scorecard["judged"]]
    good = judged.groupby("fact")["passed"].all()
    text = say("{good} of {all} facts are reproduced: every finding lies in the range that the design accepts.", good=int(good.sum()), all=len(good))
    return html.P(text, className="question")


def _outcome(one: pd.DataFrame) -> html.P:
    """Return in a sentence whether a fact is reproduced."""
    if one["passed"].all():
        return html.P(say("Reproduced: every finding lies in the range that the design accepts."), className="question")
    missed, n = int((~one["passed"]).sum()), int(one["judged"].sum())
    text = say("Not reproduced: {missed} of {n} findings lie outside of the range that the design accepts.", missed=missed, n=n)
    return html.P(text, className="question")


def _table(scorecard: pd.DataFrame) -> Any:
    passed = [say("pass") if ok else say("FAIL") for ok in scorecard["passed"]]
    rows = scorecard.assign(
        verdict=[text if judged else say("shown") for text, judged in zip(passed, scorecard["judged"], strict=True)],
        what=[told(str(what)) for what in scorecard["what"]],
        unit=[shown_unit(str(unit)) for unit in scorecard["unit"]],
        is_share=scorecard["unit"].astype(str).str.startswith(("share", "probability")),
    )
    heads = {"fact": say("fact"), "what": say("what was measured"), "verdict": say("verdict"), "value": say("value"), "low": say("from"),
             "high": say("to"), "n": say("replications"), "least": say("least"), "most": say("most"), "target": say("published"),
             "unit": say("unit"), "source": say("source")}  # fmt: skip
    finite = rows.replace([float("inf"), float("-inf")], float("nan"))
    return html.Div([html.H2(say("In numbers")), parts.table(finite, heads, "validity-grid", forms={"n": ",d"})])
