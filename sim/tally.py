"""The tally: what happened to the customers of one block in one month, counted per firm in exact integers.

Attitudes are summed in steps of ``1 / FIXED_POINT``, money in micros: the sums of a market do not depend on the order of its
blocks, nor on how many threads worked on them. Measures are computed from these sums.
"""

import numpy as np

from sim.customers import NEVER, Block, Months, Numbers
from sim.kernels import f32, kernel
from sim.units import FIXED_POINT, Flags, Marks, PerCustomer, PerDyad, Sums

_ZERO = f32(0.0)
_ONE = f32(1.0)
_POINT = f32(FIXED_POINT)

COUNTS = (
    "at_start", "customers", "acquired", "won_back", "lost", "buyers", "purchases", "repeat_buyers", "tenure",
    "own_purchases", "category_purchases", "sole_buyers", "bad_episodes", "complaints", "complaints_handled", "recovered", "turned_away",
    "contacted", "contacts_good", "negotiated", "agreed", "marketed_leads", "parity", "marketer_leads", "promoters", "detractors",
)  # fmt: skip
"""Whole numbers of dyads, purchases or months, in the order of the tally."""

REGIMES = ("negotiated", "agreed", "marketed_leads", "parity", "marketer_leads")
"""Counts that have no meaning where power is switched off."""

IN_REGIME = ("dyads", "trust", "commitment", "satisfaction", "buyers", "surplus_share")
"""What is summed by regime: active dyads and their attitudes, buyers and the share of the gain that firms took from them."""

MEANS = (
    "satisfaction", "trust", "commitment", "social_bond", "structural_bond", "perceived_value", "power_balance", "knowledge",
    "relationship_value",
)  # fmt: skip
"""Fixed-point sums over active customers, in the order of the tally."""


@kernel
def _flows(before: PerDyad, after: PerDyad, purchases: Numbers, first: Months, bought: PerDyad, month: np.int32, sums: Sums) -> None:
    n = before.shape[1]
    total = np.zeros(n, np.float32)
    for j in range(before.shape[0]):
        for k in range(n):
            total[k] += f32(np.int32(purchases[j, k]))
    for j in range(before.shape[0]):
        at_start = active = acquired = back = lost = buyers = units = again = tenure = own = category = sole = np.int64(0)
        for k in range(n):
            was = before[j, k] <= _ONE
            now = after[j, k] <= _ONE
            quantity = bought[j, k]
            count = f32(np.int32(purchases[j, k]))
            had = count - quantity > f32(0.5)
            buys = quantity > _ZERO
            age = month - np.int32(first[j, k])
            at_start += np.int64(was)
            active += np.int64(now)
            acquired += np.int64(now & (not was) & (not had))
            back += np.int64(now & (not was) & had)
            lost += np.int64(was & (not now))
            buyers += np.int64(buys)
            units += np.int64(quantity)
            again += np.int64(buys & had)
            tenure += np.int64(age if now else np.int32(0))
            own += np.int64(count if now else _ZERO)
            category += np.int64(total[k] if now else _ZERO)
            sole += np.int64(now & (count >= f32(2.0)) & (count == total[k]))
        row = (at_start, active, acquired, back, lost, buyers, units, again, tenure, own, category, sole)
        for place in range(12):
            sums[place, j] += row[place]


@kernel
def _events(
    fate: Flags, contact: PerDyad, bought: PerDyad, agreed: Flags, balance: PerDyad, eps: np.float32, after: PerDyad,
    satisfaction: PerDyad, happy: np.float32, unhappy: np.float32, sums: Sums,
) -> None:  # fmt: skip
    for j in range(fate.shape[0]):
        bad = voiced = handled = recovered = turned = reached = good = np.int64(0)
        negotiated = deals = follows = parity = leads = promoters = detractors = np.int64(0)
        for k in range(fate.shape[1]):
            what = fate[j, k]
            bad += np.int64(what >= 1)
            voiced += np.int64(what >= 2)
            turned += np.int64(what == 2)
            handled += np.int64(what >= 4)
            recovered += np.int64(what == 5)
            reached += np.int64(contact[j, k] != _ZERO)
            good += np.int64(contact[j, k] > _ZERO)
            pi = balance[j, k]
            even = abs(pi) <= eps
            trades = bought[j, k] > _ZERO
            refused = agreed[j, k] == 2
            negotiated += np.int64(even & (trades | refused))
            deals += np.int64(even & trades)
            active = after[j, k] <= _ONE
            follows += np.int64(active & (pi < -eps))
            parity += np.int64(active & even)
            leads += np.int64(active & (pi > eps))
            promoters += np.int64(active & (satisfaction[j, k] >= happy))
            detractors += np.int64(active & (satisfaction[j, k] < unhappy))
        row = (bad, voiced, handled, recovered, turned, reached, good, negotiated, deals, follows, parity, leads, promoters, detractors)
        for place in range(14):
            sums[12 + place, j] += row[place]


@kernel
def _total(active: PerDyad, column: PerDyad) -> Sums:
    total = np.zeros(column.shape[0], np.int64)
    for j in range(column.shape[0]):
        silent = active[j]
        values = column[j]
        part = np.int64(0)
        for k in range(values.size):
            part += np.int64(np.rint(_POINT * values[k])) if silent[k] <= _ONE else np.int64(0)
        total[j] = part
    return total


@kernel
def by_regime(
    active: PerDyad, balance: PerDyad, eps: np.float32, bought: PerDyad, taken: PerDyad, trust: PerDyad, commitment: PerDyad, satisfaction: PerDyad
) -> Sums:
    """Return :data:`IN_REGIME` by who leads (M < B, M = B, M > B), shape (3, len(IN_REGIME), n_firms)."""
    sums = np.zeros((3, 6, balance.shape[0]), np.int64)
    for j in range(balance.shape[0]):
        for k in range(balance.shape[1]):
            leads = np.int64(balance[j, k] > eps) - np.int64(balance[j, k] < -eps) + 1
            if active[j, k] <= _ONE:
                sums[leads, 0, j] += 1
                sums[leads, 1, j] += np.int64(np.rint(_POINT * trust[j, k]))
                sums[leads, 2, j] += np.int64(np.rint(_POINT * commitment[j, k]))
                sums[leads, 3, j] += np.int64(np.rint(_POINT * satisfaction[j, k]))
            if bought[j, k] > _ZERO:
                sums[leads, 4, j] += 1
                sums[leads, 5, j] += np.int64(np.rint(_POINT * taken[j, k]))
    return sums


@kernel
def shared_total(active: PerDyad, column: PerCustomer) -> Sums:
    """Return the fixed-point sum over active dyads of something that each customer has towards all firms alike, shape (n_firms,)."""
    total = np.zeros(active.shape[0], np.int64)
    for j in range(active.shape[0]):
        for k in range(column.size):
            total[j] += np.int64(np.rint(_POINT * column[k])) if active[j, k] <= _ONE else np.int64(0)
    return total


@kernel
def counts_of(kind: Flags, active: PerDyad, n_kinds: np.int64) -> Sums:
    """Return how many active dyads are of each kind, shape (n_kinds, n_firms)."""
    counts = np.zeros((n_kinds, kind.shape[0]), np.int64)
    for j in range(kind.shape[0]):
        for what in range(n_kinds):
            part = np.int64(0)
            for k in range(kind.shape[1]):
                part += np.int64((kind[j, k] == what) & (active[j, k] <= _ONE))
            counts[what, j] = part
    return counts


@kernel
def moves(before: Flags, after: Flags, n_kinds: np.int64) -> Sums:
    """Return how many dyads went from each kind to each kind, shape (n_kinds, n_kinds, n_firms)."""
    counts = np.zeros((n_kinds, n_kinds, before.shape[0]), np.int64)
    for j in range(before.shape[0]):
        for k in range(before.shape[1]):
            counts[before[j, k], after[j, k], j] += 1
    return counts


@kernel
def bought_total(bought: PerDyad, column: PerDyad) -> Sums:
    """Return the fixed-point sum of a column over this month's buyers, shape (n_firms,)."""
    total = np.zeros(column.shape[0], np.int64)
    for j in range(column.shape[0]):
        part = np.int64(0)
        for k in range(column.shape[1]):
            part += np.int64(np.rint(_POINT * column[j, k])) if bought[j, k] > _ZERO else np.int64(0)
        total[j] = part
    return total


@kernel
def switches(before: Marks, after: Marks, why: Flags, n_firms: np.int64, n_causes: np.int64) -> Sums:
    """Return main-supplier switches into each firm, out of it, and out of it by cause (numbered from 1), (2 + n_causes, n_firms)."""
    flows = np.zeros((2 + n_causes, n_firms), np.int64)
    for k in range(before.size):
        if (before[k] >= 0) & (after[k] >= 0) & (before[k] != after[k]):
            flows[0, after[k]] += 1
            flows[1, before[k]] += 1
            if (why[k] >= 1) & (why[k] <= n_causes):
                flows[1 + np.int64(why[k]), before[k]] += 1
    return flows


@kernel
def cohorts(first: Months, after: PerDyad, bought: PerDyad, contribution: PerDyad, periods: np.int64) -> Sums:
    """Return active customers, purchases and contribution in micros by month of acquisition, shape (3, n_firms, periods)."""
    sums = np.zeros((3, first.shape[0], periods), np.int64)
    for j in range(first.shape[0]):
        for k in range(first.shape[1]):
            if first[j, k] > NEVER:
                began = max(first[j, k], 0)
                sums[0, j, began] += np.int64(after[j, k] <= _ONE)
                sums[1, j, began] += np.int64(bought[j, k])
                sums[2, j, began] += np.int64(np.rint(np.float64(contribution[j, k]) * 1e6))
    return sums


def dyads(
    block: Block, before: PerDyad, after: PerDyad, bought: PerDyad, fate: Flags, contact: PerDyad, agreed: Flags, balance: PerDyad,
    eps: float, month: int, happy: float, unhappy: float,
) -> Sums:  # fmt: skip
    """Return :data:`COUNTS` of a block after its month, shape (len(COUNTS), n_firms)."""
    sums = np.zeros((len(COUNTS), bought.shape[0]), np.int64)
    _flows(before, after, block.purchases, block.first_purchase, bought, np.int32(month), sums)
    _events(fate, contact, bought, agreed, balance, f32(eps), after, block.satisfaction, f32(happy), f32(unhappy), sums)
    return sums


def total(active: PerDyad, column: PerDyad) -> Sums:
    """Return the fixed-point sum of a column over active dyads, shape (n_firms,)."""
    return _total(active, column)
