"""Balancing: each of Emerson's four moves brings the balance nearer to parity (Emerson 1962)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.balancing import MOVES, Balancing

EPS, FULL = 0.1, 1.0
OFF = dict.fromkeys(MOVES, 0.0)


def rule(**changes):
    return Balancing(**({"active": True, "pace": 0.2} | changes))


def balances(of, marketed=0.8, marketer=0.1, months=60):
    """Pi month by month, of a dyad with these dependences before any moves."""
    levels, found = np.zeros((4, 1), np.float32), []
    for _ in range(months):
        on_marketed, on_marketer, added = (float(part[0]) for part in of.against(levels))
        found.append(marketed * on_marketed - (marketer * on_marketer + added))
        levels = of.moved(levels, floats(found[-1]), EPS, FULL)
    return np.array(found)


def test_moves_by_hand():
    # force (0.6 - 0.1) / 1 = 0.5: a fifth of 0.5 times each effort
    of = rule(withdrawal=0.4, network=0.2, status=0.1, coalition=0.3)
    levels = of.moved(np.zeros((4, 1), np.float32), floats(0.6), EPS, FULL)
    np.testing.assert_allclose(levels[:, 0], [0.04, 0.02, 0.01, 0.03], rtol=1e-5)
    np.testing.assert_allclose(of.moved(np.zeros((4, 1), np.float32), floats(-0.6), EPS, FULL), -levels, rtol=1e-5)
    marketed, marketer, added = of.against(levels)
    assert (marketed[0], marketer[0], added[0]) == (pytest.approx(0.96 * 0.98), 1.0, pytest.approx(0.04))
    marketed, marketer, added = of.against(-levels)
    assert (marketed[0], marketer[0], added[0]) == (1.0, pytest.approx(0.96 * 0.98), pytest.approx(-0.04))


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize(("marketed", "marketer"), [(0.9, 0.1), (0.1, 0.9)])
def test_each_move_alone_brings_balance_nearer(move, marketed, marketer):
    found = np.abs(balances(rule(**(OFF | {move: 0.4})), marketed, marketer))
    assert (np.diff(found) <= 1e-6).all()
    assert found[-1] < found[0] - 0.03


def test_all_together_do_more_than_any_alone():
    alone = [abs(balances(rule(**(OFF | {move: 0.4})))[-1]) for move in MOVES]
    assert abs(balances(rule(**dict.fromkeys(MOVES, 0.4)))[-1]) < min(alone)


@given(marketed=st.floats(0, 1), marketer=st.floats(0, 1), effort=st.floats(0, 0.5))
def test_moves_never_widen_the_distance_nor_turn_it_beyond_parity(marketed, marketer, effort):
    found = balances(rule(pace=0.1, **dict.fromkeys(MOVES, effort)), marketed, marketer)
    assert abs(found[-1]) <= abs(found[0]) + 1e-5
    if found[0] > EPS:
        assert found.min() >= -EPS - 1e-5
    if found[0] < -EPS:
        assert found.max() <= EPS + 1e-5


def test_at_parity_nobody_moves():
    assert not rule().moved(np.zeros((4, 1), np.float32), floats(0.09), EPS, FULL).any()


def test_switched_off_whatever_was_done_is_undone():
    assert not Balancing().moved(np.ones((4, 2), np.float32), floats(0.9, -0.9), EPS, FULL).any()
