"""Experience: performance and failures, worked by hand (Parasuraman, Zeithaml & Berry 1985)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.draws import Luck
from sim.mechanisms.experience import Experience

GIVEN = Experience(quality=0.6, fit=0.1, severity=0.3, noise=0.05)
share = st.floats(0, 1, width=32)
N = 2000


def failure_rate(bought=1.0, reliability=0.9, service=0.5, rule=GIVEN):
    row = np.full((1, N), bought, np.float32)
    return rule.failed(even(N)[None], row, floats(reliability), floats(service)).mean()


def performance(luck=0.5, failed=0, knowledge=0.0, offered=0.5, rule=GIVEN):
    return float(rule.performance(floats([luck]), flags([failed]), floats([knowledge]), floats(offered))[0, 0])


def test_what_is_offered_by_hand():
    np.testing.assert_allclose(GIVEN.offered(floats(0.7, 1.0), floats(0.4, 1.0)), [0.58, 1.0], rtol=1e-6)  # 0.6 * 0.7 + 0.4 * 0.4


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, 0.1),  # (1 - 0.9) (1.5 - 0.5)
        ({"service": 1.0}, 0.05),
        ({"service": 0.0}, 0.15),
        ({"bought": 3.0}, 0.271),  # 1 - 0.9^3
        ({"bought": 0.0}, 0.0),
        ({"reliability": 1.0}, 0.0),
        ({"reliability": 0.0, "service": 0.0}, 1.0),
    ],
)
def test_failures_by_hand(how, expected):
    assert failure_rate(**how) == pytest.approx(expected, abs=1.5 / N)


@given(low=share, step=share, bought=st.integers(1, 20), reliability=share)
def test_better_service_never_fails_more_often(low, step, bought, reliability):
    better = failure_rate(bought, reliability, min(low + step, 1.0))
    assert better <= failure_rate(bought, reliability, low)


def test_performance_by_hand():
    assert performance(offered=0.58) == pytest.approx(0.58)
    assert performance(offered=0.58, knowledge=0.5) == pytest.approx(0.63)  # fit 0.1 * 0.5
    assert performance(offered=0.58, failed=1) == pytest.approx(0.28)
    assert performance(offered=0.58, luck=0.0) == pytest.approx(0.58 - 0.05 * np.sqrt(12) / 2, abs=1e-6)


def test_chance_has_mean_0_and_the_declared_standard_deviation():
    luck = Luck(3, 1, 0, 50_000).uniforms("performance", 1)
    nothing = np.zeros((1, 50_000), np.float32)
    found = GIVEN.performance(luck, nothing.astype(np.uint8), nothing, floats(0.5))
    # 4.5 standard errors; those of a uniform's standard deviation are 0.45 of a normal's.
    assert abs(found.mean(dtype=float) - 0.5) < 4.5 * 0.05 / np.sqrt(50_000)
    assert found.std(dtype=float) == pytest.approx(0.05, rel=0.01)


@given(luck=st.floats(0, 0.999), failed=st.integers(0, 1), knowledge=share, offered=share)
def test_performance_is_a_share(**how):
    assert 0.0 <= performance(rule=Experience(quality=0.5, fit=1.0, severity=1.0, noise=0.5), **how) <= 1.0


@given(luck=st.floats(0, 0.999), knowledge=share, offered=share, low=share)
def test_a_failure_never_pleases_and_knowledge_never_spoils(luck, knowledge, offered, low):
    assert performance(luck, 1, knowledge, offered) <= performance(luck, 0, knowledge, offered)
    assert performance(luck, 0, max(low, knowledge), offered) >= performance(luck, 0, knowledge, offered)


def test_switched_off_nothing_fails_and_all_is_as_offered():
    off = GIVEN.model_copy(update={"active": False})
    assert failure_rate(reliability=0.0, rule=off) == 0.0
    assert performance(luck=0.99, knowledge=1.0, rule=off) == pytest.approx(0.5)
