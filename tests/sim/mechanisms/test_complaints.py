"""Exit, voice and recovery: the fate of a complaint by hand, and the signs of the theory (Hirschman 1970)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.mechanisms.complaints import RESOLVED, SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED, Answer, Complaints
from sim.mechanisms.consideration import Consideration

GIVEN = Complaints(threshold=0.35, voice=0.1, by_commitment=0.2, by_ease=0.4, relief=0.4, insult=0.25)
share = st.floats(0, 1, width=32)


def answer(ease=0.5, suppression=0.2, handled=0.5, recovery=0.75):
    return Answer(floats(ease), floats(suppression), floats(handled), floats(recovery))


def fate(rule=GIVEN, voice=0.0, luck=0.5, overall=0.1, failed=1, bought=1.0, commitment=0.0, **meets):
    voice, luck = np.atleast_1d(np.float32(voice)), np.atleast_1d(np.float32(luck))
    n = max(voice.size, luck.size)

    def row(value, dtype=np.float32):
        return np.full((1, n), value, dtype)

    return rule.fate(
        np.broadcast_to(voice, n).copy(), np.broadcast_to(luck, n).copy(), row(overall), row(failed, np.uint8), row(bought), row(commitment),
        answer(**meets),
    )[0]  # fmt: skip


def test_the_fate_of_a_complaint_by_hand():
    # turned away below 0.2; unanswered below 0.2 + 0.8 * 0.5 = 0.6; unresolved below 0.6 + 0.4 * 0.25 = 0.7; else resolved
    lucks = [0.0, 0.19, 0.21, 0.59, 0.61, 0.69, 0.71, 0.99]
    expected = [TURNED_AWAY, TURNED_AWAY, UNANSWERED, UNANSWERED, UNRESOLVED, UNRESOLVED, RESOLVED, RESOLVED]
    assert fate(luck=lucks).tolist() == expected


def test_who_complains_by_hand():
    # 0.1 + 0.4 * 0.5 + 0.2 * 0.5 = 0.4
    found = fate(voice=[0.39, 0.41], commitment=0.5)
    assert (found >= TURNED_AWAY).tolist() == [True, False]
    assert found[1] == SILENT


def test_what_is_not_bad_has_no_fate():
    assert fate(failed=0, overall=0.36)[0] == 0
    assert fate(failed=0, overall=0.34)[0] >= SILENT
    assert fate(failed=1, overall=0.9)[0] >= SILENT
    assert fate(failed=1, overall=0.1, bought=0.0)[0] == 0


@given(low=share, step=share, ease=share)
def test_commitment_and_ease_give_voice(low, step, ease):
    lucks = even(200)

    def voiced(**how):
        return (fate(voice=lucks, **how) >= TURNED_AWAY).sum()

    assert voiced(commitment=min(low + step, 1.0), ease=ease) >= voiced(commitment=low, ease=ease)
    assert voiced(ease=min(low + step, 1.0)) >= voiced(ease=low)


@given(low=share, step=share, handled=share, recovery=share, satisfaction=share, grievances=st.integers(0, 3))
def test_suppression_never_raises_satisfaction(low, step, handled, recovery, satisfaction, grievances):
    lucks = even(200)
    state, past = np.full((1, 200), satisfaction, np.float32), np.full(200, grievances, np.uint8)

    def after(suppression):
        return GIVEN.satisfaction(state, fate(luck=lucks, suppression=suppression, handled=handled, recovery=recovery)[None], past)

    assert (after(min(low + step, 1.0)) <= after(low) + 1e-6).all()


def test_recovery_may_leave_a_customer_more_satisfied_than_no_failure_but_not_so_easily_after_repeated_ones():
    state = np.full((1, 2), 0.5, np.float32)
    found = GIVEN.satisfaction(state, flags([RESOLVED, RESOLVED]), flags(0, 1))
    np.testing.assert_allclose(found, [[0.7, 0.6]], rtol=1e-6)  # 0.5 + 0.4 * 0.5; half of that after an earlier failure


def test_a_complaint_without_an_answer_costs_more_than_silence():
    state = np.full((1, 5), 0.8, np.float32)
    found = GIVEN.satisfaction(state, flags([0, SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED]), np.zeros(5, np.uint8))
    np.testing.assert_allclose(found, [[0.8, 0.8, 0.6, 0.6, 0.6]], rtol=1e-6)  # 0.8 - 0.25 * 0.8


@given(satisfaction=share, what=st.integers(0, 5), grievances=st.integers(0, 255))
def test_satisfaction_stays_a_share(satisfaction, what, grievances):
    found = GIVEN.satisfaction(floats([satisfaction]), flags([what]), flags(grievances))
    assert 0.0 <= found[0, 0] <= 1.0


def test_grievances_add_up_until_one_is_made_good_or_all_is_well():
    grievances = flags(0, 2, 2, 2, 255)
    found = GIVEN.grievances(grievances, flags([SILENT, UNANSWERED, RESOLVED, 0, SILENT]), floats([1, 1, 1, 0, 1]))
    assert found.tolist() == [2, 3, 0, 2, 255]


def test_silence_breaks_at_once_and_voice_with_the_second_complaint_in_vain():
    tolerance = Consideration().tolerance
    silent = GIVEN.grievances(flags(0), flags([SILENT]), floats([1]))
    voiced = GIVEN.grievances(flags(0), flags([UNRESOLVED]), floats([1]))
    assert voiced[0] < tolerance <= silent[0]
    assert GIVEN.grievances(voiced, flags([TURNED_AWAY]), floats([1]))[0] >= tolerance


def test_what_lasts_of_an_episode_is_how_it_ended():
    # 0.2 + relief 0.8 after the first failure, half of it with something open; 0.2 less the insult in vain; silence leaves it
    fates, open_ones = flags([RESOLVED, RESOLVED, UNRESOLVED, SILENT]), flags(0, 1, 0, 0)
    found = GIVEN.ended(floats([0.2] * 4), fates, open_ones)[0]
    assert found == pytest.approx([0.2 + 0.8 * GIVEN.relief, 0.2 + 0.4 * GIVEN.relief, 0.2 * (1.0 - GIVEN.insult), 0.2])


def test_a_failure_at_one_firm_is_not_forgotten_for_a_good_purchase_at_another():
    assert GIVEN.grievances(flags(2), flags([SILENT], [0]), floats([1], [2])).tolist() == [4]


def test_switched_off_everything_is_borne_in_silence():
    off = GIVEN.model_copy(update={"active": False})
    assert (fate(off, voice=[0.0, 0.5], commitment=1.0, ease=1.0) == SILENT).all()
    state = floats([0.5])
    np.testing.assert_array_equal(off.satisfaction(state, flags([RESOLVED]), flags(0)), state)


@pytest.mark.parametrize("name", ["suppression", "handled", "recovery"])
def test_each_extreme_of_the_answer(name):
    lucks = even(50)
    nothing = {"suppression": 0.0, "handled": 1.0, "recovery": 1.0}
    assert (fate(luck=lucks, **nothing) == RESOLVED).all()
    worst = {"suppression": (1.0, TURNED_AWAY), "handled": (0.0, UNANSWERED), "recovery": (0.0, UNRESOLVED)}[name]
    assert (fate(luck=lucks, **(nothing | {name: worst[0]})) == worst[1]).all()
