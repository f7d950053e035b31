"""A study's declaration: what a file may say, and one sentence for everything that it may not."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from studies_for_tests import market, study

from experiments.sweep import Study, load_study
from experiments.sweep.design import Design
from experiments.sweep.study import FOLDER, StudyError, names
from sim.rules import kinds


def refused(**said):
    with pytest.raises(StudyError) as caught:
        Study.parse({"scenario": "duel"} | said, file="mine.toml")
    assert all(problem.startswith("mine.toml: ") for problem in caught.value.problems)
    return str(caught.value)


def test_every_study_that_is_shipped_loads_and_says_what_it_asks():
    assert "quick" in names()
    for name in names():
        found = load_study(name)
        assert found.name == name
        assert found.title
        assert found.question
        assert found.folder == FOLDER


@pytest.mark.parametrize(
    ("said", "saying"),
    [
        ({"replications": 0}, "replications: 0 is below 1"),
        ({"repliactions": 3}, "did you mean 'replications'"),
        ({"scenario": ""}, "scenario: missing"),
        ({"scenario": 3}, "scenario: 3 does not fit"),
        ({"scenarios": ["duel", "contractual"]}, "scenario: is given twice"),
        ({"design": {"kind": "sobl"}}, "did you mean 'sobol'"),
        ({"design": {"kind": "sobol"}}, "design.points: missing"),
        ({"design": {"kind": "sobol", "points": 100}}, "did you mean 64 or 128"),
        ({"design": {"kind": "latin_hypercube", "points": 1}}, "design.points: 1 is below 2"),
        ({"design": {"kind": "table"}}, "needs file = '...' or rows"),
        ({"factors": {"a.b": {}}}, "a factor needs values"),
        ({"factors": {"a.b": {"lo": 0.1}}}, "did you mean 'low'"),
        ({"factors": {"a.b": {"low": 0.1}}}, "low and high belong together"),
        ({"factors": {"a.b": {"low": 2.0, "high": 1.0}}}, "low: 2.0 is not below high"),
        ({"factors": {"a.b": {"low": "1", "high": 2.0}}}, "'1' is text; allowed: a number"),
        ({"factors": {"a.b": {"values": [1], "low": 1.0}}}, "values stand alone"),
        ({"factors": {"a.b": {"low": 0.0, "high": 1.0, "scale": "log"}}}, "needs a low above 0"),
        ({"factors": {"a.b": {"low": 0.0, "high": 1.0, "mean": 0.5}}}, "mean belongs to a distribution"),
        ({"factors": {"a.b": {"distribution": "normal", "mean": 1.0}}}, "missing: sd"),
        ({"factors": {"a.b": {"distribution": "normall"}}}, "there is no distribution 'normall'"),
        ({"factors": {"a.b": {"distribution": "beta", "mean": 0.5, "sd": 0.6}}}, "no beta distribution"),
        ({"tables": ["firm_months"]}, "'summary' must be among them"),
        ({"seed": 2**64 - 1}, "leaves no room for 5 replications"),
    ],
)
def test_what_is_wrong_is_one_sentence(said, saying):
    assert saying in refused(**said)


def test_a_study_that_is_not_there_is_named_with_the_nearest(tmp_path):
    with pytest.raises(StudyError, match="there is no study 'quik'; did you mean 'quick'"):
        load_study("quik")
    with pytest.raises(StudyError, match=r"mine.toml: there is no such file"):
        load_study(str(tmp_path / "mine.toml"))
    (tmp_path / "mine.toml").write_text("scenario = ")
    with pytest.raises(StudyError, match=r"mine.toml: not valid TOML"):
        load_study(tmp_path / "mine.toml")


def test_a_study_is_written_as_json_and_read_back():
    first = study(scenario="duel", design={"kind": "sobol", "points": 8}, factors={"market.transparency": {"low": 0.1, "high": 0.9}})
    again = Study.parse(json.loads(first.model_dump_json(exclude_none=True)))
    assert again == first
    assert json.loads(study().model_dump_json())["scenario"] == market().name  # a scenario that is an object, by its name


def test_designs_are_found_because_they_are_there():
    found = kinds("experiments.sweep.designs")["design"]
    assert {"factorial", "latin_hypercube", "sobol", "one_at_a_time", "table"} <= found.keys()
    for kind, cls in found.items():
        assert issubclass(cls, Design)
        assert cls.__doc__
        assert kind == cls.model_fields["kind"].default
