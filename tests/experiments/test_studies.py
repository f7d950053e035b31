"""The studies that ship can be run, ask what they say they ask, and their page is made from their files."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs import studies as page
from experiments.phase.plane import plane
from experiments.sensitivity.analysis import suits
from experiments.sweep import load_study
from experiments.sweep.plan import plan
from experiments.sweep.study import names
from scenarios import load
from sim.levers import Levers

TEXT = page.PAGE.read_text(encoding="utf-8")
PARTS = {found[2]: found[0] for found in page._MARKED.finditer(TEXT)}


@pytest.fixture(scope="module")
def plans():
    return {name: plan(load_study(name)) for name in names()}


@pytest.mark.parametrize("name", names())
def test_every_study_says_what_it_asks_and_can_be_run(name, plans):
    study = plans[name].study
    assert study.title
    assert study.question.endswith("?")
    assert study.replications >= 2
    assert len({plans[name].scenario(point).model_dump_json() for point in range(len(plans[name].points))}) == len(plans[name].points)


def test_the_map_can_be_drawn_and_moves_both_segments(plans):
    found = plane(load_study("when_it_pays"), 1, "total_profit")
    assert (found.x, found.y) == ("relational_orientation", "mechanisms.accounts.conduct_cost")
    last = plans["when_it_pays"].scenario(len(plans["when_it_pays"].points) - 1)
    assert {segment.orientation for segment in last.segments} == {1.0}


def test_levers_go_from_pole_to_pole_in_relational_firms():
    study = suits(load_study("which_lever"))
    poles = Levers.at(0.0), Levers.at(1.0)
    for name, factor in study.factors.items():
        assert sorted(getattr(pole, name) for pole in poles) == [factor.low, factor.high], name
        firms = [int(path.split(".")[1]) for path in factor.paths]
        assert [load("duel").firms[firm].strategy.kind for firm in firms] == ["relational", "relational"]


def test_one_probability_of_leaving_is_the_mean_of_all(plans):
    full = plans["rising_retention"]
    differ, alike = full.scenario(0), full.scenario(2)
    weights = np.array([segment.share for segment in differ.segments])
    means = np.array([segment.dropout_a / (segment.dropout_a + segment.dropout_b) for segment in differ.segments])
    for segment in alike.segments:
        total = segment.dropout_a + segment.dropout_b
        assert segment.dropout_a / total == pytest.approx(weights @ means / weights.sum(), abs=5e-4)
        assert np.sqrt(segment.dropout_a * segment.dropout_b / (total**2 * (total + 1))) < 0.01


def test_relations_are_on_and_off_for_every_kind_of_customers(plans):
    full = plans["rising_retention"]
    active = [full.scenario(point).mechanisms.commitment_trust.active for point in range(len(full.points))]
    assert active == [True, False] * len(page.CUSTOMERS)


def test_every_regime_is_checked_by_firms_that_are_alike(plans):
    full = plans["power_regimes"]
    same = [point for point in range(len(full.points)) if {firm.strategy.kind for firm in full.scenario(point).firms} == {"transactional"}]
    assert [full.scenario(point).name for point in same] == list(full.study.scenarios)


def test_retention_is_counted_from_renewal_to_renewal():
    ages = np.arange(0, page.RENEWALS * page.YEAR + 1)
    left = 1000.0 * 0.5 ** (ages // page.YEAR)
    young = pd.DataFrame({"point": 0, "replication": 0, "firm": "A", "acquired_in": 1, "age": ages, "customers": left})
    old = young.assign(acquired_in=0, customers=1.0)  # those there from the start are of unknown age
    found = page.retention(pd.concat([young, old]), pd.DataFrame({"firm": ["A"], "strategy": ["relational"]}))
    assert list(found["renewal"]) == list(range(1, page.RENEWALS + 1))
    assert found["retained"].tolist() == [0.5] * page.RENEWALS


def test_the_frontier_lies_between_loss_and_gain():
    assert page._crossing(np.array([0.0, 0.5, 1.0]), np.array([-3.0, -1.0, 1.0])) == "0.75"
    assert page._crossing(np.array([0.0, 1.0]), np.array([-3.0, -1.0])) == "none"
    assert page._crossing(np.array([0.0, 1.0]), np.array([1.0, 2.0])) == "the lowest"


def test_the_page_has_a_place_and_a_command_for_every_study():
    assert list(PARTS) == list(page.STUDIES)
    assert {*page.STUDIES, "quick"} == set(names())
    for name in page.STUDIES:
        assert re.search(rf"^python run\.py (sweep|map|sensitivity) {name}\b", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", page.STUDIES)
def test_every_study_has_a_picture_a_table_and_the_model_that_made_them(name):
    assert f"(studies/{name}.png)" in PARTS[name]
    assert 0 < (page.PICTURES / f"{name}.png").stat().st_size < 200_000
    assert "| --- |" in PARTS[name]
    assert re.search(r"Model `[0-9a-f]{12}`\.", PARTS[name])


def test_filling_the_page_leaves_what_is_not_given():
    text = "<!-- results: a -->\nold\n<!-- end of results -->\nbetween\n<!-- results: b -->\nold\n<!-- end of results -->"
    filled = page.filled(text, {"b": "new"})
    assert filled.count("old") == 1
    assert filled.endswith("<!-- results: b -->\n\nnew\n\n<!-- end of results -->")
    assert page.filled(filled, {"b": "new"}) == filled


def test_sweeps_that_are_not_there_leave_the_page_as_it_is(tmp_path, monkeypatch, capsys):
    copy = tmp_path / "studies.md"
    copy.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    monkeypatch.setattr(page, "PICTURES", tmp_path / "pictures")
    assert page.main([str(Path(tmp_path, "nothing"))]) == 1
    assert copy.read_text(encoding="utf-8") == TEXT
    assert capsys.readouterr().err.count("is left as it stands") == len(page.STUDIES)
