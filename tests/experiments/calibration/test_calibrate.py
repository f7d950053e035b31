"""Calibration: known parameters found again, the holdout of CDNOW, and a search that is killed and goes on."""

import json
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from experiments.calibration import commands, holdout, market, moments, retention, simulated
from experiments.calibration.cohort import FREQUENCIES, N_MOMENTS, RECENCIES, Cohort, cohort
from experiments.calibration.moments import Evaluations
from experiments.calibration.transactions import Transactions
from experiments.edge import guarded
from experiments.parameter_sets import beside
from results.store import StoreError, read_table
from run import app
from scenarios import load
from scenarios.errors import ScenarioError
from scenarios.purchase_rates import DATA

WEEKS = 40
TRUTH = {"need_rate": 1.2, "need_shape": 0.8, "leaving": 0.12, "dispersion": 3.0, "variety": 0.08}


def shop(customers, period="week"):
    return market.Shop("true", "true.csv", customers, 9, period, "")


def played_log(customers, seed, weeks=WEEKS):
    """The log of a market with known parameters, all of whose customers came in the first week."""
    counts = simulated.bought(market.market(shop(customers), list(TRUTH.values()), contractual=False), seed, weeks)
    bought = np.minimum(np.diff(counts, axis=0), 7)
    who, day = [np.arange(customers)], [np.zeros(customers, int)]
    for week, row in enumerate(bought):
        for k in range(7):
            some = np.flatnonzero(row > k)
            who.append(some)
            day.append(np.full(len(some), 7 * week + 1 + k))
    who, day = np.concatenate(who), np.concatenate(day)
    order = np.lexsort((day, who))
    return Transactions(who[order], day[order], np.full(len(who), 10.0), date(2023, 1, 1), len(who), ())


def csv_of(log, path):
    rows = [f"{who},{log.origin + timedelta(days=int(day))},{1 + (who * 7 + day) % 30}" for who, day in zip(log.customer, log.day, strict=True)]
    path.write_text("customer,date,amount\n" + "\n".join(rows))
    return path


@pytest.fixture
def quick(monkeypatch):
    """Small markets and short searches."""
    monkeypatch.setattr(commands, "FEWEST_PLAYED", 400)
    monkeypatch.setattr(commands, "MOST_PLAYED", 400)
    monkeypatch.setattr(holdout, "REPLICATIONS", 3)
    monkeypatch.setattr(retention, "REPLICATIONS", 3)
    monkeypatch.setattr(moments, "MOST_STEPS", 1)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return csv_of(played_log(300, seed=9), tmp_path_factory.mktemp("log") / "small.csv")


def asked(path, place, **more):
    how = {"customer": "", "when": "", "amount": "", "period": "month", "calibration_end": "2023-07-31", "force": False} | more
    return commands.calibrate(str(path), out=str(place), **how)


def test_a_log_becomes_a_scenario_with_its_report(quick, small, tmp_path, capsys):
    place = tmp_path / "out"
    assert asked(small, place) == 0
    scenario = load(place / "scenario.toml")
    assert (scenario.customers, scenario.period, scenario.market.setting) == (300, "month", "noncontractual")
    parameters = read_table([place / "parameters.parquet"]).set_index("parameter")
    assert scenario.mechanisms.consideration.variety == pytest.approx(parameters.loc["variety", "value"], rel=1e-4)
    assert (parameters["low"] < parameters["value"]).all()
    assert (parameters["value"] < parameters["high"]).all()
    errors = read_table([place / "errors.parquet"])
    assert set(errors["series"]) == {"simulation", "BG/NBD", "Pareto/NBD"}
    printed = capsys.readouterr().out
    assert "The log cannot tell those who left for good" in printed
    assert "plotly" in (place / "index.html").read_text().lower()
    with pytest.raises(StoreError, match="exists already"):
        asked(small, place)
    assert asked(small, place, force=True) == 0


def test_a_search_that_is_killed_goes_on(quick, small, tmp_path, monkeypatch):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert asked(small, whole) == 0
    real, left = simulated.bought, [4]

    def dies(*given):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(simulated, "bought", dies)
    assert asked(small, parts) == 130
    kept = (parts / "evaluations.jsonl").read_text()
    assert len(kept.splitlines()) == 4
    (parts / "evaluations.jsonl").write_text(kept + '{"problem": "half a li')
    left[0] = 10_000
    assert asked(small, parts) == 0
    lines = (whole / "evaluations.jsonl").read_text().splitlines()
    assert 10_000 - left[0] == len(lines) - 4 + holdout.REPLICATIONS  # nothing was played twice
    for name in ("parameters", "curve", "classes"):
        pd.testing.assert_frame_equal(read_table([parts / f"{name}.parquet"]), read_table([whole / f"{name}.parquet"]))
    assert (parts / "scenario.toml").read_text() == (whole / "scenario.toml").read_text()


def test_evaluations_of_another_problem_do_not_count(tmp_path):
    path = tmp_path / "kept.jsonl"
    first = Evaluations(path, "one")
    assert first.at(np.array([1.0]), lambda: np.array([5.0])).tolist() == [5.0]
    assert len(Evaluations(path, "one")) == 1
    assert len(Evaluations(path, "other")) == 0
    assert Evaluations(path, "one").at(np.array([1.0]), lambda: pytest.fail("played twice")).tolist() == [5.0]


def test_the_cells_are_those_of_the_log_itself():
    # A simulated table that is the log must give the log's moments, exactly: both are counted by the same rule.
    log = played_log(200, seed=3)
    data = cohort(log, "week", date(2023, 1, 1) + timedelta(days=7 * 30), "x")
    assert isinstance(data, Cohort)
    counts = np.zeros((WEEKS + 1, 200), np.int64)
    for who, day in zip(data.who, data.day, strict=True):
        counts[-(-day // 7) :, who] += 1
    order = simulated.in_place_of(data, 200)
    assert np.allclose(simulated.mean_moments(counts[:, order], data), data.moments().mean(axis=0))
    assert simulated.calendar(counts[:, order], data)[:30] == pytest.approx(data.curve()[:30], abs=data.n)


def test_a_retention_table_becomes_a_contractual_market(quick, tmp_path, capsys):
    path = tmp_path / "table.csv"
    path.write_text("month;customers\n" + "\n".join(f"{m};{n}" for m, n in enumerate([1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427])))
    assert asked(path, tmp_path / "out", calibration_end="7") == 0
    scenario = load(tmp_path / "out" / "scenario.toml")
    assert scenario.market.setting == "contractual"
    assert "sBG: a 0.66" in capsys.readouterr().out


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


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("month,customers\n0,100\n1,90\n", "2 months; 4 are needed"),
        ("month,customers\n0,100\n1,90\n2,95\n3,80\n4,70\n", "month 2 has more customers"),
        ("month,customers\n0,100\n1,90\n3,80\n4,70\n", "every month needs one row"),
        ("month,customers\n0,100\n1,x\n2,80\n3,70\n", "cannot be read as months and customers"),
        ("month,customers\n0,100\n1,100\n2,100\n3,100\n4,100\n", "nobody, or everybody, leaves"),
        ("month,customers\n0,10\n1,9\n2,8\n3,7\n4,6\n", "20 are needed"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path, table, sentence):
    path = tmp_path / "table.csv"
    path.write_text(table)
    with pytest.raises(ScenarioError, match=sentence):
        asked(path, tmp_path / "out", calibration_end="")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"period": "day"}, "--period day: allowed: week, month"),
        ({"calibration_end": "31.7.2023"}, "--calibration-end 31.7.2023: is not a date"),
        ({"calibration_end": "2030-01-01"}, "lies outside the log, which goes from 2023-01-01"),
        ({"calibration_end": "2023-01-20"}, "fewer than 6 months"),
    ],
)
def test_what_cannot_be_asked(small, tmp_path, more, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        asked(small, tmp_path / "out", **more)
    assert not (tmp_path / "out").exists()


def test_one_customer_is_too_few_and_the_command_line_says_so(tmp_path, monkeypatch, capsys):
    path = tmp_path / "log.csv"
    path.write_text("customer,date\n" + "".join(f"a,2024-{m:02}-15\n" for m in range(1, 13)))
    monkeypatch.setattr("sys.argv", ["run.py", "calibrate", str(path), "--out", str(tmp_path / "out")])
    assert guarded(app) == 2
    said = capsys.readouterr().err
    assert "1 customer in the calibration, 2024-01-15 to 2024-06-30; 20 are needed" in said
    assert said.count("\n") == 1


def test_something_else_is_not_replaced(small, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds something else"):
        asked(small, tmp_path, force=True)
    assert (tmp_path / "notes.txt").read_text() == "mine"


MESSY = {
    "duplicates and returns": ("customer,date,amount", "{who},{day},{paid}", ["count once: 300", "left out as returns: 300"]),
    "semicolons and commas": ("Kunde;Datum;Betrag", "{who};{day:%d.%m.%Y};{paid},50", []),
    "Latin-1": ("client;date;amount", "Zo\xeb {who};{day};{paid}", ["read as Latin-1"]),
}


@pytest.mark.parametrize("kind", MESSY)
def test_a_messy_log_is_calibrated_and_its_repairs_are_said(quick, small, tmp_path, capsys, kind):
    head, row, repairs = MESSY[kind]
    log = played_log(300, seed=9)
    plain = [(who, log.origin + timedelta(days=int(day)), 1 + (who * 7 + day) % 30) for who, day in zip(log.customer, log.day, strict=True)]
    lines = [row.format(who=who, day=day, paid=paid) for who, day, paid in plain]
    if repairs and "Latin" not in kind:
        lines += lines[:300] + [row.format(who=who, day=day, paid=-paid) for who, day, paid in plain[:300]]
    path = tmp_path / "messy.csv"
    path.write_bytes("\n".join([head, *lines]).encode("latin-1"))
    assert asked(path, tmp_path / "messy") == 0
    said = capsys.readouterr().out
    assert all(repair in said for repair in repairs)
    assert asked(small, tmp_path / "plain") == 0
    found, clean = (read_table([tmp_path / place / "parameters.parquet"]) for place in ("messy", "plain"))
    pd.testing.assert_frame_equal(found, clean)


def test_the_calibrated_scenario_is_the_first_of_its_sets(quick, small, tmp_path):
    assert asked(small, tmp_path / "out") == 0
    file = str(tmp_path / "out" / "scenario.toml")
    sets = beside(load(file), file)
    assert len(sets.draws) == 400
    assert not sets.note
    draws = pd.DataFrame(sets.draws)
    parameters = read_table([tmp_path / "out" / "parameters.parquet"]).set_index("parameter")
    # variety is the parameter itself: its draws have its interval; a false alarm in 1,000, from 400 draws
    inside = draws["mechanisms.consideration.variety"].between(*parameters.loc["variety", ["low", "high"]]).sum()
    assert binom.ppf(0.0005, 400, 0.95) <= inside <= binom.ppf(0.9995, 400, 0.95)
    assert draws.corr().loc["segments.0.dropout_a", "segments.0.dropout_b"] > 0.3  # drawn together, as they were found


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
