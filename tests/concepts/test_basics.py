"""What relationship marketing is, and how it differs from the transaction: each idea switched or moved, and what that does (C001 to C022)."""

from itertools import pairwise

import pytest
from compare import change, lead, of_all, pair, panel, shipped, value, whole

FIVE = ("supplier", "distributor", "competitor", "internal", "influencer")
SWITCHES = ("supply", "distribution", "competition", "internal_market", "influence")
QUIET = {"mail": 0.0, "email": 0.0, "phone": 0.0}
NOBODY_BUYS = {"market.outside_utility": 50.0, "mechanisms.consideration.variety": 1.0}
NOBODY_GOES = {"mechanisms.database.shortest": 100.0, "mechanisms.database.longest": 100.0, "mechanisms.turnover.active": False}
EARLY = (1, 3)


def one(**held):
    """Return the pair of firms in which "One" holds levers at values."""
    return pair({"firms.0.fixed": held})


def test_relations_bring_every_party_more():
    deals, relations = (whole({"firms.0.orientation": dict.fromkeys(FIVE, place)}) for place in (0.0, 1.0))
    for party in ("firm", "customer", "supplier", "distributor", "employees"):
        more, less = (value(tables, "surplus", months=(7, 18), table="surplus_months", party=party) for tables in (relations, deals))
        assert more > 1.15 * less > 0.0, party


def test_where_nothing_happens_feelings_only_fade():
    silence = {"month": 7, "name": "silence", "set": {**NOBODY_BUYS, "firms.0.fixed": QUIET, "firms.1.fixed": QUIET}}
    tables = pair(NOBODY_GOES, months=12, events=[silence])
    assert value(tables, "purchases", months=(7, 12)) == 0.0
    # In a month trust goes 1 % of the way back to 0.4, commitment loses 1 %, and a social bond 2 %.
    for measure, rest, kept in (("trust", 0.4, 0.99), ("commitment", 0.0, 0.99), ("social_bond", 0.0, 0.98)):
        before, after = (value(tables, measure, months=(month, month)) - rest for month in (7, 12))
        assert after == pytest.approx(before * kept**5, rel=1e-3), measure
        assert value(tables, measure, months=(6, 6)) > value(tables, measure, months=(1, 1)), measure


def test_advice_informs_and_fits_before_it_sells():
    plain, advised = pair(), one(advice=1.0)
    assert change(advised, plain, "information_satisfaction", months=EARLY) > 0.07
    assert change(advised, plain, "performance", months=EARLY) > 0.03
    assert change(advised, plain, "profit", months=EARLY) < -3.0
    assert value(advised, "purchases", months=EARLY) < 1.02 * value(plain, "purchases", months=EARLY)


def test_idle_capacity_gives_customers_power():
    queues, glut = (shipped("buyers_market", {"market.idle_capacity": idle}, customers=600, months=18) for idle in (0.0, 0.9))
    for name in ("Transactional A", "Relational C"):
        assert change(glut, queues, "power_balance", name, (7, 18)) < -0.2
        assert change(glut, queues, "surplus_share", name, (7, 18)) < -0.04
        assert change(glut, queues, "profit", name, (7, 18)) < -2.0


def test_promotion_by_all_cancels_out():
    months, size = (1, 18), {"customers": 1500}
    discount = {"firms.0.fixed": {"discount": 0.2}}
    peace, alone = pair(**size), pair(discount, **size)
    both = pair(discount | {"firms.1.fixed": {"discount": 0.2}}, **size)
    unlike = pair({"firms.0.quality": 0.9, "firms.1.quality": 0.4}, **size)
    moved = change(alone, peace, "market_share", months=months)
    assert moved > 0.07
    assert abs(change(both, peace, "market_share", months=months)) < moved / 3.0
    assert of_all(both, "profit", months) < 0.7 * of_all(peace, "profit", months)
    assert change(unlike, peace, "market_share", months=months) > 0.04, "where quality differs, shares do without any promotion"


def test_who_wants_relations_makes_them_pay():
    poles = {"Ties": {"strategy": {"kind": "relational"}}, "Deals": {"strategy": {"kind": "transactional"}}}
    cool, warm = (panel(poles, {"segments.0.orientation": place, "segments.0.orientation_spread": 0.2}) for place in (0.2, 0.8))
    assert value(warm, "commitment", "Ties") > value(cool, "commitment", "Ties") + 0.15
    assert lead(warm, "profit", "Ties", "Deals") > lead(cool, "profit", "Ties", "Deals") + 5.0


def test_tastes_part_customers():
    alike, various = (pair({"segments.0.taste_spread": spread}) for spread in (0.2, 2.0))
    assert change(various, alike, "share_of_requirements") > 0.025
    assert change(various, alike, "sole_buyers") > 0.025


@pytest.mark.parametrize(("letter", "best"), [(0.004, 2.0), (0.0, 9.0)])
def test_cheaper_contact_moves_the_best_number_up_to_an_inner_point(letter, best):
    market = {"mechanisms.accounts.letter": letter, "mechanisms.choice.commitment_weight": 6.0, "segments.0.orientation": 0.7}
    earned = {}
    for number in (0.0, 2.0, 9.0, 36.0):
        held = {"firms.0.fixed": QUIET | {"mail": number, "dialogue": 0.7}, "firms.1.fixed": QUIET}
        earned[number] = value(pair(market | held, months=18), "profit", months=(1, 18))
    assert max(earned, key=lambda number: earned[number]) == best, earned
    assert earned[best] > earned[36.0] + 1.0, "more is not better without end"


def test_pressure_sells_now_and_is_regretted_later():
    plain, pressed = pair(), one(pressure=1.0)
    assert value(pressed, "purchases", months=EARLY) > 1.015 * value(plain, "purchases", months=EARLY)
    assert change(pressed, plain, "information_satisfaction", months=EARLY) < -0.2
    assert change(pressed, plain, "trust") < -0.04 < change(pressed, plain, "trust", months=EARLY)


def test_sensing_moves_the_offer_to_what_is_wished_for():
    plain, sensed = pair(), one(sensing=1.0)
    assert change(sensed, plain, "offer_fit") > 0.15
    assert change(sensed, plain, "satisfaction") > 0.015


def test_service_prevents_failures_and_is_worth_more():
    little, much = one(service=0.2), one(service=0.8)
    failed = [value(tables, "bad_episodes") / value(tables, "purchases") for tables in (little, much)]
    assert failed[0] > 3.0 * failed[1]
    assert change(much, little, "perceived_value") > 0.4
    assert change(much, little, "cost_service") > 10.0


def test_taking_part_commits_and_costs_effort():
    held = {"firms.0.fixed": {"participation": 1.0}}
    plain = pair(held)
    owned = pair(held | {"mechanisms.commitment_trust.b_ownership": 0.3})
    toil = pair(held | {"mechanisms.perceived_value.effort": 0.2})
    assert change(owned, plain, "commitment") > 0.06
    assert change(toil, plain, "perceived_value") < -0.1


def test_the_satisfied_stay_longer_buy_more_and_buy_nowhere_else():
    poor, good = (pair({"firms.0.quality": quality}) for quality in (0.4, 0.9))
    assert change(good, poor, "satisfaction") > 0.1
    assert change(good, poor, "churn_rate") < -0.004
    assert change(good, poor, "share_of_requirements") > 0.03
    assert change(good, poor, "sole_buyers") > 0.05


def test_one_to_six_markets_each_add_relations_and_change_profit():
    profits = []
    for more in range(6):
        tables = whole({f"mechanisms.{slot}.active": place < more for place, slot in enumerate(SWITCHES)}, months=9)
        dyads = tables["dyad_months"]
        assert dyads[dyads["dyads"] > 0]["market"].nunique() == more + 1
        profits.append(value(tables, "profit", months=(1, 9)))
    assert all(abs(before - after) > 0.2 for before, after in pairwise(profits)), profits


def test_a_personal_tie_outlasts_the_trade():
    gap = {"name": "gap", "month": 13, "months": 6, "set": NOBODY_BUYS}
    market = {**NOBODY_GOES, "mechanisms.commitment_trust.b_benefits": 1.0, "mechanisms.bonds.rapport": 0.4, "segments.0.orientation": 0.7}
    plain, tied = (pair({**market, "firms.0.fixed": QUIET | {"social": level}}, customers=1500, months=24, events=[gap]) for level in (0.0, 1.0))
    assert value(plain, "purchases", months=(13, 18)) == value(tied, "purchases", months=(13, 18)) == 0.0
    assert value(tied, "social_bond", months=(18, 18)) > 0.85 * value(tied, "social_bond", months=(12, 12)), "half a year without any trade"
    assert change(tied, plain, "commitment", months=(18, 18)) > 0.04
    assert value(tied, "purchases", months=(19, 24)) > 1.015 * value(plain, "purchases", months=(19, 24))


def test_a_shock_at_suppliers_reaches_customers_while_it_lasts():
    shock = {"name": "strike", "month": 7, "months": 3, "set": {"suppliers.0.reliability": 0.1, "suppliers.1.reliability": 0.1}}
    usual, struck = whole(), whole(events=[shock])
    assert change(struck, usual, "bad_episodes", months=(1, 6)) == 0.0
    assert value(struck, "bad_episodes", months=(7, 9)) > 2.0 * value(usual, "bad_episodes", months=(7, 9))
    assert change(struck, usual, "satisfaction", months=(7, 9)) < -0.015
    assert value(struck, "bad_episodes", months=(13, 18)) < 1.3 * value(usual, "bad_episodes", months=(13, 18))


def test_putting_the_customer_first_costs_now_and_is_trusted_later():
    taking, sparing = (
        shipped("monopoly_of_information", {"firms.0.fixed": {"crm": 0.02, "forbearance": level}}, customers=600, months=24) for level in (0.0, 0.8)
    )
    assert change(sparing, taking, "surplus_share", "Transactional A") < -0.1
    assert change(sparing, taking, "profit", "Transactional A", EARLY) < -4.0
    assert change(sparing, taking, "trust", "Transactional A") > 0.08


def test_extras_delight_until_they_are_expected():
    plain, half, full = pair(), one(extras=0.5), one(extras=1.0)
    assert change(full, plain, "performance") > 0.05
    assert change(half, plain, "performance") > 2.0 * change(full, half, "performance"), "diminishing returns"
    assert change(full, plain, "expectations_congruency", months=EARLY) > 2.0 * change(full, plain, "expectations_congruency")
    assert change(full, plain, "expectation") > 0.04


def test_discoveries_make_the_whole_category_grow():
    leading = {"mechanisms.development.discovery": 0.3, "firms.0.fixed": {"innovation": 1.0}}
    plain, led, without = pair(), pair(leading), pair(leading | {"mechanisms.development.pull": 0.0})
    assert of_all(led, "purchases") > 1.08 * of_all(plain, "purchases")
    assert of_all(without, "purchases") < 1.03 * of_all(plain, "purchases")
    assert change(led, plain, "market_share") > 0.015


def split(share, ratio=6.0):
    """Return the market of a newcomer that parts a budget between winning and keeping."""
    own = {"kind": "budget_split", "budget": 0.01, "retention_share": share, "cost_ratio": ratio}
    return pair({"firms.0.strategy": own, "firms.0.start_share": 0.1, "firms.0.awareness": 0.2})


def test_neither_all_for_winning_nor_all_for_keeping_earns_most():
    winning, both, keeping = (split(share) for share in (0.0, 0.5, 1.0))
    assert value(both, "profit") > 1.1 * max(value(winning, "profit"), value(keeping, "profit"))
    assert value(winning, "acquired", months=(1, 18)) > value(keeping, "acquired", months=(1, 18)) + 3.0
    assert change(keeping, winning, "churn_rate") < -0.005


def test_the_dearer_winning_is_the_fewer_customers_the_same_money_wins():
    won = [value(split(0.5, ratio), "acquired", months=(1, 12)) for ratio in (2.0, 6.0, 20.0)]
    assert won[0] > 1.05 * won[1] > 1.05 * 1.05 * won[2]
