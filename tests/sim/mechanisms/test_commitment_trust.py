"""Commitment and trust: worked by hand, and the signs of the theory (Morgan & Hunt 1994)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.mechanisms.commitment_trust import CommitmentTrust

GIVEN = CommitmentTrust(
    start=0.4, by_episode=0.6, by_values=0.2, by_openness=0.2, opportunism=0.8, learning=0.25, loss=2.0, warmth=0.1, b_trust=0.6,
    b_benefits=0.3, b_values=0.2, b_lock=0.1, growth=0.2, fading=0.05,
)  # fmt: skip
share = st.floats(0, 1, width=32)
effect = st.floats(-1, 1, width=32)


def trust(rule=GIVEN, old=0.5, overall=0.5, bought=1.0, contact=0.0, taken=0.5, fate=0, shared=0.5, openness=0.5):
    return float(
        rule.trust(
            floats([old]), floats([overall]), floats([bought]), floats([contact]), floats([taken]), flags([fate]), floats(shared), floats(openness)
        )[0, 0]
    )


def commitment(rule=GIVEN, old=0.5, trust=0.5, bought=1.0, contact=0.0, social=0.0, structural=0.0, tier=0.0, orientation=1.0, shared=0.5):
    rows = [floats([value]) for value in (old, trust, bought, contact, social, structural, tier)]
    return float(rule.commitment(*rows, floats(orientation), floats(shared))[0, 0])


def test_trust_rises_after_a_good_episode_by_hand():
    # T* = 0.6 * 1 + 0.2 * 0.5 + 0.2 * 0.5 = 0.8; 0.5 + 0.25 (0.8 - 0.5) = 0.575
    assert trust(overall=1.0) == pytest.approx(0.575)


def test_trust_falls_twice_as_fast_by_hand():
    # T* = 0.6 * 0 + 0.2 = 0.2; 0.5 + 2 * 0.25 (0.2 - 0.5) = 0.35
    assert trust(overall=0.0) == pytest.approx(0.35)


def test_opportunism_by_hand():
    # taken 0.75: T* = 0.3 + 0.2 - 0.8 * 0.25 = 0.3; 0.5 + 0.5 (0.3 - 0.5) = 0.4
    assert trust(taken=0.75) == pytest.approx(0.4)
    # turned away: T* = 0.5 - 0.8 * 0.5 = 0.1; 0.5 + 0.5 (0.1 - 0.5) = 0.3
    assert trust(fate=2) == pytest.approx(0.3)


def test_contacts_by_hand():
    assert trust(bought=0.0, contact=1.0) == pytest.approx(0.55)  # 0.5 + 0.1 * 1 * 0.5
    assert trust(bought=0.0, contact=-1.0) == pytest.approx(0.395)  # 0.5 - 0.1 * 2 * 0.5 + 0.05 (0.4 - 0.5): it keeps nothing
    assert trust(bought=0.0, contact=0.4) == pytest.approx(0.517)  # 0.5 + 0.1 * 0.4 * 0.5 + 0.05 * 0.6 (0.4 - 0.5)


def test_without_any_event_trust_fades_to_where_it_started():
    assert trust(bought=0.0) == pytest.approx(0.495)  # 0.5 + 0.05 (0.4 - 0.5)
    assert trust(bought=0.0, old=0.2) == pytest.approx(0.21)


@given(old=st.floats(0.2, 0.8), step=st.floats(0.0, 0.2))
def test_trust_falls_faster_than_it_rises(old, step):
    # Episodes that call for as much more as for as much less trust: by_episode makes the target, nothing else does.
    rule = GIVEN.model_copy(update={"by_episode": 1.0, "by_values": 0.0, "by_openness": 0.0})
    up = trust(rule, old=old, overall=old + step) - old
    down = old - trust(rule, old=old, overall=old - step)
    assert up >= -1e-6
    assert down == pytest.approx(2.0 * up, abs=1e-5)


ALL = {
    "old": share,
    "overall": share,
    "bought": st.sampled_from([0.0, 1.0]),
    "contact": effect,
    "taken": share,
    "fate": st.integers(0, 5),
    "shared": share,
    "openness": share,
}


@pytest.mark.parametrize("name", ["overall", "openness", "shared", "contact", "old"])
def test_more_of_what_builds_trust_never_lowers_it(name):
    @given(step=share, **ALL)
    def check(step, **rest):
        if name == "contact" and rest["bought"] == 0.0 and rest["old"] < GIVEN.start:
            return  # where trust is lower than in a stranger it recovers with silence
        high = rest | {name: min(rest[name] + step, 1.0)}
        assert trust(**high) >= trust(**rest) - 1e-5

    check()


@given(step=share, **ALL)
def test_taking_more_never_raises_trust(step, **rest):
    assert trust(**(rest | {"taken": min(rest["taken"] + step, 1.0)})) <= trust(**rest) + 1e-5


@given(**ALL)
def test_trust_stays_a_share(**rest):
    assert 0.0 <= trust(**rest) <= 1.0


def test_a_complaint_left_unanswered_costs_as_much_trust_as_one_turned_away_and_one_handled_costs_none():
    assert trust(fate=2) == trust(fate=3) < trust(fate=1) == trust(fate=4) == trust(fate=5) == trust(fate=0)


def test_commitment_by_hand():
    # benefits = (0.6 + 0.3 + 0.3) / 3 = 0.4; C* = 0.6 * 0.5 + 0.3 * 0.4 + 0.2 * 0.5 + 0.1 * 0.3 = 0.55, times R = 0.8: 0.44
    # 0.5 + 0.2 (0.44 - 0.5) = 0.488
    assert commitment(social=0.6, structural=0.3, tier=0.3, orientation=0.8) == pytest.approx(0.488)
    # a full contact without a purchase moves half as fast: C* = 0.6 * 0.5 + 0.1 = 0.4; 0.5 + 0.1 (0.4 - 0.5) = 0.49
    assert commitment(bought=0.0, contact=1.0) == pytest.approx(0.49)
    # a fifth of it keeps a fifth: 0.5 + 0.02 (0.4 - 0.5) - 0.05 * 0.8 * 0.5 = 0.478; a bad one keeps nothing
    assert commitment(bought=0.0, contact=0.2) == pytest.approx(0.478)
    assert commitment(bought=0.0, contact=-0.2) == pytest.approx(0.475)
    assert commitment(bought=0.0) == pytest.approx(0.475)  # 0.5 (1 - 0.05)


COMMITTED = {
    "old": share,
    "trust": share,
    "bought": st.sampled_from([0.0, 1.0]),
    "contact": effect,
    "social": share,
    "structural": share,
    "tier": share,
    "orientation": share,
    "shared": share,
}


@pytest.mark.parametrize("name", ["trust", "social", "structural", "tier", "shared", "orientation", "old"])
def test_more_of_what_commits_never_lowers_commitment(name):
    @given(step=share, **COMMITTED)
    def check(step, **rest):
        assert commitment(**(rest | {name: min(rest[name] + step, 1.0)})) >= commitment(**rest) - 1e-5

    check()


@given(**COMMITTED)
def test_commitment_stays_a_share(**rest):
    assert 0.0 <= commitment(**rest) <= 1.0


def test_who_wants_only_deals_does_not_become_committed():
    assert commitment(old=0.0, trust=1.0, social=1.0, structural=1.0, tier=1.0, orientation=0.0) == 0.0


def test_switched_off_both_stay_as_they_were():
    off = GIVEN.model_copy(update={"active": False})
    assert trust(off, overall=1.0, contact=1.0) == 0.5
    assert commitment(off, trust=1.0) == 0.5


def test_customers_and_firms_do_not_touch_each_other():
    old = np.full((2, 3), 0.5, np.float32)
    overall = floats([1.0, 0.0, 0.5], [0.0, 1.0, 0.5])
    found = GIVEN.trust(
        old, overall, np.ones((2, 3), np.float32), np.zeros((2, 3), np.float32), np.full((2, 3), 0.5, np.float32), np.zeros((2, 3), np.uint8),
        floats(0.5, 0.0), floats(0.5, 0.0),
    )  # fmt: skip
    for j, (shared, openness) in enumerate(((0.5, 0.5), (0.0, 0.0))):
        for k in range(3):
            assert found[j, k] == pytest.approx(trust(overall=float(overall[j, k]), shared=shared, openness=openness))
