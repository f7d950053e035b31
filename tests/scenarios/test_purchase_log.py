"""The purchase log: orders add up to customer-days, and the sample that is shipped has the published numbers."""

import numpy as np
import pytest

from scenarios.purchase_log import GROUPS, histories, read_log
from scenarios.purchase_rates import DATA

HEADER = "customer,date,cds,amount\n"


@pytest.fixture(scope="module")
def cdnow():
    return read_log(DATA / "cdnow_sample.csv")


@pytest.fixture
def log(tmp_path):
    def reader(rows):
        file = tmp_path / "log.csv"
        file.write_text(HEADER + rows)
        return read_log(file)

    return reader


def test_cdnow_has_the_published_size(cdnow):
    assert (cdnow.n_customers, cdnow.day.size) == (2_357, 6_696)
    assert cdnow.items.sum() == 16_479


@pytest.mark.parametrize(("week", "repeats"), [(13, 828), (26, 1_746), (39, 2_457), (52, 3_183), (65, 3_844), (78, 4_339)])
def test_cdnow_has_the_published_repeats(cdnow, week, repeats):
    assert cdnow.repeats_by(week) == repeats


def test_orders_of_one_day_are_one_customer_day(log):
    # a: days 0 and 7, two orders on day 7; b: day 3
    two = log("a,2020-01-01,1,5\na,2020-01-08,2,6\nb,2020-01-04,1,1\na,2020-01-08,3,4\n")
    assert two.customer.tolist() == [0, 0, 1]
    assert two.day.tolist() == [0, 7, 3]
    assert two.items.tolist() == [1, 5, 1]
    assert two.amount.tolist() == [5, 10, 1]
    assert two.first.tolist() == [True, False, True]


def test_histories_by_hand(log):
    two = log("a,2020-01-01,1,5\na,2020-01-08,1,6\na,2020-01-22,1,6\nb,2020-01-04,1,1\nc,2020-03-01,1,1\n")
    seen = histories(two, 4)  # days 0 to 27: c comes later and is left out; T counts to the last day
    assert seen.repeats.tolist() == [2, 0]
    assert seen.last.tolist() == [3.0, 0.0]
    assert np.allclose(seen.observed, [27 / 7, 24 / 7])


def test_groups_are_told_apart_by_the_first_day_only(log):
    three = log("a,2020-01-01,1,5\na,2020-01-08,9,6\nb,2020-01-01,2,6\nc,2020-01-01,4,6\n")
    sizes = {name: three.of(name).n_customers for name in ("everyone", "first_order_small", "first_order_large", "first_order_few")}
    assert sizes == {"everyone": 3, "first_order_small": 1, "first_order_large": 2, "first_order_few": 1}
    assert three.of("first_order_small").items.tolist() == [1, 9]


def test_small_and_large_first_orders_are_everybody(cdnow):
    assert sum(cdnow.of(group).n_customers for group in ("first_order_small", "first_order_large")) == cdnow.n_customers
    assert sum(cdnow.of(group).n_customers for group in ("first_order_few", "first_order_many")) == cdnow.of("first_order_large").n_customers
    assert all(cdnow.of(group).customer[0] == 0 for group in GROUPS)


@pytest.mark.parametrize(
    ("rows", "message"),
    [("a,2020-01-01,1\n", "line 2: "), ("a,2020-01-01,1,5\na,someday,1,5\n", "line 3: "), ("a,2020-01-01,one,5\n", "line 2: "), ("", "no purchases")],
)
def test_what_is_no_log_is_refused_with_its_line(log, rows, message):
    with pytest.raises(ValueError, match=message):
        log(rows)


def test_other_columns_are_refused(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("who,when\n")
    with pytest.raises(ValueError, match="the columns are who, when; they must be customer, date, cds, amount"):
        read_log(file)
