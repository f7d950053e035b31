"""Relations: what the two sides learn of each other, by hand and by sign (Emerson 1962; Dwyer, Schurr & Oh 1987)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.relations import Relations

GIVEN = Relations(learning=36.0, seasoned=24.0)
share = st.floats(0, 1, width=32)


def information(tenure=36.0, dialogue=1.0, transparency=0.5, rule=GIVEN):
    return tuple(float(found[0, 0]) for found in rule.information(floats([tenure]), floats([dialogue]), transparency))


def test_information_by_hand():
    # 1 - e^-1 = 0.632; the partner starts from half of the transparency: 1 - 0.75 e^-1
    assert information() == pytest.approx((1 - np.exp(-1), 1 - 0.75 * np.exp(-1)), rel=1e-5)
    assert information(dialogue=0.0)[0] == pytest.approx(1 - np.exp(-0.25), rel=1e-5)
    assert information(tenure=0.0) == pytest.approx((0.0, 0.25))


@given(tenure=st.floats(0, 500), dialogue=share, low=share, step=share)
def test_time_talk_and_transparency_teach(tenure, dialogue, low, step):
    high = min(low + step, 1.0)
    for more, less in (
        (information(tenure + 10, dialogue), information(tenure, dialogue)),
        (information(tenure, high), information(tenure, low)),
        (information(tenure, dialogue, high), information(tenure, dialogue, low)),
    ):
        assert more[0] >= less[0] - 1e-6
        assert more[1] >= less[1] - 1e-6


def test_standing_by_hand():
    np.testing.assert_allclose(GIVEN.standing(floats([0.0, 24.0, 72.0])), [[0.0, 0.5, 0.75]])


def test_switched_off_nobody_knows_anything():
    assert information(rule=GIVEN.model_copy(update={"active": False})) == (0.0, 0.0)
