"""Word of mouth: the network, who hears what, who talks, by hand (Arndt 1967; Watts & Strogatz 1998)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.draws import Luck
from sim.mechanisms.word_of_mouth import WordOfMouth

GIVEN = WordOfMouth(
    base=0.02, strength=2.0, neutral=0.5, heavy=1.5, club=0.1, negative_reach=2.0, influence=0.2, neighbours=3, rewiring=0.2, meetings=1.0
)  # fmt: skip
share = st.floats(0, 1, width=32)
POPULATION = 3000


def ties(rule, first=0, n=POPULATION, seed=1, month=None):
    """Everybody's acquaintances by slot, shape (slots, n): all that a month's luck could make her meet."""
    born = Luck(seed, 0, first, n)
    slots = 2 * rule.neighbours
    return np.array([
        rule.met(np.full(n, (slot + 0.5) / slots, np.float32), born.uniform("rewired"), born.uniform("far_neighbour"), first, POPULATION)
        for slot in range(slots)
    ])  # fmt: skip


def test_without_rewiring_acquaintances_are_the_next_on_the_ring():
    found = ties(GIVEN.model_copy(update={"rewiring": 0.0}))
    here = np.arange(POPULATION)
    for slot, step in enumerate((1, -1, 2, -2, 3, -3)):
        np.testing.assert_array_equal(found[slot], (here + step) % POPULATION)


def test_the_share_of_strangers_is_the_parameter():
    found = ties(GIVEN)
    here = np.arange(POPULATION)
    ring = np.array([(here + step) % POPULATION for step in (1, -1, 2, -2, 3, -3)])
    # Of six slots one or two are rewired, 1.2 on average; one draw decides for all slots of a customer. 4.5 standard errors.
    assert abs((found != ring).mean() - 0.2) < 4.5 * np.sqrt(0.2 * 0.8 / 6 / POPULATION) + 1e-3


def test_strangers_come_from_everywhere():
    found = ties(GIVEN.model_copy(update={"rewiring": 1.0}))
    assert (found[0] != found[1]).all()  # another stranger for every slot
    for slot in found:
        counts = np.bincount(slot * 10 // POPULATION, minlength=10)
        assert counts.min() > 0.7 * POPULATION / 10


def test_the_network_is_fixed_by_the_draws_of_the_start():
    born = Luck(1, 0, 0, POPULATION)
    known = np.sort(ties(GIVEN), axis=0)
    for month in range(1, 6):
        met = GIVEN.met(Luck(1, month, 0, POPULATION).uniform("neighbour"), born.uniform("rewired"), born.uniform("far_neighbour"), 0, POPULATION)
        assert (known == met).any(axis=0).all()


def test_borders_of_blocks_do_not_show_in_the_network():
    np.testing.assert_array_equal(ties(GIVEN)[:, 1000:1100], ties(GIVEN, first=1000, n=100))


@given(population=st.integers(1, 50), neighbours=st.integers(1, 100), luck=st.floats(0, 0.99999), far=st.floats(0, 0.99999), rewiring=share)
def test_everybody_meets_somebody_of_the_market(population, neighbours, luck, far, rewiring):
    rule = GIVEN.model_copy(update={"neighbours": neighbours, "rewiring": rewiring})
    met = rule.met(floats(luck), floats(0.3), floats(far), population - 1, population)
    assert 0 <= met[0] < population


def hear(word, of=0, luck=0.9, reputation=0.5, aware=0, rule=GIVEN):
    """One customer, who meets number 1 of a market of two; two firms."""
    knows, believes, words = rule.hear(
        np.array([1]), np.array([0, word], np.int8), np.array([-1, of], np.int8), floats(luck), flags([aware], [0]),
        floats([reputation], [reputation]),
    )  # fmt: skip
    return knows[:, 0].tolist(), believes[:, 0].tolist(), words.tolist()


def test_a_bad_word_by_hand():
    assert hear(-1) == ([1, 0], [pytest.approx(0.4), 0.5], [[0, 1], [0, 0]])  # 0.5 - 0.2 * 0.5


def test_a_good_word_by_hand():
    assert hear(1, luck=0.4) == ([1, 0], [pytest.approx(0.6), 0.5], [[1, 0], [0, 0]])
    assert hear(1, luck=0.6) == ([0, 0], [0.5, 0.5], [[0, 0], [0, 0]])  # it reaches one in two


def test_silence_is_not_heard():
    assert hear(0, luck=0.0) == ([0, 0], [0.5, 0.5], [[0, 0], [0, 0]])
    assert hear(-1, of=-1) == ([0, 0], [0.5, 0.5], [[0, 0], [0, 0]])


def test_a_bad_word_travels_as_much_further_as_declared():
    n = 2000
    lucks = even(n)

    def heard(word):
        rule = GIVEN.model_copy(update={"negative_reach": 4.0})
        _, _, words = rule.hear(
            np.zeros(n, np.int64),
            np.full(1, word, np.int8),
            np.zeros(1, np.int8),
            lucks,
            np.zeros((1, n), np.uint8),
            np.full((1, n), 0.5, np.float32),
        )
        return words.sum()

    assert heard(-1) == n
    assert heard(1) == n / 4


def test_in_a_shorter_period_fewer_meet():
    rule = GIVEN.model_copy(update={"meetings": 0.25})
    assert hear(-1, luck=0.24, rule=rule)[2] == [[0, 1], [0, 0]]
    assert hear(-1, luck=0.26, rule=rule)[2] == [[0, 0], [0, 0]]
    assert hear(1, luck=0.12, rule=rule)[2] == [[1, 0], [0, 0]]
    assert hear(1, luck=0.13, rule=rule)[2] == [[0, 0], [0, 0]]


@given(reputation=share, word=st.sampled_from([-1, 0, 1]), influence=share)
def test_reputation_stays_a_share_and_follows_the_word(reputation, word, influence):
    _, (after, _), _ = hear(word, luck=0.0, reputation=reputation, rule=GIVEN.model_copy(update={"influence": influence}))
    assert 0.0 <= after <= 1.0
    assert (after - np.float32(reputation)) * word >= -1e-6


def speak(satisfaction, luck=0.0, social=0.0, bought=1.0, current=0, rule=GIVEN):
    return int(rule.speak(floats(luck), np.array([current], np.int8), floats([satisfaction]), floats([bought]), floats([social]))[0])


@pytest.mark.parametrize(
    ("how", "chance"),
    [
        ({"satisfaction": 0.5}, 0.02),
        ({"satisfaction": 0.8}, 0.2),  # 0.02 + 2 * 0.09
        ({"satisfaction": 0.2}, 0.29),  # 0.02 + 1.5 * 2 * 0.09
        ({"satisfaction": 0.5, "social": 0.5}, 0.07),  # 0.02 + 0.1 * 0.5
        ({"satisfaction": 0.9, "bought": 0.0}, 0.0),
        ({"satisfaction": 0.9, "current": -1}, 0.0),
        ({"satisfaction": 0.9, "current": 1}, 0.0),  # talk is of the provider only
    ],
)
def test_who_talks_by_hand(how, chance):
    lucks = (np.arange(1000) + 0.5) / 1000
    talks = np.mean([speak(luck=luck, **how) != 0 for luck in lucks])
    assert talks == pytest.approx(chance, abs=0.0015)


def test_what_is_said():
    assert speak(0.9) == 1
    assert speak(0.1) == -1


@given(step=st.floats(0, 0.5), luck=st.floats(0, 0.999))
def test_a_bad_surprise_is_told_by_all_who_would_tell_a_good_one(step, luck):
    if speak(0.5 + step, luck=luck) == 1 and step > 1e-6:
        assert speak(0.5 - step, luck=luck) == -1


def test_switched_off_nobody_talks():
    assert speak(0.9, rule=GIVEN.model_copy(update={"active": False})) == 0
