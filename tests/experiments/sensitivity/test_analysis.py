"""A sensitivity analysis of a whole sweep: outputs, blocks, gaps, words, and one tiny real market."""

import numpy as np
import pandas as pd
import pytest

from experiments.sensitivity import commands, words
from experiments.sensitivity.analysis import analyse, ranked, suits
from experiments.sweep.factor import Axis
from experiments.sweep.frames import Sweep
from experiments.sweep.layout import Layout
from experiments.sweep.study import Study, StudyError
from results.language import language

LOW_HIGH = {"low": 0.0, "high": 1.0}


def swept(design, profit, *, factors=("market.a", "market.b"), replications=4, noise=0.0, tmp_path=None):
    """Return a finished sweep whose relational firms earn ``profit(x)`` and whose transactional ones earn half of that."""
    listed = dict.fromkeys(factors, LOW_HIGH) if not isinstance(factors, dict) else factors
    study = Study(scenario="duel", factors=listed, replications=replications, design=design)
    axes = [Axis(name, factor) for name, factor in study.factors.items()]
    points = study.design.sample(axes, study.folder)
    table = pd.DataFrame(points, columns=list(study.factors))
    table.insert(0, "point", range(len(table)))
    rng = np.random.default_rng(1)
    rows = []
    for number, point in enumerate(points):
        for replication in range(replications):
            value = profit(point) + noise * rng.standard_normal()
            rows += [(number, replication, who[0], who, value * share) for who, share in (("relational", 1.0), ("transactional", 0.5))]
    summary = pd.DataFrame(rows, columns=["point", "replication", "firm", "strategy", "total_profit"])
    layout = Layout(table, replications, 1, "duel", ("summary",), 1000, "00", {})
    made = Sweep(tmp_path, {}, study, layout)
    made.__dict__["summary"] = summary
    return made


def part(found, who, method):
    (one,) = [one for one in found.parts if (one.who, one.method) == (who, method)]
    return one


def test_indices_of_each_strategy_and_of_the_difference():
    found = analyse(swept({"kind": "saltelli", "base": 256}, lambda x: 3.0 * x[0] + x[1]))
    assert {one.who for one in found.parts} == {"relational", "transactional", "relational - transactional"}
    for who in ("relational", "relational - transactional"):
        assert part(found, who, "sobol").index("total")["value"].to_list() == pytest.approx([0.9, 0.1], abs=0.02)
    assert part(found, "relational", "ranks").n == 512
    assert set(found.indices.columns) == {"scenario", "measure", "who", "method", "factor", "index", "value", "low", "high", "n"}


def test_in_chinese_there_is_no_english(english):
    found = analyse(swept({"kind": "morris", "trajectories": 6}, lambda x: 10.0 - 4.0 * x[1]))
    with language("zh"):
        assert not english(" ".join([*words.sentences(found), *(words.luck(part.luck) for part in found.parts)]))


def test_morris_says_the_unit_and_the_sign():
    found = analyse(swept({"kind": "morris", "trajectories": 6}, lambda x: 10.0 - 4.0 * x[1]))
    rows = part(found, "transactional", "morris")
    assert rows.index("mu")["value"].to_dict() == pytest.approx({"market.b": -2.0, "market.a": 0.0})
    assert ranked(rows.rows) == ["market.b", "market.a"]
    assert "market.b matters most" in words.sentences(found)[0]


def test_luck_is_told_and_drowned_indices_are_not_put_into_words():
    quiet = analyse(swept({"kind": "latin_hypercube", "points": 100}, lambda x: x[0], noise=0.1))
    # Var(x) = 1/12, luck 0.01: 0.01 / (1/12 + 0.01) of single runs, about a quarter of that of means over 4.
    luck = part(quiet, "relational", "ranks").luck
    assert luck.of_runs == pytest.approx(0.107, abs=0.02)
    assert luck.of_means == pytest.approx(0.029, abs=0.008)
    loud = analyse(swept({"kind": "latin_hypercube", "points": 100}, lambda x: 0.0, noise=1.0))
    assert all("cannot be told apart" in line for line in words.sentences(loud))


def test_a_sweep_with_gaps_is_refused():
    made = swept({"kind": "latin_hypercube", "points": 10}, lambda x: x[0])
    made.__dict__["summary"] = made.summary[~((made.summary["point"] == 3) & (made.summary["replication"] == 1))]
    with pytest.raises(StudyError, match="1 of 40 runs are missing, and a sensitivity analysis needs them all"):
        analyse(made)


@pytest.mark.parametrize("kind", ["factorial", "one_at_a_time"])
def test_a_design_of_the_wrong_kind_is_refused(kind):
    study = Study(scenario="duel", factors={"market.a": {"values": [0.0, 1.0]}}, design={"kind": kind})
    with pytest.raises(StudyError, match=f"'{kind}' tells no sensitivity; allowed: morris"):
        suits(study)


def test_an_output_that_is_missing_somewhere_is_left_out_and_named():
    made = swept({"kind": "latin_hypercube", "points": 10}, lambda x: x[0])
    made.summary.loc[(made.summary["point"] == 2) & (made.summary["strategy"] == "transactional"), "total_profit"] = np.nan
    found = analyse(made)
    assert {one.who for one in found.parts} == {"relational"}
    assert "total_profit, transactional: has no indices, for it is missing at 1 of 10 points" in found.skipped


def test_kinds_without_order_have_no_rank_correlation():
    factors = {"market.a": LOW_HIGH, "market.kind": {"values": ["x", "y", "z"]}, "market.two": {"values": ["x", "y"]}}
    found = analyse(swept({"kind": "latin_hypercube", "points": 40}, lambda x: x[0] + (x[2] == "y"), factors=factors))
    rows = part(found, "relational", "ranks").rows
    assert set(rows["factor"]) == {"market.a", "market.two"}
    assert part(found, "relational", "ranks").index("prcc").loc["market.two", "value"] > 0.5
    assert any("market.kind" in text for text in found.skipped)


def test_each_scenario_is_analysed_by_itself():
    made = swept({"kind": "morris", "trajectories": 5}, lambda x: 2.0 * x[0])
    n = len(made.design)
    both = pd.concat([made.design, made.design.assign(point=made.design["point"] + n)], ignore_index=True)
    both.insert(1, "scenario", ["one"] * n + ["two"] * n)
    second = made.summary.assign(point=made.summary["point"] + n, total_profit=-3.0 * made.summary["total_profit"])
    study = made.study.model_copy(update={"scenario": "", "scenarios": ("one", "two")})
    layout = Layout(both, 4, 1, "one", ("summary",), 1000, "00", {})
    twice = Sweep(None, {}, study, layout)
    twice.__dict__["summary"] = pd.concat([made.summary, second], ignore_index=True)
    found = analyse(twice)
    slopes = {one.scenario: one.index("mu").loc["market.a", "value"] for one in found.parts if one.who == "relational"}
    assert slopes == pytest.approx({"one": 2.0, "two": -6.0})
    assert words.sentences(found)[0].startswith("one: ")


STUDY = """
scenario = "duel"
replications = 2
measures = ["total_profit"]
set = { customers = 60, months = 3 }
design = { kind = "morris", trajectories = 2 }
[factors."market.switching_cost"]
low = 0.0
high = 0.8
[factors."market.transparency"]
low = 0.2
high = 0.8
"""


def test_a_tiny_market_from_the_study_to_the_page_and_again_from_its_directory(tmp_path, capsys):
    (tmp_path / "tiny.toml").write_text(STUDY)
    place = tmp_path / "sweep"
    assert commands.sensitivity(str(tmp_path / "tiny.toml"), workers=1, scheduler="", out=str(place), force=False) == 0
    said = capsys.readouterr().out
    assert "market.switching_cost" in said and "n = 2 trajectories" in said
    page = (place / "sensitivity" / "index.html").read_text()
    assert "Morris screening" in page and "http" not in page.split("</script>", 1)[1].split("<section class=provenance")[0]
    before = (place / "sensitivity" / "indices.parquet").read_bytes()
    assert commands.sensitivity(str(place), workers=1, scheduler="", out="", force=False) == 0
    assert (place / "sensitivity" / "indices.parquet").read_bytes() == before


def test_a_wrong_design_is_refused_before_a_run_starts(tmp_path):
    (tmp_path / "tiny.toml").write_text(STUDY.replace('{ kind = "morris", trajectories = 2 }', '{ kind = "one_at_a_time" }'))
    with pytest.raises(StudyError, match=r"tiny.toml: design: 'one_at_a_time' tells no sensitivity"):
        commands.sensitivity(str(tmp_path / "tiny.toml"), workers=1, scheduler="", out=str(tmp_path / "sweep"), force=False)
    assert not (tmp_path / "sweep").exists()
