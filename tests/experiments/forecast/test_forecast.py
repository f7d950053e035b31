"""Forecast: the past is the same to the bit, only those one has are followed, and a lever's effect is a paired difference."""

import numpy as np
import pandas as pd
import pytest

from experiments import runner
from experiments.forecast import commands
from experiments.forecast.ahead import AS_IT_IS, MEASURES, OTHERWISE, ahead, by_period, outcomes, read_levers, summary
from experiments.forecast.words import findings
from experiments.parameter_sets import Beside
from results.language import language
from results.store import StoreError, read_table
from scenarios import load
from scenarios.errors import ScenarioError

DUEL = load("duel").but({"market.settling": 0.0}, customers=400, months=10)


@pytest.fixture(scope="module")
def played():
    what = ahead(DUEL, 6, {"service": 1.0, "reward": 0.2}, "Transactional B", replications=3)
    return what, runner.run_all(what.scenarios, what.each)


def test_both_futures_have_the_same_past_and_then_part(played):
    what, results = played
    months = results.firm_months
    columns = [name for name in months.select_dtypes("number").columns if name != "seed"]
    base = months[months["scenario"] == what.as_it_is[0].name].reset_index(drop=True)
    twin = months[months["scenario"] == what.otherwise[0].name].reset_index(drop=True)
    past = (base["month"] <= what.past).to_numpy()
    pd.testing.assert_frame_equal(base.loc[past, columns], twin.loc[past, columns])
    assert not base.loc[~past, "profit"].equals(twin.loc[~past, "profit"])


def test_only_those_are_followed_whom_the_firm_has(played):
    what, results = played
    followed = by_period(results, what)
    months = results.firm_months
    mine = months[(months["firm"] == "Transactional B") & (months["scenario"] == what.as_it_is[0].name)]
    base = followed[followed["future"] == AS_IT_IS]
    now = base[base["period"] == 0].set_index("replication")["customers"]
    assert (now == mine[mine["month"] == what.past].set_index("replication")["customers"]).all()
    whole = mine[mine["month"] > what.past].groupby("replication")["purchases"].sum()
    theirs = base[base["period"] > 0].groupby("replication")["purchases"].sum()
    assert (theirs <= whole).all()
    assert sorted(base["period"].unique()) == list(range(7))


def test_the_summary_is_of_the_definitions(played):
    what, results = played
    followed = by_period(results, what)
    found = outcomes(followed, what)
    one = found[(found["future"] == AS_IT_IS) & (found["replication"] == 1)].iloc[0]
    part = followed[(followed["future"] == AS_IT_IS) & (followed["replication"] == 1)].sort_values("period")
    assert one["value"] == pytest.approx(
        sum(c / 1.12 ** (t / 12) for t, c in zip(part["period"], part["contribution"], strict=True) if t) / part["customers"].iloc[0]
    )
    assert one["churn"] == pytest.approx(1 - part["customers"].iloc[-1] / part["customers"].iloc[0])
    table = summary(found).set_index(["measure", "which"])
    paired = found.pivot_table(index="replication", columns="future", values="profit")
    difference = paired[OTHERWISE] - paired[AS_IT_IS]
    assert table.loc[("profit", "difference"), "mean"] == pytest.approx(difference.mean())
    assert table.loc[("profit", OTHERWISE), "mean"] - table.loc[("profit", AS_IT_IS), "mean"] == pytest.approx(difference.mean())
    # one set of parameters: luck is all there is, and nothing is said of the rest
    assert table.loc[("profit", AS_IT_IS), "luck"] == pytest.approx(paired[AS_IT_IS].var(ddof=1))
    assert table["parameters"].isna().all()


def test_a_lever_at_its_own_value_changes_nothing():
    same = DUEL.but({"firms.0.fixed": {"service": 0.4}})
    what = ahead(same, 4, {"service": 0.4}, "", replications=2)
    found = summary(outcomes(by_period(runner.run_all(what.scenarios, what.each), what), what))
    assert np.all(found.loc[found["which"] == "difference", "mean"] == 0.0)
    said = findings(found, what, {"service": 0.4})
    assert sum("does not change in any of 2 futures" in sentence for sentence in said) == len(MEASURES) - 1


def test_each_set_of_parameters_is_played_twice_on_luck_of_its_own():
    what = ahead(DUEL, 2, {"service": 0.9}, "", replications=5, draws=[{"market.switching_cost": cost} for cost in (0.1, 0.2, 0.3, 0.4)])
    assert what.each == 2
    assert [one.market.switching_cost for one in what.as_it_is] == [0.1, 0.2, 0.3]  # as many sets as five futures need
    assert [one.seed - DUEL.seed for one in what.as_it_is] == [0, 2, 4]
    assert [one.seed for one in what.otherwise] == [one.seed for one in what.as_it_is]
    assert what.places.groupby("future")["set"].apply(list).to_dict() == {AS_IT_IS: [0, 1, 2], OTHERWISE: [0, 1, 2]}
    many = ahead(DUEL, 2, {}, "", replications=9, draws=[{"market.switching_cost": cost} for cost in (0.1, 0.2)])
    assert (len(many.as_it_is), many.each) == (2, 5)


def test_the_command_keeps_a_page_and_tables(tmp_path, capsys):
    place = tmp_path / "out"
    how = {"replications": 2, "months": 3, "firm": "", "out": str(place), "force": False, "sets": Beside()}
    assert commands.forecast(DUEL, levers=["reward=0.1"], **how) == 0
    said = capsys.readouterr().out
    assert "Causal assumption" in said
    assert "hold luck only" in said
    assert "with reward = 0.1, profit of the firm" in said
    assert set(read_table([place / "forecast.parquet"])["which"]) == {AS_IT_IS, OTHERWISE, "difference"}
    assert "What to expect" in (place / "index.html").read_text()
    with pytest.raises(StoreError, match="exists already"):
        commands.forecast(DUEL, levers=[], **how)
    assert commands.forecast(DUEL, levers=[], **(how | {"force": True})) == 0
    assert "Causal assumption" not in capsys.readouterr().out


def test_sets_of_parameters_show_in_what_is_said(tmp_path, capsys):
    draws = tuple({"segments.0.need_shape": shape, "segments.1.need_shape": shape} for shape in (0.1, 2.0, 0.2, 1.5))
    how = {"replications": 8, "months": 3, "firm": "", "levers": [], "out": str(tmp_path / "out"), "force": False}
    assert commands.forecast(DUEL, sets=Beside(draws), **how) == 0
    said = capsys.readouterr().out
    assert "4 sets of them are played, each on 2 lucks" in said
    assert "luck only" not in said
    table = read_table([tmp_path / "out" / "forecast.parquet"]).set_index("measure")
    # how often customers buy differs twentyfold between the sets, and by little between lucks
    assert table.loc["purchases", "parameters"] > 10 * table.loc["purchases", "luck"]
    assert "(variance: luck" in said
    assert commands.forecast(DUEL, sets=Beside(note="the sets are of something else"), **(how | {"force": True})) == 0
    said = capsys.readouterr().out
    assert "the sets are of something else" in said
    assert "hold luck only" in said


def test_a_forecast_in_chinese_has_no_english(tmp_path, capsys, seen, latin, monkeypatch):
    monkeypatch.setattr("sys.argv", ["run.py"])
    draws = tuple({"market.switching_cost": cost} for cost in (0.1, 0.2))
    how = {"replications": 4, "months": 3, "firm": "", "levers": ["reward=0.1", "social=0.6"], "force": False}
    known = {"Transactional", "reward", "social", "run", "calibrate"}  # the scenario's own names, and the program's
    with language("zh"):
        assert commands.forecast(DUEL, out=str(tmp_path / "sets"), sets=Beside(draws), **how) == 0
        assert commands.forecast(DUEL, out=str(tmp_path / "luck"), sets=Beside(), **how) == 0
    said = capsys.readouterr().out.replace(str(tmp_path), "")
    assert "共模拟 2 组参数，每组 2 种运气" in said
    assert "（方差：运气 " in said
    assert "reward = 0.1、social = 0.6" in said
    assert latin(said) <= known | {"sets", "luck", "index", "html"}
    for place in ("sets", "luck"):
        page = seen(tmp_path / place / "index.html")
        assert "预测：对决" in page
        assert "现有顾客的累计购买次数" in page
        assert latin(page) <= known | {"python", "relmarket"}


@pytest.mark.parametrize(
    ("levers", "sentence"),
    [
        (["social"], "--lever social: needs the form NAME=VALUE"),
        (["socal=0.5"], "there is no lever 'socal'; did you mean 'social'"),
        (["social=much"], "'much' is not a number"),
    ],
)
def test_levers_that_cannot_be_set(levers, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        read_levers(levers)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"levers": {"social": 5.0}, "firm": "", "months": 3}, "social: 5.0 is above 1"),
        ({"levers": {}, "firm": "Transactional", "months": 3}, "there is no firm 'Transactional'; did you mean"),
        ({"levers": {}, "firm": "", "months": 10**6}, "more than"),
    ],
)
def test_forecasts_that_cannot_be_made(how, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        ahead(DUEL, replications=2, **how)
