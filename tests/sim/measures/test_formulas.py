"""Measures against their formulas, on a record made by hand."""

import numpy as np
import pytest

from sim.measures import measure, measures
from sim.record import Record, ratio


def record(now=None, **rest):
    zero = np.zeros(2)
    sums = {name: np.array(values, float) for name, values in (now or {}).items()}
    kept = {"month": 3, "year": sums, "so_far": sums, "discount_rate": 0.01, "contractual": False, "market": np.array([10.0]),
            "people": np.array([100.0]), "price": zero, "partners": {}}  # fmt: skip
    return Record(now=sums, **(kept | rest))


def value(name, now=None, **rest):
    return np.asarray(measures()[name].function(record(now, **rest)), float).tolist()


def test_a_rate_without_a_denominator_is_missing_not_0():
    assert np.isnan(ratio(np.array([0.0, 1.0]), np.array([0.0, 0.0]))).all()
    assert ratio(np.array([1.0]), np.array([4.0])).tolist() == [0.25]


@pytest.mark.parametrize(
    ("name", "now", "expected"),
    [
        ("market_share", {"purchases": [4, 6]}, [0.4, 0.6]),
        ("hhi", {"purchases": [4, 6]}, [0.52, 0.52]),  # 0.16 + 0.36
        ("repeat_rate", {"repeat_buyers": [3, 0], "buyers": [4, 2]}, [0.75, 0.0]),
        ("share_of_requirements", {"own_purchases": [3, 8], "category_purchases": [12, 8]}, [0.25, 1.0]),
        ("loyal_share", {"cell_loyal": [5, 1], "customers": [20, 2]}, [0.25, 0.5]),
        ("net_promoters", {"promoters": [5, 1], "detractors": [3, 2], "customers": [10, 2]}, [0.2, -0.5]),
        ("churn_rate", {"lost": [5, 0], "at_start": [50, 10]}, [0.1, 0.0]),
        ("retention_rate", {"lost": [5, 0], "at_start": [50, 10]}, [0.9, 1.0]),
        ("trust", {"sum_of_trust": [6, 1], "customers": [10, 4]}, [0.6, 0.25]),
        ("reputation", {"sum_of_reputation": [60, 20]}, [0.6, 0.2]),
        ("expectations_congruency", {"episode_performance": [3, 2], "episode_expectation": [2, 3], "buyers": [5, 5]}, [0.2, -0.2]),
        ("desires_congruency", {"episode_performance": [3, 2], "desired": [2.5, 2.5], "buyers": [5, 5]}, [0.1, -0.1]),
        ("good_contacts", {"contacts_good": [3, 0], "contacted": [4, 2]}, [0.75, 0.0]),
        ("surplus_share", {"sum_of_taken": [2, 1], "buyers": [4, 4]}, [0.5, 0.25]),
        ("power_balance", {"sum_of_power_balance": [2, -1], "customers": [4, 4]}, [0.5, -0.25]),
        ("tenure", {"tenure": [60, 0], "customers": [5, 5]}, [12.0, 0.0]),
        ("rung_partner", {"rung_partner": [1, 2], "customers": [4, 4]}, [0.25, 0.5]),
        ("acquisition_cost_per_customer", {"cost_acquisition": [30, 5], "acquired": [8, 1], "won_back": [2, 0]}, [3.0, 5.0]),
        ("retention_cost_per_customer", {"cost_retention": [3, 5], "customers": [30, 10]}, [0.1, 0.5]),
        ("clv_realised", {"discounted_contribution": [90, 20], "acquired": [10, 5], "first_customers": [20, 5]}, [3.0, 2.0]),
    ],
)
def test_by_hand(name, now, expected):
    assert value(name, now) == pytest.approx(expected)


def test_expected_lifetime_value_by_hand():
    # Margin 120 / 60 = 2 a month, retention 1 - 6 / 60 = 0.9: 2 * 0.9 / (1 + 0.01 - 0.9) = 16.3636
    sums = {"contribution": [120, 0], "customers": [60, 10], "lost": [6, 10], "at_start": [60, 10]}
    assert value("clv_expected", sums) == pytest.approx([1.8 / 0.11, 0.0])
    assert value("customer_equity", sums) == pytest.approx([60 * 1.8 / 0.11, 0.0])


def test_it_is_the_sum_of_discounted_margins_at_constant_retention():
    margin, retention, d = 2.0, 0.9, 0.01
    closed = sum(margin * retention**t / (1 + d) ** t for t in range(1, 2000))
    sums = {"contribution": [margin * 100], "customers": [100], "lost": [10], "at_start": [100]}
    assert value("clv_expected", sums) == pytest.approx([closed])


def test_without_discount_and_without_churn_value_is_missing():
    sums = {"contribution": [100], "customers": [100], "lost": [0], "at_start": [100]}
    assert np.isnan(value("clv_expected", sums, discount_rate=0.0)).all()


def test_what_is_not_announced_is_not_counted_as_cancelled():
    sums = {"lost": [5, 2]}
    assert value("lapsed", sums) == [5, 2]
    assert np.isnan(value("cancelled", sums)).all()
    assert value("cancelled", sums, contractual=True) == [5, 2]
    assert np.isnan(value("lapsed", sums, contractual=True)).all()


def test_a_measure_is_found_because_it_is_declared():
    from sim import measures as package

    @measure(label="Twice", chinese="两倍", unit="customers", low=0)
    def twice_for_a_test(r):
        """Twice the customers."""
        return 2 * r["customers"]

    try:
        found = measures()["twice_for_a_test"]
        assert (found.meaning, found.label, found.unit, found.low) == ("Twice the customers.", "Twice", "customers", 0)
        assert value("twice_for_a_test", {"customers": [1, 2]}) == [2, 4]
    finally:
        del package._FOUND["twice_for_a_test"]
