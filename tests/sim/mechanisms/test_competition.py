"""Competition: matching, copying and alliances by hand and by sign (Porter 1980; Brandenburger & Nalebuff 1996)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.mechanisms.competition import Competition

GIVEN = Competition(
    active=True, floor=0.05, financial=0.3, social=0.05, structural=0.01, bar=0.12, courtship=0.15, breach=0.3, leak=0.5, ground=0.55, provoked=1.5,
    by_alliance=0.2,
)  # fmt: skip
share = st.floats(0, 1, width=32)
NONE = np.zeros((3, 3), np.uint8)
ALL = flags(1, 1, 1)


def cut(seen, matching=0.5, price=1.0, cost=0.6, allied=NONE, present=ALL, rule=GIVEN):
    """The first firm's cut when it saw these prices, its own first."""
    ones = np.ones(3, np.float32)
    return float(rule.cut(price * ones, cost * ones, matching * ones, floats(*seen), allied, present)[0])


def test_matching_by_hand():
    assert cut((1.0, 0.8, 0.9)) == pytest.approx(0.1)  # half of the way to the lowest
    assert cut((0.5, 1.0, 1.2)) == 0.0  # its own price is no rival's
    assert cut((1.0, 0.8, 0.9), present=flags(1, 0, 1)) == pytest.approx(0.05)
    assert cut((1.0, 0.2, 0.9), matching=1.0, cost=0.8) == pytest.approx(0.16)  # down to 0.8 * 1.05 = 0.84


@given(price=st.floats(0.1, 3), cost=st.floats(0, 3), other=st.floats(0, 3), matching=share)
def test_no_price_is_matched_below_the_floor_over_cost(price, cost, other, matching):
    found = cut((price, other, other), matching, price, cost)
    assert 0.0 <= found <= 1.0
    assert price * (1 - found) >= min(price, cost * 1.05) - 1e-5


def test_allies_leave_each_others_prices_alone():
    allied = flags([0, 1, 0], [1, 0, 0], [0, 0, 0])
    assert cut((1.0, 0.8, 0.9), allied=allied) == pytest.approx(0.05)
    assert cut((1.0, 0.8, 0.9), allied=allied, rule=GIVEN.model_copy(update={"truce": False})) == pytest.approx(0.1)


def copied(months=1, allied=NONE, imitation=1.0, own=((0.0, 1.0, 0.5),) * 3, rule=GIVEN):
    """What three firms have copied of bonds, by level, when the second offers all of them."""
    found = np.zeros((3, 3), np.float32)
    for _ in range(months):
        found = rule.copied(found, floats(*own), np.full(3, imitation, np.float32), allied, ALL)
    return found


def test_copying_by_hand():
    # 0.3 of 1, 0.3 of 0.5; the leader copies nobody
    np.testing.assert_allclose(copied()[0], [0.3, 0.0, 0.15], rtol=1e-6)
    np.testing.assert_allclose(copied(imitation=0.5)[0], [0.15, 0.0, 0.075], rtol=1e-6)
    allied = flags([0, 1, 0], [1, 0, 0], [0, 0, 0])
    np.testing.assert_allclose(copied(allied=allied)[0], [0.45, 0.0, 0.15], rtol=1e-6)  # knowledge leaks to the ally


@pytest.mark.parametrize("months", [1, 6, 36])
def test_financial_bonds_are_copied_faster_than_social_and_these_than_structural(months):
    financial, social, structural = copied(months)[:, 0]
    assert financial > social > structural > 0


def test_nobody_copies_more_than_there_is():
    assert copied(600).max() <= 1.0 + 1e-6
    np.testing.assert_allclose(copied(600)[0], [1.0, 0.0, 0.5], rtol=1e-4)


def allies(trust=0.6, ready=(1.0, 1.0, 1.0), luck=0.0, before=NONE, present=ALL, complementarity=0.0):
    t = np.full((3, 3), trust, np.float32) if np.isscalar(trust) else floats(*trust)
    return GIVEN.allies(before, floats(*ready), t, np.full((3, 3), complementarity, np.float32), np.full((3, 3), luck, np.float32), present)


def test_two_ally_who_are_both_ready_and_trust_each_other():
    found = allies()
    assert found[0, 1] == found[1, 0] == 1
    assert found.sum() == 2  # an alliance is between two
    assert allies(ready=(0.0, 1.0, 1.0))[0].sum() == 0
    assert allies(trust=0.3).sum() == 0  # 0.09 is below the bar
    one_way = np.full((3, 3), 0.6, np.float32)
    one_way[0, 1:] = 0.1  # the others do not trust the first
    found = allies(trust=one_way.tolist())
    assert found[0].sum() == 0
    assert found[1, 2] == 1
    assert allies(present=flags(1, 0, 1))[1].sum() == 0


def test_courtship_takes_luck_and_complements_court_sooner():
    assert allies(luck=0.16).sum() == 0
    assert allies(luck=0.16, complementarity=0.5).sum() == 2  # chance 0.225


def test_an_alliance_lasts_until_trust_is_gone():
    before = flags([0, 1, 0], [1, 0, 0], [0, 0, 0])
    assert allies(trust=0.31, luck=0.9, before=before)[0, 1] == 1
    assert allies(trust=0.29, luck=0.9, before=before)[0, 1] == 0
    assert allies(luck=0.9, before=before, ready=(0.0, 1.0, 1.0))[0, 1] == 0
    assert allies(luck=0.9, before=before, present=flags(0, 1, 1))[0, 1] == 0


@given(st.data())
def test_alliances_are_mutual_between_two_and_never_with_oneself(data):
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    n = data.draw(st.integers(2, 6))
    before = np.zeros((n, n), np.uint8)
    for _ in range(4):
        trust, ready = rng.uniform(0, 1, (n, n)).astype(np.float32), rng.uniform(0, 1, n).astype(np.float32)
        present = rng.integers(0, 2, n).astype(np.uint8)
        before = GIVEN.allies(before, ready, trust, np.zeros((n, n), np.float32), rng.uniform(0, 0.3, (n, n)).astype(np.float32), present)
        np.testing.assert_array_equal(before, before.T)
        assert before.sum(axis=1).max() <= 1
        assert np.diag(before).sum() == 0


def test_what_two_could_give_each_other_by_hand():
    found = GIVEN.complementarity(floats(0.6, 0.8), floats(0.95, 0.9))
    np.testing.assert_allclose(found, [[0.0, 0.25], [0.25, 0.0]], atol=1e-6)


def test_how_rivals_treat_each_other_by_hand():
    # 0.55 - 1.5 * 0.1, and 0.2 more for the ally
    found = GIVEN.treatment(floats(0.1, 0.0), flags([0, 1], [1, 0]))
    np.testing.assert_allclose(found, [[0.4, 0.6], [0.75, 0.55]], rtol=1e-6)
