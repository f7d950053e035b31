"""A tournament on a tiny market: its markets, payoffs, ranking and words, and that nothing finished is lost."""

import numpy as np
import pytest

from experiments.runner import run
from experiments.tournament import analysis, markets, words
from experiments.tournament.ranking import matrix, ranking
from results.language import language
from scenarios import ScenarioError, load
from sim.rules import kinds

NAMES = ("transactional", "relational")


def tiny():
    return load("duel").but(customers=150, months=4)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    place = tmp_path_factory.mktemp("tournament") / "t"
    return analysis.tournament(tiny(), NAMES, n_firms=4, replications=2, mixtures=True, out=place, workers=1)


def test_every_strategy_there_is_takes_part():
    assert markets.chosen("") == tuple(kinds("sim.strategies")["strategy"])


@pytest.mark.parametrize(
    ("text", "saying"), [("relatonal,mass", "did you mean 'relational'"), ("mass", "two strategies or more"), ("mass,mass", "named twice")]
)
def test_bad_strategies_are_one_sentence(text, saying):
    with pytest.raises(ScenarioError, match=saying):
        markets.chosen(text)


def test_markets_are_counted_right():
    three = ("a", "b", "c")
    assert len(markets.compositions(three, 4, mixtures=False)) == 6
    assert len(markets.compositions(three, 4, mixtures=True)) == 15  # C(6, 4)
    assert len(markets.points(three, 2, mixtures=False, regimes=True)) == 18


def test_firms_differ_in_strategy_only():
    level = markets.level(tiny().but({"firms.3.price": 2.0, "firms.0.fixed": {"reward": 0.1}}), 2)
    first, second = (firm.model_dump(exclude={"name"}) for firm in level.firms)
    assert first == second
    assert first["fixed"] == {}
    assert sum(firm.start_share for firm in level.firms) == pytest.approx(sum(firm.start_share for firm in tiny().firms))
    with pytest.raises(ScenarioError, match="campaigns of single firms"):
        markets.level(load("campaign"), 2)


def test_a_payoff_is_what_the_market_itself_gives(played):
    level = markets.level(tiny(), 4)
    mixed = level.but({f"firms.{k}.strategy.kind": kind for k, kind in enumerate(("transactional", "transactional", "relational", "relational"))})
    summary = run(mixed, 2).summary
    for replication in (0, 1):
        rows = summary[(summary["replication"] == replication) & (summary["strategy"] == "relational")]
        assert played.duels(markets.AS_IT_IS, "total_profit")[replication, 1, 0] == pytest.approx(rows["total_profit"].mean())


def test_mixtures_make_a_game_of_four(played):
    game = played.game(markets.AS_IT_IS, "total_profit")
    assert game.players == 4
    alone = played.payoffs.query("firms == '3 transactional, 1 relational' and strategy == 'relational'")["total_profit"].to_numpy()
    np.testing.assert_allclose(game.among((3, 0))[:, 1], alone)


def test_the_words_answer_the_question(played):
    said = " ".join(words.findings(played))
    assert "elationship marketing is" in said
    assert "Nash equilibria" in said
    assert played.power[["marketed_leads", "parity", "marketer_leads"]].sum(axis=1).to_numpy() == pytest.approx(1.0)


def test_the_words_and_the_page_in_chinese_have_no_english(played, english, seen):
    from experiments.tournament.commands import keep

    with language("zh"):
        said = words.findings(played)
        page = seen(keep(played, said))
    assert len(said) == len(words.findings(played))
    assert not english(" ".join(said))
    assert not english(page)


def test_the_same_command_plays_nothing_twice(played):
    before = {path: path.stat().st_mtime_ns for path in played.place.glob("summary/*")}
    again = analysis.tournament(tiny(), NAMES, n_firms=4, replications=2, mixtures=True, out=played.place, workers=1)
    assert before == {path: path.stat().st_mtime_ns for path in played.place.glob("summary/*")}
    assert again.payoffs.equals(played.payoffs)


def test_ranking_worked_by_hand():
    # a earns 3 against itself and 1 against b; b earns 2 against a and 2 against itself
    payoffs = np.array([[[3.0, 1.0], [2.0, 2.0]], [[3.0, 1.0], [2.0, 2.0]]])
    table = ranking(("a", "b"), payoffs).set_index("strategy")
    assert (table.loc["a", "mean"], table.loc["b", "mean"]) == (2.0, 2.0)
    assert (table.loc["b", "wins"], table.loc["a", "losses"], table.loc["a", "copeland"]) == (1, 1, -1)
    assert (table.loc["a", "regret"], table.loc["b", "regret"]) == (1.0, 1.0)
    cells = matrix(("a", "b"), payoffs).set_index(["strategy", "opponent"])
    assert cells.loc[("a", "b"), "mean"] == 1.0


def test_the_command_keeps_tables_and_page(tmp_path):
    from tests.cli import test_cli as cli

    small = ["--customers", "150", "--months", "4", "--firms", "2", "--strategies", "relational,mass", "--replications", "2", "--workers", "1"]
    out, _ = cli.call("tournament", *small, "--out", "here", cwd=tmp_path)
    assert "Nash equilibria" in out
    assert {"payoffs.parquet", "matrix.parquet", "ranking.parquet", "power.parquet", "index.html"} <= {
        path.name for path in (tmp_path / "here").iterdir()
    }
    cli.refused("tournament", "--firms", "3", cwd=tmp_path, saying=["--firms: 3 does not fit; allowed: 2 or 4"])
    cli.refused("tournament", "--strategies", "mas", cwd=tmp_path, saying=["no strategy 'mas'; did you mean 'mass'?"])
    cli.refused("tournament", "--scenario", "campaign", cwd=tmp_path, saying=["campaigns of single firms"])
