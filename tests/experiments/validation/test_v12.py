"""V12 and V13: the measurement finds what is there: known survival, known models, and no rise where customers are alike."""

import numpy as np
import pytest

from experiments.validation import contracts
from experiments.validation.facts import v12_rising_retention as v12
from experiments.validation.facts import v13_sorting as v13
from sim import MarketModel

HIGH_END, REGULAR = (np.array(shares) for shares in contracts.PUBLISHED.values())


@pytest.mark.parametrize(("shares", "a", "b", "error"), [(HIGH_END, 0.668, 3.806, 0.0283), (REGULAR, 0.704, 1.182, 0.0149)])
def test_the_published_table_gives_the_published_fit(shares, a, b, error):
    model = contracts.fitted(shares[: contracts.FITTED + 1])
    assert (model.a, model.b) == pytest.approx((a, b), rel=0.02)
    assert contracts.holdout_error(shares) == pytest.approx(error, abs=0.001)


def test_a_cohort_that_stops_losing_people_is_not_foretold():
    shares = np.append(0.9 ** np.arange(8), np.full(5, 0.9**7))
    assert contracts.holdout_error(shares) > v12.ERROR


def test_survival_is_read_from_contracts():
    model = MarketModel(contracts.market("contractual_regular", 500).but(months=36), seed=2)
    assert contracts.survival(model).shape == (4,)
    # Nobody leaves where nobody is prone to.
    still = contracts.market("contractual_regular", 500).but({"segments.0.dropout_a": 0.0}, months=24)
    np.testing.assert_array_equal(contracts.survival(MarketModel(still, seed=2)), 1.0)


def test_renewal_is_of_those_who_were_there():
    np.testing.assert_allclose(contracts.renewal(np.array([1.0, 0.8, 0.4])), [0.8, 0.5])


def test_one_year_too_far_fails():
    rows = [HIGH_END, HIGH_END + np.where(np.arange(13) == 5, 0.08, 0.0)]
    assert v12.farthest("x", [HIGH_END, HIGH_END], HIGH_END).passed
    found = v12.farthest("x", rows, HIGH_END)
    assert not found.passed
    assert found.value == pytest.approx(0.04)


def test_sorting_rises_and_customers_alike_do_not():
    frozen = contracts.market("contractual_regular", 500).but(v13.FROZEN, months=60)
    differ, same = (v13.rise(contracts.survival(MarketModel(scenario, seed=1))) for scenario in (frozen, v13.alike(frozen)))
    assert differ > 0.15
    assert abs(same) < 0.1


def test_a_rise_that_may_be_luck_does_not_persist():
    flat = 0.8 ** np.arange(13.0)
    assert v13.rise(flat) == pytest.approx(0.0)
    assert v13.rise(HIGH_END) == pytest.approx(0.0913, abs=0.001)
