"""V26: path models return the coefficients that made the data; the survey asks what it says it asks."""

import numpy as np
import pandas as pd
import pytest

from experiments.validation import path_model, survey
from experiments.validation.fact import Effort, in_turn
from experiments.validation.facts import v26_commitment_trust as v26

CHAIN = {"b": ("a",), "c": ("b",)}


@pytest.fixture(scope="module")
def chain():
    rng = np.random.default_rng(1)
    a, e, f = rng.standard_normal((3, 20_000))
    b = 0.6 * a + 0.8 * e
    return pd.DataFrame({"a": a, "b": b, "c": -0.5 * b + np.sqrt(0.75) * f})


def test_coefficients_are_those_that_made_the_data(chain):
    found = path_model.coefficients(chain, CHAIN)
    assert found["a", "b"] == pytest.approx(0.6, abs=0.02)
    assert found["b", "c"] == pytest.approx(-0.5, abs=0.02)
    assert path_model.explained(chain, CHAIN)["c"] == pytest.approx(0.25, abs=0.02)


def test_a_true_model_fits_and_a_wrong_one_does_not(chain):
    assert path_model.misfit(chain, CHAIN) < 0.01
    # Without the arrow from b to c the correlation of -0.5 is missed, and one of three is wrong.
    assert path_model.misfit(chain, {"b": ("a",), "c": ("a",)}) > 0.1


@pytest.fixture(scope="module")
def answered():
    return survey.table([one[0] for one in in_turn(survey.markets(2), [1], survey.answers)])


def test_firms_of_the_survey_differ_in_every_lever_on_its_own():
    fixed = pd.DataFrame([firm.fixed for market in survey.markets(6) for firm in market.firms])[list(survey.LEVERS)]
    assert (fixed.nunique() == len(fixed)).all()
    assert fixed.corr().abs().where(~np.eye(len(survey.LEVERS), dtype=bool)).max().max() < 0.2


def test_answers_are_shares_and_those_who_say_that_they_would_leave_do(answered):
    assert list(answered) == list(survey.ITEMS)
    assert len(answered) > 400
    shares = answered[["trust", "commitment", "opportunism", "leaving", "left"]]
    assert ((shares >= 0.0) & (shares <= 1.0)).all().all()
    assert answered["leaving"].corr(answered["left"]) > 0.3


def test_the_ranges_are_those_of_the_design(answered):
    one = answered.to_numpy(float)
    evidence = v26.measure(Effort(quick=True, run=None, play=lambda scenarios, seeds, watch: [[one] * len(seeds)] * len(scenarios)))
    judged = {one.what: (one.least, one.most) for one in evidence.findings if one.judged}
    assert judged["trust → commitment"] == (0.3, 0.7)
    assert judged["commitment → leaving"] == (-0.7, -0.3)
    assert judged["opportunism → trust"] == (-1.0, 0.0)
    assert "benefits → commitment" not in judged
