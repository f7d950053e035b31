"""The six markets in one model: what happens among partners reaches customers, and a market that does nothing changes nothing."""

import numpy as np
import pytest
import small

from sim.scenario import Event

CUSTOMERS = 3_000
ON = {"mechanisms.competition.active": True}


def last(model, name, months=12):
    """A measure's mean over the last months of a run, by firm."""
    return np.nanmean(small.figure(model, name)[-months:].astype(float), axis=0)


def total(model, name):
    return small.figure(model, name).astype(float).sum(axis=0)


@pytest.fixture(scope="module")
def plain():
    """Six markets for two years."""
    return small.run(small.whole(customers=CUSTOMERS, months=24))


def changed(**changes):
    return small.run(small.whole(customers=CUSTOMERS, months=24).but({path.replace("__", "."): value for path, value in changes.items()}))


# What happens in each market reaches customers.


def test_late_suppliers_make_bad_episodes(plain):
    late = changed(suppliers__0__reliability=0.2, suppliers__1__reliability=0.2)
    assert (last(late, "late_supplies") > last(plain, "late_supplies") + 0.2).all()
    assert (total(late, "bad_episodes") / total(late, "purchases") > total(plain, "bad_episodes") / total(plain, "purchases")).all()


def test_dear_suppliers_cost_profit(plain):
    dear = changed(suppliers__0__cost=0.95, suppliers__1__cost=1.0)
    assert (last(dear, "input_cost") > last(plain, "input_cost")).all()
    assert (total(dear, "profit") < total(plain, "profit")).all()


def test_a_supplier_who_cannot_make_enough_leaves_orders_short(plain):
    scarce = changed(suppliers__0__capacity=50.0, suppliers__1__capacity=50.0)
    assert last(scarce, "late_supplies").mean() > last(plain, "late_supplies").mean() + 0.1


def test_squeezed_suppliers_are_less_satisfied_and_stop_in_the_end():
    forced = {"mechanisms.supply.least": 0.6, "mechanisms.supply.quits": 1.0, "mechanisms.power.eps": 0.01}
    squeeze = {"supplier_forbearance": 0.0, "supplier_partnership": 0.0, "supplier_dialogue": 0.0}
    spare = {"supplier_forbearance": 1.0, "supplier_partnership": 0.8, "supplier_dialogue": 1.0}
    models = [small.run(small.whole(months=24).but(forced | {f"firms.{j}.fixed": levers for j in range(3)})) for levers in (squeeze, spare)]
    satisfied = [np.mean(model.web.dyads["supplier"].satisfaction) for model in models]
    assert satisfied[0] < satisfied[1]
    tables = [model.tables()["partner_months"] for model in models]
    stopped = [(table["wait"][table["market"] == "supplier"] > 0).mean() for table in tables]
    assert stopped[0] > stopped[1]


def test_partnership_concentrates_orders_and_makes_punctual():
    concentration, late = [], []
    for partnership in (0.0, 1.0):
        model = small.run(small.whole(months=48).but({f"firms.{j}.fixed": {"supplier_partnership": partnership} for j in range(3)}))
        concentration.append(last(model, "supplier_concentration").mean())
        late.append(last(model, "late_supplies", 36).mean())
    assert concentration[1] > concentration[0]
    assert late[1] < late[0]


def test_an_overworked_ill_paid_workforce_serves_worse():
    plain = changed(firms__0__fixed={"wage": 1.0, "staffing": 1.0})
    poor = changed(firms__0__fixed={"wage": 0.7, "staffing": 0.6})
    assert last(poor, "employee_satisfaction")[0] < last(plain, "employee_satisfaction")[0] - 0.05
    assert last(poor, "employee_turnover")[0] > last(plain, "employee_turnover")[0]
    assert last(poor, "employee_skill")[0] < last(plain, "employee_skill")[0]
    assert last(poor, "service_capability")[0] < last(plain, "service_capability")[0] - 0.02
    assert last(poor, "satisfaction")[0] < last(plain, "satisfaction")[0]


def test_lost_shelf_means_fewer_buyers():
    off, on = ({"distributor_support": level, "distributor_forbearance": level} for level in (0.0, 1.0))
    without, with_support = changed(firms__0__fixed=off), changed(firms__0__fixed=on)
    assert last(with_support, "availability")[0] > last(without, "availability")[0]
    nowhere = changed(firms__0__fixed=off, mechanisms__distribution__least=1.0)  # nobody is satisfied enough to list anybody
    assert (last(nowhere, "availability") < 0.1).all()
    assert total(nowhere, "buyers").sum() < 0.8 * total(without, "buyers").sum()


def test_an_entrant_starts_without_shelf():
    model = small.run(small.whole(months=12).but({"firms.2.enters": 4, "firms.2.start_share": 0.0}))
    available, bought = small.figure(model, "availability")[:, 2], small.figure(model, "purchases")[:, 2]
    assert available[:3].max() == bought[:3].max() == 0
    assert 0 < available[3] < available[5] < available[11]
    assert available[3] < 0.7 * small.figure(model, "availability")[3, 0]
    assert bought[3:].sum() > 0


def test_a_scandal_costs_reputation_trust_and_stance(plain):
    event = Event(name="scandal", month=6, months=1, set={"firms.1.scandal": 0.9})
    shaken = small.run(small.whole(customers=CUSTOMERS, months=24, events=(event,)))
    for name in ("trust", "stance"):
        before, after = (small.figure(model, name)[:, 1].astype(float) for model in (plain, shaken))
        np.testing.assert_array_equal(before[:5], after[:5])
        assert after[5] < before[5] - 0.02, name
    # Papers write for as long as they are angry.
    assert small.figure(shaken, "reputation")[8, 1] < small.figure(plain, "reputation")[8, 1]
    # Rivals have nothing to answer for that month.
    np.testing.assert_allclose(small.figure(shaken, "stance")[5, [0, 2]], small.figure(plain, "stance")[5, [0, 2]], atol=1e-6)


def test_favours_raise_the_stance_until_they_come_to_light():
    hidden, told = (
        changed(firms__0__fixed={"favours": 1.0}, mechanisms__influence__exposure=chance, mechanisms__influence__bought=0.5) for chance in (0.0, 1.0)
    )
    honest = changed(firms__0__fixed={"favours": 0.0})
    assert last(hidden, "stance")[0] > last(honest, "stance")[0] > last(told, "stance")[0]


def test_a_doubting_bank_makes_money_dear(plain):
    doubt = changed(influencers__2__stance=-1.0, mechanisms__influence__doubt=1.0)
    costs = []
    for model in (plain, doubt):
        flows = model.tables()["flows"]
        costs.append(flows["amount"][(flows["payee"] == "bank") & (flows["month"] <= 6)].sum())
    assert costs[1] > 1.2 * costs[0] > 0


def test_rivals_match_prices_when_the_market_is_on():
    lower = {"firms.2.price": 0.8, "firms.0.fixed": {"price_matching": 1.0}}
    off, on = (small.run(small.scenario(months=3).but(lower | {"mechanisms.competition.active": switch})) for switch in (False, True))
    assert (small.figure(off, "price")[:, 0] == 1.0).all()
    assert small.figure(on, "price")[-1, 0] == pytest.approx(0.8)


def test_balancing_moves_bring_the_market_nearer_to_parity():
    strong = {"market.switching_cost": 4.0, "market.transparency": 0.0, "market.idle_capacity": 0.0, "mechanisms.balancing.pace": 0.3}
    off, on = (small.run(small.whole(months=24).but(strong | {"mechanisms.balancing.active": switch})) for switch in (False, True))
    assert np.abs(last(on, "power_balance")).mean() < np.abs(last(off, "power_balance")).mean() - 0.02


# Planning: a step left out costs.


def test_without_a_manager_relational_effort_is_lost(plain):
    assert last(plain, "readiness")[1] == 1.0
    without = changed(firms__1__planning__manager=False)
    assert last(without, "readiness")[1] == pytest.approx(0.8)
    assert last(without, "social_bond")[1] < last(plain, "social_bond")[1]
    assert last(without, "knowledge")[1] < last(plain, "knowledge")[1]


def test_without_specialists_nobody_talks_with_partners(plain):
    without = changed(firms__1__planning__specialists=0.0)
    with_them, alone = (model.web.dyads["distributor"].social_bond[1].mean() for model in (plain, without))
    assert alone < with_them


def test_standards_raise_service_where_satisfaction_is_missed(plain):
    kept = changed(firms__0__planning__standard=0.95)
    assert last(kept, "satisfaction")[0] > last(plain, "satisfaction")[0]


def test_a_budget_holds_relational_spending_down(plain):
    tight = changed(firms__1__planning__budget=0.01)
    assert total(tight, "cost_retention")[1] < total(plain, "cost_retention")[1]


def test_an_element_of_readiness_that_is_missing_undoes_the_rest(plain):
    without = changed(firms__1__readiness__technology=0.0)
    assert last(without, "readiness")[1] == 0.0
    assert last(without, "knowledge")[1] < 0.01 < last(plain, "knowledge")[1]


# A market that does nothing changes nothing, and each alone changes something.

NEUTRAL = {
    "departments": {"mechanisms.internal_market.reach": 0.0, "mechanisms.internal_market.friction": 0.0, "mechanisms.bonds.person": 0.0,
                    "mechanisms.internal_market.barren": 0.0, "mechanisms.internal_market.most": 1.0},
    "distributors": {"firms.0.fixed.direct": 1.0, "firms.1.fixed.direct": 1.0, "firms.2.fixed.direct": 1.0},
    "influencers": {f"influencers.{k}.strictness": 0.0 for k in range(5)} | {"mechanisms.influence.outrage": 0.0},
}  # fmt: skip
NOT_MONEY = ["purchases", "first_purchase", "last_purchase", "trust", "satisfaction", "commitment", "expectation", "reputation", "aware", "current",
             "social_bond", "structural_bond", "taste", "rate", "entered"]  # fmt: skip


@pytest.mark.parametrize("what", NEUTRAL)
def test_a_market_that_does_nothing_leaves_customers_as_they_were_to_the_bit(what):
    changes = NEUTRAL[what]
    levers = {path: value for path, value in changes.items() if path.startswith("firms") or "bonds" in path}
    without = small.run(small.scenario(months=18).but(levers))
    added = small.run(small.scenario(months=18, **{what: small.PARTNERS[what]}).but(changes))
    small.same(small.state(without), small.state(added), NOT_MONEY)


def test_rivals_who_do_nothing_leave_customers_as_they_were_to_the_bit():
    idle = {f"firms.{j}.fixed": {"price_matching": 0.0, "imitation": 0.0, "alliance": 0.0, "poaching": 0.0} for j in range(3)}
    off, on = (small.run(small.scenario(months=18).but(idle | {"mechanisms.competition.active": switch})) for switch in (False, True))
    small.same(small.state(off), small.state(on))


@pytest.mark.parametrize("what", small.MARKETS)
def test_each_market_changes_results_and_switched_off_it_is_not_there(what):
    without = small.run(small.scenario(months=8))
    described = small.scenario(months=8, **{what: small.PARTNERS[what]})
    on, off = small.run(described), small.run(described.but({f"mechanisms.{small.MARKETS[what]}.active": False}))
    small.same(small.state(without), small.state(off))
    np.testing.assert_array_equal(small.figure(without, "profit"), small.figure(off, "profit"))
    assert (small.figure(on, "profit") != small.figure(off, "profit")).any()
    # Whatever a market does, nobody's traits depend on it.
    both = (small.state(on)["entered"] == 0) & (small.state(off)["entered"] == 0)
    for name in ("taste", "orientation", "dropout"):
        np.testing.assert_array_equal(small.state(on)[name][both], small.state(off)[name][both])


def test_a_partner_more_in_one_market_leaves_the_luck_of_the_others_alone():
    one = small.run(small.whole(months=1))
    more = small.run(
        small.whole(months=1, influencers=(*small.PARTNERS["influencers"], small.PARTNERS["influencers"][0].model_copy(update={"name": "Other"})))
    )
    for market in ("supplier", "distributor", "internal"):
        for name, values in one.web.dyads[market]:
            np.testing.assert_array_equal(values, getattr(more.web.dyads[market], name), err_msg=f"{market}.{name}")
