"""Supply: prices, orders, shortage and parting by hand, and the signs of the theory (Dwyer, Schurr & Oh 1987; Morgan & Hunt 1994)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.mechanisms.supply import Supply

GIVEN = Supply(
    ceiling=1.25, keen=10.0, spread=0.0, fit=20.0, by_name=2.0, by_values=1.0, by_tie=8.0, hold=0.9, joint=0.5, thrift=0.1, weight=0.5,
    neutral=0.65, harm=0.4, ground=0.45, by_steady=0.1, by_talk=0.2, quits=0.2, least=0.5, dearth=0.5, partnership_cost=0.01, talk_cost=0.002,
)  # fmt: skip
share = st.floats(0, 1, width=32)


def test_the_price_by_hand():
    # own cost 0.6 * 0.8 (1 - 0.1 * 0.5) = 0.456; at most 0.6 * 1.25 = 0.75; half of the gain between them: 0.603
    price, own = GIVEN.price(floats(0.6), floats(0.8), floats([0.5]), floats([0.5]))
    assert (float(price[0, 0]), float(own[0, 0])) == (pytest.approx(0.603), pytest.approx(0.456))


@given(low=share, step=share, invested=share, cost=st.floats(0, 2))
def test_whoever_takes_more_pays_less_and_never_below_the_suppliers_own_cost(low, step, invested, cost):
    more, less = (GIVEN.price(floats(0.6), floats(cost), floats([invested]), floats([taken])) for taken in (min(low + step, 1.0), low))
    assert more[0][0, 0] <= less[0][0, 0] + 1e-6
    assert more[0][0, 0] >= more[1][0, 0] - 1e-6


def test_quality_by_hand():
    assert float(GIVEN.quality(floats(0.6), floats([0.5]))[0, 0]) == pytest.approx(0.7)  # 0.6 + 0.5 * 0.5 * 0.4


def pull(partnership=0.0, price=(1.0, 1.1), luck=(0.5, 0.5), quality=(0.6, 0.8), trust=(0.5, 0.5), tie=(0.0, 0.0), likeness=(1.0, 1.0), serves=(1, 1),
         rule=GIVEN):  # fmt: skip
    """Shares in which one firm would order of two suppliers."""
    found = rule.pull(floats(price), floats(*luck), floats(partnership), floats(quality), floats(trust), floats(tie), floats(likeness), flags(serves))
    return found[0].tolist()


def test_at_arms_length_the_best_price_wins_by_hand():
    # odds (1 / 1.1)^-10 = 1.1^10 = 2.5937
    assert pull()[0] == pytest.approx(2.59374 / 3.59374, rel=1e-4)
    assert pull(quality=(0.0, 1.0), trust=(0.0, 1.0), tie=(0.0, 1.0), likeness=(0.0, 1.0)) == pull()  # nothing else counts
    assert pull(rule=GIVEN.model_copy(update={"spread": 0.2}), luck=(1.0, 0.0))[0] < 0.5  # a lucky bid counts as a lower price


@pytest.mark.parametrize("name", ["quality", "trust", "tie", "likeness"])
def test_a_partner_goes_by_what_a_supplier_can_do_its_name_values_and_tie(name):
    @given(low=share, step=share, partnership=st.floats(0, 1))
    def check(low, step, partnership):
        more, less = (pull(partnership, **{name: (0.5, other)})[1] for other in (min(low + step, 1.0), low))
        assert more >= less - 1e-6

    check()


@pytest.mark.parametrize("partnership", [0.0, 0.5, 1.0])
def test_who_does_not_serve_gets_nothing(partnership):
    assert pull(partnership, serves=(0, 1)) == [0.0, 1.0]
    assert pull(partnership, serves=(0, 0)) == [0.0, 0.0]


def orders(before, wanted, partnership, serves=(1, 1)):
    return GIVEN.orders(floats(before), floats(wanted), floats(partnership), flags(serves))[0].tolist()


def test_partners_stay_by_hand():
    assert orders((0.8, 0.2), (0.0, 1.0), 0.0) == pytest.approx([0.0, 1.0])
    # 0.9 of last month's orders stay, a tenth moves: 0.72 and 0.28
    assert orders((0.8, 0.2), (0.0, 1.0), 1.0) == pytest.approx([0.72, 0.28])
    assert orders((0.8, 0.2), (0.0, 1.0), 1.0, serves=(0, 1)) == pytest.approx([0.0, 1.0])
    assert orders((0.8, 0.2), (0.0, 0.0), 1.0, serves=(0, 0)) == [0.0, 0.0]


@given(before=share, wanted=share, partnership=share)
def test_shares_of_orders_sum_to_1(before, wanted, partnership):
    found = orders((before, 1 - before), (wanted, 1 - wanted), partnership)
    assert sum(found) == pytest.approx(1.0)
    assert min(found) >= 0.0


def test_in_a_shortage_the_most_committed_is_served_first_by_hand():
    # 150 for 100 + 80 + 60: the third firm, most committed, whole; then the first 90 of its 100; nothing is left for the second.
    found = GIVEN.short(floats([100], [80], [60]), floats(150), floats([0.5], [0.2], [0.9]))
    np.testing.assert_allclose(found, [[0.1], [1.0], [0.0]], atol=1e-6)


@given(data=st.data())
def test_nobody_gets_more_than_ordered_and_all_together_no_more_than_there_is(data):
    n_firms, n = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    ordered = (rng.uniform(0, 1000, (n_firms, n)) * rng.integers(0, 2, (n_firms, n))).astype(np.float32)
    capacity, commitment = rng.uniform(0, 2000, n).astype(np.float32), rng.uniform(0, 1, (n_firms, n)).astype(np.float32)
    short = GIVEN.short(ordered, capacity, commitment)
    assert (short >= -1e-6).all() and (short <= 1.0).all()
    served = ordered * (1.0 - short)
    assert (served.sum(axis=0) <= capacity * (1 + 1e-5) + 1e-3).all()
    np.testing.assert_allclose(served.sum(axis=0), np.minimum(capacity, ordered.sum(axis=0)), rtol=1e-4, atol=1e-2)


def test_lateness_by_hand():
    # (1 - 0.9) (1 - 0.5 * 0.4) = 0.08 a month; the same for longer periods, a week's part of it for a week
    late = [int(GIVEN.late(floats([luck]), floats(0.9), floats([0.4]), months)[0, 0]) for luck, months in ((0.079, 1.0), (0.081, 1.0), (0.03, 0.25))]
    assert late == [1, 0, 0]
    assert GIVEN.late(floats([0.051]), floats(0.9), floats([1.0]), 1.0)[0, 0] == 0  # full joint investment halves it


def test_a_good_customer_orders_steadily_and_talks_by_hand():
    # 0.45 + 0.1 * (1 - |0.4 - 0.5| / 0.5) + 0.2 * 0.5 = 0.63
    assert float(GIVEN.treatment(floats([0.5]), floats([0.4]), floats([0.5]))[0, 0]) == pytest.approx(0.63)


def test_who_is_squeezed_stops_by_hand():
    # 0.2 * (0.5 - 0.25) / 0.5 * (1 - 0.4) = 0.06
    assert [bool(GIVEN.stops(floats([luck]), floats([0.25]), floats([0.4]))[0, 0]) for luck in (0.059, 0.061)] == [True, False]
    assert not GIVEN.stops(floats([0.0]), floats([0.5]), floats([0.0]))[0, 0]
    assert not GIVEN.stops(floats([0.0]), floats([0.0]), floats([1.0]))[0, 0]  # with nobody else to sell to there is no stopping


@given(low=share, step=share, dependence=share, luck=st.floats(0, 0.999))
def test_the_less_satisfied_stop_sooner_and_dependence_holds(low, step, dependence, luck):
    high = min(low + step, 1.0)
    assert (
        GIVEN.stops(floats([luck]), floats([low]), floats([dependence]))[0, 0]
        >= GIVEN.stops(floats([luck]), floats([high]), floats([dependence]))[0, 0]
    )
    assert GIVEN.stops(floats([luck]), floats([low]), floats([low]))[0, 0] >= GIVEN.stops(floats([luck]), floats([low]), floats([high]))[0, 0]


def delivered(orders=(0.75, 0.25), price=(0.5, 0.7), quality=(0.7, 0.9), late=(0.0, 1.0)):
    return [float(value[0]) for value in GIVEN.delivered(floats(orders), floats(price), floats(quality), floats(late), floats(0.6))]


def test_what_supplies_make_of_the_offer_by_hand():
    # cost 0.55; quality 0.5 * (0.75 - 0.65) = 0.05; reliability 1 - 0.4 * 0.25 = 0.9
    assert delivered() == pytest.approx([0.55, 0.05, 0.9])
    # Nobody serves: at the ceiling 0.75, half of neutral quality, half as reliable.
    assert delivered(orders=(0.0, 0.0)) == pytest.approx([0.75, -0.1625, 0.5])


@given(low=share, step=share)
def test_late_supplies_make_the_firm_unreliable(low, step):
    assert delivered(late=(min(low + step, 1.0), 0.0))[2] <= delivered(late=(low, 0.0))[2] + 1e-6


def test_relations_cost_by_hand():
    assert float(GIVEN.cost(floats(100.0), floats(0.8), floats(0.5))[0]) == pytest.approx(0.9)  # 100 (0.008 + 0.001)
