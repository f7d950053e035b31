"""Corner cases: markets at the ends of what can be set, where everybody knows what must come out (Rand & Rust 2011)."""

import numpy as np
import pytest

from scenarios import load

BASE = load("duel").but(customers=300, months=12)
N = len(BASE.firms)


def every_firm(**values):
    """Values by path for all firms alike."""
    return {f"firms.{j}.{name}": value for j in range(N) for name, value in values.items()}


def test_the_smallest_market_has_one_customer_a_segment(play):
    smallest = len(BASE.segments)
    with pytest.raises(ValueError, match="fewer than the 2 segments"):
        BASE.but(customers=smallest - 1)
    found = play(BASE.but(customers=smallest))
    assert (found["buyers"] <= smallest).all()
    assert (found["customers"] <= smallest).all()
    shares = found.groupby("month")["market_share"].sum(min_count=1).dropna()
    assert shares.to_numpy() == pytest.approx(1.0)


def test_one_firm_without_an_outside_option_sells_all_that_is_needed(play):
    # The other firms would come after the end.
    later = {f"firms.{j}.{name}": value for j in range(1, N) for name, value in (("enters", 100), ("start_share", 0.0))}
    found = play(BASE.but({"market.outside_utility": -50.0, "mechanisms.power.active": False, "firms.0.awareness": 1.0} | later))
    only = found[found["firm"] == BASE.firms[0].name]
    assert only["purchases"].sum() > 0
    assert only["purchases"].sum() == found["purchases"].sum()
    assert only["market_share"].dropna().eq(1.0).all()
    assert only["switched_out"].sum() == 0


def test_where_nobody_needs_anything_nothing_is_sold_and_marketing_only_costs(play):
    found = play(BASE.but(segments=({"name": "nobody", "need_shape": 1.0, "need_scale": 1e9},)))
    assert found["purchases"].sum() == 0
    assert found["revenue"].sum() == found["cost_of_goods"].sum() == 0.0
    assert (found["profit"] < 0.0).all()
    assert found["profit"].to_numpy() == pytest.approx(-(found["cost_acquisition"] + found["cost_retention"]).to_numpy(), abs=1e-5)


def test_without_failures_and_chance_no_episode_of_a_good_firm_is_bad(play):
    sure = {f"mechanisms.experience.{name}": 0.0 for name in ("noise", "severity")}
    whole = play(BASE.but(every_firm(reliability=1.0, quality=1.0) | sure | every_firm(fixed={"promise": 0.0, "service": 1.0})))
    broken = play(BASE.but(every_firm(reliability=0.3)))
    assert whole["bad_episodes"].sum() == whole["complaints"].sum() == 0
    assert broken["bad_episodes"].sum() > 50


def test_nobody_switches_where_switching_costs_more_than_anything_is_worth(play):
    held, free = (play(BASE.but({"market.switching_cost": cost, "mechanisms.power.active": False})) for cost in (50.0, 0.0))
    assert free["switched_out"].sum() > 10
    assert held["switched_out"].sum() == 0


@pytest.mark.parametrize("price", [1e3, 1e6])
def test_nobody_without_a_provider_buys_at_a_price_beyond_all_worth(play, price):
    found = play(BASE.but(every_firm(price=price, start_share=0.0)))
    assert found["purchases"].sum() == 0


def test_goods_for_nothing_bring_no_revenue(play):
    found = play(BASE.but(every_firm(price=0.0) | {"mechanisms.power.active": False}))
    assert found["purchases"].sum() > 0
    assert found["revenue"].sum() == 0.0
    assert np.isfinite(found["profit"]).all()
