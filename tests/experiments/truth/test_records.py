"""Records, worked by hand: what counts as a relation, when it ends, and what is on record of it."""

import numpy as np

from experiments.truth.records import NOBODY, Clerk


def events(quantity, paid=1.0, margin=0.4):
    quantity = np.array(quantity, float)
    return {"quantity": quantity, "paid": np.where(quantity > 0, paid, np.nan), "contribution": margin * quantity}


def kept(clerk, months, entered=None):
    for month, quantity in enumerate(months, 1):
        born = np.zeros(len(quantity), np.int16) if entered is None else np.array(entered[month - 1], np.int16)
        clerk.note(month, born, events(quantity))
    return clerk.records(0, len(months))


def none(n):
    return np.zeros((n, 1), bool)


def test_repeats_recency_and_time_watched():
    found = kept(Clerk(2, 1, none(2), contractual=False), [[[0], [0]], [[2], [0]], [[0], [0]], [[1], [0]], [[0], [0]]])
    # First purchase in month 2, one repeat in month 4, seen until month 5; the other customer never bought.
    assert found.row.tolist() == [0]
    assert (found.repeats.tolist(), found.last.tolist(), found.observed.tolist()) == ([1.0], [2.0], [3.0])
    assert (found.quantity.tolist(), found.revenue.tolist()) == ([3.0], [3.0])
    np.testing.assert_allclose(found.margin, [1.2])


def test_who_left_stays_on_record_and_the_newcomer_has_a_record_of_her_own():
    found = kept(Clerk(1, 1, none(1), contractual=False), [[[1]], [[1]], [[0]], [[1]]], entered=[[0], [0], [0], [4]])
    assert found.row.tolist() == [0, NOBODY]
    assert found.repeats.tolist() == [0.0, 1.0]
    assert found.observed.tolist() == [0.0, 3.0]


def test_relations_that_were_there_before_are_left_out_until_they_end():
    known = np.ones((1, 1), bool)
    assert len(kept(Clerk(1, 1, known, contractual=False), [[[1]], [[0]], [[1]]])) == 0
    later = kept(Clerk(1, 1, known, contractual=True), [[[1]], [[0]], [[1]], [[1]]])
    assert (later.row.tolist(), later.observed.tolist()) == ([0], [1.0])


def test_a_period_without_a_purchase_ends_a_contract():
    found = kept(Clerk(1, 1, none(1), contractual=True), [[[1]], [[1]], [[0]], [[1]]])
    assert found.row.tolist() == [0, NOBODY]
    assert found.repeats.tolist() == [0.0, 1.0]


def test_some_are_some_of_all_columns():
    found = kept(Clerk(2, 1, none(2), contractual=False), [[[1], [2]], [[0], [1]]])
    some = found.some(np.array([False, True]))
    assert (some.row.tolist(), some.quantity.tolist(), len(some)) == ([1], [3.0], 1)
