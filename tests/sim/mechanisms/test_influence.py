"""Influence: conduct, scandals, and what stances do, by hand and by sign (Christopher, Payne & Ballantyne 1991)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.influence import Influence

GIVEN = Influence(
    ground=0.4, by_rules=0.2, by_greed=0.8, by_silence=0.3, gravity=1.0, bought=0.5, exposure=0.05, betrayal=0.8, outrage=0.25, weight=0.3, cap=0.5,
    fine=0.05, base=0.06, doubt=0.14, capital=3.0, inform=0.3, effort_cost=0.01, favour_cost=0.02,
)  # fmt: skip
share = st.floats(0, 1, width=32)


def conduct(compliance=0.5, taken=0.5, turned_away=0.0, scandal=0.0, favours=0.0):
    return float(GIVEN.conduct(*(floats(value) for value in (compliance, taken, turned_away, scandal, favours)))[0])


def test_conduct_by_hand():
    # 0.4 + 0.1 - 0.8 * 0.2 - 0.3 * 0.5 + 0.5 * 0.4
    assert conduct(taken=0.7, turned_away=0.5, favours=0.4) == pytest.approx(0.39)
    assert conduct(taken=0.2) == conduct(taken=0.5)  # taking less than half is no merit
    assert conduct(scandal=1.0) == 0.0


@given(low=share, step=share, taken=share, favours=share)
def test_what_turns_a_stance(low, step, taken, favours):
    high = min(low + step, 1.0)
    for name in ("taken", "turned_away", "scandal"):
        assert conduct(**{"favours": favours, name: high}) <= conduct(**{"favours": favours, name: low}) + 1e-6
    for name in ("compliance", "favours"):
        assert conduct(**{"taken": taken, name: high}) >= conduct(**{"taken": taken, name: low}) - 1e-6


def test_favours_come_to_light_by_hand():
    found = [float(GIVEN.exposed(floats(luck), floats(favours), floats(0.0))[0]) for luck, favours in ((0.02, 0.5), (0.03, 0.5), (0.0, 0.0))]
    assert found == pytest.approx([0.8, 0.0, 0.0])  # chance 0.025
    assert float(GIVEN.exposed(floats(0.9), floats(1.0), floats(0.3))[0]) == pytest.approx(0.3)  # a scandal of the scenario's own


def test_a_scandal_shakes_trust_by_hand():
    found = GIVEN.shaken(floats([0.8, 0.4], [0.8, 0.4]), floats(0.5, 0.0))
    np.testing.assert_allclose(found, [[0.7, 0.35], [0.8, 0.4]])  # an eighth of it


STANCE = floats([0.4, -0.6, 0.2], [-1.0, 1.0, 0.0])
MEDIA, AUDIENCE, STRICT = floats(1.0, 1.0, 0.0), floats(0.3, 0.1, 0.9), floats(0.5, 0.5, 1.0)


def test_media_by_hand():
    # forces 0.15 and 0.05: weight 0.3 * 0.2; message (1 + 0.75 * 0.4 - 0.25 * 0.6) / 2 and (1 - 0.75 + 0.25) / 2
    message, weight = GIVEN.media(STANCE, AUDIENCE, STRICT, MEDIA)
    np.testing.assert_allclose(message, [0.575, 0.25], rtol=1e-5)
    np.testing.assert_allclose(weight, [0.06, 0.06], rtol=1e-5)
    assert not GIVEN.media(STANCE, AUDIENCE, STRICT, 0 * MEDIA)[1].any()


def test_what_is_published_is_believed_in_part():
    found = GIVEN.published(floats([0.5, 0.2]), floats(1.0), floats(0.1))
    np.testing.assert_allclose(found, [[0.55, 0.28]], rtol=1e-6)


def test_the_strictest_counts():
    # (1 - 0.4) / 2 * 0.5 = 0.15 against (1 + 0.6) / 2 * 0.5 = 0.4; 1 * 0.5 against 0
    np.testing.assert_allclose(GIVEN.hostility(STANCE, STRICT, MEDIA), [0.4, 0.5], rtol=1e-6)
    assert not GIVEN.hostility(STANCE, STRICT, 0 * MEDIA).any()


def test_communities_recommend_whom_they_like_by_hand():
    # 1 - (1 - 0.15 * 0.4); for the second firm 0.05 * 1 of the one that likes it
    np.testing.assert_allclose(GIVEN.welcome(STANCE, AUDIENCE, STRICT, MEDIA), [0.06, 0.05], rtol=1e-5)


def test_a_doubting_bank_lends_dearly_by_hand():
    # 0.06 + 0.14 * 0.5 = 13 % a year on three months' costs of 100: 300 (1.13^(1/12) - 1)
    assert float(GIVEN.interest(floats(100.0), floats(0.5), 1.0)[0]) == pytest.approx(300 * (1.13 ** (1 / 12) - 1), rel=1e-4)
    year = float(GIVEN.interest(floats(1200.0), floats(0.5), 12.0)[0])
    assert year == pytest.approx(300 * 0.13, rel=1e-4)  # working capital is in terms of a month's costs, whatever the period


@given(low=share, step=share)
def test_hostility_never_makes_money_cheaper_nor_fines_lower(low, step):
    high = floats(min(low + step, 1.0))
    assert GIVEN.interest(floats(100.0), high, 1.0)[0] >= GIVEN.interest(floats(100.0), floats(low), 1.0)[0]
    assert GIVEN.fines(floats(100.0), high, floats(0.5))[0] >= GIVEN.fines(floats(100.0), floats(low), floats(0.5))[0]


def test_fines_and_costs_by_hand():
    assert float(GIVEN.fines(floats(100.0), floats(0.4), floats(0.75))[0]) == pytest.approx(0.5)  # 0.05 * 100 * 0.4 * 0.25
    assert float(GIVEN.cost(floats(100.0), floats(0.5), floats(0.3), floats(0.1))[0]) == pytest.approx(0.6)  # 0.4 + 0.2
