"""Known parameters found again, what each kind of moment tells, and the holdout of CDNOW."""

import json

import numpy as np
import pytest
from logs_for_tests import TRUTH, asked, played_log, shop

from experiments.calibration import holdout, market, moments, retention, simulated
from experiments.calibration.cohort import FREQUENCIES, N_MOMENTS, RECENCIES, cohort
from experiments.calibration.moments import Evaluations
from results.store import read_table
from scenarios.purchase_rates import DATA


def test_renewals_find_known_parameters_again(tmp_path):
    customers = 20_000
    truth = (0.2, 4.0)
    build = lambda values, n: market.market(shop(n, period="month"), values, contractual=True)  # noqa: E731
    there = simulated.remaining(build(list(truth), customers), 77, 10)
    data = retention.Retention(there, 10)
    analytic = retention.model(data)
    found = moments.fit(
        market.free_renewals(analytic.a, analytic.b), data.shares, np.diag(data.shares) - np.outer(data.shares, data.shares), customers, 10_000,
        lambda values: retention.moments(build(list(values), 10_000), data), Evaluations(tmp_path / "kept", "x"), lambda _: None,
    )  # fmt: skip
    for number, true in enumerate(truth):
        low, high = found.interval(number)
        assert low < true < high
        assert high < 2.0 * low
    # commitment keeps some who would have left, so the sBG, which knows nothing of it, finds fewer to be prone to leave
    assert analytic.a / (analytic.a + analytic.b) < truth[0]


@pytest.mark.slow
def test_purchases_find_known_parameters_again(tmp_path):
    log = played_log(6_000, seed=50)
    data = cohort(log, "week", log.last, "x")
    analytic = holdout.models(data).bg
    rate = analytic.r / analytic.alpha * 52.1775 / 12.0
    free = market.free_purchases(analytic.r, rate, analytic.a, analytic.b, 0.3)
    build = lambda values: market.market(shop(8_000), list(values), contractual=False)  # noqa: E731
    each = data.moments()
    found = moments.fit(
        free, each.mean(axis=0), np.cov(each.T), data.n, 8_000,
        lambda values: simulated.mean_moments(simulated.bought(build(values), 1, int(data.watched.max())), data), Evaluations(tmp_path / "kept", "x"),
        lambda _: None,
    )  # fmt: skip
    assert found.misfit < 1.5
    # Five intervals of 99.9 % on the free scale: a false alarm in 200.
    for number, (one, true) in enumerate(zip(free, TRUTH.values(), strict=True)):
        true_place = market.logit(true) if one.share else np.log(true)
        assert abs(found.place[number] - true_place) < 3.29 * np.sqrt(found.covariance[number, number]), one.name
    assert found.told(0)
    assert found.told(1)
    assert found.told(2)


@pytest.mark.slow
def test_every_kind_of_moment_tells_something_of_a_parameter():
    # Standard errors from the calibration alone, whatever comes after it: without cells by recency, or by frequency, some grow by half or more.
    log = played_log(4_000, seed=50)
    data = cohort(log, "week", log.last, "x")
    free = market.free_purchases(TRUTH["need_shape"], TRUTH["need_rate"], 0.36, 2.64, TRUTH["variety"])
    weeks = int(data.watched.max())

    def at(place):
        values = [one.value(one.start + off) for one, off in zip(free, place, strict=True)]
        return simulated.mean_moments(simulated.bought(market.market(shop(4_000), values, contractual=False), 1, weeks), data)

    slopes = np.stack([(at(moments.STEP * unit) - at(-moments.STEP * unit)) / (2 * moments.STEP) for unit in np.eye(len(free))], axis=1)
    scatter = np.cov(data.moments().T) * 2.0 / data.n
    classes, recencies = len(FREQUENCIES) - 2, len(RECENCIES) + 1

    def errors(chosen):
        weight = np.linalg.pinv(chosen @ scatter @ chosen.T, rcond=1e-9, hermitian=True)
        told = (chosen @ slopes).T @ weight @ (chosen @ slopes)
        return np.sqrt(np.diag(np.linalg.inv(told + np.diag([one.prior**-2.0 for one in free]))))

    every = np.eye(N_MOMENTS)
    zero, cells, mean = every[:1], every[1:-1].reshape(classes, recencies, N_MOMENTS), every[-1:]
    whole = errors(every)
    assert np.max(errors(np.concatenate([zero, cells.sum(axis=1), mean])) / whole) > 1.5
    assert np.max(errors(np.concatenate([zero, cells.sum(axis=0), mean])) / whole) > 1.5
    assert np.max(errors(every[:-1]) / whole) > 1.01  # the highest class has no end
    assert np.all(whole[:3] < 0.3)


@pytest.mark.slow
def test_cdnow_is_foretold_as_the_validation_asks(tmp_path):
    assert asked(DATA / "cdnow_sample.csv", tmp_path / "out", period="week", calibration_end="1997-09-30") == 0
    curve = read_table([tmp_path / "out" / "curve.parquet"])
    ours = curve[curve["series"] == "simulation"].set_index("period")["repeats"]
    actual = curve[curve["series"] == "log"].set_index("period")["repeats"]
    assert actual.loc[39] == 2_457
    assert ours.loc[39] == pytest.approx(2_457, rel=0.05)
    assert ours.iloc[-1] == pytest.approx(actual.iloc[-1], rel=0.08)
    errors = read_table([tmp_path / "out" / "errors.parquet"]).set_index("series")
    assert errors.loc["simulation", "mape"] < 0.05
    assert errors.loc["BG/NBD", "mape"] == pytest.approx(0.0266, abs=0.004)
    assert errors.loc["Pareto/NBD", "mape"] == pytest.approx(0.0127, abs=0.004)
    assert json.loads((tmp_path / "out" / "calibration.json").read_text())["log_sha256"]
