"""V24: shares that follow power rank with it; parity peaks where it does; forbearing firms are told from others."""

import numpy as np
import pytest

from experiments.validation import terms
from experiments.validation.facts import v24_power as v24
from scenarios import load
from sim import MarketModel


def dyads(balance, taken, parity=None, split=0.5):
    n = len(balance)
    return terms.Dyads(np.array(balance), np.array(taken), np.array(parity or [0.0] * n), np.arange(n) % 2 == 0, split)


def test_rank_correlation_by_hand():
    assert dyads([-0.3, 0.0, 0.4], [0.1, 0.5, 0.9]).follows() == pytest.approx(1.0)
    assert dyads([-0.3, 0.0, 0.4], [0.9, 0.5, 0.1]).follows() == pytest.approx(-1.0)


def test_the_curve_is_of_means_in_bins_of_the_balance():
    curve = dyads([-0.31, -0.29, 0.0, 0.4], [0.1, 0.3, 0.5, 0.9]).curve(0.1)
    assert curve.balance == pytest.approx([-0.3, 0.0, 0.4])
    assert curve.taken == pytest.approx([0.2, 0.5, 0.9])
    assert curve.follows() == pytest.approx(1.0)


def test_the_peak_is_the_bin_with_most_at_parity():
    found = dyads([-0.31, -0.29, -0.02, 0.03, 0.42], [0.5] * 5, parity=[0.1, 0.2, 0.7, 0.9, 0.3])
    assert terms.negotiated(found, 0.1)[1] == pytest.approx([0.15, 0.8, 0.3])
    assert terms.peak(found, 0.1) == pytest.approx(0.0)


def test_joined_dyads_keep_all_of_both_and_the_mean_split():
    both = terms.joined([dyads([0.1, 0.2], [0.5, 0.6], split=0.4), dyads([0.3], [0.7], split=0.6)])
    assert both.balance.tolist() == [0.1, 0.2, 0.3]
    assert both.split == pytest.approx(0.5)
    assert both.of(both.uses_power).taken.tolist() == [0.5, 0.7]


def test_partners_of_a_run_are_relations_and_forbearance_is_that_of_their_market():
    model = MarketModel(load("supplier_squeeze").but(customers=200, months=24), seed=1)
    model.run_model()
    months, found = terms.partners(model)
    assert len(found.balance) <= 3 * 8  # three firms, eight suppliers
    assert len(months.balance) > 10 * len(found.balance)
    assert months.uses_power.any()
    assert not months.uses_power.all()
    assert 0 < found.uses_power.sum() < len(found.balance)  # the Squeezer's relations, and not the Partner's
    assert ((found.taken >= 0.0) & (found.taken <= 1.0)).all()
    assert found.of(found.uses_power).follows() > 0.5


def test_years_of_customers():
    model = MarketModel(load("parity").but(customers=300, months=24), seed=1)
    model.run_model()
    found = terms.customers(model)
    assert len(found.balance) == 4 * 2
    assert found.uses_power.sum() == 4


def test_the_ranges_are_those_of_the_design():
    some = dyads([-0.3, -0.2, 0.0, 0.1, 0.3], [0.1, 0.2, 0.5, 0.6, 0.9], parity=[0.0, 0.1, 0.9, 0.3, 0.0])
    of_run = {terms.partners: (some, some), terms.customers: some}
    evidence = v24.measure(v24.Effort(quick=True, run=lambda scenarios, seeds, collect: [[of_run[collect]] * len(seeds)] * len(scenarios)))
    inf = float("inf")
    judged = [(one.least, one.most) for one in evidence.findings if one.judged]
    assert judged == [(0.9, inf)] * 2 + [(-0.25, 0.25)] + [(0.98, 1.02)] * 3
