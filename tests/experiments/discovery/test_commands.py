"""Discovery on a sweep's directory: words, tables and a page; and what is refused."""

import pytest

from experiments.contrasts import outputs
from experiments.discovery import commands
from experiments.sweep import Study, read, sweep
from experiments.sweep.study import StudyError
from results import store
from results.language import language

FACTORS = {"market.switching_cost": {"low": 0.0, "high": 0.8}, "firms.2.price": {"low": 0.65, "high": 1.3}}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    where = tmp_path_factory.mktemp("sweep") / "it"
    study = Study(
        scenario="duel", factors=FACTORS | {"market.transparency": {"values": [0.5]}}, replications=2, set={"customers": 60, "months": 3},
        tables=["summary"], design={"kind": "latin_hypercube", "points": 20},
    )  # fmt: skip
    sweep(study, where, workers=1)
    return where


def test_words_tables_and_page(place, capsys):
    assert commands.answer(str(place), measure="total_profit") == 0
    said = capsys.readouterr().out
    assert "Relationship marketing loses" in said and "(n = 2) covers 0" in said
    points = store.read_table([place / "discovery" / "points.parquet"])
    found = read(place)
    (difference,) = [one for one in outputs(found.summary, "total_profit", n_points=20, n_replications=2) if "-" in one.who]
    assert points["interest"].to_list() == [mean < 0.0 for mean in difference.runs.mean(axis=1)]
    assert "PRIM" in (place / "discovery" / "index.html").read_text()


def test_in_chinese_there_is_no_english(place, capsys, english):
    with language("zh"):
        assert commands.answer(str(place), measure="total_profit") == 0
    said = capsys.readouterr().out
    assert "关系营销" in said
    assert not english(said)


def test_another_measure_asks_another_question(place, capsys):
    assert commands.answer(str(place), measure="total_acquired") == 0
    assert "total_acquired, relational - transactional" in capsys.readouterr().out


def test_unknown_measures_and_directories_are_refused(place, tmp_path):
    with pytest.raises(StudyError, match="there is no measure 'total_profits' in the summary; did you mean 'total_profit'"):
        commands.answer(str(place), measure="total_profits")
    with pytest.raises(store.StoreError, match="there is no such directory"):
        commands.answer(str(tmp_path / "nowhere"), measure="total_profit")


def test_a_sweep_without_one_kind_of_firms_or_with_too_few_points_is_refused(tmp_path):
    small = {"customers": 60, "months": 2}
    lone = Study(
        scenario="duel", factors={"market.switching_cost": {"low": 0.0, "high": 0.8}}, replications=1, tables=["summary"],
        set=small | {"firms.0.strategy.kind": "relational", "firms.1.strategy.kind": "relational"}, design={"kind": "latin_hypercube", "points": 3},
    )  # fmt: skip
    sweep(lone, tmp_path / "lone", workers=1)
    with pytest.raises(StudyError, match="discovery compares the two"):
        commands.answer(str(tmp_path / "lone"), measure="total_profit")
    few = lone.model_copy(update={"set": small})
    sweep(few, tmp_path / "few", workers=1)
    with pytest.raises(StudyError, match="has 3 points and 1 factors that vary; discovery needs 20 points or more"):
        commands.answer(str(tmp_path / "few"), measure="total_profit")


def test_a_sweep_with_gaps_is_refused(tmp_path):
    study = Study(scenario="duel", factors={"market.switching_cost": {"values": [0.0, 0.4]}}, replications=2, set={"customers": 60, "months": 2})
    sweep(study, tmp_path / "part", workers=1, limit=3)
    with pytest.raises(StudyError, match="1 of 4 runs are missing, and discovery needs them all"):
        commands.answer(str(tmp_path / "part"), measure="total_profit")
