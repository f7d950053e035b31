"""The other markets, partnerships and planes, value, dialogue and satisfaction: each concept against the same market without it, on the same luck.

Seeds are fixed; every limit leaves room below what was measured, and what a switched-off theory must not do is bounded beside it.
"""

from typing import Any

import numpy as np
import pytest
import small
from compare import change, pair, shipped, value, whole

from sim.market import MarketModel

ONE = "firms.0.fixed."
STRONG = {"market.switching_cost": 4.0, "market.idle_capacity": 0.0, "market.transparency": 0.0, ONE + "forbearance": 0.0, ONE + "crm": 0.02}
"""Customers who can hardly leave, and a firm that knows them: the firm leads, and spares nobody."""


def held(**levers: float) -> dict[str, float]:
    """Return changes that hold levers of firm One."""
    return {ONE + name: level for name, level in levers.items()}


def paid(tables: Any, payee: str) -> float:
    """Return what firm One paid somebody in the whole run."""
    flows = tables["flows"]
    return float(flows.loc[(flows["firm"] == "One") & (flows["payee"] == payee), "amount"].sum())


def series(tables: Any, measure: str) -> Any:
    """Return a measure of firm One month by month."""
    rows = tables["firm_months"]
    return rows.loc[rows["firm"] == "One", measure].to_numpy(float)


YEAR = {"months": 12}
"""Enough for what partners feel."""


# Influencers, partnerships, planes.


def public(relations: float, compliance: float) -> Any:
    return whole(held(public_relations=relations, compliance=compliance), **YEAR)


def test_dialogue_and_keeping_to_the_rules_win_stances_and_end_fines():
    neither, talk, rules = public(0.0, 0.0), public(1.0, 0.0), public(0.0, 1.0)
    for better in (talk, rules):
        assert change(better, neither, "stance") > 0.2
        assert change(better, neither, "reputation") > 0.04
        assert paid(better, "bank") < 0.95 * paid(neither, "bank")
    assert paid(neither, "government") > 0.0
    assert paid(talk, "government") < 0.85 * paid(neither, "government")
    assert paid(rules, "government") == 0.0


def test_a_firm_that_is_relational_on_one_plane_gains_trust_on_that_plane():
    def gain(plane: str, market: str) -> float:
        relational, transactional = (whole({f"firms.0.orientation.{market}": place}, **YEAR) for place in (1.0, 0.0))
        return change(relational, transactional, "trust", table="dyad_months", plane=plane)

    assert gain("government and public", "influencer") > 0.1
    assert gain("allied firms", "supplier") > 0.02
    assert abs(gain("allied firms", "influencer")) < 0.01
    assert abs(gain("government and public", "supplier")) < 0.03


def test_all_ten_partnerships_are_there_and_each_has_trust_and_commitment():
    # Departments are led alike; what tells them apart is how far their people want to belong.
    tables = shipped("six_markets", {"departments.1.orientation": 0.5, "departments.2.orientation": 0.9}, customers=200, months=6)
    partners, dyads = tables["partner_months"], tables["dyad_months"]
    buyers = dyads[dyads["market"] == "customer"].assign(partnership="ultimate_buyer")
    last = [rows[rows["month"] == 6].groupby("partnership")[["trust", "commitment"]].mean() for rows in (partners, buyers)]
    found = {name: tuple(row) for part in last for name, row in part.iterrows()}
    ten = {
        "supplier_goods", "supplier_services", "lateral_competitor", "lateral_nonprofit", "lateral_government", "ultimate_buyer",
        "intermediate_buyer", "internal_department", "internal_employees", "internal_business_unit",
    }  # fmt: skip
    assert ten <= set(found)
    assert all(0.0 < trust < 1.0 and 0.0 < commitment < 1.0 for trust, commitment in found.values())
    assert found["internal_business_unit"][1] > found["internal_department"][1] > found["internal_employees"][1]


def test_values_sell_through_trust_and_commitment_alone():
    def gain(measure: str, active: bool) -> float:
        theory = {"mechanisms.commitment_trust.active": active}
        return change(pair(theory | held(shared_values=1.0)), pair(theory | held(shared_values=0.0)), measure)

    assert gain("trust", True) > 0.07
    assert gain("commitment", True) > 0.07
    assert gain("share_of_requirements", True) > 0.005
    for measure in ("trust", "commitment", "share_of_requirements", "purchases", "churn_rate"):
        assert gain(measure, False) == 0.0, measure


def test_an_authority_leaves_more_room_to_who_keeps_to_the_rules():
    def gain(cap: float) -> float:
        law = STRONG | {"mechanisms.influence.cap": cap, "influencers.1.strictness": 1.0}
        kept, broken = (whole(law | held(compliance=level, public_relations=level), **YEAR) for level in (1.0, 0.0))
        return change(kept, broken, "surplus_share")

    assert gain(1.0) > 0.03
    assert abs(gain(0.0)) < 0.01, "without a cap conduct makes no difference to what the firm may take"


# Inside the firm.


def test_talk_between_departments_removes_friction():
    def gain(friction: float, measure: str) -> float:
        inside = {"mechanisms.internal_market.by_talk": 0.0, "mechanisms.internal_market.friction": friction}
        return change(whole(inside | held(internal_dialogue=1.0), **YEAR), whole(inside | held(internal_dialogue=0.0), **YEAR), measure)

    # Talk also warms relations with employees, without any friction too.
    assert gain(0.3, "service_capability") > gain(0.0, "service_capability") + 0.1
    assert gain(0.3, "satisfaction") > gain(0.0, "satisfaction") + 0.015


def test_files_are_used_where_departments_talk():
    inside = {"mechanisms.internal_market.by_talk": 0.0, "mechanisms.internal_market.friction": 0.3, ONE + "crm": 0.004}
    silent, talking = (whole(inside | held(internal_dialogue=level), **YEAR) for level in (0.0, 1.0))
    assert value(talking, "knowledge") > 1.4 * value(silent, "knowledge")


def test_mending_the_worst_department_gains_most():
    def capability(*skill: float) -> float:
        """Return what firm One's people make of service, when its two departments have these skills at the start."""
        model = MarketModel(small.whole(customers=100, months=1).but({"departments.0.weight": 1.0}))
        model.web.dyads["internal"].skill = np.tile(np.array(skill, np.float32), (len(model.firms), 1))
        model.step()
        return float(small.figure(model, "service_capability")[0, 0])

    start = capability(0.15, 0.75)
    assert capability(0.35, 0.75) - start > 1.5 * (capability(0.15, 0.95) - start) > 0.0


# Customers: conduct and contacts.


def test_a_firm_ends_relations_that_lose_it_money():
    dear = held(phone=1.0)
    all_alike, by_value = pair(dear | held(portfolio=0.0)), pair(dear | held(portfolio=1.0))
    assert series(all_alike, "ended_by_firm").sum() == 0.0
    assert series(by_value, "ended_by_firm").sum() > 20.0
    assert change(by_value, all_alike, "customers") < -5.0


def test_an_open_firm_informs_well_and_is_trusted():
    closed, frank = pair(held(openness=0.0)), pair(held(openness=1.0))
    assert change(frank, closed, "information_satisfaction") > 0.15
    assert change(frank, closed, "trust") > 0.06
    assert change(frank, closed, "attribute_satisfaction") < 0.03, "what is delivered is the same"


def test_a_firm_that_takes_most_is_resented_as_far_as_customers_care_for_equity():
    def gain(measure: str, equity: float) -> float:
        care = STRONG | {"mechanisms.satisfaction.equity": equity, "mechanisms.commitment_trust.opportunism": equity}
        return change(pair(care | held(forbearance=1.0)), pair(care), measure)

    assert gain("surplus_share", 1.0) < -0.04
    assert gain("satisfaction", 1.0) > 0.007
    assert gain("trust", 1.0) > 0.007
    assert abs(gain("satisfaction", 0.0)) < 0.002
    assert abs(gain("trust", 0.0)) < 0.002


def test_contacts_by_systems_are_cheap_and_bind_less():
    ideal = held(phone=3.0, mail=0.0, email=0.0)
    people, systems = (pair(ideal | held(automation=share)) for share in (0.0, 1.0))
    assert value(systems, "cost_retention") < 0.8 * value(people, "cost_retention")
    assert change(systems, people, "social_bond") < -0.05
    assert change(systems, people, "trust") < -0.01


def test_each_channel_has_its_cost_and_its_measure():
    def by(channel: str, number: float) -> Any:
        return pair(held(**{"mail": 0.0, "email": 0.0, "phone": 0.0, channel: number}))

    letters, mails, calls = by("mail", 9.5), by("email", 3.5), by("phone", 3.0)  # the ideal number of each
    assert value(mails, "cost_retention") < value(letters, "cost_retention") < value(calls, "cost_retention")
    np.testing.assert_allclose(value(mails, "social_bond"), value(calls, "social_bond"), rtol=0.02)
    assert value(by("email", 14.0), "good_contacts") < value(mails, "good_contacts") - 0.2
    assert change(by("email", 14.0), mails, "social_bond") < -0.05


def test_an_offer_learns_from_answers_and_not_from_mass_media():
    sends, asks = pair(held(sensing=0.5, dialogue=0.0)), pair(held(sensing=0.5, dialogue=1.0))
    assert change(asks, sends, "offer_fit") > 0.05
    louder = pair(held(sensing=0.5, dialogue=0.0, advertising=0.01, mail=9.5))
    assert change(louder, sends, "offer_fit") == 0.0
    assert change(louder, sends, "purchases") != 0.0


# Value.


def test_a_bargain_is_worth_more_at_once_and_a_relation_over_time():
    bargain, relation = pair({"firms.0.strategy.orientation": 0.0} | held(discount=0.1)), pair({"firms.0.strategy.orientation": 1.0})
    assert change(bargain, relation, "perceived_value", months=(1, 1)) > 0.03
    assert value(relation, "value_over_time", months=(18, 18)) > 1.03 * value(bargain, "value_over_time", months=(18, 18))


def test_value_is_what_she_gets_over_price_and_relationship_cost():
    plain, dearer = pair(), pair({"firms.0.price": 1.25})
    costly = pair({"mechanisms.perceived_value.direct": 0.27})  # a quarter of a price more than by default
    first = {"measure": "perceived_value", "months": (1, 1)}
    # By hand, before anybody is known: cost = direct 0.02 + indirect 0.1 (1 - service 0.6) + worry 0.12 (1 - trust 0.4)
    cost = 0.02 + 0.1 * 0.4 + 0.12 * 0.6
    wanted = (1.0 + cost) / (1.25 + cost)
    assert value(dearer, **first) / value(plain, **first) == pytest.approx(wanted, rel=0.03)
    assert value(costly, **first) / value(plain, **first) == pytest.approx(wanted, rel=0.03)


def test_service_adds_to_the_value_of_the_same_product_or_destroys_it():
    def added(service: float) -> float:
        """What episodes have added to the value, over the same service without memory of them."""
        forgets = {"mechanisms.perceived_value.adaptation": 0.0}
        return change(pair(held(service=service)), pair(forgets | held(service=service)), "relationship_value", months=(13, 18))

    assert added(0.1) < -0.03
    assert added(1.0) > 0.03


def test_both_forms_of_value_rank_much_alike():
    rows = shipped("duel", customers=600, months=18)["firm_months"]
    assert 0.5 < rows["perceived_value"].corr(rows["relationship_value"], method="spearman") < 1.0


# Partners, feedback, satisfaction.


def test_suppliers_who_are_told_what_comes_trust_and_commit_more():
    silent, frank = (whole(held(supplier_dialogue=level), **YEAR) for level in (0.0, 1.0))
    for measure, least in {"trust": 0.06, "commitment": 0.04, "two_way": 0.05, "cooperation": 0.04}.items():
        assert change(frank, silent, measure, table="dyad_months", market="supplier") > least, measure


def test_the_sooner_a_fall_of_quality_is_known_the_sooner_it_is_corrected():
    slip = {"name": "slip", "month": 9, "set": {"firms.0.quality": 0.25}}

    def lost(**planning: float) -> float:
        """Return satisfaction lost to the slip, added up over the two years after it."""
        plan = {f"firms.0.planning.{name}": number for name, number in planning.items()}
        spared, hit = (series(pair(plan, months=32, events=events), "satisfaction")[8:] for events in ([], [slip]))
        return float((spared - hit).sum())

    at_once, late, never = lost(standard=0.55, delay=1.0), lost(standard=0.55, delay=9.0), lost()
    assert at_once < 0.9 * late
    assert late < 0.9 * never


def test_satisfaction_comes_months_before_loyalty():
    better = {"name": "better", "month": 13, "set": {"firms.0.quality": 0.95, "firms.0.fixed": {"service": 0.95}}}
    with_it, without = (pair(months=42, customers=1500, events=events) for events in ([better], []))

    def half(measure: str) -> int:
        """Return the months until half of what is gained by the end is there."""
        gained = (series(with_it, measure) - series(without, measure))[12:]
        assert gained[-6:].mean() > 0.005, measure
        return int(np.argmax(gained >= 0.5 * gained[-6:].mean()))

    assert half("satisfaction") < half("trust") < half("commitment")
    assert half("commitment") >= half("satisfaction") + 3
    assert half("share_of_requirements") >= half("satisfaction") + 3


FACTORS = (
    "performance",
    "expectation",
    "desires_congruency",
    "expectations_congruency",
    "attribute_satisfaction",
    "information_satisfaction",
    "satisfaction",
)
CAUSES = {
    "quality": ({"firms.0.quality": 0.85}, {"performance": 0.08, "desires_congruency": 0.08, "expectations_congruency": 0.08,
                                            "attribute_satisfaction": 0.05, "satisfaction": 0.005}),
    "desires": ({"segments.0.desire": 0.75}, {"desires_congruency": -0.18, "attribute_satisfaction": -0.08, "satisfaction": -0.008}),
    "expectations": ({"mechanisms.satisfaction.start_expectation": 0.75},
                     {"expectation": 0.15, "expectations_congruency": -0.15, "attribute_satisfaction": -0.1, "satisfaction": -0.01}),
    "information": (held(openness=1.0), {"information_satisfaction": 0.03, "satisfaction": 0.002}),
}  # fmt: skip
"""What is changed, and the factors that it moves at once, with the least change of each."""


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_moves_its_own_factors_and_leaves_the_others(cause):
    changes, moved = CAUSES[cause]
    for factor in FACTORS:
        found = change(pair(changes), pair(), factor, months=(1, 1))
        least = moved.get(factor)
        if least is None:
            assert abs(found) < 0.01, factor
        else:
            assert found / least > 1.0, factor
