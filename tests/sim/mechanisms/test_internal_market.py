"""The internal market: the service-profit chain by hand and by sign (Heskett et al. 1994; Rucci, Kirn & Quinn 1998)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.internal_market import InternalMarket

GIVEN = InternalMarket(
    ground=0.4, by_pay=0.5, by_training=0.1, by_say=0.1, by_talk=0.1, overload=0.5, low=0.8, high=1.2, quit=0.02, hold=4.0, hiring=0.25,
    learning=0.1, practice=0.02, novice=0.3, usual=0.5, reach=0.5, friction=0.2, most=1.25, barren=0.75, training_cost=0.06, talk_cost=0.04,
)  # fmt: skip
share = st.floats(0, 1, width=32)


def job(wage=1.0, training=0.0, say=0.0, talk=0.0, fill=1.0):
    return float(GIVEN.job(floats([wage]), floats(training), floats(say), floats(talk), floats([fill]))[0, 0])


def test_pay_by_hand():
    # 1.05 (0.8 + 0.7 * 0.4): the firm takes 0.3 of what lies between the least and the most
    assert float(GIVEN.wage(floats(1.05), floats([0.3]))[0, 0]) == pytest.approx(1.134)


def test_the_job_by_hand():
    assert job() == pytest.approx(0.4)
    # 0.4 + 0.5 ln 1.1 + 0.05 + 0.08 + 0.02 - 0.5 (1 / 0.8 - 1)
    assert job(wage=1.1, training=0.5, say=0.8, talk=0.2, fill=0.8) == pytest.approx(0.55 + 0.047655 - 0.125, abs=1e-5)


@pytest.mark.parametrize("name", ["wage", "training", "say", "talk", "fill"])
def test_pay_training_a_say_talk_and_staff_never_make_a_job_worse(name):
    @given(low=st.floats(0.1, 1), step=share)
    def check(low, step):
        assert job(**{name: low + step}) >= job(**{name: low}) - 1e-6

    check()


def test_overload_makes_it_worse_and_idleness_no_better():
    assert job(fill=0.5) < job(fill=0.9) < job(fill=1.0) == job(fill=1.5)


def turnover(satisfaction):
    return float(GIVEN.turnover(floats([satisfaction]))[0, 0])


def test_turnover_by_hand_and_who_is_satisfied_stays():
    assert turnover(0.5) == pytest.approx(0.02)
    assert turnover(0.3) == pytest.approx(0.02 * 2.225541, rel=1e-5)  # e^0.8
    assert turnover(0.1) > turnover(0.4) > turnover(0.9)


def skill(old=0.6, training=0.0, leaves=0.0):
    return float(GIVEN.skill(floats([old]), floats(training), floats([leaves]))[0, 0])


def test_skill_by_hand():
    # 0.6 + (0.1 * 0.5 + 0.02) * 0.4 - 0.1 * (0.6 - 0.3)
    assert skill(training=0.5, leaves=0.1) == pytest.approx(0.598)


@given(low=share, step=share, old=st.floats(0.3, 1), training=share)
def test_skill_leaves_with_those_who_go_and_comes_with_training(low, step, old, training):
    high = min(low + step, 1.0)
    assert skill(old, training, high) <= skill(old, training, low) + 1e-6
    assert skill(old, high, 0.1) >= skill(old, low, 0.1) - 1e-6


def test_staff_is_found_slowly():
    found, fill = [], floats([1.0])
    for _ in range(200):
        fill = GIVEN.fill(fill, floats(0.9), floats([0.0]))
        found.append(float(fill[0, 0]))
    assert found[0] > found[1] > found[10] > 0.9
    assert found[-1] == pytest.approx(0.9, abs=1e-4)
    # Who leaves has to be replaced: with more turnover there are fewer.
    assert (
        float(GIVEN.fill(floats([1.0]), floats(1.0), floats([0.2]))[0, 0]) < float(GIVEN.fill(floats([1.0]), floats(1.0), floats([0.1]))[0, 0]) < 1.0
    )


def capability(satisfaction=(0.5, 0.5), skill=(0.5, 0.5), weight=(1.0, 1.0), talk=0.5):
    return float(GIVEN.capability(floats(satisfaction), floats(skill), floats(*weight), floats(talk))[0])


def test_capability_by_hand():
    assert capability() == pytest.approx(1.0)  # as usual, and communication half way: (1 - 0.2 * 0.5) / (1 - 0.1)
    # links 0.8 and 1.2: sqrt(0.8^0.5 1.2^0.5); no communication costs 0.8 / 0.9
    assert capability(satisfaction=(0.4, 0.6), skill=(0.4, 0.6)) == pytest.approx((0.8 * 1.2) ** 0.25, rel=1e-5)
    assert capability(talk=0.0) == pytest.approx(0.8 / 0.9)
    assert capability(satisfaction=(1.0, 1.0), skill=(1.0, 1.0), talk=1.0) == 1.25


def test_the_weakest_link_counts_most():
    even, uneven = capability(), capability(satisfaction=(0.2, 0.8), skill=(0.2, 0.8))
    assert uneven < even  # the mean is the same
    worst, best = capability(satisfaction=(0.3, 0.8), skill=(0.3, 0.8)), capability(satisfaction=(0.2, 0.9), skill=(0.2, 0.9))
    assert worst > best  # mending the worst is worth more than bettering the best


@given(low=share, step=share, other=share)
def test_content_and_able_people_make_more_of_service(low, step, other):
    high = min(low + step, 1.0)
    assert capability(satisfaction=(high, other)) >= capability(satisfaction=(low, other)) - 1e-6
    assert capability(skill=(high, other)) >= capability(skill=(low, other)) - 1e-6
    assert capability(talk=high) >= capability(talk=low) - 1e-6


def test_technology_without_people_gives_nothing():
    assert float(GIVEN.people(floats(0.7))[0]) == 0.0
    assert float(GIVEN.people(floats(0.9))[0]) == pytest.approx(0.6)  # (0.9 - 0.75) / 0.25
    assert float(GIVEN.people(floats(1.2))[0]) == 1.0


def test_the_cost_by_hand():
    # 100 (0.06 * 0.5 + 0.04 * 0.5 (0.2 + 0.6))
    assert float(GIVEN.cost(floats(100.0), floats(0.5), floats(0.2), floats(0.6))[0]) == pytest.approx(4.6)
