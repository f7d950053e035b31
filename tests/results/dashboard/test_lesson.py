"""Lessons: what is measured is the market's, and a guess is judged as surely as luck allows."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from results.dashboard.live import measured
from results.dashboard.live.lesson import Answer
from results.dashboard.live.setting import playable, shipped
from results.dashboard.pages import lesson
from results.language import language
from scenarios import load
from sim import MarketModel

DUEL = load("duel").but(customers=300, months=14)


@pytest.fixture(scope="module")
def rows():
    work, found = Answer(DUEL, 3).begin(), []
    while work.due() < float("inf"):
        news = work.turn()
        found.extend(news.rows)
    assert (news.state, news.done, news.total) == ("finished", 42, 42)
    return found


def test_replications_are_the_scenarios_own(rows):
    assert [table["replication"].unique().tolist() for table in rows] == [[0], [1], [2]]
    model = MarketModel(DUEL, seed=DUEL.seed + 2)
    model.run_model()
    np.testing.assert_array_equal(rows[2]["trust"], model.ledger.firm_months()["trust"])


def test_measures_are_those_of_the_books(rows):
    whole = pd.concat(rows)
    found = measured.measured(whole, DUEL)
    last = whole[(whole["month"] == 14) & (whole["strategy"] == "relational")].groupby("replication")["cumulative_profit"].mean()
    np.testing.assert_allclose(found["earns"]["relational"], last)
    sold = whole[whole["month"] > 2].groupby(["replication", "month", "strategy"])["market_share"].sum().groupby(["replication", "strategy"]).mean()
    np.testing.assert_allclose(found["sells"]["relational"], sold.xs("relational", level=1))
    np.testing.assert_allclose(found["sells"].sum(axis=1), 1.0)


def table(**columns):
    return pd.DataFrame(columns)


CALLED = {"a": "Ay", "b": "Bee", "c": "Sea"}


@pytest.mark.parametrize(
    ("question", "found", "guess", "how"),
    [
        ("earns", table(a=[10.0, 11.0, 12.0], b=[5.0, 6.5, 7.0]), "a", "right"),
        ("earns", table(a=[10.0, 11.0, 12.0], b=[5.0, 6.5, 7.0]), "b", "wrong"),
        ("keeps", table(a=[0.10, 0.11, 0.12], b=[0.05, 0.07, 0.07]), "b", "right"),
        ("keeps", table(a=[0.10, 0.11, 0.12], b=[0.05, 0.07, 0.07]), "a", "wrong"),
        ("earns", table(a=[10.0, 6.0, 12.0], b=[8.0, 11.0, 7.0]), "b", "unsure"),
        ("earns", table(a=[10.0, 6.0, 12.0], b=[8.0, 11.0, 7.0], c=[1.0, 1.0, 2.0]), "c", "wrong"),
        ("earns", table(a=[10.0], b=[8.0]), "a", "unsure"),  # one replication tells nothing of luck
    ],
)
def test_a_guess_is_judged_by_paired_replications(question, found, guess, how):
    assert measured.verdict(question, guess, found, CALLED).how == how


def test_verdicts_say_guess_and_measure_with_its_interval():
    said = measured.verdict("earns", "b", table(a=[10.0, 11.0, 12.0], b=[5.0, 6.5, 7.0]), CALLED).said
    assert said == "You said Bee. It is Ay: Ay 11.0 (95 % interval 8.52 to 13.5), Bee 6.17 (95 % interval 3.58 to 8.75)."
    with language("zh"):
        zh = measured.verdict("earns", "b", table(a=[10.0, 11.0, 12.0], b=[5.0, 6.5, 7.0]), CALLED).said
    assert zh == "您猜Bee，其实是Ay：Ay 11.0（95% 区间 8.52 至 13.5）、Bee 6.17（95% 区间 3.58 至 8.75）。"


def test_a_verdict_tells_of_the_best_and_of_the_guess():
    many = table(**{name: [float(worth), worth + 0.1] for worth, name in enumerate("abcdef")})
    said = measured.verdict("earns", "b", many, {name: name for name in many}).said
    assert said.startswith("You said b. It is f: f 5.05")
    assert [name for name in "abcdef" if f"{name} {'abcdef'.index(name)}.05" in said or f"{name} 1.05" in said] == ["b", "d", "e", "f"]


@pytest.mark.parametrize(("guess", "how"), [(52.0, "right"), (44.0, "wrong")])
def test_a_share_is_right_when_it_is_close(guess, how):
    found = measured.share(guess, table(a=[0.49, 0.51]), "a", CALLED)
    assert found.how == how
    assert "50.0 %" in found.said


def test_every_shipped_scenario_asks_something_that_can_be_guessed():
    for name in playable():
        scenario = shipped(name)
        known = measured.groups(scenario)
        assert len(known) > 1
        assert measured.told_of(scenario) in known
        assert scenario.question


@pytest.mark.parametrize(
    "guesses", [(None, "relational", 3), ("relational", "nobody", 3), ("relational", "relational", None), ("relational", "relational", 101),
                ("relational", "relational", float("nan")), (["relational"], "relational", 3), ("relational", "relational", True)],
)  # fmt: skip
def test_guesses_from_a_browser_are_checked(guesses):
    assert lesson._checked(DUEL, *guesses) is None
    assert lesson._checked(DUEL, "relational", "transactional", 40) == ("relational", "transactional", 40.0)


def test_a_stored_run_of_the_whole_scenario_answers_at_once(monkeypatch, tmp_path):
    from experiments.runner import run_to
    from results.dashboard.data import Library

    small = shipped("duel").but(customers=200, months=13)
    run_to(tmp_path / "runs" / "whole", [small], replications=2)
    run_to(tmp_path / "runs" / "once", [small], replications=1)
    site = SimpleNamespace(library=Library(tmp_path / "runs"))
    assert lesson._stored(site, "duel") == ""  # the shipped one is larger
    monkeypatch.setattr(lesson, "shipped", lambda name: small)
    assert lesson._stored(site, "duel") == "whole"
    kept = {"name": "duel", "guess": ("relational", "relational", 50.0), "stored": "whole"}
    text = str(lesson._told(site, SimpleNamespace(kept=kept, rows=[])))
    assert "Measured in the stored run whole." in text
    assert "n = 2 replications" in text
