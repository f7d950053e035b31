"""What ties customers to a firm: each concept against the same market without it. One seed, the same luck on both sides."""

import numpy as np
import pytest
from compare import change, levers, of_all, pair, panel, value

from sim.mechanisms.bonds import Bonds
from sim.mechanisms.commitment_trust import CommitmentTrust

ONE = "firms.0.fixed."
YEAR = (7, 18)


def gain(name, high, measure, low=0.0, months=YEAR, **more):
    """Return what a lever of firm One at one value adds to a measure against another value."""
    return change(pair({**more, ONE + name: high}), pair({**more, ONE + name: low}), measure, "One", months)


def test_c002_without_any_event_relations_only_decay():
    """A year in which nobody meets: no trade, no contact, no complaint, nothing taken, nothing taught."""

    def after_a_year(trusting, bonding):
        zero, one, who, none = (np.zeros((1, 1), np.float32) for _ in range(4))
        nobody, flags = np.zeros(1, np.float32), np.zeros((1, 1), np.uint8)
        trust, social = one + np.float32(0.8), one + np.float32(0.5)
        commitment = one + np.float32(0.6)
        for _ in range(12):
            trust = trusting.trust(trust, who, zero, none, zero, flags, nobody, nobody)
            social = bonding.social(social, zero, none, nobody, nobody, nobody)
            commitment = trusting.commitment(commitment, trust, zero, none, social, zero, zero, nobody, nobody)
        return [float(column[0, 0]) for column in (trust, social, commitment)]

    trust, social, commitment = after_a_year(CommitmentTrust(), Bonds())
    assert social == pytest.approx(0.5 * 0.98**12, rel=1e-4)
    assert trust == pytest.approx(0.4 + 0.4 * 0.99**12, rel=1e-3)
    assert 0.0 < commitment < 0.6
    assert after_a_year(CommitmentTrust(fading=0.0), Bonds(fading=0.0)) == pytest.approx([0.8, 0.5, 0.6])


def test_c006_relations_pay_where_tastes_differ_and_feelings_count():
    """Against a transactional rival, over two years."""
    rivals = {"firms.0.strategy": {"kind": "relational"}, "firms.1.strategy": {"kind": "transactional"}}

    def ahead(orientation, taste):
        tables = pair({**rivals, "segments.0.orientation": orientation, "segments.0.taste_spread": taste}, months=24)
        return value(tables, "market_share", "One", (13, 24)) - value(tables, "market_share", "Other", (13, 24))

    assert ahead(0.7, 1.0) > ahead(0.3, 1.0) + 0.02
    commitment = pair({**rivals, "segments.0.orientation": 0.3}, months=24), pair({**rivals, "segments.0.orientation": 0.7}, months=24)
    assert change(commitment[1], commitment[0], "commitment") > 0.1


def test_c015_a_social_bond_outlasts_the_trade_and_brings_customers_back():
    """Firm One is dear for half a year; afterwards more of its customers are there again where they are known as persons."""

    def back(social, weight=4.0):
        gap = [{"name": "too dear", "month": 10, "months": 6, "set": {"firms.0.price": 3.0}}]
        changes = {ONE + "social": social, "mechanisms.bonds.rapport": 0.4, "mechanisms.commitment_trust.b_benefits": 1.0}
        tables = pair({**changes, "mechanisms.choice.commitment_weight": weight}, events=gap, customers=1200)
        return value(tables, "buyers", months=(16, 18)) / value(tables, "buyers", months=(4, 9))

    assert back(1.0) > back(0.0) + 0.03
    assert abs(back(1.0, 0.0) - back(0.0, 0.0)) < 0.03, "it is by commitment that it does"


def test_c029_what_causes_relations_works_through_trust_and_commitment():
    """Shared values act on nothing but the two: with these frozen, not a single purchase is another."""

    def by_values(measure, **off):
        shared, strange = (pair({ONE + "shared_values": level, **off}) for level in (1.0, 0.0))
        return change(shared, strange, measure)

    frozen = {"mechanisms.commitment_trust.active": False}
    assert by_values("trust") > 0.05
    assert by_values("commitment") > 0.05
    assert by_values("perceived_value") > 0.005
    assert by_values("purchases") != 0.0
    assert by_values("purchases", **frozen) == by_values("perceived_value", **frozen) == 0.0


def test_c037_systems_are_cheap_and_cool():
    assert gain("automation", 1.0, "social_bond") < -0.03
    assert gain("automation", 1.0, "cost_retention") < -0.5


def test_c040_contacts_of_people_and_of_systems_bind_and_cost_differently():
    by_phone, by_mail, by_system, none = (
        pair({"firms.0.fixed": {"mail": 0.0, "email": 0.0, "phone": 0.0} | given})
        for given in ({"phone": 3.0}, {"mail": 9.5}, {"mail": 9.5, "automation": 1.0}, {})
    )
    assert value(by_phone, "cost_retention") > value(by_mail, "cost_retention") + 3.0 > value(by_system, "cost_retention") + 6.0
    assert value(by_mail, "social_bond") > value(by_system, "social_bond") + 0.02 > value(none, "social_bond") + 0.04
    assert value(by_mail, "good_contacts") > 0.6


def test_c054_the_social_bond_commits():
    assert gain("social", 1.0, "social_bond") > 0.1
    assert gain("social", 1.0, "commitment") > 0.002
    assert abs(gain("social", 1.0, "social_bond", **{"mechanisms.bonds.rapport": 0.0})) < 0.02


def test_c055_lock_in_holds_and_pull_attracts():
    def changed(name, high, measure):
        bond = {ONE + "structural": 1.0}
        return change(pair({**bond, name: high}), pair({**bond, name: 0.0}), measure)

    assert gain("structural", 1.0, "structural_bond") > 0.15
    assert changed("mechanisms.perceived_value.pull", 0.3, "perceived_value") > 0.05
    assert abs(changed("mechanisms.choice.lock_in", 3.0, "perceived_value")) < 0.02
    assert changed("mechanisms.choice.lock_in", 3.0, "power_balance") > 0.02


def test_c063_each_medium_has_its_price_and_its_measure():
    reached = {name: pair({"firms.0.fixed": {"mail": 0.0, "email": 0.0, "phone": 0.0} | given})
               for name, given in {"none": {}, "mail": {"mail": 9.5}, "email": {"email": 3.5}, "phone": {"phone": 3.0}}.items()}  # fmt: skip
    trust = {name: value(tables, "trust") for name, tables in reached.items()}
    assert min(trust["mail"], trust["email"], trust["phone"]) > trust["none"] + 0.01
    cost = {name: value(tables, "cost_retention") for name, tables in reached.items()}
    assert cost["email"] < cost["mail"] < cost["phone"]


def test_c067_a_club_is_joined_by_the_best_and_talks():
    member = {ONE + "reward": 0.1, ONE + "social": 0.6}
    open_to_all, for_the_best = (pair({**member, "mechanisms.bonds.join": standing}) for standing in (0.0, 0.6))
    assert change(for_the_best, open_to_all, "cost_retention") < -1.0, "fewer get a rebate"
    talking, silent = (pair({**member, "mechanisms.word_of_mouth.club": club}) for club in (0.6, 0.0))
    assert value(talking, "word_of_mouth_positive") > 1.15 * value(silent, "word_of_mouth_positive")


def test_c067_members_buy_more_mostly_because_they_always_did():
    """Selection against treatment: what members buy beyond others, and what the rebate adds to what the same people buy."""
    with_club, without = (pair({ONE + "reward": reward}) for reward in (0.1, 0.0))
    own = with_club["customers"].query("firm == 'One'")
    best, others = own[own["purchases"] > own["purchases"].median()], own[own["purchases"] <= own["purchases"].median()]
    selection = best["rate"].mean() / others["rate"].mean() - 1.0
    treatment = value(with_club, "purchases") / value(without, "purchases") - 1.0
    assert selection > 0.2
    assert 0.0 < treatment < selection


def test_c073_what_is_to_a_person_leaves_with_her():
    """The same people leave: how much of the relation goes with them depends on how far it was to them."""
    staff = {"departments": [{"name": "Service"}]}
    leaving = {ONE + "social": 1.0, "mechanisms.internal_market.quit": 0.2}
    personal, to_the_firm = (pair({**leaving, "mechanisms.bonds.person": share}, **staff) for share in (1.0, 0.0))
    assert change(personal, to_the_firm, "social_bond") < -0.03
    assert value(personal, "employee_turnover") == pytest.approx(value(to_the_firm, "employee_turnover"), rel=0.05)


def test_c031_a_firm_ends_relations_that_lose_it_money():
    """With half of the lever or more it parts; just below it treats them less well and keeps them."""
    dear = {ONE + "crm": 0.01, ONE + "phone": 3.0, "segments.0.need_scale": 6.0}
    ends, keeps = (pair({**dear, ONE + "portfolio": effort}, months=24) for effort in (0.5, 0.49))
    assert value(ends, "ended_by_firm", months=(7, 24)) > 0.5
    assert value(keeps, "ended_by_firm", months=(7, 24)) == 0.0
    assert change(ends, keeps, "cost_retention", months=(7, 24)) < -0.5


def test_c082_each_level_of_the_hierarchy_deepens_the_relation():
    kinds = ("transactional", "basic", "personalised", "interactive", "co_creative")
    tables = panel({kind: {"strategy": {"kind": kind}} for kind in kinds})
    trust = [value(tables, "trust", kind) for kind in kinds]
    assert trust[0] < trust[1] < trust[3]
    assert value(tables, "social_bond", "personalised") > value(tables, "social_bond", "basic") + 0.05
    assert value(tables, "information_satisfaction", "interactive") > value(tables, "information_satisfaction", "personalised") + 0.05
    assert value(tables, "relationship_cost", "co_creative") > value(tables, "relationship_cost", "basic")


def test_c083_c084_c085_relations_climb_and_fall():
    kind, rough = pair({ONE + "service": 0.9}), pair({"firms.0.reliability": 0.6})
    assert change(kind, rough, "stage_relationship", months=(13, 18)) > 0.05
    assert change(kind, rough, "funnel_satisfy", months=(13, 18)) > 0.05
    assert change(kind, rough, "rung_repeat", months=(13, 18)) < -0.1
    rows = kind["firm_months"]
    assert np.allclose(rows[["stage_transaction", "stage_service", "stage_relationship"]].sum(axis=1), 1.0, atol=1e-6)
    funnel = rows[["funnel_know", "funnel_interact", "funnel_satisfy", "funnel_value"]].to_numpy()
    assert (np.diff(funnel, axis=1) <= 1e-9).all(), "who stands higher stands on every step below"


def test_c084_advertising_fills_the_top_of_the_funnel_only():
    assert gain("advertising", 0.02, "funnel_know", months=(1, 3)) > 0.1
    assert abs(gain("advertising", 0.02, "funnel_value")) < 0.01


def test_c086_a_tie_reaches_one_a_group_or_everybody_who_talks():
    """One: calls and attention. A group: a campaign for a segment. Everybody: word of mouth."""
    two = {"segments": [{"name": "a", "need_shape": 2.0, "need_scale": 2.0}, {"name": "b", "need_shape": 2.0, "need_scale": 2.0}]}
    group = [{"name": "for a", "firm": "One", "segments": ["a"], "month": 4, "months": 15, "levers": {"service": 1.0, "social": 1.0}}]
    plain, one, some = pair(**two), pair({ONE + "social": 1.0}, **two), pair(campaigns=group, **two)
    bond = {name: [value(t, "social_bond", table="segment_months", segment=s) for s in ("a", "b")] for name, t in (("plain", plain), ("some", some))}
    assert change(one, plain, "social_bond") > 0.1
    assert bond["some"][0] > bond["plain"][0] + 0.05
    assert abs(bond["some"][1] - bond["plain"][1]) < 0.02
    silent = pair({"mechanisms.word_of_mouth.active": False}, **two)
    assert value(plain, "word_of_mouth_positive") > 1.0
    assert value(silent, "word_of_mouth_positive") == 0.0
    assert abs(change(plain, silent, "reputation", months=(13, 18))) > 0.001


def test_c088_customised_two_way_long_run_integrated_each_do_their_part():
    """All 16 combinations of four traits in one market: main effects, each the mean of 8 firms with it less 8 without."""
    traits = {
        "customised": {"crm": 0.01}, "two_way": {"dialogue": 1.0, "sensing": 0.8}, "long_run": {"forbearance": 1.0, "openness": 1.0},
        "integrated": {"structural": 1.0},
    }  # fmt: skip
    names, firms = list(traits), {}
    for code in range(16):
        chosen = [name for k, name in enumerate(names) if code >> k & 1]
        firms[f"F{code}"] = levers(**{key: level for name in chosen for key, level in traits[name].items()})
    tables = panel(firms, customers=1000, months=10)

    def main_effect(trait, measure):
        with_it = [value(tables, measure, f"F{code}", (6, 10)) for code in range(16) if code >> names.index(trait) & 1]
        without = [value(tables, measure, f"F{code}", (6, 10)) for code in range(16) if not code >> names.index(trait) & 1]
        return np.mean(with_it) - np.mean(without)

    assert main_effect("customised", "knowledge") > 0.05
    assert main_effect("two_way", "offer_fit") > 0.1
    assert main_effect("long_run", "trust") > 0.01
    assert main_effect("integrated", "structural_bond") > 0.05
    assert all(main_effect(trait, "perceived_value") > 0.0 for trait in ("customised", "two_way", "integrated"))


def test_c046_what_employees_share_of_a_customer_is_known_to_all():
    """With a shared memory, which is spending on the database, customers are known sooner; nothing is known without."""
    assert gain("crm", 0.01, "knowledge") > 0.2
    assert value(pair({ONE + "crm": 0.0}), "knowledge") == 0.0


def test_of_all_counts_every_firm():
    assert of_all(pair(), "purchases") == pytest.approx(value(pair(), "purchases") + value(pair(), "purchases", "Other"))
