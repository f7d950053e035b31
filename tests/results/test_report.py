"""The report: whole in one file, no network, nothing that a name could smuggle in, its numbers those of the table."""

import json
import re

import made
import pytest

from results import differences, report, show, tables, words
from results.frames import Results
from results.labels import label, number, shown_unit, spread
from results.report import changes
from results.store import StoreError


def own_part(html):
    """The page without plotly's own code, which holds addresses in comments and options that are not used."""
    return re.sub(r"<script>(?!\nconst hand).*?</script>", "", html, count=1, flags=re.DOTALL)


def test_nothing_comes_from_elsewhere(page):
    html = own_part(page)
    assert len(html) < 1_000_000
    assert not re.findall(r"https?://|//cdn|@import|url\(", html)
    assert not re.findall(r"<(?:script|img|iframe|link)[^>]*\b(?:src|href)=\"(?!data:)", html)
    assert html.count('showSendToCloud":false') == html.count("<figure>") > 8


def test_plotly_is_inlined_once(page):
    html = page
    assert html.count("plotly.js v") == 1
    assert len(html) > 1_000_000


def test_names_are_escaped(results):
    evil = "</script><script>alert(1)</script><b>&"
    months = results.firm_months.assign(strategy=results.firm_months["strategy"].replace({"relational": evil}))
    scenario = {**made.SCENARIO, "title": evil, "question": evil, "notice": evil, "attempt": evil}
    facts = {**made.manifest(scenarios=(scenario,)), "command": evil}
    html = own_part(report.html([Results(manifest=facts, frames={**results.frames, "firm_months": months})]))
    assert "alert(1)" in html
    assert "<script>alert" not in html
    assert "<b>" not in html


def test_figures_are_readable_data(page):
    found = re.findall(r'<script type="application/json">(.*?)</script>', page, flags=re.DOTALL)
    titles = re.findall(r"<figcaption>(.*?)<small>", page)
    assert len(found) == len(titles)
    for content in found:
        figure = json.loads(content)
        assert figure["data"]
        assert not figure["layout"].get("title")


def test_the_table_shows_the_numbers(results, page):
    html = page
    row = tables.milestones(results.firm_months).query("strategy == 'relational' and measure == 'churn_rate'").iloc[0]
    assert f"<td>{number(row['mean'], 'share')} <small>{spread(row['high'] - row['mean'], row['mean'], 'share')}</small></td>" in html


@pytest.mark.usefixtures("without_figures")
def test_an_interrupted_run_says_so(results, page):
    stopped = Results(manifest=made.manifest("interrupted"), frames=results.frames)
    assert "The run was stopped: 3 replications of it are shown." in report.html([stopped])
    assert "The run was stopped" not in page


def test_a_run_without_dyads_and_cohorts_has_a_page(results):
    bare = Results(manifest=results.manifest, frames={name: results.frames[name] for name in ("firm_months", "summary")})
    assert "Who stays" not in report.html([bare])


def test_words_follow_the_numbers(results):
    said = " ".join(words.findings(results.firm_months))
    # relational firms sell 0.30 + 0.35, transactional ones 0.20 + 0.25: 20 points more
    assert "the relational firms together sell 65.0 % of what firms sell, 20.0 percentage points more than the transactional ones" in said
    assert "Customers leave least where firms are relational: 3.10 % a month" in said
    assert "for good in month 15.0" in said


def test_words_do_not_name_a_leader_where_none_is_clear(months):
    wobble = months["replication"].map({0: -0.1, 1: 0.0, 2: 0.1}) * (months["strategy"] == "relational")
    months["loyal_share"] = 0.3 + wobble
    said = " ".join(words.findings(months))
    assert "do not clearly differ: the difference is" in said


def test_words_for_firms_of_one_kind(months):
    (said,) = words.findings(months[months["strategy"] == "relational"])
    assert said.startswith("All firms are relational. After 1 year: ")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.1234, "share", "12.3"), (0.0123, "share/period", "1.23"), (12345.6, "currency", "12,346"), (1.5, "currency", "1.50"),
     (0.0, "currency", "0"), (float("nan"), "share", "–"), (-0.5, "share", "-50.0")],
)  # fmt: skip
def test_numbers_for_people(value, unit, text):
    assert number(value, unit) == text


def test_units_for_people():
    assert shown_unit("share/period", "quarter") == "% a quarter"
    assert shown_unit("currency") == "currency"
    assert label("churn_rate").axis("week").endswith("(% a week)")
    assert label("nobody_declared_this").text == "Nobody declared this"


def test_terminal_table_has_units_intervals_and_n(results):
    out = show.console()
    with out.capture() as captured:
        out.print(show.milestones(tables.milestones(results.firm_months)))
    text = captured.get()
    for part in ("Market share, all firms together (%)", "Churn (% a month)", "3.10 ±0.25", "n = 3 replications", "1 year"):
        assert part in text


def two_scenarios():
    import pandas as pd

    other = made.firm_months(scenario="other")
    other.loc[other["strategy"] == "relational", "market_share"] += 0.1 + 0.01 * other["replication"]
    months = pd.concat([made.firm_months(), other], ignore_index=True)
    scenarios = (made.SCENARIO, {**made.SCENARIO, "name": "other"})
    summary = months.query("month == 24")[["run", "scenario", "replication", "seed", "firm"]]
    return Results(manifest=made.manifest(scenarios=scenarios), frames={"firm_months": months, "summary": summary})


def test_differences_are_paired_and_worked_by_hand():
    table = differences.paired(two_scenarios()).set_index(["who", "measure"])
    row = table.loc[("strategy relational", "market_share")]
    # both firms sell 0.10, 0.11, 0.12 more: 0.22 together, standard deviation 0.02, half = 4.302653 * 0.02 / sqrt(3) = 0.04968
    assert row["first"] == pytest.approx(0.65)
    assert row["mean"] == pytest.approx(0.22)
    assert row["high"] - row["mean"] == pytest.approx(0.04968, abs=1e-5)
    assert table.loc[("strategy transactional", "trust"), "mean"] == 0.0


@pytest.mark.usefixtures("without_figures")
def test_a_comparison_has_a_page_and_a_table():
    results = two_scenarios()
    html = own_part(report.html([results]))
    for part in (
        "What the difference is",
        "Firm by firm",
        "In other, the relational firms&#x27; share of what firms sell is 22.0 percentage points higher",
    ):
        assert part in html
    out = show.console()
    with out.capture() as captured:
        out.print(show.differences(differences.paired(results)))
    assert "+22.0" in captured.get()
    assert "+17.0 to +27.0 *" in captured.get()


def test_scenarios_of_a_comparison_are_told_apart():
    results = two_scenarios()
    assert results.of("other").firm_months["scenario"].unique().tolist() == ["other"]
    with pytest.raises(KeyError, match="there is no scenario 'third'"):
        results.of("third")


def test_a_page_that_cannot_be_written_is_one_sentence(results, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "html", lambda listed, lead="": "a page")
    (tmp_path / "index.html").mkdir()
    with pytest.raises(StoreError, match="the page cannot be written"):
        report.write(results, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_what_was_set_otherwise_is_listed_once():
    first = {"name": "a", "customers": 10, "suppliers": [{"name": "Alpha", "cost": 1.0}], "mechanisms": {"choice": {"kind": "logit", "noise": 1.0}}}
    second = {"name": "b", "customers": 20, "suppliers": [], "mechanisms": {"choice": {"kind": "best"}}}
    assert changes.differing([first, second]) == [
        ["customers", "10", "20"],
        ["suppliers.0", "Alpha", ""],
        ["mechanisms.choice.kind", "logit", "best"],
        ["mechanisms.choice.noise", "1.0", ""],
    ]
    assert changes.differing([first, first]) == []
