"""Plans: designs, the scenarios at their points, and everything that is refused before a run starts."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from studies_for_tests import COSTS, market, study

from experiments.sweep.plan import of_manifest, plan
from experiments.sweep.study import StudyError


def points(**said):
    return plan(study(**said)).layout.design.drop(columns="point").to_numpy().tolist()


def refused(**said):
    with pytest.raises(StudyError) as caught:
        plan(study(**said))
    return str(caught.value)


SHARES = {"market.transparency": {"low": 0.2, "high": 0.8, "levels": 2}}


def test_a_factorial_design_combines_everything_the_last_factor_fastest():
    found = points(factors=COSTS | SHARES)
    assert found == [[cost, share] for cost in (0.0, 0.5, 1.0) for share in (0.2, 0.8)]


def test_one_at_a_time_starts_from_the_scenario_as_it_is():
    assert points(design={"kind": "one_at_a_time"}, factors=COSTS | SHARES) == [
        [0.4, 0.5], [0.0, 0.5], [0.5, 0.5], [1.0, 0.5], [0.4, 0.2], [0.4, 0.8],
    ]  # fmt: skip


def test_a_latin_hypercube_uses_every_slice_once_and_is_the_same_again():
    said = {"design": {"kind": "latin_hypercube", "points": 10}, "factors": SHARES}
    found = [row[0] for row in points(**said)]
    assert sorted(int((value - 0.2) / 0.06) for value in found) == list(range(10))
    assert found == [row[0] for row in points(**said)]
    assert found != [row[0] for row in points(**said | {"design": said["design"] | {"seed": 2}})]


def test_a_sobol_design_halves_every_factor():
    found = points(design={"kind": "sobol", "points": 16}, factors=SHARES | {"market.idle_capacity": {"low": 0.0, "high": 1.0}})
    assert sum(row[0] < 0.5 for row in found) == sum(row[1] < 0.5 for row in found) == 8


def test_a_table_may_be_a_file_and_leave_cells_empty(tmp_path):
    (tmp_path / "points.csv").write_text("market.switching_cost,firms.0.strategy.kind\n0.1,relational\n,\n")
    (tmp_path / "mine.toml").write_text('scenario = "duel"\n[design]\nkind = "table"\nfile = "points.csv"\n')
    from experiments.sweep import load_study

    made = plan(load_study(tmp_path / "mine.toml"))
    assert made.layout.design["market.switching_cost"].tolist() == [0.1, 0.4]
    assert made.layout.design["firms.0.strategy.kind"].tolist() == ["relational", "transactional"]
    assert of_manifest(json.dumps(made.manifest(""))).layout.digest == made.layout.digest  # without the file


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("", "has no row of values"),
        ("a,,b\n1,2,3\n", "row 1: every column needs a name"),
        ("market.switching_cost\n", "has no row of values"),
        ("market.switching_cost\n1,2\n", "row 2: has 2 cells; allowed: as many as the first row, 1"),
        ("market.switching_kost\n1\n", "switching_cost"),
    ],
)
def test_a_table_that_is_wrong(tmp_path, text, saying):
    (tmp_path / "points.csv").write_text(text)
    assert saying in refused(factors={}, design={"kind": "table", "file": str(tmp_path / "points.csv")})
    assert "cannot be read" in refused(factors={}, design={"kind": "table", "file": str(tmp_path / "none.csv")})


def test_scenarios_meet_every_point_and_may_be_a_factor():
    two = [market(), market(name="other", customers=50)]
    crossed = plan(study(scenario="", scenarios=two))
    assert crossed.layout.design["scenario"].tolist() == ["small"] * 3 + ["other"] * 3
    assert [crossed.scenario(point).customers for point in range(6)] == [60] * 3 + [50] * 3
    sampled = plan(study(scenario="", design={"kind": "one_at_a_time"}, factors={"scenario": {"values": two}} | COSTS))
    assert sampled.layout.design["scenario"].tolist() == ["small", "small", "other", "small", "small", "small"]


def test_a_factor_may_set_several_parameters():
    found = plan(study(factors={"prices": {"paths": ["firms.0.price", "firms.1.price"], "values": [1.1, 1.2]}}))
    assert [[firm.price for firm in found.scenario(point).firms] for point in (0, 1)] == [[1.1, 1.1], [1.2, 1.2]]
    assert list(found.layout.design.columns) == ["point", "prices"]


def test_strategies_and_whole_numbers_vary_too():
    found = plan(study(factors={"firms.0.strategy.kind": {"values": ["relational"]}}))
    assert found.scenario(0).firms[0].strategy.kind == "relational"
    many = plan(study(factors={"size": {"paths": ["customers"], "low": 50.0, "high": 60.0, "levels": 3}}))
    assert many.layout.design["size"].tolist() == [50, 55, 60]
    assert many.layout.design["size"].dtype.kind == "i"


def test_seeds_are_common_to_all_points():
    found = plan(study(seed=7))
    assert [found.job(run).seed for run in range(6)] == [7, 8] * 3
    assert [found.layout.where(run) for run in range(6)] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]


@pytest.mark.parametrize(
    ("said", "saying"),
    [
        ({"scenario": "dule"}, "scenario: there is no scenario 'dule'; did you mean 'duel'"),
        ({"factors": {"market.switching_kost": {"values": [1.0]}}}, "point 0: market.switching_kost: unknown key; did you mean"),
        ({"factors": {"market.transparency": {"values": [0.1, 40]}}}, "point 1: market.transparency: 40 is above 1"),
        ({"set": {"market.transparency": 2}}, "set: market.transparency: 2 is above 1"),
        ({"set": {"seed": 2}}, "set: seed: is not to be varied"),
        ({"factors": {"seed": {"values": [1, 2]}}}, "factors: seed: seed: is not to be varied"),
        ({"factors": {"months": {"values": [1, 2]}}}, 'is a column of the tables too; give the factor another name, with paths = ["months"]'),
        ({"factors": {"market.transparency": {"low": 0.1, "high": 0.2}}}, "factors: market.transparency: needs values = [...], or levels"),
        ({"factors": {}, "design": {"kind": "sobol", "points": 8}}, "factors: there are none"),
        ({"measures": ["total_profits"]}, "measures: there is no measure 'total_profits' in the summary; did you mean 'total_profit'"),
        ({"tables": ["summary", "firm_month"]}, "did you mean 'firm_months'"),
        ({"scenario": "", "scenarios": ["duel", "duel"]}, "two are called 'duel'"),
    ],
)
def test_what_is_wrong_at_any_point_is_refused_before_a_run_starts(said, saying):
    assert saying in refused(**said)


def test_the_digest_knows_what_changes_results_and_nothing_else():
    base = plan(study()).layout.digest
    assert plan(study(title="another title", question="?", measures=("total_profit",))).layout.digest == base
    for change in ({"seed": 2}, {"replications": 3}, {"set": {"market.transparency": 0.1}}, {"tables": ("summary",)}):
        assert plan(study(**change)).layout.digest != base
    assert of_manifest(json.dumps(plan(study()).manifest(""))).layout.digest == base


def test_a_point_s_scenario_is_made_once_for_all_its_replications():
    planned = plan(study(replications=3))
    first, again, other = (planned.job(run).scenario for run in (0, 2, 3))
    assert again is first
    assert other != first
    assert planned.job(0).scenario == first
