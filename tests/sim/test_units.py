"""Units: what is declared per month is converted exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.units import PERIODS_PER_YEAR, months_per_period, per_period

EVERY_UNIT = (
    "probability/month", "share/month", "currency/month", "contacts/quarter", "complaints/month", "months", "share", "ratio", "probability",
)  # fmt: skip
COMPOUND = ("probability/month", "share/month")


@pytest.mark.parametrize(
    ("value", "unit", "months", "expected"),
    [
        (0.1, "probability/month", 3.0, 0.271),  # 1 - 0.9^3
        (0.5, "share/month", 2.0, 0.75),  # 1 - 0.5^2
        (1.0, "probability/month", 0.25, 1.0),
        (0.0, "share/month", 12.0, 0.0),
        (0.02, "currency/month", 3.0, 0.06),
        (9.0, "contacts/quarter", 1.0, 3.0),
        (9.0, "contacts/quarter", 3.0, 9.0),
        (9.0, "contacts/quarter", 12.0, 36.0),
        (12.0, "months", 3.0, 4.0),
        (0.12, "share/year", 3.0, 0.12),  # rates a year are converted where they are used
        (0.4, "share", 12.0, 0.4),
        (2.5, "ratio", 0.23, 2.5),
    ],
)
def test_worked_by_hand(value, unit, months, expected):
    assert per_period(value, unit, months) == pytest.approx(expected, rel=1e-12)


@given(value=st.floats(0.0, 1.0), unit=st.sampled_from(EVERY_UNIT))
def test_a_month_is_the_month(value, unit):
    if not unit.endswith("/quarter"):
        assert per_period(value, unit, 1.0) == value


@given(value=st.floats(0.0, 0.99), unit=st.sampled_from(COMPOUND), months=st.floats(0.1, 6.0), times=st.integers(1, 4))
def test_shares_and_probabilities_compound(value, unit, months, times):
    once = per_period(value, unit, months)
    assert 1.0 - per_period(value, unit, months * times) == pytest.approx((1.0 - once) ** times, rel=1e-9)


@given(value=st.floats(0.0, 0.99), unit=st.sampled_from(COMPOUND), months=st.floats(0.1, 60.0))
def test_probabilities_stay_probabilities(value, unit, months):
    assert 0.0 <= per_period(value, unit, months) <= 1.0


@given(value=st.floats(0.0, 100.0), months=st.floats(0.1, 12.0))
def test_amounts_add_up_over_a_year(value, months):
    assert per_period(value, "currency/month", months) * 12.0 / months == pytest.approx(value * 12.0)
    assert per_period(value, "contacts/quarter", months) * 12.0 / months == pytest.approx(value * 4.0)


def test_a_year_has_its_days():
    assert PERIODS_PER_YEAR["week"] * 7 == pytest.approx(365.2425)
    assert [months_per_period(p) for p in ("month", "quarter", "year")] == [1.0, 3.0, 12.0]
    assert math.isclose(months_per_period("week") * PERIODS_PER_YEAR["week"], 12.0)
