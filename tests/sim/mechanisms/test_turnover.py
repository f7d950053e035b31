"""Turnover: who leaves and who arrives, by hand; sorting makes retention rise with age (Fader & Hardie 2007)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, floats

from sim.draws import Luck
from sim.mechanisms.turnover import Turnover

GIVEN = Turnover(departure=0.02, arrival=0.25, protection=0.5)
share = st.floats(0, 1, width=32)
N = 2000


def leaving(rule=GIVEN, dropout=0.1, commitment=(0.0, 0.0), current=0, occasions=1, rate=1.0):
    """The share of customers of one kind who leave."""
    rows = np.repeat(np.array(commitment, np.float32)[:, None], N, axis=1)
    lasts = rule.lasts(even(N), np.full(N, dropout, np.float32), rows, np.full(N, current, np.int8))
    return rule.leaves(lasts, np.full(N, occasions, np.int32), np.full(N, rate, np.float32)).mean()


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, 0.118),  # 1 - 0.98 * 0.9
        ({"occasions": 0}, 0.02),
        ({"occasions": 3}, 0.28558),  # 1 - 0.98 * 0.9^3
        ({"commitment": (1.0, 0.0)}, 0.069),  # 1 - 0.98 * 0.95
        ({"commitment": (0.0, 1.0)}, 0.118),  # commitment to another firm does not protect
        ({"commitment": (1.0, 1.0), "current": -1}, 0.118),
        ({"dropout": 0.0}, 0.02),
        ({"dropout": 1.0}, 1.0),
        ({"rate": 0.0}, 0.0),  # who has left cannot leave again
    ],
)
def test_who_leaves_by_hand(how, expected):
    assert leaving(**how) == pytest.approx(expected, abs=1.5 / N)


@given(low=share, step=share, dropout=share, occasions=st.integers(0, 5))
def test_commitment_never_makes_leave(low, step, dropout, occasions):
    high = leaving(commitment=(min(low + step, 1.0), 0.0), dropout=dropout, occasions=occasions)
    assert high <= leaving(commitment=(low, 0.0), dropout=dropout, occasions=occasions)


def test_the_last_purchase_comes_as_often_as_the_geometric_distribution_says():
    rows = np.zeros((1, N), np.float32)
    lasts = GIVEN.lasts(even(N), np.full(N, 0.3, np.float32), rows, np.zeros(N, np.int8))
    assert (lasts == 0).mean() == pytest.approx(0.02, abs=1.5 / N)  # for reasons of their own
    for n in (1, 2, 3):
        assert (lasts == n).mean() == pytest.approx(0.98 * 0.3 * 0.7 ** (n - 1), abs=1.5 / N)


def test_newcomers_take_vacated_places_only():
    found = GIVEN.arrives(floats(0.24, 0.26, 0.1, 0.1), floats(0.0, 0.0, 1.0, 0.5))
    assert found.tolist() == [True, False, False, False]


def test_switched_off_everybody_stays():
    off = GIVEN.model_copy(update={"active": False})
    assert leaving(off, dropout=1.0) == 0.0
    assert not off.arrives(floats(0.0), floats(0.0)).any()


def test_heterogeneous_dropout_is_the_shifted_beta_geometric():
    # Survivors of Beta(a, b) dropout: retention at age t is (b + t) / (a + b + t), and rises.
    a, b, n, rule = 1.0, 3.0, 40_000, Turnover(departure=0.0, arrival=0.0, protection=0.0)
    dropout = np.random.default_rng(5).beta(a, b, n).astype(np.float32)
    here = np.ones(n, bool)
    for age in range(5):
        lasts = rule.lasts(Luck(1, age + 1, 0, n).uniform("departure"), dropout, np.zeros((1, n), np.float32), np.zeros(n, np.int8))
        left = rule.leaves(lasts, np.ones(n, np.int32), here.astype(np.float32))
        kept, expected = 1 - left[here].mean(), (b + age) / (a + b + age)
        # 4.5 standard errors of a share: false alarm 7e-6.
        assert abs(kept - expected) < 4.5 * np.sqrt(expected * (1 - expected) / here.sum())
        here &= ~left
