"""Survival: the product-limit estimate, worked by hand, and what censoring must not do to it."""

import made
import pandas as pd
import pytest

from results.survival import survival

FIRM = {"A": "transactional"}


def cohort(acquired_in, customers, replication=0):
    return pd.DataFrame({
        "replication": replication, "firm": "A", "acquired_in": acquired_in, "age": range(len(customers)), "customers": customers,
        "size": customers[0],
    })  # fmt: skip


def test_worked_by_hand_with_a_censored_cohort():
    table = survival(pd.concat([cohort(1, [100, 80, 60]), cohort(2, [50, 30])]), FIRM)
    # age 1: (80 + 30) of (100 + 50) stay = 0.7333; age 2: only the first cohort is old enough: 60 of 80, so 0.7333 * 0.75 = 0.55
    assert table["survival"].tolist() == pytest.approx([1.0, 110 / 150, 110 / 150 * 0.75])
    assert table["at_risk"].tolist() == [150, 150, 80]


def test_a_cohort_that_is_only_young_lowers_nothing():
    old = cohort(1, [1000, 900, 810, 729])
    young = cohort(4, [5000])
    assert survival(pd.concat([old, young]), FIRM)["survival"].tolist() == pytest.approx([1.0, 0.9, 0.81, 0.729])


def test_customers_of_the_start_are_left_out():
    start = cohort(0, [1000, 10, 1])
    assert survival(pd.concat([start, cohort(1, [10, 9])]), FIRM)["survival"].tolist() == pytest.approx([1.0, 0.9])


def test_the_better_keeper_survives_longer_in_every_replication():
    firms = {firm: strategy for firm, (strategy, _) in made.FIRMS.items()}
    last = survival(made.cohorts(months=12), firms).groupby(["strategy", "replication"])["survival"].min().unstack("strategy")
    assert (last["relational"] > last["transactional"]).all()
    assert last["transactional"].to_numpy() == pytest.approx(0.9**11, rel=0.15)  # 100 customers a cohort, rounded to whole ones
