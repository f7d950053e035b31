"""What customers get, and what they make of it: each concept against the same market without it. One seed, the same luck on both sides."""

import numpy as np
import pytest
from compare import change, of_all, pair, value

ONE = "firms.0.fixed."


def with_lever(name, level, **more):
    return pair({ONE + name: level, **more})


def gain(name, high, measure, low=0.0, months=(7, 18), firm="One"):
    """Return what a lever of firm One at one value adds to a measure against another value."""
    return change(with_lever(name, high), with_lever(name, low), measure, firm, months)


def test_c003_advice_informs_and_sells_no_more_at_once():
    assert gain("advice", 1.0, "information_satisfaction") > 0.1
    assert abs(gain("advice", 1.0, "purchases", months=(1, 2)) / value(with_lever("advice", 0.0), "purchases", months=(1, 2))) < 0.05


def test_c008_pressure_sells_now_and_is_regretted():
    assert gain("pressure", 0.8, "buyers", months=(1, 3)) > 0.02 * value(with_lever("pressure", 0.0), "buyers", months=(1, 3))
    assert gain("pressure", 0.8, "information_satisfaction") < -0.2
    assert gain("pressure", 0.8, "trust") < -0.015


def test_c009_an_offer_follows_what_customers_wish_for_where_it_is_sensed():
    assert value(with_lever("sensing", 0.0), "offer_fit") == pytest.approx(0.5)
    assert gain("sensing", 0.8, "offer_fit") > 0.2
    assert gain("sensing", 0.8, "performance") > 0.03


def test_c010_service_prevents_bad_episodes():
    rates = [value(with_lever("service", level), "bad_episodes") / value(with_lever("service", level), "buyers") for level in (0.3, 0.9)]
    assert rates[1] < 0.6 * rates[0]


def test_c011_who_takes_part_belongs_and_takes_trouble():
    belongs, trouble = {"mechanisms.commitment_trust.b_ownership": 0.3}, {"mechanisms.perceived_value.effort": 0.1}
    assert change(with_lever("participation", 1.0, **belongs), with_lever("participation", 0.0, **belongs), "commitment") > 0.02
    assert change(with_lever("participation", 1.0, **trouble), with_lever("participation", 0.0, **trouble), "perceived_value") < -0.03
    assert abs(gain("participation", 1.0, "commitment")) < 0.005, "without either there is nothing but better offers"


def test_c013_satisfied_customers_stay_buy_more_and_at_last_from_one_firm():
    good, poor = pair({"firms.0.quality": 0.85}), pair({"firms.0.quality": 0.45})
    assert change(good, poor, "satisfaction") > 0.08
    assert change(good, poor, "churn_rate") < 0.0
    assert change(good, poor, "share_of_requirements") > 0.02
    assert change(good, poor, "sole_buyers") > 0.02


def test_c018_extras_delight_until_they_are_expected():
    early, late = ((1, 3), (13, 18))
    assert gain("extras", 0.8, "performance", months=late) == pytest.approx(gain("extras", 0.8, "performance", months=early), abs=0.03)
    assert gain("extras", 0.8, "expectation", months=late) > gain("extras", 0.8, "expectation", months=early) + 0.02
    assert gain("extras", 0.8, "expectations_congruency", months=late) < gain("extras", 0.8, "expectations_congruency", months=early) - 0.02


def test_c019_a_discovery_makes_the_whole_category_grow():
    found, nothing = ({"mechanisms.development.discovery": 0.3, "mechanisms.development.pull": pull, ONE + "innovation": 1.0} for pull in (0.5, 0.0))
    grown = of_all(pair(found), "purchases") / of_all(pair(nothing), "purchases")
    assert grown > 1.05
    assert change(pair(nothing), with_lever("innovation", 0.0), "performance") > 0.03, "and its finder leads for a while"


def test_c032_who_informs_openly_is_trusted():
    assert gain("openness", 1.0, "information_satisfaction") > 0.15
    assert gain("openness", 1.0, "trust") > 0.03


def test_c034_a_greedy_firm_disappoints_as_far_as_customers_mind():
    """All power is the firm's: 0 leaves none of it unused."""
    market = {"market.idle_capacity": 0.0, "market.transparency": 0.0, "market.switching_cost": 3.0, ONE + "crm": 0.02}

    def from_fairness(equity):
        fair, greedy = (pair({**market, "mechanisms.satisfaction.equity": equity, ONE + "forbearance": left}) for left in (1.0, 0.0))
        return change(fair, greedy, "satisfaction")

    assert from_fairness(1.0) > 0.01
    assert from_fairness(1.0) > 2.0 * abs(from_fairness(0.0))


def test_c017_c065_whom_a_firm_with_power_puts_first():
    """Its own profit, or the customer: forbearance costs profit at once and is answered with satisfaction and trust, more as time passes."""
    might = {"market.idle_capacity": 0.0, "market.transparency": 0.0, ONE + "crm": 0.02, "mechanisms.power.freedom": 0.4}
    customer_first, firm_first = (pair({**might, ONE + "forbearance": left}, months=24) for left in (1.0, 0.0))
    early, late = (1, 6), (19, 24)
    assert change(customer_first, firm_first, "profit", months=early) < -0.1 * value(firm_first, "profit", months=early)
    assert change(customer_first, firm_first, "satisfaction", months=late) > 0.02
    assert change(customer_first, firm_first, "trust", months=late) > change(customer_first, firm_first, "trust", months=early) > 0.005
    pressed = {**might, ONE + "forbearance": 1.0, ONE + "pressure": 0.6}
    assert change(pair(pressed, months=24), customer_first, "information_satisfaction", months=late) < -0.15, "who sells what is not wanted is regretted"


def test_c041_only_answers_teach_what_customers_wish_for():
    def fit(**levers):
        return value(pair({"firms.0.fixed": levers}), "offer_fit")

    assert fit(sensing=0.6, dialogue=0.9) > fit(sensing=0.6, dialogue=0.0) + 0.05
    assert fit(sensing=0.6, dialogue=0.0, advertising=0.01) == pytest.approx(fit(sensing=0.6, dialogue=0.0))


def test_c042_value_adds_up_over_the_relation():
    assert gain("service", 0.9, "value_over_time", 0.3, (18, 18)) > 3.0 * gain("service", 0.9, "value_over_time", 0.3, (6, 6)) > 0.3


def test_c043_value_is_what_is_got_over_what_it_costs():
    costs = {"mechanisms.perceived_value.direct": 0.2}
    assert value(pair(costs), "perceived_value") / value(pair(), "perceived_value") == pytest.approx(1.15 / 1.35, abs=0.06)
    assert value(pair({"firms.0.price": 0.8}), "perceived_value") > 1.1 * value(pair(), "perceived_value")


def test_c044_bad_service_cancels_core_value():
    poor, good = with_lever("service", 0.1), with_lever("service", 0.9)
    assert value(poor, "relationship_value") < value(good, "relationship_value") - 0.1
    ranks = {}
    for form in ("perceived_value", "relationship_value"):
        ranks[form] = np.argsort([value(with_lever("service", level), form) for level in (0.1, 0.3, 0.5, 0.7, 0.9)]).tolist()
    assert ranks["perceived_value"] == ranks["relationship_value"] == [0, 1, 2, 3, 4], "both forms rank levels of service alike"


def test_c049_needs_first_then_satisfaction_then_loyalty():
    """Quality jumps in month 7: satisfaction has half of what it gains before commitment has, and that before purchases have."""
    jump = {"events": [{"name": "better", "month": 7, "set": {"firms.0.quality": 0.95}}], "months": 30}
    after, before = pair(**jump), pair(months=30)

    def half(measure):
        gains = [change(after, before, measure, months=(month, month)) for month in range(7, 31)]
        return int(np.argmax(np.array(gains) >= 0.5 * np.mean(gains[-6:])))

    assert half("performance") == 0
    assert 0 < half("satisfaction") < half("commitment") < half("market_share")


@pytest.mark.parametrize(
    ("path", "level", "moves", "stays"),
    [
        ("segments.0.desire", 0.75, "desires_congruency", "information_satisfaction"),
        ("firms.0.fixed.promise", 0.3, "information_satisfaction", "performance"),
        ("firms.0.quality", 0.85, "performance", "information_satisfaction"),
        ("firms.0.fixed.openness", 1.0, "information_satisfaction", "attribute_satisfaction"),
    ],
)
def test_c050_each_cause_of_satisfaction_has_its_own_way(path, level, moves, stays):
    changed = pair({path: level})
    assert abs(change(changed, pair(), moves)) > 0.04
    assert abs(change(changed, pair(), stays)) < 0.015


@pytest.mark.parametrize(
    ("path", "level", "construct"),
    [("firms.0.quality", 0.85, "attribute_satisfaction"), (ONE + "extras", 0.8, "attribute_satisfaction"), (ONE + "openness", 1.0, "information_satisfaction")],
)
def test_c051_product_extras_and_information_satisfy_each_in_its_way(path, level, construct):
    assert change(pair({path: level}), pair(), construct) > 0.03
    assert change(pair({path: level}), pair(), "satisfaction") > 0.01


def test_c052_causes_of_leaving_are_told_apart():
    poor, cheap = pair({"firms.0.reliability": 0.7}), pair({"firms.1.fixed.discount": 0.15})
    assert value(poor, "left_dissatisfied") > 2.0 * value(pair(), "left_dissatisfied")
    assert value(cheap, "left_for_offer") > 2.0 * value(pair(), "left_for_offer")
    assert value(cheap, "left_dissatisfied") < 1.5 * value(pair(), "left_dissatisfied")


def test_c061_bored_customers_look_around_and_novelty_keeps_them():
    def restless(novelty, boredom=0.5):
        return value(with_lever("novelty", novelty, **{"mechanisms.consideration.boredom": boredom}), "left_for_variety")

    assert restless(0.0) > 1.3 * restless(1.0)
    assert restless(0.0, 0.0) == restless(1.0, 0.0)


def test_c062_who_leaves_for_variety_was_not_dissatisfied():
    curious, settled = (pair({"mechanisms.consideration.variety": rate}) for rate in (0.3, 0.02))
    assert value(curious, "left_for_variety") > 3.0 * value(settled, "left_for_variety")
    assert abs(change(curious, settled, "satisfaction")) < 0.02


def test_c068_what_is_known_of_a_customer_makes_even_a_standard_good_fit():
    known, unknown = with_lever("crm", 0.01), with_lever("crm", 0.0)
    assert change(known, unknown, "performance") > 0.02
    no_fit = {"mechanisms.experience.fit": 0.0}
    assert abs(change(with_lever("crm", 0.01, **no_fit), with_lever("crm", 0.0, **no_fit), "performance")) < 0.01
    plain = {**no_fit, "mechanisms.perceived_value.personal": 0.0}
    assert change(with_lever("crm", 0.01, **no_fit), with_lever("crm", 0.01, **plain), "perceived_value") > 0.005, "service fits where the good cannot"
