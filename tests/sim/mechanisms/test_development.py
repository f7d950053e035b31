"""Development: fit, discoveries and what they bring and cost, by hand and by sign (Kohli & Jaworski 1990)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, floats

from sim.mechanisms.development import Development

GIVEN = Development(
    learn=0.1, drift=0.02, usual=0.5, by_fit=0.2, extended=0.1, by_advice=0.06, discovery=0.05, strength=0.15, fading=0.1, pull=0.2,
    extras_cost=0.04, advice_cost=0.03, sensing_cost=0.003, innovation_cost=0.01,
)  # fmt: skip
OFF = GIVEN.model_copy(update={"active": False})
share = st.floats(0, 1, width=32)


def fit(old=0.5, sensing=0.0, dialogue=0.0, rule=GIVEN):
    return float(rule.fit(floats([old]), floats(sensing), floats(dialogue))[0, 0])


def test_fit_by_hand():
    # 0.5 + 0.1 * 0.8 * 0.75 * 0.5 - 0.02 * 0.5
    assert fit(sensing=0.8, dialogue=0.5) == pytest.approx(0.52)
    assert fit() == pytest.approx(0.49)  # wishes move on


@given(old=share, low=share, step=share, dialogue=share)
def test_sensing_brings_the_offer_nearer_and_dialogue_helps(old, low, step, dialogue):
    high = min(low + step, 1.0)
    assert fit(old, high, dialogue) >= fit(old, low, dialogue) - 1e-6
    assert fit(old, 0.5, high) >= fit(old, 0.5, low) - 1e-6
    assert fit(old, 0.0, high) == fit(old, 0.0, low)  # talk without the will to learn teaches nothing
    assert 0.0 <= fit(old, high, dialogue) <= 1.0


def test_discoveries_by_hand():
    lead = GIVEN.lead(np.zeros(1000, np.float32), even(1000), np.full(1000, 0.8, np.float32))
    assert (lead > 0).mean() == pytest.approx(0.04)
    assert lead.max() == np.float32(0.15)
    assert float(GIVEN.lead(floats(0.1), floats(0.9), floats(1.0))[0]) == pytest.approx(0.09)  # others catch up
    # A quarter: 1 - 0.95^3 = 0.142625.
    quarter = GIVEN.per_period(3.0)
    assert float(quarter.lead(floats(0.0), floats(0.14), floats(1.0))[0]) > 0
    assert float(quarter.lead(floats(0.0), floats(0.15), floats(1.0))[0]) == 0


def test_what_it_adds_by_hand():
    found = GIVEN.offered(floats(0.7), floats(0.5), floats(0.5), floats(0.1))
    assert float(found[0]) == pytest.approx(0.04 + 0.1 * (1 - np.exp(-1.5)) + 0.03 + 0.1, rel=1e-5)
    assert float(GIVEN.offered(floats(0.5), floats(0.0), floats(0.0), floats(0.0))[0]) == 0.0


def test_a_discovery_draws_people_into_the_category():
    assert GIVEN.demand(floats(0.15, 0.0)) == pytest.approx(1.2)
    assert GIVEN.demand(floats(0.0, 0.0)) == 1.0


def test_costs_by_hand():
    per_purchase, per_customer = GIVEN.costs(floats(0.5), floats(0.5), floats(0.5))
    assert (float(per_purchase[0]), float(per_customer[0])) == (pytest.approx(0.035), pytest.approx(0.0015))
    assert float(GIVEN.research(floats(0.5), 1000.0)[0]) == pytest.approx(5.0)


def test_switched_off_nothing_moves_and_nothing_is_paid():
    assert fit(0.5, 1.0, 1.0, OFF) == 0.5
    assert float(OFF.lead(floats(0.1), floats(0.0), floats(1.0))[0]) == 0.0
    assert float(OFF.offered(floats(1.0), floats(1.0), floats(1.0), floats(0.1))[0]) == 0.0
    assert OFF.demand(floats(0.15)) == 1.0
    assert not OFF.costs(floats(1.0), floats(1.0), floats(1.0))[0].any()
    assert float(OFF.research(floats(1.0), 1000.0)[0]) == 0.0
