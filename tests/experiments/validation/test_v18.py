"""V18: pairs are the same customers, and the paradox is there for mild failures, not for hard ones or without relief."""

import numpy as np
import pytest

from experiments.validation.facts import v18_recovery as v18
from sim import MarketModel


def story(recovered, bought, satisfaction, stayed):
    return v18.Story(*(np.array(column)[:, None] for column in (recovered, bought, satisfaction, stayed)))


def test_only_customers_of_both_twins_are_compared():
    failing = story([True, True, False], [True] * 3, [0.7, 0.1, 0.0], [True, False, False])
    sound = story([False] * 3, [True, False, True], [0.6, 0.0, 0.9], [False, False, True])
    assert v18.paradox(failing, sound) == pytest.approx((0.1, 1.0, 1.0))


@pytest.fixture(scope="module")
def pairs():
    """What recovery leaves by severity, and without the mechanism's relief."""

    def one(severity, relief):
        failing, sound = (
            v18.watch(MarketModel(twin.but({"mechanisms.complaints.relief": relief}, months=v18.MONTH + 2), seed=1))
            for twin in v18.twins(severity, 500)
        )
        assert not sound.recovered.any()
        return v18.paradox(failing, sound)

    return {"mild": one(0.05, 0.35), "hard": one(0.8, 0.35), "no relief": one(v18.MILD, 0.0)}


def test_a_mild_failure_made_good_pleases_more_than_none(pairs):
    assert pairs["mild"][0] > 0.0
    assert pairs["mild"][2] > 50


def test_a_hard_failure_or_an_answer_without_relief_does_not(pairs):
    assert pairs["hard"][0] < pairs["mild"][0]
    assert pairs["no relief"][0] < 0.0
