"""The truth: futures begin where the record ends, add up to the run's own books, and are what can be expected."""

from dataclasses import fields

import numpy as np
import pytest

from experiments.sweep.crew import InTurn
from experiments.truth.analysis import EXPECTED, PERFECT, REALISED, answer, compare, scored
from experiments.truth.future import Plan, a_year, case, discount_rate
from experiments.truth.kept import Cases
from experiments.truth.methods import BG, FORMULA, NAIVE, PARETO, SBG, estimates, renewals
from experiments.truth.records import NOBODY, Records
from results.replay import replay
from scenarios import load

PLAN = Plan(recorded=18, horizon=9, futures=3)


@pytest.fixture(scope="module")
def market():
    return load("price_war").but(customers=500)


@pytest.fixture(scope="module")
def found(market):
    return case(market, PLAN, 0, lambda done: None)


@pytest.fixture(scope="module")
def contracts():
    return case(load("contractual").but(customers=600), PLAN, 0, lambda done: None)


def test_what_came_is_the_margin_of_the_purchases_after_the_record(market, found):
    """Told again from a replay: every purchase of those on record, by whoever is still the same person, discounted to the record's end."""
    months = list(replay(market.but(months=27), market.seed, np.arange(1, 501)))
    rate = discount_rate(market)
    for place, firm in enumerate(found.firms):
        total = np.zeros(500)
        for month in months[19:]:
            same = month.columns["entered"] == months[18].columns["entered"]
            bought = month.events["quantity"][:, place] > 0
            total += np.where(same & bought, month.events["contribution"][:, place], 0.0) / (1.0 + rate) ** (month.month - 18)
        alive = firm.records.row != NOBODY
        np.testing.assert_allclose(firm.realised[alive], total[firm.records.row[alive]], atol=1e-5)
        np.testing.assert_array_equal(firm.lost[alive], total[firm.records.row[alive]] == 0.0)


def test_nothing_comes_of_those_who_have_left(found):
    for firm in found.firms:
        gone = firm.records.row == NOBODY
        assert gone.any()
        assert not firm.expected[gone].any()
        assert firm.lost[gone].all()
        assert (firm.losing[gone] == 1.0).all()


def test_expectation_is_unbiased_of_what_comes(found):
    """Over a thousand relations the mean of three futures and the one that came differ by luck alone: within four standard errors."""
    expected = np.concatenate([firm.expected for firm in found.firms])
    realised = np.concatenate([firm.realised for firm in found.firms])
    off = realised - expected
    assert abs(off.mean()) < 4.0 * off.std() / np.sqrt(off.size)
    assert np.corrcoef(expected, realised)[0, 1] > 0.4


def test_the_record_and_its_own_luck_do_not_depend_on_how_often_the_future_is_looked_at(market, found):
    other = case(market, Plan(18, 9, 1), 0, lambda done: None)
    for one, two in zip(found.firms, other.firms, strict=True):
        for field in fields(Records):
            np.testing.assert_array_equal(getattr(one.records, field.name), getattr(two.records, field.name))
        assert (one.margin, one.retention) == (two.margin, two.retention)
        np.testing.assert_array_equal(one.realised, two.realised)
        assert not np.array_equal(one.expected, two.expected)


def test_contracts_are_scored_while_they_run(contracts):
    for firm in contracts.firms:
        np.testing.assert_array_equal(firm.scored, firm.records.row != NOBODY)
        running = firm.records.some(firm.scored)
        np.testing.assert_array_equal(running.repeats, running.observed)
        assert (firm.expected[firm.scored] > 0.0).mean() > 0.9  # a contract about to end may bring nothing more


def test_methods_say_what_they_have_a_right_to(found, contracts):
    assert list(estimates(found, found.firms[0])) == [NAIVE, FORMULA, BG, PARETO]
    assert list(estimates(contracts, contracts.firms[0])) == [NAIVE, FORMULA, SBG]
    for one in (found, contracts):
        for method in estimates(one, one.firms[3]).values():
            assert method.value.shape == method.lost.shape == (one.firms[3].scored.sum(),)
            assert np.isfinite(method.value).all()


def test_models_beat_the_average_and_nobody_beats_the_truth(found):
    rows = {(row[4], row[5], row[6]): [] for row in scored(found)}
    for row in scored(found):
        rows[row[4], row[5], row[6]].append(row[7])
    mean = {key: np.nanmean(values) for key, values in rows.items() if not np.isnan(values).all()}
    assert abs(mean[EXPECTED, PARETO, "bias"]) < abs(mean[EXPECTED, NAIVE, "bias"])
    assert mean[EXPECTED, PARETO, "rmse"] < mean[EXPECTED, NAIVE, "rmse"]
    for method in (NAIVE, FORMULA, BG, PARETO):
        assert mean[REALISED, PERFECT, "rmse"] < mean[REALISED, method, "rmse"]
        assert mean[REALISED, PERFECT, "spearman"] > mean[REALISED, method, "spearman"]


def test_renewals_worked_by_hand():
    def contract(row, periods):
        return row, periods - 1.0

    # Terms of 12: one ended at its first renewal, one at its second, one within its second term; one runs for 30 periods, one for 5.
    rows, repeats = map(
        np.array, zip(*[contract(NOBODY, 12), contract(NOBODY, 24), contract(NOBODY, 17), contract(1, 30), contract(2, 5)], strict=True)
    )
    other = np.zeros(5)
    records = Records(rows, repeats, repeats, np.array([40.0, 40.0, 40.0, 29.0, 4.0]), other, other, other)
    at_risk, lost = renewals(records, 12)
    # First renewal: all but the youngest came to it, one left; second: three came to it, two left.
    assert at_risk.tolist() == [4.0, 3.0]
    assert lost.tolist() == [1.0, 2.0]


def test_a_plan_in_weeks_has_weeks():
    weekly = load("price_war").but(customers=60, period="week")
    ran = []
    case(weekly, Plan(6, 3, 1), 0, ran.append)
    assert ran[-1] == 2 * 9
    assert a_year(weekly) == 52


def test_a_comparison_has_intervals_over_replications(tmp_path):
    market = load("contractual")
    done = []
    progress = lambda now, total: done.append((now, total))  # noqa: E731
    compared = compare([market.but(customers=300)], Plan(13, 3, 2), 2, Cases(tmp_path), InTurn(answer), progress)
    assert done[-1] == (2 * 16 * 3, 2 * 16 * 3)
    assert set(compared.table["n"]) <= {0, 2, 1}
    assert {EXPECTED, REALISED} == set(compared.table["truth"])
    assert (compared.facts["customers"] >= 30).all()
    best = compared.table[(compared.table["score"] == "best_found")]
    assert best["mean"].between(0.0, 1.0).all()
