"""Campaigns: levers for the target group while it lasts, and a budget that is spent to the micro."""

import numpy as np
import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.market import MarketModel
from sim.scenario import Campaign, Segment
from sim.units import MICROS


def campaign(**changes):
    return Campaign(**({"name": "c", "firm": "Transactional", "month": 2, "months": 3} | changes))


def offers(model, month):
    """The month's offers by segment, before it is carried out."""
    while model.month < month - 1:
        model.step()
    model.office.plan(model.timeline.at(month)[0], month)
    return small.now(model, month).offers


def test_levers_act_on_the_target_group_only_while_it_lasts():
    levers = {"service": 0.99, "advertising": 0.05}
    scenario = small.scenario(campaigns=(campaign(segments=("heavy",), levers=levers),))
    for month, on in ((1, False), (2, True), (4, True), (5, False)):
        light, heavy = offers(MarketModel(scenario), month)
        plain_light, plain_heavy = offers(MarketModel(small.scenario()), month)
        if not on:
            for name in light.plan:
                np.testing.assert_array_equal(heavy.plan[name][1:], plain_heavy.plan[name][1:])
        assert (heavy.plan["service"][0] == np.float32(0.99)) == on
        assert light.plan["service"][0] == plain_light.plan["service"][0] != np.float32(0.99)
        np.testing.assert_array_equal(heavy.plan["service"][1:], plain_heavy.plan["service"][1:])
        assert (heavy.reached[0] > light.reached[0]) == on


def test_a_campaign_for_everybody_reaches_everybody():
    for offer in offers(MarketModel(small.scenario(campaigns=(campaign(levers={"discount": 0.3}),))), 2):
        assert offer.price[0] == pytest.approx(0.7)


def test_a_campaign_leaves_the_months_before_it_and_rivals_prices_as_they_were():
    plain, pushed = small.run(small.scenario()), small.run(small.scenario(campaigns=(campaign(month=5, levers={"discount": 0.3}),)))
    for name in ("purchases", "profit", "price"):
        np.testing.assert_array_equal(small.figure(plain, name)[:4], small.figure(pushed, name)[:4])
    assert (small.figure(plain, "purchases")[4:, 0] != small.figure(pushed, "purchases")[4:, 0]).any()


@settings(max_examples=30)
@given(
    budget=st.floats(0, 1e7), months=st.integers(1, 9), shares=st.lists(st.floats(0.1, 9), min_size=2, max_size=4),
    targets=st.sets(st.integers(0, 1)),
)  # fmt: skip
def test_the_budget_is_charged_exactly(budget, months, shares, targets):
    segments = tuple(Segment(name=f"s{k}", share=share) for k, share in enumerate(shares))
    chosen = tuple(f"s{k}" for k in sorted(targets))
    described = small.scenario(
        customers=20, months=10, segments=segments, campaigns=(campaign(month=2, months=months, budget=budget, segments=chosen),)
    )
    model = MarketModel(described)
    spent = np.zeros((len(segments), 3), np.int64)
    by_month = []
    for month in range(1, 11):
        found = model.office._campaigns(described, month)
        spent += found
        by_month.append(int(found.sum()))
    assert spent.sum() == round(budget * MICROS)
    assert spent[:, 1:].sum() == 0
    if chosen:
        outside = [k for k in range(len(segments)) if k not in targets]
        assert spent[outside].sum() == 0
    running_months = by_month[1 : 1 + months]
    assert max(running_months) - min(running_months) <= 1
    assert sum(by_month) == sum(running_months)


def test_the_budget_is_in_the_accounts():
    plain, pushed = small.run(small.scenario()), small.run(small.scenario(campaigns=(campaign(budget=100.0),)))
    extra = np.array(pushed.ledger.money)[:, 4] - np.array(plain.ledger.money)[:, 4]
    assert extra[:, 0].tolist() == [0, 33_333_333, 33_333_334, 33_333_333, *[0] * 8]
    assert (extra[:, 1:] == 0).all()
    difference = small.figure(plain, "profit")[:, 0] - small.figure(pushed, "profit")[:, 0]
    np.testing.assert_allclose(difference.sum(), 100.0, atol=1e-5)


def test_which_campaigns_run():
    scenario = small.scenario(campaigns=(campaign(), campaign(name="d", month=4, months=1)))
    assert [[c.name for c in scenario.running(month)] for month in range(1, 6)] == [[], ["c"], ["c"], ["c", "d"], []]


def test_levers_of_a_campaign_are_checked():
    with pytest.raises(ValueError, match="discuont"):
        campaign(levers={"discuont": 0.1})
    with pytest.raises(ValueError, match="discount"):
        campaign(levers={"discount": 3.0})


def test_the_control_group_gets_the_offer_without_the_campaign():
    scenario = small.scenario(customers=1_000, campaigns=(campaign(control=0.2, levers={"discount": 0.3}),))
    model = MarketModel(scenario)
    held = [block for block in model.blocks if block.held_out]
    assert sum(block.n for block in held) == pytest.approx(200, abs=2)
    model.step()
    now = small.now(model, 2)
    assert [offer.price[0] for offer in now.offers] == pytest.approx([0.7, 0.7])
    assert [offer.price[0] for offer in now.held_out] == pytest.approx([1.0, 1.0])


def test_both_groups_are_kept_before_during_and_after_the_campaign():
    scenario = small.scenario(customers=1_000, campaigns=(campaign(control=0.2, months=6, levers={"discount": 0.4}),))
    table = small.run(scenario).tables()["campaign_months"]
    assert set(table["group"]) == {"target", "control"}
    target, control = (table["group"] == group for group in ("target", "control"))
    assert target.sum() == control.sum() == 12
    assert set(table["people"][target] + table["people"][control]) == {1_000}
    # Purchases for each person: the campaign sells more to its target while it lasts (months 2 to 7).
    bought = [table["purchases"][group][1:7].sum() / table["people"][group][0] for group in (target, control)]
    assert bought[0] > 1.1 * bought[1]


def test_a_control_group_changes_nobody_else():
    plain, split = small.run(small.steady()), small.run(small.steady(campaigns=(campaign(firm="Low", control=0.3),)))
    small.same(small.state(plain), small.state(split))
