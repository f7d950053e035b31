"""The witness: sees what happened, to the last purchase, and changes nothing."""

import numpy as np
import pytest

from experiments.validation.witness import Episodes, beside
from scenarios import load
from sim import MarketModel

SMALL = {"customers": 600, "months": 6}


@pytest.fixture(scope="module")
def runs():
    """The same market alone, and with somebody watching; what the witness saw each month."""
    alone, watched = (MarketModel(load("complaints_welcomed").but(SMALL), seed=3) for _ in range(2))
    alone.run_model()
    episodes, seen = Episodes(watched), []
    while watched.running:
        watched.step()
        seen.append(episodes.month())
    return alone, watched, seen


def test_who_watches_changes_nothing(runs):
    alone, watched, _ = runs
    for name, column in alone.tables()["firm_months"].items():
        np.testing.assert_array_equal(column, watched.tables()["firm_months"][name])


def test_what_was_seen_is_what_the_model_counts(runs):
    _, watched, seen = runs
    table = watched.tables()["firm_months"]
    for month, (_, fate) in enumerate(seen):
        rows = table["month"] == month + 1
        np.testing.assert_array_equal((fate >= 1).sum(axis=0), table["bad_episodes"][rows])
        np.testing.assert_array_equal((fate >= 2).sum(axis=0), table["complaints"][rows])
        np.testing.assert_array_equal((fate == 5).sum(axis=0), table["recovered"][rows])


def test_who_bought_is_who_bought(runs):
    _, watched, seen = runs
    stayed = np.asarray(watched.customers.get("entered")) == 0
    ever = np.any([bought for bought, _ in seen], axis=0)
    since = np.asarray(watched.customers.get("last_purchase")) >= 1
    np.testing.assert_array_equal(ever[stayed], since[stayed])


def test_whoever_stands_beside_a_rule_may_answer_for_it():
    model = MarketModel(load("complaints_welcomed").but(SMALL), seed=3)
    beside(model, "complaints", "fate", lambda own, *given: np.zeros_like(own(*given)))
    model.run_model()
    assert model.tables()["firm_months"]["bad_episodes"].sum() == 0
