"""Games with known answers: prisoner's dilemma, hawk and dove, rock, paper and scissors, coordination, a public good."""

import numpy as np
import pytest

from experiments.tournament.games import Game, basins, equilibria, invasions, of_matrix, replicate, stable, symmetric, undominated

DILEMMA = np.array([[3.0, 0.0], [5.0, 1.0]])  # cooperate, defect
HAWK_DOVE = np.array([[-1.0, 4.0], [0.0, 2.0]])  # prize 4, cost of a fight 6: 4 / 6 hawks
ROSHAMBO = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])
STAG_HUNT = np.array([[4.0, 0.0], [3.0, 2.0]])


def game(matrix, replications=2):
    names = tuple("abcdefgh"[: len(matrix)])
    return of_matrix(names, np.repeat(matrix[None], replications, axis=0))


def mixes(matrix):
    return sorted(tuple(np.round(row, 6)) for row, column in equilibria(matrix)[0] if symmetric((row, column)))


def test_prisoners_dilemma():
    assert mixes(DILEMMA) == [(0.0, 1.0)]
    assert undominated(DILEMMA) == [1]
    found = invasions(game(DILEMMA))
    assert {(one.resident, one.verdict, one.gain) for one in found} == {("a", "invaded", -2.0), ("b", "resists", 1.0)}
    assert (stable(found, "a"), stable(found, "b")) == ("invaded", "stable")
    assert basins(game(DILEMMA), 10, 1) == pytest.approx({("b",): 1.0})


def test_hawks_and_doves_mix():
    assert mixes(HAWK_DOVE) == [pytest.approx((2 / 3, 1 / 3), abs=1e-6)]
    assert len(equilibria(HAWK_DOVE)[0]) == 3  # and two in which one gives way
    found = invasions(game(HAWK_DOVE))
    assert stable(found, "a") == stable(found, "b") == "invaded"
    course = replicate(game(HAWK_DOVE).fitness, np.array([0.1, 0.9]), scale=5.0)
    assert course.rests
    assert course.end == pytest.approx([2 / 3, 1 / 3], abs=1e-4)


def test_rock_paper_scissors_goes_round():
    assert mixes(ROSHAMBO) == [pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=1e-6)]
    course = replicate(game(ROSHAMBO).fitness, np.array([0.5, 0.3, 0.2]), scale=1.0, horizon=50.0)
    assert not course.rests
    # the product of the shares is a constant of the motion (Hofbauer & Sigmund 1998)
    assert np.allclose(course.shares.prod(axis=1), 0.03, rtol=1e-5)
    assert all(one.verdict in ("resists", "invaded") for one in invasions(game(ROSHAMBO)))


def test_coordination_has_two_stable_ends_and_basins_of_the_right_size():
    assert mixes(STAG_HUNT) == [(0.0, 1.0), pytest.approx((2 / 3, 1 / 3), abs=1e-6), (1.0, 0.0)]
    found = invasions(game(STAG_HUNT))
    assert stable(found, "a") == stable(found, "b") == "stable"
    ends = basins(game(STAG_HUNT), 80, 4)
    # above two thirds of stag hunters all become such; starts are uniform. False alarm of 4.5 standard errors: below 1 in 100,000
    assert ends["a",] == pytest.approx(1 / 3, abs=4.5 * np.sqrt(2 / 9 / 80))
    assert set(ends) == {("a",), ("b",)}


def test_the_second_condition_decides_ties():
    neutral = np.array([[1.0, 1.0], [1.0, 0.0]])  # a ties with b among a; among b, a earns 1 and b nothing
    found = invasions(game(neutral))
    assert stable(found, "a") == "stable"
    assert stable(found, "b") == "invaded"


def test_noise_leaves_it_open_and_one_replication_decides_nothing():
    luck = np.random.default_rng(2).normal(size=(5, 2, 2))
    noisy = of_matrix(("a", "b"), DILEMMA + 20.0 * luck)
    assert "undecided" in {one.verdict for one in invasions(noisy)}
    assert {one.verdict for one in invasions(game(DILEMMA, replications=1))} == {"undecided"}


def test_false_alarms_are_as_rare_as_stated():
    luck, alarms, trials = np.random.default_rng(11), 0, 2000
    for _ in range(trials):
        (one, _other) = invasions(of_matrix(("a", "b"), luck.normal(size=(5, 2, 2))))
        alarms += one.verdict != "undecided"
    # no difference at all: 5 % by definition; 81 to 119 of 2000 is two standard errors, 60 to 140 fails in less than 1 in 10,000
    assert 60 <= alarms <= 140


def test_many_strategies_are_solved_without_all_supports():
    matrix = np.eye(9) + np.arange(9.0) * 0.01  # nine conventions, none dominated
    found, complete = equilibria(matrix)
    assert not complete
    assert found
    for row, column in found:
        assert row @ matrix @ column == pytest.approx((matrix @ column).max(), abs=1e-8)


def test_a_public_good_of_four_players():
    # each of n contributors pays 1, what is paid is doubled and shared by 4: contributing costs 1 and returns a half to oneself
    others = ((3, 0), (2, 1), (1, 2), (0, 3))
    table = [[2.0 * (k + 1) / 4 - 1.0, 2.0 * k / 4] for k, _ in others]
    public = Game(("pays", "rides"), others, np.repeat(np.array(table)[None], 2, axis=0))
    assert public.players == 4
    # half of the others contribute on average: 1.5 of 3
    assert public.fitness(np.array([0.5, 0.5])) == pytest.approx([2.0 * 2.5 / 4 - 1.0, 2.0 * 1.5 / 4])
    assert stable(invasions(public), "rides") == "stable"
    assert replicate(public.fitness, np.array([0.9, 0.1]), scale=1.0).end == pytest.approx([0.0, 1.0], abs=1e-6)
