"""The ladder: every rung and every cell by hand, and what partners bring (Christopher, Payne & Ballantyne 1991; Dick & Basu 1994)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.ladder import CELLS, RUNGS, Ladder

GIVEN = Ladder(attitude=0.5, patronage=0.5, satisfied=0.55, advocate=0.7, partner=0.4, co_creation=0.2)
share = st.floats(0, 1, width=32)


def place(purchases=(5, 1), silence=0.2, trust=0.8, commitment=0.8, satisfaction=0.8, social=0.5):
    """Rung and cell of a customer at the first of two firms."""

    def both(value):
        return floats([value], [value])

    rung, cell = GIVEN.places(np.array(purchases, np.uint16)[:, None], both(silence), both(trust), both(commitment), both(satisfaction), both(social))
    return RUNGS[rung[0, 0]], CELLS[cell[0, 0]]


@pytest.mark.parametrize(
    ("how", "rung"),
    [
        ({"purchases": (0, 4)}, "prospect"),
        ({"silence": 1.2}, "prospect"),  # lapsed: back to the foot of the ladder
        ({"purchases": (1, 4)}, "trial"),
        ({"satisfaction": 0.5}, "repeat"),
        ({"purchases": (2, 3)}, "satisfied"),  # patronage 0.4 is below 0.5
        ({"trust": 0.3, "commitment": 0.3}, "satisfied"),  # attitude (0.3 + 0.3 + 0.8) / 3 is below 0.5
        ({"trust": 0.6, "commitment": 0.6}, "loyal"),  # attitude 0.667 is below 0.7
        ({"social": 0.3}, "advocate"),
        ({}, "partner"),
    ],
)
def test_rungs(how, rung):
    assert place(**how)[0] == rung


@pytest.mark.parametrize(
    ("how", "cell"),
    [
        ({}, "loyal"),
        ({"purchases": (2, 3)}, "latent"),
        ({"trust": 0.2, "commitment": 0.2}, "spurious"),
        ({"trust": 0.2, "commitment": 0.2, "purchases": (2, 3)}, "no_loyalty"),
        ({"purchases": (1, 0)}, "latent"),  # one purchase is no patronage yet
    ],
)
def test_cells(how, cell):
    assert place(**how)[1] == cell


@given(own=st.integers(0, 30), other=st.integers(0, 30), more=st.integers(0, 30), attitude=share, step=share, social=share)
def test_nobody_falls_by_buying_more_or_by_liking_more(own, other, more, attitude, step, social):
    def height(count, liking):
        return RUNGS.index(place((count, other), trust=liking, commitment=liking, satisfaction=liking, social=social)[0])

    assert height(own + more, attitude) >= height(own, attitude)
    assert height(own, min(attitude + step, 1.0)) >= height(own, attitude)


def test_what_partners_bring_by_hand():
    # 0.6 + 0.2 * 0.5 * 0.4 * 0.25 = 0.61
    np.testing.assert_allclose(GIVEN.improved(floats(0.6, 0.6, 1.0), floats(0.5, 0.0, 1.0), floats(0.25, 1.0, 1.0)), [0.61, 0.6, 1.0], rtol=1e-6)


@given(quality=share, participation=share, partners=share, co_creation=share)
def test_quality_rises_and_stays_a_share(quality, participation, partners, co_creation):
    rule = GIVEN.model_copy(update={"co_creation": co_creation})
    found = float(rule.improved(floats(quality), floats(participation), floats(partners))[0])
    assert np.float32(quality) - 1e-6 <= found <= 1.0


def test_switched_off_quality_is_as_set():
    off = GIVEN.model_copy(update={"active": False})
    assert off.improved(floats(0.6), floats(1.0), floats(1.0)).tolist() == floats(0.6).tolist()
