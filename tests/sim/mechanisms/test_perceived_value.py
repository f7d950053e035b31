"""Perceived value in both forms: worked by hand, and the signs of the theory (Gronroos 1997)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import floats

from sim.mechanisms.perceived_value import PerceivedValue

GIVEN = PerceivedValue(
    worth=2.0, beyond=0.5, personal=0.2, pull=0.25, direct=0.05, indirect=0.1, psychological=0.2, adaptation=0.2, norm=0.5
)  # fmt: skip
share = st.floats(0, 1, width=32)


def value(rule=GIVEN, expectation=0.5, service=0.5, price=1.0, knowledge=0.0, trust=1.0, structural=0.0, added=0.0, orientation=1.0, desire=0.6,
          participation=0.0):  # fmt: skip
    """Perceived value, and the most she would pay, of one customer."""
    rows = [floats([number]) for number in (price, knowledge, trust, structural, added)]
    found, _, most = rule.value(floats([expectation]), floats(service), floats(participation), *rows, floats(orientation), desire)
    return float(found[0, 0]), float(most[0, 0])


def test_the_plain_offer_by_hand():
    # 2 * 0.5 / (1 + 0.05 + 0.1 * 0.5) = 1 / 1.1
    assert value() == (pytest.approx(1 / 1.1), pytest.approx(0.9))


def test_everything_by_hand():
    # core 0.5; services 0.2 * 0.5 * 0.6 * 0.8 + 0.25 * 0.4 = 0.148; relation 1 + 0.8 * 0.1 / 0.5 = 1.16
    # benefit 2 * 0.648 * 1.16 = 1.50336; sacrifice 0.05 + 0.05 + 0.2 * 0.3 = 0.16; price 0.9
    found, most = value(price=0.9, knowledge=0.6, trust=0.7, structural=0.4, added=0.1, orientation=0.8)
    assert found == pytest.approx(1.50336 / 1.06, rel=1e-5)
    assert most == pytest.approx(1.50336 - 0.16, rel=1e-5)


def test_performance_beyond_what_is_desired_counts_half():
    # min(0.8, 0.6) + 0.5 * 0.2 = 0.7
    assert value(expectation=0.8)[0] == pytest.approx(1.4 / 1.1)


def test_both_forms_agree_on_what_the_relation_adds():
    # CPV = CPV1 CPV2 / core: with added value a, (core + a) / core times the episode's value.
    episode = value()[0]
    assert value(added=0.2)[0] == pytest.approx(episode * (0.5 + 0.2) / 0.5)
    assert value(added=-0.2)[0] == pytest.approx(episode * (0.5 - 0.2) / 0.5)
    assert value(added=-0.9)[0] == pytest.approx(episode * 0.1)  # at most nine tenths are lost


ALL = {
    "expectation": share,
    "service": share,
    "price": st.floats(0, 3, width=32),
    "knowledge": share,
    "trust": share,
    "structural": share,
    "added": st.floats(-1, 1, width=32),
    "orientation": share,
    "desire": share,
}


@pytest.mark.parametrize("name", ["trust", "service", "knowledge", "structural", "added"])
def test_more_of_what_is_wanted_never_lowers_value(name):
    @given(step=share, **ALL)
    def check(step, **rest):
        better, most = value(**(rest | {name: min(rest[name] + step, 1.0)}))
        worse, less = value(**rest)
        assert better >= worse * (1 - 1e-5)
        assert most >= less - 1e-5

    check()


@given(step=share, **ALL)
def test_a_higher_price_never_raises_value_and_leaves_what_she_would_pay(step, **rest):
    dear, most = value(**(rest | {"price": rest["price"] + step}))
    cheap, same = value(**rest)
    assert dear <= cheap * (1 + 1e-5)
    assert most == same


def test_trust_lowers_the_cost_of_the_relation():
    # The most she would pay for the same benefit rises by what worry costs: 0.2 * (0.9 - 0.4)
    assert value(trust=0.9)[1] - value(trust=0.4)[1] == pytest.approx(0.1, abs=1e-6)


@given(**ALL)
def test_value_is_finite_and_positive(**rest):
    found, most = value(**rest)
    assert 0.0 < found < 1e4
    assert 0.0 <= most < 1e4


def test_added_value_follows_episodes_of_those_who_bought():
    found = GIVEN.added(floats([0.0, 0.0, 0.5]), floats([0.8, 0.8, 0.0]), floats([1, 0, 1]))
    np.testing.assert_allclose(found, [[0.06, 0.0, 0.3]], rtol=1e-5)  # 0.2 (0.8 - 0.5); 0.5 + 0.2 (-0.5 - 0.5)


@given(old=st.floats(-1, 1, width=32), overall=share, adaptation=share, norm=share)
def test_added_value_stays_between_minus_one_and_one(old, overall, adaptation, norm):
    found = GIVEN.model_copy(update={"adaptation": adaptation, "norm": norm}).added(floats([old]), floats([overall]), floats([1]))
    assert -1.0 <= found[0, 0] <= 1.0


def test_switched_off_every_offer_is_worth_the_same():
    off = GIVEN.model_copy(update={"active": False})
    assert value(off, expectation=0.1, price=9.0) == (1.0, 2.0)
    assert off.added(floats([0.3]), floats([0.9]), floats([1])).tolist() == floats([0.3]).tolist()


def test_taking_part_is_an_effort():
    # 2 * 0.5 / (1.1 + 0.3 * 0.5), and the most she would pay falls by the effort.
    effort = GIVEN.model_copy(update={"effort": 0.3})
    assert value(effort, participation=0.5) == (pytest.approx(1 / 1.25), pytest.approx(0.75))
    assert value(effort, participation=0.0) == value(participation=1.0) == value()
