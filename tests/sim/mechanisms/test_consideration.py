"""Consideration: who becomes aware, and when a customer thinks again (Howard & Sheth 1969)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.mechanisms.consideration import DISSATISFIED, NOT_FOUND, OFFER, RENEWAL, ROUTINE, VARIETY, Consideration

GIVEN = Consideration(variety=0.1, pull=2.0, prompt=0.2, reach=6.0)
share = st.floats(0, 1, width=32)
N = 1000


def thinking(rule=GIVEN, current=0, grievances=0, aware=(1, 1, 1), contact=(0.0, 0.0, 0.0), discount=(0.0, 0.0, 0.0), novelty=(1.0, 1.0, 1.0),
             renews=0, months=1.0):  # fmt: skip
    """The share of customers of one kind who think again."""
    return (causes(**locals()) > 0).mean()


def causes(rule=GIVEN, current=0, grievances=0, aware=(1, 1, 1), contact=(0.0, 0.0, 0.0), discount=(0.0, 0.0, 0.0), novelty=(1.0, 1.0, 1.0), renews=0,
           months=1.0):  # fmt: skip
    """Why each of many customers of one kind thinks again, 0 for routine; their luck is spread evenly."""
    lucks = even(N)
    known = np.repeat(np.array(aware, np.uint8)[:, None], N, axis=1)
    spoken = np.repeat(np.array(contact, np.float32)[:, None], N, axis=1)
    return rule.thinks_again(
        lucks, np.full(N, current, np.int8), np.full(N, grievances, np.uint8), known, spoken, np.array(discount, np.float32),
        np.array(novelty, np.float32), np.full(N, renews, np.uint8), months,
    )  # fmt: skip


def test_reach_of_advertising_by_hand():
    np.testing.assert_allclose(GIVEN.reached(floats(0.0, 0.1, 100.0)), [0.0, 1 - np.exp(-0.6), 1.0], rtol=1e-6)


def test_awareness_is_gained_by_luck_and_never_lost():
    found = GIVEN.aware(flags([0, 0, 1, 1], [0, 0, 0, 0]), floats([0.29, 0.31, 0.1, 0.9], [0.0, 0.1, 0.2, 0.99]), floats(0.3, 0.0))
    assert found.tolist() == [[1, 0, 1, 1], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, 0.1),
        ({"discount": (0.2, 0.0, 0.0)}, 0.1),  # the provider's own discount disturbs nobody
        ({"discount": (0.0, 0.2, 0.0)}, 0.46),  # 1 - 0.9 (1 - 2 * 0.2)
        ({"discount": (0.0, 0.2, 0.1)}, 0.568),  # 1 - 0.9 * 0.6 * 0.8
        ({"discount": (0.0, 0.2, 0.1), "aware": (1, 0, 1)}, 0.28),  # 1 - 0.9 * 0.8
        ({"discount": (0.0, 0.8, 0.0)}, 1.0),  # the pull of a discount is at most 1
        ({"contact": (0.5, 0.0, 0.0)}, 0.1),  # nor does its contact
        ({"contact": (0.0, 0.5, 0.1)}, 0.424),  # 1 - 0.9 * 0.8 * 0.8
        ({"contact": (0.0, -0.5, 0.0)}, 0.1),  # a bad contact makes nobody curious
        ({"contact": (0.0, 0.5, 0.0), "discount": (0.0, 0.2, 0.0)}, 0.568),  # 1 - 0.9 * 0.6 * 0.8
        ({"discount": (0.0, 0.2, 0.0), "months": 3.0}, 0.8056),  # 1 - 0.9 (1 - 2 * 0.2)^3: variety is converted by whoever made the rule
        ({"grievances": 1}, 0.1),  # she has complained in vain, once, and gives the firm another chance
        ({"grievances": 2}, 1.0),
        ({"renews": 1}, 1.0),
        ({"current": -1}, 1.0),
    ],
)
def test_who_thinks_again_by_hand(how, expected):
    assert thinking(**how) == pytest.approx(expected, abs=1.5 / N)


@given(low=share, step=share, other=share)
def test_a_deeper_discount_of_a_rival_never_makes_fewer_think_again(low, step, other):
    assert thinking(discount=(0.0, min(low + step, 1.0), other)) >= thinking(discount=(0.0, low, other))


def test_switched_off_everybody_knows_all_and_thinks_anew():
    off = GIVEN.model_copy(update={"active": False})
    assert off.aware(flags([0, 0]), floats([0.9, 0.9]), floats(0.0)).tolist() == [[1, 1]]
    assert thinking(off) == 1.0


def test_why_she_thinks_again_by_hand():
    # Luck below variety 0.1 is variety; up to 1 - 0.9 (1 - 2 * 0.2) = 0.46 a rival's discount of 0.2; above it routine.
    found = causes(discount=(0.0, 0.2, 0.0))
    assert [(found == why).mean() for why in (VARIETY, OFFER, ROUTINE)] == pytest.approx([0.1, 0.36, 0.54], abs=1.5 / N)
    assert (causes(grievances=2) == DISSATISFIED).all()
    # At a renewal everybody does; those who would have done so anyway do it for variety.
    found = causes(renews=1)
    assert [(found == why).mean() for why in (VARIETY, RENEWAL)] == pytest.approx([0.1, 0.9], abs=1.5 / N)


def test_boredom_makes_those_of_a_firm_without_novelty_restless():
    # 0.1 (1 + 2 (1 - novelty)): 0.3 without any novelty, 0.1 with all of it; the rivals' novelty is another matter.
    bored = GIVEN.model_copy(update={"boredom": 2.0})
    assert thinking(bored, novelty=(0.0, 1.0, 1.0)) == pytest.approx(0.3, abs=1.5 / N)
    assert thinking(bored, novelty=(1.0, 0.0, 0.0)) == pytest.approx(0.1, abs=1.5 / N)


def test_who_does_not_find_her_provider_chooses_anew():
    found = GIVEN.missing(flags(ROUTINE, ROUTINE, VARIETY), np.array([0, 1, -1], np.int8), flags([0, 0, 0], [1, 1, 0]))
    assert found.tolist() == [NOT_FOUND, ROUTINE, VARIETY]
