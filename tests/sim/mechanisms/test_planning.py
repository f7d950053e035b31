"""Planning: the five steps by hand; each one left out costs something (Christopher, Payne & Ballantyne 1991)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.planning import Planning

GIVEN = Planning(specialists=2.0, span=5.0, standard=0.6, delay=3.0, response=0.5, room=0.3, friction=0.2, budget=0.1, focus=1.0)
share = st.floats(0, 1, width=32)


def test_step_1_attention_follows_value_and_influence_by_hand():
    # value 3 and 1, mean 2: 1.5 and 0.5; influence 0.2 and 0.6, mean 0.4: 0.5 and 1.5; half each: 1 and 1
    np.testing.assert_allclose(GIVEN.attention(floats(3.0, 1.0), floats(0.2, 0.6)), [1.0, 1.0])
    np.testing.assert_allclose(GIVEN.attention(floats(3.0, 1.0), floats(0.4, 0.4)), [1.25, 0.75])
    np.testing.assert_allclose(GIVEN.attention(floats(3.0, 1.0), floats(0.0, 0.0)), [1.5, 0.5])
    np.testing.assert_allclose(GIVEN.attention(floats(0.0, 0.0), floats(0.0, 0.0)), [1.0, 1.0])


def test_without_step_1_all_partners_get_the_same():
    alike = GIVEN.model_copy(update={"stakeholders": False})
    np.testing.assert_allclose(alike.attention(floats(3.0, 1.0), floats(0.1, 0.9)), [1.0, 1.0])
    classed = GIVEN.attention(floats(3.0, 1.0), floats(0.4, 0.4))
    assert classed[0] > 1.0  # what the partner that matters most loses


def test_step_2_specialists_reach_only_so_many():
    assert GIVEN.reach(10) == 1.0
    assert GIVEN.reach(20) == 0.5
    assert GIVEN.model_copy(update={"specialists": 0.0}).reach(1) == 0.0
    assert GIVEN.attention(np.ones(20, np.float32), np.ones(20, np.float32)).tolist() == [0.5] * 20


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), share)
def test_attention_is_shared_out(values, influence):
    found = GIVEN.attention(floats(*values), np.full(len(values), influence, np.float32))
    assert (found >= 0.0).all() and (found <= 2.0).all()
    assert found.mean() <= GIVEN.reach(len(values)) + 1e-5


def test_step_3_service_is_corrected_while_the_standard_is_missed_by_hand():
    assert GIVEN.corrected(0.0, 0.5, 1.0) == pytest.approx(0.05)  # 0.5 * (0.6 - 0.5)
    assert GIVEN.corrected(0.05, 0.5, 1.0) == pytest.approx(0.1)
    assert GIVEN.corrected(0.1, 0.7, 1.0) == pytest.approx(0.05)  # and taken back
    assert GIVEN.corrected(0.0, 0.9, 1.0) == 0.0
    assert GIVEN.corrected(0.29, 0.0, 1.0) == pytest.approx(0.3)  # within the room there is
    assert GIVEN.corrected(0.2, float("nan"), 1.0) == 0.0
    assert GIVEN.model_copy(update={"standard": 0.0}).corrected(0.2, 0.1, 1.0) == 0.0


def test_step_4_without_a_manager_effort_is_lost():
    assert GIVEN.effect() == 1.0
    assert GIVEN.model_copy(update={"manager": False}).effect() == pytest.approx(0.8)


def test_step_5_the_budget_binds_by_hand():
    assert GIVEN.affordable(20.0, 100.0) == pytest.approx(0.5)  # a tenth of 100
    assert GIVEN.affordable(5.0, 100.0) == 1.0
    assert GIVEN.model_copy(update={"budget": 1.0}).affordable(1e9, 1.0) == 1.0


@given(cost=st.floats(0, 1e6), revenue=st.floats(0, 1e6))
def test_what_is_affordable_is_a_share(cost, revenue):
    assert 0.0 <= GIVEN.affordable(cost, revenue) <= 1.0


def test_switched_off_there_is_no_plan():
    off = GIVEN.model_copy(update={"active": False, "manager": False})
    assert off.effect() == off.reach(1000) == off.affordable(1e9, 1.0) == 1.0
    assert off.corrected(0.2, 0.0, 1.0) == 0.0
    np.testing.assert_array_equal(off.attention(floats(3.0, 1.0), floats(0.1, 0.9)), [1.0, 1.0])
