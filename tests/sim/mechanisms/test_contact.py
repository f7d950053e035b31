"""Contacts: an inverted U that peaks at the ideal number, good and bad ones (Godfrey, Seiders & Voss 2011)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import even, floats

from sim.mechanisms.contact import Contact

GIVEN = Contact(
    ideal_mail=10.0, ideal_email=4.0, ideal_phone=2.0, good=0.5, known=0.3, listening=0.1, fatigue=0.4, harm=0.5, patience=1.5
)  # fmt: skip
share = st.floats(0, 1, width=32)
N = 1000


def effect(rule=GIVEN, luck=0.0, silence=0.0, knowledge=0.0, orientation=1.0, pressure=1.0, dialogue=1.0, automation=0.0,
           cards=0.0, capability=1.0, months=1.0):  # fmt: skip
    found, _ = rule.effect(
        floats([luck]), floats([silence]), floats([knowledge]), floats(orientation), floats(pressure), floats(dialogue), floats(automation),
        floats(cards), floats(capability), months,
    )  # fmt: skip
    return float(found[0, 0])


def mean_effect(**how):
    lucks = even(N)[None]
    rest = {"knowledge": 0.0, "orientation": 1.0, "pressure": 1.0, "dialogue": 1.0} | how
    found, _ = GIVEN.effect(
        lucks, np.zeros((1, N), np.float32), np.full((1, N), rest["knowledge"], np.float32), np.full(N, rest["orientation"], np.float32),
        floats(rest["pressure"]), floats(rest["dialogue"]), floats(0.0), floats(0.0), floats(rest.get("capability", 1.0)), 1.0,
    )  # fmt: skip
    return float(found.mean(dtype=np.float64))


def test_pressure_by_hand():
    # 5 / 10 + 1 / 4 + 1 / 2 = 1.25
    np.testing.assert_allclose(GIVEN.pressure(floats(5.0, 0.0), floats(1.0, 0.0), floats(1.0, 0.0)), [1.25, 0.0])


def test_effect_by_hand():
    # pressure 0.5: 0.5 * 1.5 = 0.75; dialogue 0.5: 0.75; R 0.8: 0.75 * 0.75 * 0.8 = 0.45
    assert effect(pressure=0.5, dialogue=0.5, orientation=0.8) == pytest.approx(0.45)
    assert effect(luck=0.99, pressure=0.5) == pytest.approx(-0.375)  # bad: -0.5 * 0.75, as fast as the good
    assert effect(luck=0.99, pressure=3.0) == pytest.approx(-0.5)  # the harm of one month is bounded


def test_a_weeks_contacts_do_a_weeks_part():
    for luck in (0.0, 0.99):
        assert effect(luck=luck, months=0.25) == pytest.approx(effect(luck=luck) / 4)
        assert effect(luck=luck, months=3.0) == effect(luck=luck)  # a longer period is still one impression


def test_the_chance_of_a_good_contact_by_hand():
    # 0.5 + 0.3 * 0.5 + 0.1 * 1 = 0.75; at pressure 1.5, 0.4 * 0.5 = 0.2 less
    assert effect(luck=0.74, knowledge=0.5) > 0 > effect(luck=0.76, knowledge=0.5)
    assert effect(luck=0.54, knowledge=0.5, pressure=1.5) > 0 > effect(luck=0.56, knowledge=0.5, pressure=1.5)


def test_a_good_contact_does_most_at_the_ideal_number():
    pressures = np.linspace(0.0, 2.0, 41)
    felt = [effect(pressure=p, luck=0.0) for p in pressures]
    assert pressures[int(np.argmax(felt))] == pytest.approx(1.0)
    assert (np.diff(felt[:21]) > 0).all()
    assert (np.diff(felt[20:]) < 0).all()
    assert felt[0] == 0.0


def test_the_mean_effect_is_an_inverted_u_too():
    means = [mean_effect(pressure=p) for p in (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)]
    assert np.argmax(means) == 2
    assert means[0] < means[1] < means[2] > means[3] > means[4] > means[5]
    assert means[5] < 0


@given(low=share, step=share, dialogue=share, orientation=share, pressure=st.floats(0, 1.0, width=32))
def test_knowing_the_customer_never_does_harm(low, step, **rest):
    assert mean_effect(knowledge=min(low + step, 1.0), **rest) >= mean_effect(knowledge=low, **rest) - 1e-6


@given(low=share, step=share, knowledge=share, pressure=st.floats(0, 1.0, width=32))
def test_listening_is_worth_more_than_broadcast(low, step, **rest):
    assert mean_effect(dialogue=min(low + step, 1.0), **rest) >= mean_effect(dialogue=low, **rest) - 1e-6


@given(luck=st.floats(0, 0.999), silence=st.floats(0, 5, width=32), knowledge=share, orientation=share,
       pressure=st.floats(0, 30, width=32), dialogue=share)  # fmt: skip
def test_effect_lies_between_minus_one_and_one(**how):
    assert -1.0 <= effect(**how) <= 1.0


def test_who_has_been_silent_for_too_long_is_not_written_to():
    luck, nothing = np.zeros((1, 3), np.float32), np.zeros((1, 3), np.float32)
    found, on_file = GIVEN.effect(
        luck, floats([1.5, 1.6, 1e9]), nothing, floats(1.0, 1.0, 1.0), floats(1.0), floats(1.0), floats(0.0), floats(0.0), floats(1.0), 1.0
    )
    assert (found[0] != 0).tolist() == [True, False, False]
    assert on_file.tolist() == [[1, 0, 0]]


def test_a_firm_without_contacts_is_not_felt():
    assert effect(pressure=0.0, luck=0.0) == effect(pressure=0.0, luck=0.99) == 0.0


def test_switched_off_there_are_no_contacts():
    found, on_file = GIVEN.model_copy(update={"active": False}).effect(
        floats([0.0]), floats([0.0]), floats([1.0]), floats(1.0), floats(1.0), floats(1.0), floats(0.0), floats(1.0), floats(1.0), 1.0
    )
    assert found.tolist() == [[0.0]]
    assert not on_file.any()


def test_a_card_moves_a_lapsed_customer_as_far_as_she_is_remembered():
    luck, wants = floats([0.0, 0.0, 0.0, 0.9]), floats(0.5, 0.5, 0.5, 0.5)
    found, on_file = GIVEN.model_copy(update={"revival": 0.8}).effect(
        luck, floats([2.0, 2.0, 1e9, 2.0]), floats([0.6, 0.0, 0.6, 0.6]), wants, floats(1.0), floats(1.0), floats(0.0), floats(1.0), floats(1.0), 1.0
    )
    # 0.8 * 0.5 for the one who is remembered; not for the forgotten, who never was a customer, or who had no luck (0.9 >= 0.6)
    np.testing.assert_allclose(found, [[0.4, 0.0, 0.0, 0.0]])
    assert on_file.tolist() == [[2, 2, 0, 2]]


def test_a_system_makes_contacts_cool():
    cool = GIVEN.model_copy(update={"coolness": 0.6})
    assert effect(cool, automation=1.0) == pytest.approx(0.4 * effect(cool))
    assert effect(cool, automation=1.0, luck=0.999) == effect(cool, luck=0.999)  # a bad one is as bad


def test_able_people_make_good_contacts_more_likely():
    assert mean_effect(capability=0.5) < mean_effect() < mean_effect(capability=1.25)
