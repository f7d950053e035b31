"""Concepts C070 to C074, each with a number: what relationship marketing is not, and how it changes offer, sellers and organisation."""

from functools import cache

import pandas as pd
import pytest
import small
from alike import WHOLE, mean, ours, total

# What relationship marketing is not, and what it is.

CONTRASTS = {
    "mass": "knowledge",
    "relationship_selling": "knowledge",
    "loyalty_only": "social_bond",
    "partnering": "social_bond",
    "database_only": "social_bond",
}
"""What is set against relationship marketing, and something that it does not have."""


@cache
def tournament():
    firms = [{"name": kind, "strategy": {"kind": kind}, "start_share": 0.16} for kind in (*CONTRASTS, "relational")]
    rows = pd.DataFrame(small.run(WHOLE.but(firms=firms)).tables()["firm_months"])
    return rows[rows["month"] >= 13].groupby("firm")[["trust", "commitment", "social_bond", "knowledge", "satisfaction"]].mean()


@pytest.mark.parametrize("kind", CONTRASTS)
def test_each_of_the_five_contrasts_is_trusted_less_than_the_whole(kind):
    found = tournament()
    assert found.loc[kind, "trust"] < found.loc["relational", "trust"] - 0.12
    assert found.loc[kind, "commitment"] < found.loc["relational", "commitment"] - 0.07
    assert found.loc[kind, CONTRASTS[kind]] == 0.0
    assert found.loc["relational", CONTRASTS[kind]] > 0.2


def test_what_is_created_together_serves_both_sides():
    relational = {"firms.0.strategy.orientation": 1.0}
    alone, together = ({"mechanisms.ladder.co_creation": part} | relational for part in (0.0, 0.8))
    assert mean("rung_partner", together) > 0.1
    assert mean("performance", together) > mean("performance", alone) + 0.008
    assert total("customer_surplus", together) > 1.01 * total("customer_surplus", alone)
    assert total("profit", together) > 1.003 * total("profit", alone)


def test_each_of_the_four_p_is_a_switch_with_an_effect():
    relational = {"firms.0.strategy.orientation": 1.0, "mechanisms.ladder.co_creation": 0.8}
    product = [mean("performance", relational | ours(participation=part)) for part in (0.0, 1.0)]
    assert product[1] > product[0] + 0.015
    # Customers have the choice: where terms may differ from the list, they pay less than it.
    choosy = {"market.idle_capacity": 1.0, "market.transparency": 0.9}
    listed, settled = (choosy | {"mechanisms.power.freedom": freedom} for freedom in (0.0, 0.6))
    assert total("revenue", listed) == pytest.approx(total("purchases", listed))
    assert total("revenue", settled) < 0.98 * total("purchases", settled)
    place = [mean(measure, ours(direct=reach), whole=True) for measure in ("availability", "buyers") for reach in (0.0, 1.0)]
    assert place[0] < 0.95 and place[1] == 1.0
    assert place[3] > 1.1 * place[2]
    promotion = [mean("good_contacts", ours(dialogue=part)) for part in (0.0, 1.0)]
    assert promotion[1] > promotion[0] + 0.04


def test_what_was_to_a_person_leaves_with_her():
    restless = {"mechanisms.internal_market.quit": 0.06}
    to_the_firm, to_persons = (restless | {"mechanisms.bonds.person": part} for part in (0.0, 1.0))
    assert mean("social_bond", to_persons, whole=True) < 0.85 * mean("social_bond", to_the_firm, whole=True)


def test_a_firm_organised_by_product_loses_relational_effort():
    by_product = {"firms.0.readiness.structure": 0.25}
    assert mean("readiness", by_product) == pytest.approx(0.25 ** (1 / 8))
    assert mean("knowledge", by_product) < mean("knowledge") - 0.02
    assert mean("social_bond", by_product) < 0.9 * mean("social_bond")
    assert total("profit", by_product) < 0.99 * total("profit")
