"""Events: a number changes from its month on, and back; who takes part cannot change."""

import numpy as np
import pytest
import small

from sim.market import MarketModel
from sim.scenario import Event
from sim.timeline import Timeline


def test_a_number_changes_from_its_month_and_back():
    scenario = small.scenario(events=(Event(name="sale", month=4, months=2, set={"firms.2.price": 0.7}),))
    price = small.figure(small.run(scenario), "price")[:, 2]
    np.testing.assert_allclose(price, [1.1, 1.1, 1.1, 0.7, 0.7, *[1.1] * 7], rtol=1e-6)


def test_an_event_without_an_end_lasts():
    price = small.figure(small.run(small.scenario(events=(Event(name="e", month=11, set={"firms.2.price": 0.7}),))), "price")[:, 2]
    np.testing.assert_allclose(price, [*[1.1] * 10, 0.7, 0.7], rtol=1e-6)


def test_events_that_overlap_are_applied_in_their_order():
    events = (
        Event(name="first", month=2, months=3, set={"market.transparency": 0.1, "market.idle_capacity": 0.9}),
        Event(name="second", month=3, months=1, set={"market.transparency": 0.2}),
    )
    timeline = Timeline(small.scenario(events=events))
    seen = [(timeline.at(month)[0].market.transparency, timeline.at(month)[0].market.idle_capacity) for month in range(1, 6)]
    assert seen == [(0.5, 0.4), (0.1, 0.9), (0.2, 0.9), (0.1, 0.9), (0.5, 0.4)]


def test_an_event_leaves_the_months_before_it_as_they_were():
    calm = small.run(small.scenario())
    shaken = small.run(small.scenario(events=(Event(name="e", month=7, set={"firms.0.price": 1.5}),)))
    for name in ("purchases", "satisfaction", "profit", "trust"):
        np.testing.assert_array_equal(small.figure(calm, name)[:6], small.figure(shaken, name)[:6])
    assert (small.figure(calm, "revenue")[6:] != small.figure(shaken, "revenue")[6:]).any()


def test_a_mechanism_can_be_switched_by_an_event():
    scenario = small.scenario(events=(Event(name="silence", month=5, months=3, set={"mechanisms.contact.active": False}),))
    written = small.figure(small.run(scenario), "good_contacts")[:, 1]
    assert np.isnan(written[4:7]).all()
    assert (np.r_[written[1:4], written[7:]] > 0).all()


def test_mechanisms_are_converted_to_the_period():
    _, rules = Timeline(small.scenario(period="quarter").but({"mechanisms.turnover.departure": 0.1})).at(1)
    assert rules.turnover.departure == pytest.approx(0.271)  # 1 - 0.9^3
    _, monthly = Timeline(small.scenario().but({"mechanisms.turnover.departure": 0.1})).at(1)
    assert monthly.turnover.departure == 0.1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"customers": 10}, "customers"),
        ({"months": 3}, "months"),
        ({"period": "week"}, "period"),
        ({"seed": 3}, "seed"),
        ({"events": []}, "events"),
        ({"campaigns": [{"name": "c", "firm": "Relational", "month": 1}]}, "campaigns"),
        ({"market.setting": "contractual"}, "market.setting"),
        ({"firms.0.name": "Renamed"}, "who the firms are"),
        ({"segments.0.name": "Renamed"}, "who the segments are"),
        ({"segments.0.share": 7.0}, "the share of a segment"),
        ({"firms": [{"name": n, "strategy": {"kind": "relational"}} for n in "AB"]}, "who the firms are"),
    ],
)
def test_who_takes_part_cannot_change(change, said):
    with pytest.raises(ValueError, match=said):
        MarketModel(small.scenario(events=(Event(name="shock", month=3, set=change),)))


def test_a_bad_value_is_found_before_the_first_month():
    with pytest.raises(ValueError, match="price"):
        MarketModel(small.scenario(events=(Event(name="e", month=9, set={"firms.0.price": -1.0}),)))


@pytest.mark.parametrize("changes", [{"firms.1.price": 1.3}, {"firms.0.strategy": {"kind": "relational"}, "market.transparency": 0.9}])
def test_a_living_market_changes_as_an_event_of_that_month_would(changes):
    living = MarketModel(small.scenario(), seed=3)
    for _ in range(6):
        living.step()
    living.change(changes)
    living.run_model()
    told = MarketModel(small.scenario(events=(Event(name="e", month=7, set=changes),)), seed=3)
    told.run_model()
    calm = MarketModel(small.scenario(), seed=3)
    calm.run_model()
    changed = living.tables()
    for name, table in told.tables().items():
        for column, values in table.items():
            np.testing.assert_array_equal(changed[name][column], values, err_msg=f"{name}.{column}")
    assert (changed["summary"]["total_profit"] != calm.tables()["summary"]["total_profit"]).any()


def test_a_change_that_is_not_allowed_leaves_the_market_as_it_was():
    model, calm = MarketModel(small.scenario(), seed=3), MarketModel(small.scenario(), seed=3)
    with pytest.raises(RuntimeError, match="has not begun"):
        model.change({"firms.0.price": 1.1})
    model.step()
    with pytest.raises(ValueError, match="months, which cannot change"):
        model.change({"months": 3})
    with pytest.raises(ValueError, match="transparency"):
        model.change({"market.transparency": 3.0})
    with pytest.raises(KeyError):
        model.change({"firms.7.price": 3.0})
    model.run_model()
    calm.run_model()
    np.testing.assert_array_equal(model.tables()["summary"]["total_profit"], calm.tables()["summary"]["total_profit"])
    with pytest.raises(RuntimeError, match="over"):
        model.change({"firms.0.price": 1.1})
