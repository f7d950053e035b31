"""The command: what a log and a table become, what is refused, and a search that is killed and goes on."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from logs_for_tests import WEEKS, asked, played_log
from scipy.stats import binom

from experiments.calibration import holdout, simulated
from experiments.calibration.cohort import Cohort, cohort
from experiments.calibration.moments import Evaluations
from experiments.edge import guarded
from experiments.forecast import commands as forecast
from experiments.parameter_sets import Beside, beside
from results.language import language
from results.store import StoreError, read_table
from run import app
from scenarios import load
from scenarios.errors import ScenarioError


def test_a_log_becomes_a_scenario_with_its_report(quick, small, tmp_path, capsys):
    place = tmp_path / "out"
    assert asked(small, place) == 0
    scenario = load(place / "scenario.toml")
    assert (scenario.customers, scenario.period, scenario.market.setting) == (300, "month", "noncontractual")
    parameters = read_table([place / "parameters.parquet"]).set_index("parameter")
    assert scenario.mechanisms.consideration.variety == pytest.approx(parameters.loc["variety", "value"], rel=1e-4)
    assert (parameters["low"] < parameters["value"]).all()
    assert (parameters["value"] < parameters["high"]).all()
    errors = read_table([place / "errors.parquet"])
    assert set(errors["series"]) == {"simulation", "BG/NBD", "Pareto/NBD"}
    printed = capsys.readouterr().out
    assert "The log cannot tell those who left for good" in printed
    assert "plotly" in (place / "index.html").read_text().lower()
    with pytest.raises(StoreError, match="exists already"):
        asked(small, place)
    assert asked(small, place, force=True) == 0


def test_a_search_that_is_killed_goes_on(quick, small, tmp_path, monkeypatch):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert asked(small, whole) == 0
    real, left = simulated.bought, [4]

    def dies(*given):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(simulated, "bought", dies)
    assert asked(small, parts) == 130
    kept = (parts / "evaluations.jsonl").read_text()
    assert len(kept.splitlines()) == 4
    (parts / "evaluations.jsonl").write_text(kept + '{"problem": "half a li')
    left[0] = 10_000
    assert asked(small, parts) == 0
    lines = (whole / "evaluations.jsonl").read_text().splitlines()
    assert 10_000 - left[0] == len(lines) - 4 + holdout.REPLICATIONS  # nothing was played twice
    for name in ("parameters", "curve", "classes"):
        pd.testing.assert_frame_equal(read_table([parts / f"{name}.parquet"]), read_table([whole / f"{name}.parquet"]))
    assert (parts / "scenario.toml").read_text() == (whole / "scenario.toml").read_text()


def test_page_words_and_scenario_are_chinese_where_that_is_spoken(quick, small, tmp_path, capsys, seen, latin, monkeypatch):
    monkeypatch.setattr("sys.argv", ["run.py"])
    monkeypatch.setattr("experiments.calibration.words.GOOD", 0.0)
    monkeypatch.setattr("experiments.calibration.moments.Fitted.told", lambda self, place: place < 2)
    with language("zh"):
        assert asked(small, tmp_path / "out") == 0
        assert forecast.forecast(load(tmp_path / "out" / "scenario.toml"), replications=2, months=2, levers=[], firm="", out=str(tmp_path / "ahead"),
                                 force=False, sets=Beside()) == 0  # fmt: skip
    said = capsys.readouterr().out.replace(str(tmp_path), "")
    assert "数据几乎没有说明" in said
    assert "；顾客离开倾向的相似程度" in said
    assert "本店：未来期间企业的利润" in said
    models = {"NBD", "Pareto", "Gamma", "alpha", "beta"}
    assert latin(said) <= models | {"leaving", "dispersion", "variety", "scenario", "toml", "out", "index", "html", "ahead", "calibrate", "run"}
    page = seen(tmp_path / "out" / "index.html")
    assert "校准：small.csv" in page
    assert "8 及以上" in page
    assert latin(page) <= models | {"small", "csv", "relmarket", "python", "run"}
    page = seen(tmp_path / "ahead" / "index.html")
    assert "预测：一家商店的顾客，按 small.csv 校准" in page
    assert "货币单位" in load(tmp_path / "out" / "scenario.toml").chinese.notice
    assert latin(page) <= {"small", "csv", "relmarket", "python", "run", "calibrate"}


def test_a_retention_table_in_chinese_has_no_english(quick, tmp_path, capsys, seen, latin, monkeypatch):
    monkeypatch.setattr("sys.argv", ["run.py"])
    path = tmp_path / "table.csv"
    path.write_text("month;customers\n" + "\n".join(f"{m};{n}" for m, n in enumerate([1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427])))
    with language("zh"):
        assert asked(path, tmp_path / "out", calibration_end="7") == 0
    assert latin(capsys.readouterr().out.replace(str(tmp_path), "")) <= {"leaving", "dispersion", "scenario", "toml", "out", "index", "html"}
    page = seen(tmp_path / "out" / "index.html")
    assert "仍在的顾客" in page
    assert latin(page) <= {"table", "csv", "relmarket", "python", "run"}
    assert load(tmp_path / "out" / "scenario.toml").chinese.title == "一家企业的订户，按 table.csv 校准"


def test_evaluations_of_another_problem_do_not_count(tmp_path):
    path = tmp_path / "kept.jsonl"
    first = Evaluations(path, "one")
    assert first.at(np.array([1.0]), lambda: np.array([5.0])).tolist() == [5.0]
    assert len(Evaluations(path, "one")) == 1
    assert len(Evaluations(path, "other")) == 0
    assert Evaluations(path, "one").at(np.array([1.0]), lambda: pytest.fail("played twice")).tolist() == [5.0]


def test_the_cells_are_those_of_the_log_itself():
    # A simulated table that is the log must give the log's moments, exactly: both are counted by the same rule.
    log = played_log(200, seed=3)
    data = cohort(log, "week", date(2023, 1, 1) + timedelta(days=7 * 30), "x")
    assert isinstance(data, Cohort)
    counts = np.zeros((WEEKS + 1, 200), np.int64)
    for who, day in zip(data.who, data.day, strict=True):
        counts[-(-day // 7) :, who] += 1
    order = simulated.in_place_of(data, 200)
    assert np.allclose(simulated.mean_moments(counts[:, order], data), data.moments().mean(axis=0))
    assert simulated.calendar(counts[:, order], data)[:30] == pytest.approx(data.curve()[:30], abs=data.n)


def test_a_retention_table_becomes_a_contractual_market(quick, tmp_path, capsys):
    path = tmp_path / "table.csv"
    path.write_text("month;customers\n" + "\n".join(f"{m};{n}" for m, n in enumerate([1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427])))
    assert asked(path, tmp_path / "out", calibration_end="7") == 0
    scenario = load(tmp_path / "out" / "scenario.toml")
    assert scenario.market.setting == "contractual"
    assert "sBG: a 0.66" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("month,customers\n0,100\n1,90\n", "2 months; 4 are needed"),
        ("month,customers\n0,100\n1,90\n2,95\n3,80\n4,70\n", "month 2 has more customers"),
        ("month,customers\n0,100\n1,90\n3,80\n4,70\n", "every month needs one row"),
        ("month,customers\n0,100\n1,x\n2,80\n3,70\n", "cannot be read as months and customers"),
        ("month,customers\n0,100\n1,100\n2,100\n3,100\n4,100\n", "nobody, or everybody, leaves"),
        ("month,customers\n0,10\n1,9\n2,8\n3,7\n4,6\n", "20 are needed"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path, table, sentence):
    path = tmp_path / "table.csv"
    path.write_text(table)
    with pytest.raises(ScenarioError, match=sentence):
        asked(path, tmp_path / "out", calibration_end="")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"period": "day"}, "--period day: allowed: week, month"),
        ({"calibration_end": "31.7.2023"}, "--calibration-end 31.7.2023: is not a date"),
        ({"calibration_end": "2030-01-01"}, "lies outside the log, which goes from 2023-01-01"),
        ({"calibration_end": "2023-01-20"}, "fewer than 6 months"),
    ],
)
def test_what_cannot_be_asked(small, tmp_path, more, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        asked(small, tmp_path / "out", **more)
    assert not (tmp_path / "out").exists()


def test_one_customer_is_too_few_and_the_command_line_says_so(tmp_path, monkeypatch, capsys):
    path = tmp_path / "log.csv"
    path.write_text("customer,date\n" + "".join(f"a,2024-{m:02}-15\n" for m in range(1, 13)))
    monkeypatch.setattr("sys.argv", ["run.py", "calibrate", str(path), "--out", str(tmp_path / "out")])
    assert guarded(app) == 2
    said = capsys.readouterr().err
    assert "1 customer in the calibration, 2024-01-15 to 2024-06-30; 20 are needed" in said
    assert said.count("\n") == 1


def test_something_else_is_not_replaced(small, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds something else"):
        asked(small, tmp_path, force=True)
    assert (tmp_path / "notes.txt").read_text() == "mine"


MESSY = {
    "duplicates and returns": ("customer,date,amount", "{who},{day},{paid}", ["count once: 300", "left out as returns: 300"]),
    "semicolons and commas": ("Kunde;Datum;Betrag", "{who};{day:%d.%m.%Y};{paid},50", []),
    "Latin-1": ("client;date;amount", "Zo\xeb {who};{day};{paid}", ["read as Latin-1"]),
}


@pytest.mark.parametrize("kind", MESSY)
def test_a_messy_log_is_calibrated_and_its_repairs_are_said(quick, small, tmp_path, capsys, kind):
    head, row, repairs = MESSY[kind]
    log = played_log(300, seed=9)
    plain = [(who, log.origin + timedelta(days=int(day)), 1 + (who * 7 + day) % 30) for who, day in zip(log.customer, log.day, strict=True)]
    lines = [row.format(who=who, day=day, paid=paid) for who, day, paid in plain]
    if repairs and "Latin" not in kind:
        lines += lines[:300] + [row.format(who=who, day=day, paid=-paid) for who, day, paid in plain[:300]]
    path = tmp_path / "messy.csv"
    path.write_bytes("\n".join([head, *lines]).encode("latin-1"))
    assert asked(path, tmp_path / "messy") == 0
    said = capsys.readouterr().out
    assert all(repair in said for repair in repairs)
    assert asked(small, tmp_path / "plain") == 0
    found, clean = (read_table([tmp_path / place / "parameters.parquet"]) for place in ("messy", "plain"))
    pd.testing.assert_frame_equal(found, clean)


def test_the_calibrated_scenario_is_the_first_of_its_sets(quick, small, tmp_path):
    assert asked(small, tmp_path / "out") == 0
    file = str(tmp_path / "out" / "scenario.toml")
    sets = beside(load(file), file)
    assert len(sets.draws) == 400
    assert not sets.note
    draws = pd.DataFrame(sets.draws)
    parameters = read_table([tmp_path / "out" / "parameters.parquet"]).set_index("parameter")
    # variety is the parameter itself: its draws have its interval; a false alarm in 1,000, from 400 draws
    inside = draws["mechanisms.consideration.variety"].between(*parameters.loc["variety", ["low", "high"]]).sum()
    assert binom.ppf(0.0005, 400, 0.95) <= inside <= binom.ppf(0.9995, 400, 0.95)
    assert draws.corr().loc["segments.0.dropout_a", "segments.0.dropout_b"] > 0.3  # drawn together, as they were found
