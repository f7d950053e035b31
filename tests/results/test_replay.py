"""A replay has the bits of the run, and what it notes of each customer adds up to the run's books."""

import json

import numpy as np
import pandas as pd
import pytest

from experiments import runner
from results.purchases import COLUMNS, day, log, sample
from results.replay import EVENTS, ListeningModel, all_stored, differs, replay, stored
from results.store import Run, StoreError, read
from scenarios import load
from sim import MarketModel

NOBODY = Run("duel-0000", "duel", 0, 3)


@pytest.fixture(scope="module", params=["duel", "contractual", "price_war"])
def both(request):
    scenario = load(request.param).but(customers=400, months=15)
    model = MarketModel(scenario, seed=3)
    model.run_model()
    return model, list(replay(scenario, 3, np.arange(1, 401)))


def _summed(months, name):
    return np.array([np.nansum(month.events[name].astype(float), axis=0) for month in months[1:]]).ravel()


def test_a_replay_ends_where_the_run_ended(both):
    model, months = both
    assert [month.month for month in months] == list(range(16))
    for name, values in months[-1].columns.items():
        np.testing.assert_array_equal(values, model.customers.get(name), err_msg=name)


def test_what_is_noted_of_customers_adds_up_to_the_firms_books(both):
    model, months = both
    books = model.tables()["firm_months"]
    np.testing.assert_array_equal(_summed(months, "quantity"), books["purchases"])
    revenue = np.array([np.nansum(m.events["quantity"] * m.events["paid"].astype(float), axis=0) for m in months[1:]]).ravel()
    np.testing.assert_allclose(revenue, books["revenue"], atol=1e-4)
    kept = books["revenue"] - books["cost_of_goods"] - books["cost_service"] - books["cost_retention"]
    np.testing.assert_allclose(_summed(months, "contribution"), kept, atol=1e-4)
    complaints = np.array([(m.events["fate"] >= 2).sum(axis=0) for m in months[1:]]).ravel()
    np.testing.assert_array_equal(complaints, books["complaints"])


def test_episodes_are_told_of_buyers_alone_and_lie_in_their_range(both):
    for month in both[1][1:]:
        bought = month.events["quantity"] > 0
        assert set(month.events) == set(EVENTS)
        for name in ("paid", "performance", "episode_satisfaction", "surplus_taken"):
            np.testing.assert_array_equal(np.isnan(month.events[name]), ~bought)
        felt = month.events["episode_satisfaction"][bought]
        assert felt.min() >= 0.0
        assert felt.max() <= 1.0


def test_performance_moves_expectation_as_the_theory_says(both):
    months = both[1]
    theta = both[0].scenario.mechanisms.satisfaction.theta
    before, after = months[8], months[9]
    bought = (after.events["quantity"] > 0) & (after.columns["entered"] == before.columns["entered"])[:, None]
    # Advertising may have moved it too: nobody moves away from what she got by more than that allows.
    gap = after.events["performance"] - before.columns["expectation"]
    moved = after.columns["expectation"] - before.columns["expectation"]
    assert np.corrcoef(gap[bought], moved[bought])[0, 1] > 0.8
    assert np.median(moved[bought] / gap[bought]) == pytest.approx(theta, rel=0.3)


def test_watching_some_is_watching_the_same(both):
    some = list(replay(both[0].scenario, 3, [5, 399, 17]))
    for few, all_of_them in zip(some, both[1], strict=True):
        for name in EVENTS:
            np.testing.assert_array_equal(few.events[name], all_of_them.events[name][[4, 398, 16]])


def test_other_luck_changes_the_future_alone():
    scenario = load("duel").but(customers=400, months=12)
    first, other = (ListeningModel(scenario, 3, np.arange(1, 401)) for _ in range(2))
    for _ in range(6):
        first.step()
        other.step()
    np.testing.assert_array_equal(first.look().columns["trust"], other.look().columns["trust"])
    other.on_other_luck(99)
    first.run_model()
    other.run_model()
    assert (first.look().columns["purchases"] != other.look().columns["purchases"]).any()
    np.testing.assert_array_equal(first.look().columns["taste"][:5], other.look().columns["taste"][:5])


@pytest.mark.parametrize("number", [0, 401])
def test_a_customer_that_is_not_there_is_refused(number):
    with pytest.raises(ValueError, match="1 to 400"):
        next(replay(load("duel").but(customers=400, months=2), 1, [number]))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    where = tmp_path_factory.mktemp("replay") / "run"
    runner.run_to(where, [load("duel").but(customers=300, months=5)], replications=2, workers=1)
    return where


def test_a_stored_run_is_run_again_with_its_own_scenario_and_seed(place):
    again = stored(place, "duel-0001")
    assert again.run.seed == 2
    assert (again.scenario.customers, again.scenario.months) == (300, 5)
    assert [one.run.run for one in all_stored(place)] == ["duel-0000", "duel-0001"]
    customers = read(place).customers
    mine = customers[customers["run"] == "duel-0001"]
    last = list(replay(again.scenario, again.run.seed, mine["customer"].unique()))[-1]
    np.testing.assert_array_equal(last.columns["purchases"][last.columns["purchases"] > 0], mine["purchases"])


def test_a_changed_model_is_told(place):
    facts = stored(place).facts
    assert differs(facts) == ""
    assert "changed" in differs({**facts, "model_sha256": "0" * 64})


def test_damaged_directories_are_told_in_one_sentence(place, tmp_path):
    with pytest.raises(StoreError, match="no such run directory"):
        stored(tmp_path / "nowhere")
    with pytest.raises(StoreError, match=r"no manifest\.json"):
        stored(tmp_path)
    with pytest.raises(StoreError, match="no replication 'duel-0009'; there is duel-0000"):
        stored(place, "duel-0009")
    facts = json.loads((place / "manifest.json").read_text())
    facts["scenarios"][0]["content"]["market"]["colour"] = 1
    (tmp_path / "manifest.json").write_text(json.dumps(facts))
    with pytest.raises(StoreError, match=r"market\.colour"):
        stored(tmp_path)


def test_a_log_has_every_purchase_once(both):
    model, _ = both
    whole = log(model.scenario, NOBODY, 10_000, lambda done: None)
    assert list(whole) == ["run", "scenario", "replication", "seed", *COLUMNS]
    books = pd.DataFrame(model.tables()["firm_months"])
    sums = whole.groupby(["month", "firm"])[["quantity", "amount"]].sum()
    expected = books[books["purchases"] > 0].set_index(["month", "firm"])[["purchases", "revenue"]].sort_index()
    np.testing.assert_allclose(sums.to_numpy(), expected.to_numpy(), atol=1e-3)
    assert not whole.duplicated(["person", "firm", "month"]).any()
    assert whole["person"].str.startswith(tuple(whole["customer"].astype(str).unique())).all()


def test_a_sample_is_that_of_the_table_of_customers_and_grows():
    few, more = sample(5_000, 3, 100), sample(5_000, 3, 2_000)
    assert set(few) < set(more)
    model = MarketModel(load("duel").but(customers=5_000, months=1), seed=3)
    model.run_model()
    assert set(model.tables()["customers"]["customer"]) <= set(more)


def test_periods_have_days():
    base = load("duel")
    assert str(day(14, base)) == "2002-02-01"
    assert str(day(3, base.but(period="week"))) == "2001-01-15"
    assert str(day(6, base.but(period="quarter"))) == "2002-04-01"
