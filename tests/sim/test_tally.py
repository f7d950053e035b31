"""The tally against plain numpy, on columns drawn at random."""

import numpy as np
import pytest

from sim import tally
from sim.customers import NEVER, empty_block
from sim.units import FIXED_POINT

N, FIRMS, MONTH = 500, 3, 20


@pytest.fixture(scope="module")
def made():
    rng = np.random.default_rng(8)
    block = empty_block(0, 0, N, FIRMS)
    bought = rng.poisson(0.5, (FIRMS, N)).astype(np.float32)
    earlier = rng.poisson(1.0, (FIRMS, N))
    block.purchases = (earlier + bought).astype(np.uint16)
    block.first_purchase = np.where(earlier > 0, rng.integers(-5, MONTH, (FIRMS, N)), np.where(bought > 0, MONTH, NEVER)).astype(np.int16)
    block.current = rng.integers(-1, FIRMS, N).astype(np.int8)
    block.satisfaction = rng.uniform(0, 1, (FIRMS, N)).astype(np.float32)
    before = rng.uniform(0, 2, (FIRMS, N)).astype(np.float32)
    after = np.where(bought > 0, 0, before).astype(np.float32)
    return {
        "block": block, "bought": bought, "before": before, "after": after, "had": earlier > 0,
        "fate": rng.integers(0, 6, (FIRMS, N)).astype(np.uint8), "contact": rng.choice([-0.5, 0.0, 0.4], (FIRMS, N)).astype(np.float32),
        "agreed": rng.integers(0, 3, (FIRMS, N)).astype(np.uint8), "balance": rng.uniform(-0.5, 0.5, (FIRMS, N)).astype(np.float32),
    }  # fmt: skip


def test_counts(made):
    block, bought = made["block"], made["bought"]
    counts = tally.dyads(
        block, made["before"], made["after"], bought, made["fate"], made["contact"], made["agreed"], made["balance"], 0.1, MONTH, 0.7, 0.45
    )
    found = dict(zip(tally.COUNTS, counts, strict=True))
    was, now, had, buys = made["before"] <= 1, made["after"] <= 1, made["had"], bought > 0
    total = block.purchases.astype(int).sum(axis=0)
    pi, even = made["balance"], np.abs(made["balance"]) <= np.float32(0.1)
    expected = {
        "at_start": was, "customers": now, "acquired": now & ~was & ~had, "won_back": now & ~was & had, "lost": was & ~now, "buyers": buys,
        "purchases": bought, "repeat_buyers": buys & had, "tenure": np.where(now, MONTH - block.first_purchase.astype(int), 0),
        "own_purchases": np.where(now, block.purchases, 0), "category_purchases": np.where(now, total, 0),
        "sole_buyers": now & (block.purchases >= 2) & (block.purchases == total), "bad_episodes": made["fate"] >= 1,
        "complaints": made["fate"] >= 2, "complaints_handled": made["fate"] >= 4, "recovered": made["fate"] == 5, "turned_away": made["fate"] == 2,
        "contacted": made["contact"] != 0, "contacts_good": made["contact"] > 0, "negotiated": even & (buys | (made["agreed"] == 2)),
        "agreed": even & buys, "marketed_leads": now & (pi < -np.float32(0.1)), "parity": now & even, "marketer_leads": now & (pi > np.float32(0.1)),
        "promoters": now & (block.satisfaction >= np.float32(0.7)), "detractors": now & (block.satisfaction < np.float32(0.45)),
    }  # fmt: skip
    for name, dyads in expected.items():
        np.testing.assert_array_equal(found[name], dyads.sum(axis=1), err_msg=name)
    assert set(found) == set(expected)


def test_sums_of_attitudes_are_fixed_point(made):
    column = made["block"].satisfaction
    active = made["after"] <= 1
    expected = np.where(active, np.rint(column * np.float32(FIXED_POINT)), 0).astype(np.int64).sum(axis=1)
    np.testing.assert_array_equal(tally.total(made["after"], column), expected)
    np.testing.assert_allclose(tally.total(made["after"], column) / FIXED_POINT, np.where(active, column, 0).sum(axis=1), atol=N * 2**-20)
    buys = made["bought"] > 0
    np.testing.assert_allclose(tally.bought_total(made["bought"], column) / FIXED_POINT, np.where(buys, column, 0).sum(axis=1), atol=N * 2**-20)


def test_counts_by_kind(made):
    kind = (made["fate"] % 4).astype(np.uint8)
    found = tally.counts_of(kind, made["after"], np.int64(4))
    for what in range(4):
        np.testing.assert_array_equal(found[what], ((kind == what) & (made["after"] <= 1)).sum(axis=1))


def test_switches():
    before = np.array([0, 0, 1, -1, 2, 2], np.int8)
    after = np.array([1, 0, 2, 1, -1, 0], np.int8)
    why = np.array([1, 0, 2, 6, 1, 2], np.uint8)
    gained, lost, *causes = tally.switches(before, after, why, np.int64(3), np.int64(5))
    assert gained.tolist() == [1, 1, 1]  # a first provider, or none any more, is no switch
    assert lost.tolist() == [1, 1, 1]
    # Left by cause: one of firm 0 was dissatisfied, one each of 1 and 2 followed an offer.
    assert [cause.tolist() for cause in causes] == [[1, 0, 0], [0, 1, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_moves_between_classes():
    was, now = np.array([[0, 4, 4, 1, 5]], np.uint8), np.array([[4, 2, 5, 1, 1]], np.uint8)
    found = tally.moves(was, now, np.int64(6))
    assert found.sum() == 5
    assert [found[a, b, 0] for a, b in ((0, 4), (4, 2), (4, 5), (1, 1), (5, 1))] == [1] * 5


def test_cohorts(made):
    block, rng = made["block"], np.random.default_rng(9)
    contribution = rng.normal(0, 1, (FIRMS, N)).astype(np.float32)
    customers, purchases, value = tally.cohorts(block.first_purchase, made["after"], made["bought"], contribution, np.int64(MONTH + 1))
    for j in range(FIRMS):
        for began in range(MONTH + 1):
            first = block.first_purchase[j]
            mine = (first == began) if began > 0 else ((first <= 0) & (first > NEVER))  # those of the start are one cohort
            assert customers[j, began] == (mine & (made["after"][j] <= 1)).sum()
            assert purchases[j, began] == made["bought"][j][mine].sum()
            assert value[j, began] == np.rint(contribution[j][mine].astype(np.float64) * 1e6).sum()
