"""CDNOW: one cohort of one shop, whose business falls although nobody is worse served. Seeds 1 to 3; each claim's false-alarm rate is 2.5 %."""

from outcomes import difference, runs, value

from scenarios import load

SMALL = {"customers": 800, "months": 12}
EARLY, LATE = (2, 14), (40, 52)
STAYING = {"mechanisms.turnover.active": False}


def purchases(weeks, changes=None, firm="The shop"):
    return value(runs("cdnow", 3, changes, **SMALL), "purchases", firm, weeks, "sum")


def test_it_has_the_size_and_length_of_the_log():
    assert (load("cdnow").customers, load("cdnow").periods) == (2357, 78)


def test_everything_is_bought_from_the_shop():
    assert purchases((1, 52), firm="Elsewhere").eq(0).all()
    assert purchases(EARLY).gt(0).all()


def test_purchases_fall_although_nobody_is_worse_served():
    assert difference(purchases(EARLY), purchases(LATE)).low > 0.4 * purchases(EARLY).mean()


def test_because_customers_leave_unannounced():
    assert difference(purchases(LATE, STAYING), purchases(LATE)).low > 0
