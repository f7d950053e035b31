"""Bonds on three levels: worked by hand, bounded, each slower than the one before (Berry & Parasuraman 1991)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.bonds import Bonds

GIVEN = Bonds(standing=4.0, rapport=0.2, fading=0.05, integration=0.1, unravelling=0.2, person=0.4)
share = st.floats(0, 1, width=32)


def social(rule=GIVEN, old=0.5, bought=1.0, contact=0.0, orientation=1.0, effort=1.0, turnover=0.0):
    return float(rule.social(floats([old]), floats([bought]), floats([contact]), floats(orientation), floats(effort), floats(turnover))[0, 0])


def structural(rule=GIVEN, old=0.5, bought=1.0, silence=0.0, effort=1.0):
    return float(rule.structural(floats([old]), floats([bought]), floats([silence]), floats(effort))[0, 0])


def test_standing_in_the_programme_by_hand():
    found = GIVEN.tier(np.array([[0, 4, 12, 12]], np.uint16), floats([0.0, 0.5, 1.0, 1.1]))
    np.testing.assert_allclose(found, [[0.0, 0.5, 0.75, 0.0]])  # 4 / (4 + 4), 12 / (12 + 4), and nothing for the lapsed


def test_what_she_gets_back_and_the_price_she_sees():
    rebate, seen = GIVEN.price(floats(2.0, 1.0), floats(0.1, 0.9), floats([0.5, 0.5], [1.0, 1.0]), floats([0.0, 0.2], [0.0, 0.3]))
    np.testing.assert_allclose(rebate, [[0.05, 0.25], [0.9, 1.0]], rtol=1e-6)  # never more than the whole price
    np.testing.assert_allclose(seen, [[1.9, 1.5], [0.1, 0.0]], rtol=1e-5, atol=1e-6)


def test_the_social_bond_by_hand():
    assert social() == pytest.approx(0.575)  # 0.5 + 0.2 * 1 * 1 * 0.5 - 0.05 * 0.5
    assert social(bought=0.0, contact=0.5) == pytest.approx(0.525)  # 0.5 + 0.2 * 0.5 * 0.5 - 0.025
    assert social(bought=0.0, contact=-1.0) == pytest.approx(0.475)  # a bad contact does not bind; the bond fades
    assert social(orientation=0.0) == pytest.approx(0.475)


def test_the_structural_bond_by_hand():
    assert structural() == pytest.approx(0.55)  # 0.5 + 0.1 * 0.5
    assert structural(bought=0.0) == 0.5  # stays while she is active
    assert structural(bought=0.0, silence=1.5) == pytest.approx(0.4)  # 0.5 - 0.2 * 0.5


@given(old=share, bought=st.sampled_from([0.0, 1.0, 5.0]), contact=st.floats(-1, 1, width=32), orientation=share, effort=share,
       rapport=share, fading=share)  # fmt: skip
def test_the_social_bond_is_a_share(rapport, fading, **rest):
    assert 0.0 <= social(GIVEN.model_copy(update={"rapport": rapport, "fading": fading}), **rest) <= 1.0


@given(old=share, bought=st.sampled_from([0.0, 1.0]), silence=st.floats(0, 3, width=32), effort=share, integration=share, unravelling=share)
def test_the_structural_bond_is_a_share(integration, unravelling, **rest):
    assert 0.0 <= structural(GIVEN.model_copy(update={"integration": integration, "unravelling": unravelling}), **rest) <= 1.0


@given(count=st.integers(0, 65535), more=st.integers(0, 100), silence=st.floats(0, 3, width=32))
def test_standing_is_below_1_and_never_falls_with_a_purchase(count, more, silence):
    low, high = (GIVEN.tier(np.array([[n]], np.uint16), floats([silence]))[0, 0] for n in (count, min(count + more, 65535)))
    assert 0.0 <= low <= high < 1.0


@given(low=share, step=share, old=share, bought=st.sampled_from([0.0, 1.0]))
def test_more_effort_never_binds_less(low, step, old, bought):
    high = min(low + step, 1.0)
    assert social(old=old, bought=bought, effort=high) >= social(old=old, bought=bought, effort=low)
    assert structural(old=old, bought=bought, effort=high) >= structural(old=old, bought=bought, effort=low)


def test_switched_off_there_is_no_programme_and_bonds_stay():
    off = GIVEN.model_copy(update={"active": False})
    assert (off.tier(np.array([[100]], np.uint16), floats([0.0])) == 0).all()
    assert social(off) == structural(off) == 0.5


def test_what_was_to_a_person_leaves_with_her():
    # 0.5 less (0.05 + 0.4 * 0.25) * 0.5
    assert social(bought=0.0, turnover=0.25) == pytest.approx(0.425)
