"""``run.py estimators`` and ``run.py purchases``: what they keep and print, and what they refuse in one sentence."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

import run
from experiments import runner
from experiments.commands import STOPPED
from experiments.purchases import purchases
from experiments.runner import RunError
from experiments.sweep.crew import InTurn
from experiments.sweep.lock import Lock
from experiments.truth import analysis
from experiments.truth.analysis import EXPECTED, KEYS
from experiments.truth.commands import PRINTED, cells, estimators
from experiments.truth.future import Plan
from experiments.truth.kept import NAME, Cases, Question, Told
from experiments.truth.scores import SCORES
from results import store
from results.figures import estimators as drawn
from results.language import language
from results.store import StoreError
from scenarios import load

PLAN = Plan(recorded=14, horizon=4, futures=1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    place = tmp_path_factory.mktemp("estimators") / "made"
    markets = [load(name).but(customers=300) for name in ("contractual", "price_war")]
    assert estimators(markets, PLAN, replications=2, workers=1, out=str(place), force=False) == 0
    return place


def scores(place):
    return store.read_table([place / "scores.parquet"])


def test_tables_manifest_and_page_are_kept(kept):
    table = scores(kept)
    assert list(table) == [*KEYS, "mean", "low", "high", "n"]
    assert set(table["scenario"]) == {"contractual", "price_war"}
    facts = json.loads((kept / "manifest.json").read_text())
    assert (facts["recorded"], facts["horizon"], facts["futures"], facts["replications"]) == (14, 4, 1, 2)
    page = (kept / "index.html").read_text(encoding="utf-8")
    assert "Estimators against the truth" in page
    assert "https://" not in page.split("<body>")[1]
    assert not list(kept.parent.glob("*.partial*"))


def test_single_runs_average_to_the_table(kept):
    runs = store.read_table([kept / "runs.parquet"])
    by_hand = runs.groupby([*KEYS, "replication"])["value"].mean().groupby(KEYS).mean()
    table = scores(kept).set_index(KEYS)["mean"].dropna()
    pd.testing.assert_series_equal(by_hand.loc[table.index], table, check_names=False)


def test_the_figure_shows_the_table_in_both_languages(kept):
    table = scores(kept)
    table = table[table["truth"] == EXPECTED]
    figure = drawn.figure(table)
    naive = table[(table["method"] == "naive average") & (table["score"] == "bias")]["mean"] + 1.0
    assert next(list(trace.x) for trace in figure.data if trace.name == "naive average") == naive.tolist()
    with language("zh"):
        chinese = drawn.figure(table)
        assert all(drawn.score(name) != name and not drawn.score(name).isascii() for name in SCORES)
    assert chinese.layout.title.text.startswith("终身价值")
    assert {trace.name for trace in chinese.data} >= {"简单平均", "移位贝塔几何模型"}


def test_the_page_and_what_is_printed_in_chinese_have_no_english(tmp_path, capsys, seen, latin, monkeypatch):
    monkeypatch.setattr("sys.argv", ["run.py"])
    markets = [load(name).but(customers=300) for name in ("contractual", "price_war")]
    with language("zh"):
        assert estimators(markets, PLAN, replications=2, workers=1, out=str(tmp_path / "made"), force=False) == 0
    said = capsys.readouterr().out.replace(str(tmp_path), "")
    assert "偏差最小的是" in said
    known = {"contractual", "Gamma", "Pareto"}  # markets and models have their names
    assert latin(said) <= known | {"made", "index", "html"}
    page = seen(tmp_path / "made" / "index.html")
    assert "终身价值的估计与真值对照" in page
    assert latin(page) <= known | {"python", "run", "relmarket"}


def test_scores_are_written_with_their_intervals():
    rows = [{"score": name, "mean": 0.5, "high": 0.75 if name != "recall" else float("nan")} for name in PRINTED]
    found = cells(pd.DataFrame(rows))
    assert found["bias"] == "1.50 ±0.25"
    assert found["best_found"] == "50.0 ±25.0"
    assert found["recall"] == "50.0"


def test_what_is_there_is_not_replaced_unasked(kept, tmp_path):
    with pytest.raises(StoreError, match="--force"):
        estimators([load("contractual")], PLAN, replications=1, workers=1, out=str(kept), force=False)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="something else"):
        estimators([load("contractual")], PLAN, replications=1, workers=1, out=str(tmp_path), force=True)
    with pytest.raises(StoreError, match="is a file"):
        estimators([load("contractual")], PLAN, replications=1, workers=1, out=str(tmp_path / "mine.txt"), force=True)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_markets_without_customers_enough_are_told(tmp_path):
    with pytest.raises(RunError, match="customers enough"):
        estimators([load("duel").but(customers=20)], PLAN, replications=1, workers=1, out=str(tmp_path / "few"), force=False)
    with pytest.raises(RunError, match="named twice"):
        estimators([load("duel"), load("duel")], PLAN, replications=1, workers=1, out=str(tmp_path / "twice"), force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_comparison_that_is_killed_goes_on_and_gives_the_same_bytes(kept, tmp_path, monkeypatch, capsys):
    markets = [load(name).but(customers=300) for name in ("contractual", "price_war")]
    real, done = analysis.case, []

    def dies(*given):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(given[2])
        return real(*given)

    monkeypatch.setattr(analysis, "case", dies)
    place = tmp_path / "made"
    with pytest.raises(KeyboardInterrupt):  # this process is the worker, and dies as one
        analysis.compare(markets, PLAN, 2, Cases(_started(place)), InTurn(analysis.answer), lambda *_: None)
    segment = place.with_name("made.unfinished") / NAME
    assert estimators(markets, PLAN, replications=2, workers=1, out=str(place), force=False) == STOPPED
    assert "the same command does the rest" in capsys.readouterr().err
    assert len(done) == 3
    with segment.open("ab") as file:
        file.write(segment.read_bytes()[:500])  # a record that was being written
    monkeypatch.setattr(analysis, "case", lambda *given: done.append(given[2]) or real(*given))
    assert estimators(markets, PLAN, replications=2, workers=1, out=str(place), force=False) == 0
    assert len(done) == 4  # only what was missing
    for name in ("scores", "runs", "firms"):
        pd.testing.assert_frame_equal(store.read_table([place / f"{name}.parquet"]), store.read_table([kept / f"{name}.parquet"]))
    assert not segment.parent.exists()


def _started(place):
    unfinished = place.with_name(f"{place.name}.unfinished")
    unfinished.mkdir()
    return unfinished


def test_other_questions_and_other_directories_are_told_apart(tmp_path):
    market = load("price_war").but(customers=300)
    cases = Cases(_started(tmp_path / "a"))
    cases.add(Question(market, PLAN, 0), '{"scores": [], "firms": []}')
    assert cases.get(Question(market, PLAN, 0)) == Told([], [])
    assert cases.get(Question(market, PLAN, 1)) is None
    assert cases.get(Question(market.but(customers=301), PLAN, 0)) is None
    assert cases.get(Question(market, Plan(14, 4, 2), 0)) is None
    (_started(tmp_path / "b") / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="something else than an unfinished"):
        estimators([market], PLAN, replications=1, workers=1, out=str(tmp_path / "b"), force=False)


def test_workers_give_the_same_and_two_comparisons_of_one_place_do_not_meet(kept, tmp_path):
    markets = [load(name).but(customers=300) for name in ("contractual", "price_war")]
    with Lock(_started(tmp_path / "made")), pytest.raises(StoreError, match="is being worked on by process"):
        estimators(markets, PLAN, replications=2, workers=1, out=str(tmp_path / "made"), force=False)
    assert estimators(markets, PLAN, replications=2, workers=2, out=str(tmp_path / "made"), force=False) == 0
    pd.testing.assert_frame_equal(scores(tmp_path / "made"), scores(kept))


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    place = tmp_path_factory.mktemp("purchases") / "run"
    runner.run_to(place, [load("price_war").but(customers=200, months=4)], replications=2, workers=1)
    return place


def test_purchases_become_a_table_of_the_run(directory):
    assert purchases(str(directory), customers=150, run="", out="", force=True) == 0
    table = store.read(directory).frames["purchases"]
    assert table["run"].nunique() == 2
    assert table.groupby("replication")["customer"].nunique().max() <= 150
    with pytest.raises(StoreError, match="--force"):
        purchases(str(directory), customers=150, run="", out="", force=False)


def test_purchases_as_one_csv_file(directory, tmp_path):
    file = tmp_path / "log.csv"
    result = CliRunner().invoke(run.app, ["purchases", str(directory), "--run", "price_war-0001", "--out", str(file)])
    assert result.exit_code == 0, result.output
    log = pd.read_csv(file, parse_dates=["date"])
    assert set(log["seed"]) == {load("price_war").seed + 1}
    months = store.read(directory).firm_months.query("replication == 1")
    assert log["quantity"].sum() == months["purchases"].sum()
    assert log["amount"].sum() == pytest.approx(months["revenue"].sum(), abs=1e-3)


def test_a_file_of_another_kind_is_refused(directory, tmp_path):
    with pytest.raises(StoreError, match=r"\.csv or \.parquet"):
        purchases(str(directory), customers=10, run="", out=str(tmp_path / "log.xls"), force=False)


def test_a_model_that_has_changed_is_told(directory, tmp_path, capsys):
    facts = json.loads((directory / "manifest.json").read_text())
    other = tmp_path / "run"
    other.mkdir()
    (other / "manifest.json").write_text(json.dumps({**facts, "model_sha256": "0" * 64}))
    assert purchases(str(other), customers=10, run="price_war-0000", out="", force=False) == 0
    assert "the model has changed since the run (000000000000 then)" in capsys.readouterr().err
