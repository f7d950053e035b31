"""Power: the balance by hand, Rubinstein's split, forbearance, and the signs of the theory (Emerson 1962; Rubinstein 1982)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, flags, floats

from sim.mechanisms.power import Power

GIVEN = Power(
    information=0.5, eps=0.1, full=1.0, freedom=0.5, marketer_patience=0.9, customer_patience=0.8, rounds=4, privacy=0.3, concession=0.1,
    integrative_gain=0.1,
)  # fmt: skip
share = st.floats(0, 1, width=32)


def balance(rule=GIVEN, purchases=(3, 1), pull=(0.6, 0.4), lock=(0.7, 0.7), current=0, knowledge=(0.4, 0.0), rate=2.0, mean=2.0, idle=0.4,
            transparency=0.5, moves=(1.0, 1.0, 0.0)):  # fmt: skip
    """Pi of one customer towards the first of two firms."""

    def column(values, dtype=np.float32):
        return np.array(values, dtype)[:, None].copy()

    return float(
        rule.balance(
            column(purchases, np.uint16), column(pull), column(lock), np.array([current], np.int8), column(knowledge), floats(rate), mean,
            rule.sides(idle, floats(transparency, transparency), *(np.repeat(floats(number), 2) for number in moves)),
        )[0, 0]
    )  # fmt: skip


def terms(rule=GIVEN, pi=0.0, price=1.0, cost=0.5, reservation=1.5, forbearance=0.0, luck=0.5, bought=1.0, free=1, cap=1.0):
    """Price paid, share taken, whether they agreed, and what was bought, for one customer."""
    found = rule.terms(
        floats([pi]), floats(price), floats(cost), floats([reservation]), floats(forbearance), floats(luck), floats([bought]), flags(free),
        floats(cap),
    )  # fmt: skip
    return float(found.paid[0, 0]), float(found.taken[0, 0]), int(found.agreed[0, 0]), float(found.bought[0, 0])


def test_the_balance_by_hand():
    # stake = (3/4 + 1 - e^-0.7) / 2 = 0.626707; dependence 0.6 * 0.626707 = 0.376024; information 0.5 * 0.4 = 0.2
    # against: importance 2 / (2 + 2) * 0.4 = 0.2; transparency 0.5 * 0.5 = 0.25
    assert balance() == pytest.approx(0.126024, abs=1e-5)
    assert balance(current=1) == pytest.approx(0.126024 - 0.3 * (1 - np.exp(-0.7)), abs=1e-5)  # not held by a lock


KEYS = {
    "purchases": st.tuples(st.integers(0, 50), st.integers(0, 50)),
    "current": st.integers(-1, 1),
    "rate": st.floats(0.0, 20.0),
    "idle": share,
    "transparency": share,
}


@given(low=share, step=share, knowledge=share, **KEYS)
def test_more_alternatives_lower_the_firms_power(low, step, knowledge, **rest):
    # Pull is one minus what the alternatives draw.
    few, many = min(low + step, 1.0), low
    assert balance(pull=(few, 1 - few), knowledge=(knowledge, 0), **rest) >= balance(pull=(many, 1 - many), knowledge=(knowledge, 0), **rest) - 1e-6


@given(low=share, step=share, **KEYS)
def test_knowing_the_customer_gives_power(low, step, **rest):
    assert balance(knowledge=(min(low + step, 1.0), 0), **rest) >= balance(knowledge=(low, 0), **rest) - 1e-6


@given(low=st.floats(0, 5), step=st.floats(0, 5), **KEYS)
def test_switching_cost_gives_power(low, step, **rest):
    assert balance(lock=(low + step, 0), **rest) >= balance(lock=(low, 0), **rest) - 1e-6


@pytest.mark.parametrize(("name", "high"), [("transparency", 1.0), ("idle", 1.0), ("rate", 50.0)])
def test_what_gives_the_customer_force_takes_power_from_the_firm(name, high):
    @given(low=st.floats(0, 1), step=st.floats(0, 1), **{key: value for key, value in KEYS.items() if key != name})
    def check(low, step, **rest):
        assert balance(**{name: min(low + step, 1.0) * high}, **rest) <= balance(**{name: low * high}, **rest) + 1e-6

    check()


@given(pull=share, lock=st.floats(0, 50), knowledge=share, **KEYS)
def test_each_force_lies_in_0_to_1_each_part_weighed_by_information(pull, lock, knowledge, **rest):
    assert -1.5 - 1e-6 <= balance(pull=(pull, 1 - pull), lock=(lock, lock), knowledge=(knowledge, 0), **rest) <= 1.5 + 1e-6


def test_the_regimes():
    found = GIVEN.regime(floats([0.11, 0.09, 0.0, -0.09, -0.11]))
    assert found.tolist() == [[1, 0, 0, 0, -1]]


def test_who_leads_takes_more_by_hand():
    # share 0.5 + 0.5 * 0.6 = 0.8 of a surplus of 1: price 0.5 + 0.8 = 1.3; half way from the list: 1.15; taken 0.65
    assert terms(pi=0.6)[:3] == (pytest.approx(1.15), pytest.approx(0.65), 1)
    assert terms(pi=-0.6)[:3] == (pytest.approx(0.85), pytest.approx(0.35), 1)
    # forbearance 0.5 leaves half of what is above an even split: 0.65; it gives nothing more to a customer who leads
    assert terms(pi=0.6, forbearance=0.5)[:2] == (pytest.approx(1.075), pytest.approx(0.575))
    assert terms(pi=-0.6, forbearance=1.0) == terms(pi=-0.6)


def test_nobody_takes_more_than_all():
    everything = GIVEN.model_copy(update={"freedom": 1.0})
    assert terms(everything, pi=5.0)[:2] == (pytest.approx(1.5), pytest.approx(1.0))
    assert terms(everything, pi=-5.0)[:2] == (pytest.approx(0.5), pytest.approx(0.0))


@given(pi=st.floats(-2, 2), low=share, step=share, luck=st.floats(0, 0.999), reservation=st.floats(0, 5), freedom=share)
def test_forbearance_never_raises_the_firms_share_nor_the_price(pi, low, step, luck, reservation, freedom):
    rule = GIVEN.model_copy(update={"freedom": freedom})
    less = terms(rule, pi=pi, luck=luck, reservation=reservation, forbearance=low)
    more = terms(rule, pi=pi, luck=luck, reservation=reservation, forbearance=min(low + step, 1.0))
    assert more[0] <= less[0] + 1e-6
    assert more[1] <= less[1] + 1e-6


@given(low=st.floats(-2, 2), step=st.floats(0, 2), reservation=st.floats(0.5, 5), forbearance=share)
def test_more_power_never_takes_less(low, step, reservation, forbearance):
    rule = GIVEN.model_copy(update={"eps": 0.0, "integrative_gain": 0.0})
    if low == 0.0 or low + step == 0.0:
        return  # exactly at parity they negotiate
    weak = terms(rule, pi=low, reservation=reservation, forbearance=forbearance)
    assert terms(rule, pi=low + step, reservation=reservation, forbearance=forbearance)[1] >= weak[1] - 1e-6


def bargain(truth, **changes):
    """Share of the joint gain at parity, when the customer's true gain is ``truth``; None without a deal."""
    rule = GIVEN.model_copy(update={"freedom": 1.0, "privacy": 0.5, "integrative_gain": 0.0} | changes)
    _, taken, agreed, _ = terms(rule, luck=truth - 0.5)  # truth = 1 + 0.5 (2 u - 1)
    return taken if agreed == 1 else None


def test_alternating_offers_by_hand():
    # The marketer asks x = 0.2 / 0.28 = 0.714286, accepted from a true gain of 1 on.
    assert bargain(1.1) == pytest.approx(0.714286, rel=1e-5)
    # Below that she offers 0.9 x in her own measure: 0.9 * 0.714286 * 0.9 = 0.578571, above 0.9 (x - 0.1) = 0.552857.
    assert bargain(0.9) == pytest.approx(0.578571, rel=1e-5)
    # At 0.85 that is too little (0.546); the marketer asks 0.614286, she accepts from 0.86 on; then she offers 0.9 * 0.614286 * 0.85.
    assert bargain(0.85) == pytest.approx(0.469929, rel=1e-5)
    assert bargain(0.83) is None  # below 0.514286 / 0.614286 = 0.837
    assert bargain(0.9, rounds=1) is None
    assert bargain(1.1, rounds=1) == pytest.approx(0.714286, rel=1e-5)


@given(marketer=st.floats(0, 0.99), customer=st.floats(0, 0.99), luck=st.floats(0, 0.999), rounds=st.integers(1, 6), concession=share)
def test_without_private_information_the_first_offer_stands_and_splits_as_rubinstein_has_it(marketer, customer, luck, rounds, concession):
    rule = Power(
        information=0.5, eps=0.1, full=1.0, freedom=1.0, marketer_patience=marketer, customer_patience=customer, rounds=rounds, privacy=0.0,
        concession=concession, integrative_gain=0.0,
    )  # fmt: skip
    _, taken, agreed, bought = terms(rule, luck=luck)
    assert agreed == 1
    assert bought == 1.0
    assert taken == pytest.approx((1 - customer) / (1 - marketer * customer), rel=0.02, abs=1e-6)


def test_patience_pays():
    shares = [bargain(1.2, marketer_patience=patience) for patience in (0.5, 0.7, 0.9)]
    assert shares == sorted(shares)
    shares = [bargain(1.2, customer_patience=patience) for patience in (0.5, 0.7, 0.9)]
    assert shares == sorted(shares, reverse=True)


def test_more_private_information_makes_fewer_agree():
    lucks = even(1000)

    def deals(privacy):
        rule = GIVEN.model_copy(update={"privacy": privacy})
        bought = np.ones((1, 1000), np.float32)
        zero = np.zeros((1, 1000), np.float32)
        most, everybody = np.full((1, 1000), 1.5, np.float32), np.ones(1000, np.uint8)
        found = rule.terms(zero, floats(1.0), floats(0.5), most, floats(0.0), lucks, bought, everybody, floats(1.0))
        assert (bought == 1).all()  # what was wanted is not written over
        return found.bought.mean()

    assert deals(0.0) == deals(0.1) == 1.0
    assert 1.0 > deals(0.3) > deals(0.6) > deals(1.0) > 0.5


def test_talking_about_more_than_price_enlarges_the_gain_at_parity_only():
    wide = GIVEN.model_copy(update={"integrative_gain": 0.2, "freedom": 1.0})
    narrow = wide.model_copy(update={"integrative_gain": 0.0})
    assert terms(wide, luck=0.9)[0] - 0.5 == pytest.approx(1.2 * (terms(narrow, luck=0.9)[0] - 0.5))
    assert terms(wide, pi=0.5) == terms(narrow, pi=0.5)


def test_a_failed_negotiation_takes_its_purchase():
    assert terms(luck=0.0, bought=2.0)[2:] == (2, 0.0)
    assert terms(luck=0.0, bought=0.0)[2:] == (0, 0.0)
    assert terms(luck=0.0, bought=2.0, pi=0.5)[2:] == (1, 2.0)  # where somebody leads there is nothing to negotiate


def test_under_a_running_contract_a_failed_negotiation_ends_nothing():
    assert terms(luck=0.0, bought=1.0, free=0)[2:] == (0, 1.0)


def test_and_the_price_stands():
    assert terms(luck=0.0, bought=1.0, free=0)[0] == 1.0


def test_posted_prices_leave_no_freedom():
    for pi in (-0.8, 0.0, 0.8):
        assert terms(GIVEN.model_copy(update={"freedom": 0.0}), pi=pi)[0] == 1.0


@given(pi=st.floats(-3, 3), price=st.floats(0, 10), cost=st.floats(0, 10), reservation=st.floats(0, 20), luck=st.floats(0, 0.999), freedom=share)
def test_prices_are_not_negative_and_shares_are_shares(pi, price, cost, reservation, luck, freedom):
    paid, taken, agreed, _ = terms(GIVEN.model_copy(update={"freedom": freedom}), pi, price, cost, reservation, 0.0, luck)
    assert paid >= 0.0
    assert 0.0 <= taken <= 1.0
    assert agreed in (0, 1, 2)


def test_switched_off_everybody_pays_the_list_price_and_nobody_negotiates():
    off = GIVEN.model_copy(update={"active": False})
    assert balance(off) == 0.0
    for luck in (0.0, 0.5, 0.99):
        paid, _, agreed, bought = terms(off, pi=0.0, luck=luck)
        assert (paid, agreed, bought) == (1.0, 1, 1.0)


def test_moves_towards_balance_by_hand():
    # 0.376024 * 0.5 + 0.2 - (0.2 * 0.75 + 0.25 + 0.05) = -0.061988
    assert balance(moves=(0.5, 0.75, 0.05)) == pytest.approx(-0.061988, abs=1e-5)


def test_an_authority_caps_what_the_leader_may_take():
    # At most 0.6 of a surplus of 1: half way from the list price 1 to 0.5 + 0.6.
    assert terms(pi=1.0, cap=0.6)[:2] == (pytest.approx(1.05), pytest.approx(0.55))
    assert terms(pi=-0.6, cap=0.6) == terms(pi=-0.6)


# Partner dyads: all terms are individual, over a gain of 1.


def split(pi, forbearance=0.0, luck=0.5, rule=GIVEN):
    taken, agreed = rule.split(floats([pi]), floats(forbearance), floats(luck))
    return float(taken[0, 0]), int(agreed[0, 0])


@given(marketer=st.floats(0, 0.99), customer=st.floats(0, 0.99), luck=st.floats(0, 0.999))
def test_partners_at_parity_split_as_rubinstein_has_it(marketer, customer, luck):
    rule = GIVEN.model_copy(update={"privacy": 0.0, "integrative_gain": 0.0, "marketer_patience": marketer, "customer_patience": customer})
    taken, agreed = split(0.0, luck=luck, rule=rule)
    assert agreed == 1
    assert taken == pytest.approx((1 - customer) / (1 - marketer * customer), abs=1e-5)


def test_partners_away_from_parity_by_hand():
    # 0.5 + 0.5 * 0.6; half of what is above an even split is left; mirrored for the weaker side, where forbearance gives nothing.
    assert split(0.6) == (pytest.approx(0.8), 1)
    assert split(0.6, forbearance=0.5) == (pytest.approx(0.65), 1)
    assert split(-0.6) == split(-0.6, forbearance=1.0) == (pytest.approx(0.2), 1)
    assert split(3.0)[0] == pytest.approx(1.0)


@given(pi=st.floats(-2, 2), low=share, step=share, luck=st.floats(0, 0.999))
def test_forbearance_towards_partners_never_raises_the_firms_share(pi, low, step, luck):
    assert split(pi, min(low + step, 1.0), luck)[0] <= split(pi, low, luck)[0] + 1e-6


def test_partners_who_fail_to_agree_are_told_apart():
    assert split(0.0, luck=0.0)[1] == 0  # a true gain of 0.7 is too little for every round
    assert split(0.5, luck=0.0)[1] == 1


def test_the_balance_of_partners_by_hand():
    # 0.4 + 0.5 * 0.6 - (0.3 + 0.5 * 0.2)
    assert float(GIVEN.compare(floats([0.4]), floats([0.6]), floats([0.3]), floats([0.2]))[0, 0]) == pytest.approx(0.3)
    off = GIVEN.model_copy(update={"active": False})
    assert float(off.compare(floats([0.4]), floats([0.6]), floats([0.3]), floats([0.2]))[0, 0]) == 0.0
