"""Ablation: every mechanism, switched off, takes away what it should."""

import numpy as np
import pytest
import small

from sim.market import MarketModel

SLOTS = sorted(type(small.scenario().mechanisms).model_fields)
ACTIVE = {"portfolio": 1.0, "innovation": 0.5, "sensing": 0.5}
"""Levers that nobody pulls on the continuum, for mechanisms that only then do anything."""


@pytest.fixture(scope="module")
def runs():
    found = {"": small.history(small.scenario()), "whole": small.history(small.whole().but({"firms.1.fixed": ACTIVE}))}
    for slot in SLOTS:
        found[slot] = small.history(small.scenario().but({f"mechanisms.{slot}.active": False}))
    return found


def start(history, name):
    return history.states[0][name]


@pytest.mark.parametrize("slot", SLOTS)
def test_everybody_is_the_same_at_the_start(runs, slot):
    small.same(runs[""].states[0], runs[slot].states[0])


@pytest.mark.parametrize("slot", SLOTS)
def test_switching_off_changes_something(runs, slot):
    one, other = runs["whole"], small.history(small.whole().but({"firms.1.fixed": ACTIVE, f"mechanisms.{slot}.active": False}))
    assert any((one.states[-1][name] != other.states[-1][name]).any() for name in one.states[-1])


@pytest.mark.parametrize("slot", sorted(set(SLOTS) - {"turnover"}))
def test_nobodys_traits_depend_on_any_mechanism_but_turnover(runs, slot):
    one, other = runs[""].states[-1], runs[slot].states[-1]
    same = (one["entered"] == 0) & (other["entered"] == 0)
    assert same.any()
    small.same({n: one[n][same] for n in ("taste", "orientation", "dropout")}, {n: other[n][same] for n in ("taste", "orientation", "dropout")})


def test_without_turnover_everybody_stays(runs):
    for state in runs["turnover"].states:
        np.testing.assert_array_equal(state["rate"], start(runs["turnover"], "rate"))
        assert (state["entered"] == 0).all()
    assert (runs[""].states[-1]["rate"] == 0).any() or (runs[""].states[-1]["entered"] > 0).any()


def test_without_word_of_mouth_nothing_is_said_heard_or_believed(runs):
    off = runs["word_of_mouth"]
    assert off.figure("word_of_mouth_positive").sum() == off.figure("word_of_mouth_negative").sum() == 0
    for state in off.states:
        assert (state["talk"] == 0).all()
    same = off.states[-1]["entered"] == 0
    np.testing.assert_array_equal(off.states[-1]["reputation"][same], start(off, "reputation")[same])
    assert runs[""].figure("word_of_mouth_positive").sum() + runs[""].figure("word_of_mouth_negative").sum() > 0


def test_without_a_database_nothing_is_known(runs):
    assert np.nanmax(runs["database"].figure("knowledge")) == 0.0
    assert np.nanmax(runs[""].figure("knowledge")) > 0.0


def test_without_contacts_nobody_is_written_to(runs):
    assert np.isnan(runs["contact"].figure("good_contacts")).all()
    assert np.nanmax(runs[""].figure("good_contacts")) > 0.0


def test_without_need_everybody_in_the_category_needs_one(runs):
    off = runs["need"]
    for month in range(1, 13):
        before, after = off.states[month - 1], off.states[month]
        same = before["entered"] == after["entered"]
        bought = after["purchases"][same].sum(axis=1).astype(int) - before["purchases"][same].sum(axis=1)
        assert bought.max() == 1


def test_without_consideration_everybody_knows_all_firms(runs):
    assert (runs["consideration"].states[1]["aware"] == 1).all()
    assert (runs[""].states[1]["aware"] == 0).any()


def test_without_perceived_value_every_offer_is_worth_1(runs):
    off = runs["perceived_value"]
    np.testing.assert_allclose(off.figure("perceived_value"), 1.0)
    assert all((state["added_value"] == 0).all() for state in off.states)


def test_without_choice_known_firms_are_equally_likely():
    scenario = small.scenario(customers=20_000, months=1).but({
        "mechanisms.choice.active": False, "mechanisms.consideration.active": False, "mechanisms.power.active": False, "firms.0.brand": 3.0,
        "firms.0.price": 0.2,
    })  # fmt: skip
    model = small.run(scenario)
    share = small.figure(model, "market_share")[0]
    n = small.figure(model, "purchases")[0].sum()
    # 4.5 standard errors, purchases of one customer being independent given her rate: false alarm 7e-6.
    assert (abs(share - 1 / 3) < 4.5 * np.sqrt(1 / 3 * 2 / 3 / n)).all()


def test_without_power_everybody_pays_the_list_price(runs):
    off = runs["power"]
    paid = off.figure("revenue") / off.figure("purchases")
    np.testing.assert_allclose(paid, off.figure("price"), rtol=1e-6)
    on = runs[""].figure("revenue") / runs[""].figure("purchases")
    assert (abs(on - runs[""].figure("price")) > 1e-3).any()


def test_without_power_nobody_leads_and_nobody_negotiates(runs):
    off = runs["power"]
    for name in ("power_balance", "negotiated", "agreed", "marketed_leads", "parity", "marketer_leads"):
        assert (off.figure(name) == 0).all(), name
    assert runs[""].figure("negotiated").sum() > 0


def test_without_experience_nothing_fails(runs):
    # Nothing fails and nothing varies: only an offer that is bad as a whole could disappoint.
    assert runs["experience"].figure("bad_episodes").sum() == 0
    assert runs[""].figure("bad_episodes").sum() > 0


def test_without_satisfaction_nothing_is_felt(runs):
    off = small.history(small.scenario().but({"mechanisms.satisfaction.active": False, "mechanisms.complaints.active": False}))
    same = off.states[-1]["entered"] == 0
    for name in ("satisfaction", "expectation"):
        np.testing.assert_array_equal(off.states[-1][name][same], start(off, name)[same])
        np.testing.assert_array_equal(runs["satisfaction"].states[1]["expectation"], start(off, "expectation"))


def test_without_complaints_nobody_complains(runs):
    off = runs["complaints"]
    assert off.figure("complaints").sum() == off.figure("recovered").sum() == 0
    assert off.figure("bad_episodes").sum() > 0
    assert runs[""].figure("complaints").sum() > 0


def test_without_commitment_and_trust_both_are_frozen(runs):
    for state in runs["commitment_trust"].states:
        assert (state["commitment"] == 0).all()
        np.testing.assert_array_equal(state["trust"], start(runs["commitment_trust"], "trust"))


def test_without_bonds_there_are_none(runs):
    for state in runs["bonds"].states:
        assert (state["social_bond"] == 0).all()
        assert (state["structural_bond"] == 0).all()
    assert (runs[""].states[-1]["social_bond"] > 0).any()


def test_without_the_ladder_partners_improve_nothing():
    # Everybody a partner at once, so that taking part would show.
    scenario = small.scenario(months=8).but({"mechanisms.ladder.attitude": 0.0, "mechanisms.ladder.advocate": 0.0, "mechanisms.ladder.partner": 0.0,
                                             "mechanisms.ladder.satisfied": 0.0, "mechanisms.ladder.co_creation": 1.0})  # fmt: skip

    def last_core(described):
        model = MarketModel(described)
        for _ in range(7):
            model.step()
        return small.now(model, 8).offers[0].core

    quality = np.array([firm.quality for firm in scenario.firms], np.float32)
    assert (last_core(scenario) > quality).any()
    np.testing.assert_array_equal(last_core(scenario.but({"mechanisms.ladder.active": False})), quality)


def test_without_accounts_only_goods_advertising_and_rebates_cost_anything(runs):
    on, off = runs[""], runs["accounts"]
    for name in ("revenue", "cost_of_goods", "cost_acquisition"):
        np.testing.assert_array_equal(on.figure(name), off.figure(name))
    assert off.figure("cost_service").sum() == 0
    assert (off.figure("cost_retention")[:, 1] < on.figure("cost_retention")[:, 1]).all()


def test_what_is_not_done_costs_nothing(runs):
    for slot in ("contact", "bonds", "database"):
        assert runs[slot].figure("cost_retention")[0, 1] < runs[""].figure("cost_retention")[0, 1], slot


def test_accounts_are_no_part_of_what_customers_do(runs):
    names = [name for name in runs[""].states[-1] if name != "value"]
    small.same(runs[""].states[-1], runs["accounts"].states[-1], names)
