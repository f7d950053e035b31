"""From a log of known parameters to a forecast: what then happens lies in the interval, and a small log leaves more open than a large one."""

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, chi2

sys.path.insert(0, str(Path(__file__).parent))
from made_logs import OTHER, TRUTH, monthly_log

from experiments import runner
from experiments.calibration import commands, holdout, moments
from experiments.forecast.ahead import ahead, by_period, outcomes, summary
from experiments.parameter_sets import beside
from results.store import read_table
from scenarios import load

MONTHS, LATER = 18, 6
LOGS = 6
HOW = {"customer": "", "when": "", "amount": "", "period": "month", "calibration_end": "2021-06-30", "force": False}


@pytest.fixture
def quick(monkeypatch):
    """Smaller markets of the fit, and hardly any holdout."""
    monkeypatch.setattr(commands, "FEWEST_PLAYED", 2_000)
    monkeypatch.setattr(commands, "MOST_PLAYED", 2_000)
    monkeypatch.setattr(holdout, "REPLICATIONS", 2)
    monkeypatch.setattr(moments, "MOST_STEPS", 5)


def forecast(place, truth, *, customers, seed):
    """Calibrate to a log and look ahead; return the row of purchases, what then came, and the parameters."""
    place.mkdir()
    came = monthly_log(place / "log.csv", truth, customers=customers, months=MONTHS, later=LATER, seed=seed)
    assert commands.calibrate(str(place / "log.csv"), out=str(place / "out"), **HOW) == 0
    file = str(place / "out" / "scenario.toml")
    scenario = load(file)
    assert scenario.months == MONTHS
    what = ahead(scenario, LATER, {}, "", replications=40, draws=beside(scenario, file).draws)
    assert len(what.as_it_is) == 20
    results = runner.run_all(what.scenarios, what.each, workers=1)
    row = summary(outcomes(by_period(results, what), what)).set_index("measure").loc["purchases"]
    return row, came, read_table([place / "out" / "parameters.parquet"]).set_index("parameter")


@pytest.mark.slow
@pytest.mark.parametrize("truth", [TRUTH, OTHER], ids=["often", "rarely"])
def test_what_then_happens_lies_in_the_interval_and_parameters_in_theirs(quick, tmp_path, truth):
    off, held = [], []
    for seed in range(LOGS):
        row, came, found = forecast(tmp_path / str(seed), truth, customers=500, seed=500 + seed)
        off.append((came - row["mean"]) / ((row["high"] - row["low"]) / 2.0 / 1.96))
        held += [found.loc[name, "low"] < true < found.loc[name, "high"] for name, true in truth.items()]
    # Differences in standard deviations: their squares add up to chi-square. A false alarm in 200 on either side.
    assert chi2.ppf(0.005, LOGS) < np.sum(np.square(off)) < chi2.ppf(0.995, LOGS)
    # Intervals of parameters hold 80 to 90 % from logs as small as these, not 95: at 80 % and 30 of them, 18 or fewer come once in 200.
    assert np.sum(held) > binom.ppf(0.005, len(held), 0.8)


@pytest.mark.slow
def test_a_small_log_leaves_more_open_than_a_large_one(quick, tmp_path, monkeypatch):
    small, _, few = forecast(tmp_path / "small", TRUTH, customers=300, seed=1)
    monkeypatch.setattr(commands, "MOST_PLAYED", 6_000)  # as many as the log has, so that the simulation's own luck is not what is open
    large, _, many = forecast(tmp_path / "large", TRUTH, customers=6_000, seed=1)
    # Twenty times the customers: luck alone makes the interval 4.5 times as narrow, parameters some 3.4 times.
    relative = [(row["high"] - row["low"]) / row["mean"] for row in (small, large)]
    assert relative[0] > 2.0 * relative[1]
    open_ = [np.log(table["high"] / table["low"])[["need_rate", "need_shape", "leaving"]] for table in (few, many)]
    assert (open_[0] > 1.5 * open_[1]).all()
