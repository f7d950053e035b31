"""Concepts C051 to C069, each with a number: satisfaction and its causes, the three bonds, power, customers, contacts, the club."""

import numpy as np
import pandas as pd
import pytest
import small
from alike import MARKET, OURS, mean, months, ours, tables, total

# Satisfaction, and why customers leave.


def test_product_extras_and_information_please_each_in_its_own_way():
    better, more, open_ = {"firms.0.quality": 0.8}, ours(extras=0.8), ours(openness=1.0)
    for changes in (better, more):
        assert mean("attribute_satisfaction", changes) > mean("attribute_satisfaction") + 0.03
        assert mean("information_satisfaction", changes) == pytest.approx(mean("information_satisfaction"), abs=0.005)
    assert mean("information_satisfaction", open_) > mean("information_satisfaction") + 0.07
    assert mean("attribute_satisfaction", open_) == pytest.approx(mean("attribute_satisfaction"), abs=0.005)
    for changes in (better, more, open_):
        assert mean("satisfaction", changes) > mean("satisfaction") + 0.015


UNRELIABLE = {"firms.0.reliability": 0.8}


def test_each_cause_of_leaving_is_counted_under_its_own_name():
    drivers = {
        "left_dissatisfied": UNRELIABLE,
        "left_for_offer": {"firms.1.fixed": {"discount": 0.15}},
        "left_for_variety": {"mechanisms.consideration.variety": 0.25},
    }
    for measure, driver in drivers.items():
        assert total(measure, driver) > 1.8 * total(measure)
        for other in set(drivers) - {measure}:
            assert total(other, driver) < 1.2 * total(other)


def test_mending_the_cause_keeps_more_than_paying_for_it():
    mended, paid = UNRELIABLE | ours(service=0.9), UNRELIABLE | ours(save_offer=0.15)
    assert total("left_dissatisfied", mended) < 0.8 * total("left_dissatisfied", UNRELIABLE)
    assert total("left_dissatisfied", paid) > 0.9 * total("left_dissatisfied", UNRELIABLE)
    assert total("profit", mended) > 1.15 * total("profit", paid)


# Bonds on three levels.


def test_a_social_bond_grows_with_attention_and_commits():
    known, unknown = ours(social=0.9), ours(social=0.0)
    assert mean("social_bond", unknown) == 0.0
    assert mean("social_bond", known) > 0.25
    assert mean("commitment", known) > mean("commitment", unknown) + 0.01
    assert mean("rung_partner", known) > 0.005
    assert mean("rung_partner", unknown) == 0.0
    assert mean("social_bond", known | {"mechanisms.bonds.rapport": 0.0}) == 0.0


def test_the_lock_of_a_structural_bond_and_its_pull_are_told_apart():
    tied = ours(structural=0.9)
    lock, pull = {"mechanisms.choice.lock_in": 0.0}, {"mechanisms.perceived_value.pull": 0.0}
    neither, only_lock, only_pull = tied | lock | pull, tied | pull, tied | lock
    assert mean("structural_bond", neither) > 0.25
    # The lock makes dependent and adds no value; the pull adds value and hardly makes dependent.
    assert mean("dependence", only_lock) > mean("dependence", neither) + 0.08
    assert mean("perceived_value", only_lock) < mean("perceived_value", neither) + 0.03
    assert mean("perceived_value", only_pull) > mean("perceived_value", neither) + 0.07
    assert mean("dependence", only_pull) < mean("dependence", neither) + 0.05
    assert total("switched_out", only_lock) < 0.85 * total("switched_out", neither)
    assert mean("market_share", tied) > mean("market_share", neither) + 0.01


# Power.


def test_who_leads_gets_the_better_terms():
    # All terms are individual, and nobody leaves power unused.
    individual = {"mechanisms.power.freedom": 1.0} | {f"firms.{j}.fixed.forbearance": 0.0 for j in range(3)}
    rows = tables(individual)["regime_months"]
    rows = rows[(rows["market"] == "customer") & (rows["dyads"] > 0)].dropna()
    terms = (rows["surplus_share"] * rows["dyads"]).groupby(rows["regime"]).sum() / rows["dyads"].groupby(rows["regime"]).sum()
    assert terms["marketed_leads"] + 0.06 < terms["parity"] < terms["marketer_leads"] - 0.1
    assert total("negotiated", {"mechanisms.power.eps": 0.3}) > 1.8 * total("negotiated")


def test_each_of_the_five_forces_has_a_driver_of_its_own():
    assert mean("pressure_buyers", {"market.idle_capacity": 1.0}) > mean("pressure_buyers") + 0.06
    assert mean("pressure_rivals", {"firms.0.quality": 0.9}) < mean("pressure_rivals") - 0.01
    assert mean("pressure_substitutes", {"market.outside_utility": 0.5}) > 2.0 * mean("pressure_substitutes")
    assert mean("pressure_entrants") == 0.0
    assert mean("pressure_entrants", {"firms.2.enters": 7, "firms.2.start_share": 0.0}) > 0.02
    one_supplier = {"suppliers": [small.PARTNERS["suppliers"][1].model_dump()]}
    assert mean("pressure_suppliers", one_supplier, whole=True) > mean("pressure_suppliers", whole=True) + 0.12


# Customers: which, and how many of them new.


def test_the_best_balance_of_winning_and_keeping_lies_inside():
    earned = [
        total("profit", {"firms.0.strategy": {"kind": "budget_split", "budget": 0.02, "retention_share": share}}, first=1)
        for share in (0.0, 0.6, 1.0)
    ]
    assert earned[1] > 1.05 * max(earned[0], earned[2])


def test_five_classes_and_the_moves_between_them():
    def kept(kind):
        rows = tables({"firms.0.strategy": {"kind": kind}})["class_months"]
        rows = rows[(rows["firm"] == OURS) & (rows["before"] == "existing")]
        return rows.loc[rows["after"] == "existing", "customers"].sum() / rows["customers"].sum()

    assert kept("relational") > kept("transactional") + 0.02
    sooner, later = {"mechanisms.database.newness": 3.0}, {"mechanisms.database.newness": 12.0}
    assert mean("new", later) > 2.0 * mean("new", sooner)
    for changes in (sooner, later):
        rows = months(changes)
        classes = rows[["existing", "new", "brand_switchers", "triers"]].sum(axis=1)
        np.testing.assert_array_equal(classes, rows["customers"])


BORED = {"mechanisms.consideration.boredom": 2.0}


def test_novelty_keeps_the_bored():
    fresh = BORED | ours(novelty=1.0)
    assert total("left_for_variety", BORED) > 1.8 * total("left_for_variety")
    assert total("left_for_variety", fresh) < 0.6 * total("left_for_variety", BORED)
    assert mean("market_share", fresh) > mean("market_share", BORED) + 0.03


def test_recovery_does_not_keep_those_who_want_variety():
    restless = {"mechanisms.consideration.variety": 0.25}
    mended = restless | ours(recovery=1.0, complaint_ease=1.0, suppression=0.0, complaint_capacity=200.0)
    assert mean("satisfaction", restless) == pytest.approx(mean("satisfaction"), abs=0.01)
    assert total("left_dissatisfied", mended) < 0.85 * total("left_dissatisfied", restless)
    assert total("left_for_variety", mended) > 0.9 * total("left_for_variety", restless)
    assert total("cost_service", mended) > 1.02 * total("cost_service", restless)


# Contacts and conduct.


def test_each_channel_does_the_same_at_its_ideal_and_costs_its_own():
    silent = {"mail": 0.0, "email": 0.0, "phone": 0.0}
    letters, mails, calls = (ours(**silent | {channel: ideal}) for channel, ideal in (("mail", 9.5), ("email", 3.5), ("phone", 3.0)))
    for channel in (letters, mails, calls):
        assert mean("trust", channel) > mean("trust", ours(**silent)) + 0.01
        assert mean("trust", channel) == pytest.approx(mean("trust", letters), abs=1e-4)
        assert mean("commitment", channel) > mean("commitment", ours(**silent)) + 0.015
    assert total("cost_retention", mails) + 30.0 < total("cost_retention", letters) < 0.7 * total("cost_retention", calls)


def test_customer_first_costs_margin_and_earns_trust_and_sales():
    # Prices are personal and hard to compare, and few others have goods to sell: the firm could take much.
    strong = {"market.transparency": 0.1, "market.idle_capacity": 0.05, "mechanisms.power.freedom": 0.6}
    taking, sparing = strong | ours(forbearance=0.0, crm=0.006), strong | ours(forbearance=1.0, crm=0.006)
    assert mean("surplus_share", sparing) < mean("surplus_share", taking) - 0.1
    assert total("profit", sparing) < 0.85 * total("profit", taking)
    assert total("customer_surplus", sparing) > 1.5 * total("customer_surplus", taking)
    assert mean("trust", sparing) > mean("trust", taking) + 0.05

    def sold(changes):
        return [months(changes, first=1).query(f"{low} <= month <= {high}")["purchases"].sum() for low, high in ((1, 6), (13, 24))]

    begun, ended = (with_ / without for with_, without in zip(sold(sparing), sold(taking), strict=True))
    assert ended > begun + 0.008


# The club.


def test_who_may_join_decides_what_the_club_costs():
    open_to_all, for_the_best = ours(reward=0.25), ours(reward=0.25) | {"mechanisms.bonds.join": 0.7}
    without = ours(reward=0.0)
    cost = [total("cost_retention", changes) for changes in (without, for_the_best, open_to_all)]
    sold = [total("purchases", changes) for changes in (without, for_the_best, open_to_all)]
    assert cost[0] + 20.0 < cost[1] < cost[2] - 20.0
    assert sold[0] < sold[1] < sold[2]


def test_members_differ_by_more_than_membership_makes_them():
    def purchases(reward):
        model = small.run(MARKET.but(ours(reward=reward) | {"mechanisms.bonds.join": 0.7}))
        table = pd.DataFrame(model.tables()["customers"]).query(f"firm == '{OURS}' and purchases > 0 and entered == 0")
        return table.set_index("customer")["purchases"].astype(float)

    with_club, without = purchases(0.25), purchases(0.0)
    # A member is who has 14 purchases or more: 14 / (14 + 6) = 0.7.
    members = with_club.index[with_club >= 14]

    def apart(bought):
        inside = bought.index.isin(members)
        return bought[inside].mean() / bought[~inside].mean()

    effect = with_club.sum() / without.sum()
    assert 1.01 < effect < 1.1, "treatment: what the club adds"
    assert apart(with_club) > 3.0, "what a comparison of members with others would take for it"
    assert apart(without) > 0.85 * apart(with_club), "selection: the same people differ without a club"


def test_members_talk():
    club, no_talk = ours(social=1.0), ours(social=1.0) | {"mechanisms.word_of_mouth.club": 0.0}
    assert total("word_of_mouth_positive", club) > 1.5 * total("word_of_mouth_positive", no_talk)


def test_what_is_known_of_her_fits_product_and_service_to_her():
    known, unknown = ours(crm=0.01), ours(crm=0.0)
    same_for_all = {"mechanisms.experience.fit": 0.0}
    same_service = {"mechanisms.perceived_value.personal": 0.0}
    assert mean("knowledge", unknown) == 0.0
    assert mean("performance", known) > mean("performance", unknown) + 0.04
    assert mean("satisfaction", known) > mean("satisfaction", unknown) + 0.03
    # Of a standard product only the service round it can be fitted.
    assert mean("performance", known | same_for_all) == pytest.approx(mean("performance", unknown | same_for_all), abs=0.01)
    fitted = mean("perceived_value", known | same_for_all) - mean("perceived_value", known | same_for_all | same_service)
    assert fitted > 0.025
