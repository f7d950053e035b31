"""An imitator takes over the best rival's levers: money at once, people slowly, structures hardly."""

import pytest
import views

from sim.levers import Levers, market_of
from sim.strategies.imitator import FINANCIAL, STRUCTURAL, Imitator

BEST = Levers.at(1.0).but(structural=0.6, save_offer=0.2, advertising=0.01)
GIVEN = Imitator(lag=3, financial=1.0, social=0.5, structural=0.1)


def seen(month=4, **changes):
    return views.view(**({"month": month, "diary": (views.page(),), "rivals": (views.rival(levers=BEST),), "profit": 10.0} | changes))


def test_the_three_levels_are_copied_at_their_own_pace():
    levers = GIVEN.decide(seen())
    assert (levers.reward, levers.save_offer, levers.advertising) == (0.02, 0.2, 0.01)
    assert levers.social == pytest.approx(0.3)  # half of 0.6
    assert levers.service == pytest.approx(0.6)  # half-way from 0.5 to 0.7
    assert levers.structural == pytest.approx(0.06)  # a tenth of 0.6
    assert levers.supplier_partnership == pytest.approx(0.08)  # a tenth of 0.8


def test_it_looks_only_now_and_then():
    own = Levers.at(0.2)
    moved = [GIVEN.decide(seen(month=month, diary=(views.page(own),))) != own for month in range(2, 10)]
    assert moved == [False, False, True, False, False, True, False, False]


def test_it_copies_the_most_profitable_of_those_that_sell():
    better, best, gone = views.rival(1, 20.0, Levers.at(0.4)), views.rival(2, 30.0, BEST), views.rival(3, 99.0, market_share=0.0)
    assert GIVEN.decide(seen(rivals=(better, best, gone))) == GIVEN.decide(seen(rivals=(best,)))
    assert GIVEN.decide(seen(rivals=(gone,))) == Levers.at(0.0)
    assert GIVEN.decide(seen(rivals=())) == Levers.at(0.0)


def test_of_equals_it_copies_the_first():
    first, second = views.rival(1, 30.0, BEST), views.rival(2, 30.0, Levers.at(0.4))
    assert GIVEN.decide(seen(rivals=(second, first))) == GIVEN.decide(seen(rivals=(first,)))


def test_the_best_has_nobody_to_copy():
    own = Levers.at(0.2)
    assert GIVEN.decide(seen(profit=20.0, diary=(views.page(own),))) == own


def test_it_begins_at_its_start():
    assert Imitator(start=0.3).decide(seen(month=1, diary=(), rivals=())) == Levers.at(0.3)
    assert Imitator(start=0.3).place == 0.3


def test_in_time_it_becomes_its_model():
    done = views.diary_of(GIVEN, lambda levers, month: 0.0, 120, rivals=(views.rival(levers=BEST),))
    # 40 looks leave 0.9^40 = 0.015 of the way in what is copied most slowly.
    for name in Levers.model_fields:
        low, high = getattr(Levers.at(0.0), name), getattr(BEST, name)
        assert abs(getattr(done[-1], name) - high) <= 0.0151 * abs(high - low) + 1e-9, name
    gaps = [abs(levers.social - BEST.social) for levers in done]
    assert gaps == sorted(gaps, reverse=True)


def test_levels_are_of_levers_that_there_are():
    assert set(Levers.model_fields) >= FINANCIAL | STRUCTURAL
    assert not FINANCIAL & STRUCTURAL
    assert all(name not in STRUCTURAL | FINANCIAL for name in Levers.model_fields if market_of(name) == "internal")
