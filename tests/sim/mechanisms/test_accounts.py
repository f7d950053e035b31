"""Accounts: amounts by hand, exact to the micro, and what customers pay is what firms receive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.mechanisms.accounts import KINDS, SIDE, Accounts, Costs
from sim.units import MICROS

GIVEN = Accounts(
    service_cost=0.2, social_cost=0.1, structural_cost=0.04, letter=0.01, e_mail=0.001, call=0.1, listening=0.5, answer=0.05, compensation=0.4,
    conduct_cost=0.02, capacity_cost=0.5, by_system=0.8,
)  # fmt: skip
RATES = Costs(
    goods=floats(0.6), service=floats(0.1), compensation=floats(0.3), attention=floats(0.05), relation=floats(0.02), contacts=floats(0.01),
    card=floats(0.004),
)  # fmt: skip


def amounts(bought=1.0, paid=1.0, rebate=0.0, silence=0.5, fate=0, on_file=0, costs=RATES, worth=1.4):
    sums, side, contribution, spent = GIVEN.amounts(
        floats([bought]), floats([paid]), floats([rebate]), floats([silence]), flags([fate]), flags([on_file]), floats([worth]), costs
    )
    beside = {name: int(value) for name, value in zip(SIDE, side[:, 0], strict=True)}
    return {name: int(value) for name, value in zip(KINDS, sums[:, 0], strict=True)} | beside | {
        "contribution": float(contribution[0, 0]), "spent": int(spent[0])
    }  # fmt: skip


def test_cost_rates_by_hand():
    plan = {
        "openness": floats(0.8), "shared_values": floats(0.6), "participation": floats(0.4), "complaint_ease": floats(0.2),
        "complaint_capacity": floats(20.0), "service": floats(0.5), "recovery": floats(0.5), "social": floats(0.3), "structural": floats(0.25),
        "mail": floats(2.0), "email": floats(10.0), "phone": floats(0.1), "dialogue": floats(0.8), "crm": floats(0.003),
        "automation": floats(0.0), "reactivation": floats(0.5),
    }  # fmt: skip
    found = GIVEN.costs(plan, floats(1.5), floats(0.7), floats(1.0), floats(0.0), floats(0.0))
    assert found.goods[0] == np.float32(0.7)
    assert found.service[0] == pytest.approx(0.1)
    assert found.compensation[0] == pytest.approx(0.3)  # 0.4 * 0.5 * 1.5
    assert found.attention[0] == pytest.approx(0.03)
    assert found.relation[0] == pytest.approx(0.03)  # 0.04 * 0.25, conduct 0.02 * 0.5, capacity 0.5 * 20 / 1000
    assert found.contacts[0] == pytest.approx(0.059)  # (0.02 + 0.01 + 0.01) * 1.4 + 0.003

    assert found.card[0] == pytest.approx(0.005)  # 0.01 * 0.5
    # Dearer people, what development costs, and contacts made by a system at a fifth of the price.
    dear = GIVEN.costs(plan | {"automation": floats(1.0)}, floats(1.5), floats(0.7), floats(1.2), floats(0.04), floats(0.01))
    assert dear.service[0] == pytest.approx(0.16)  # 0.1 * 1.2 + 0.04
    assert dear.attention[0] == pytest.approx(0.036)
    assert dear.relation[0] == pytest.approx(0.04)
    assert dear.contacts[0] == pytest.approx(0.0142)  # 0.04 * 0.2 * 1.4 + 0.003

    free = GIVEN.model_copy(update={"active": False}).costs(plan, floats(1.5), floats(0.7), floats(1.2), floats(0.04), floats(0.01))
    assert free.goods[0] == np.float32(0.7)
    assert all(getattr(free, name)[0] == 0 for name in ("service", "compensation", "attention", "relation", "contacts", "card"))


def test_a_purchase_by_hand():
    # two at 1.1 with 10 % back: revenue 2.2, goods 1.2, service 0.2, retention 0.22 + 0.05 * 2 + 0.02 + 0.01 = 0.35
    found = amounts(bought=2.0, paid=1.1, rebate=0.1, on_file=1)
    assert found == {
        "revenue": 2_200_000, "cost_of_goods": 1_200_000, "cost_service": 200_000, "cost_retention": 350_000,
        "introductions": 0, "rebates": 220_000, "compensation": 0, "attention": 100_000, "worth": 2_800_000,
        "contribution": pytest.approx(0.45), "spent": 2_200_000,
    }  # fmt: skip


def test_complaints_by_hand():
    assert amounts(fate=4)["cost_service"] == 150_000  # 0.1 and an answer
    assert amounts(fate=5)["cost_service"] == 450_000  # and compensation
    assert [amounts(fate=what)["cost_service"] for what in range(4)] == [100_000] * 4


def test_a_rebate_to_somebody_new_wins_her_and_keeps_nobody():
    new = amounts(rebate=0.1, silence=2.0)
    assert (new["introductions"], new["rebates"], new["cost_retention"]) == (100_000, 0, 50_000)  # what is left is attention
    old = amounts(rebate=0.1)
    assert (old["introductions"], old["rebates"], old["cost_retention"]) == (0, 100_000, 170_000)  # 0.1 + 0.05 + 0.02


def test_without_a_purchase_only_the_relation_costs():
    nothing = amounts(bought=0.0, silence=2.0)
    assert nothing["revenue"] == nothing["cost_of_goods"] == nothing["cost_service"] == nothing["cost_retention"] == 0
    assert amounts(bought=0.0, silence=0.5, on_file=1)["cost_retention"] == 30_000
    assert amounts(bought=0.0, silence=2.0, on_file=1)["cost_retention"] == 10_000


@given(st.data())
def test_what_customers_pay_is_what_firms_receive_and_every_micro_is_somewhere(data):
    n_firms, n = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 20))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))

    def amount(high):
        return rng.uniform(0, high, (n_firms, n)).astype(np.float32)

    costs = Costs(*(rng.uniform(0, 1, n_firms).astype(np.float32) for _ in range(7)))
    bought = rng.integers(0, 4, (n_firms, n)).astype(np.float32)
    sums, side, contribution, spent = GIVEN.amounts(
        bought, amount(3), amount(1), amount(2), rng.integers(0, 6, (n_firms, n)).astype(np.uint8),
        rng.integers(0, 3, (n_firms, n)).astype(np.uint8), amount(4), costs,
    )  # fmt: skip
    assert sums.dtype == spent.dtype == np.int64
    assert spent.sum() == sums[0].sum()
    assert (side >= 0).all()
    assert (side[2] <= sums[2]).all()  # compensation is part of service
    assert (side[1] + side[3] <= sums[3] + n).all()  # rebates and attention are part of retention, each rounded apart
    net = sums[0] - sums[1:].sum(axis=0)
    np.testing.assert_allclose(contribution.sum(axis=1, dtype=float) * MICROS, net, atol=3 * n)


def test_realised_lifetime_value_adds_what_came_discounted():
    found = GIVEN.value(floats([1.0, -0.5]), floats([0.4, 0.2]), 0.5)
    np.testing.assert_allclose(found, [[1.2, -0.4]], rtol=1e-6)
