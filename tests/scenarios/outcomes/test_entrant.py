"""The entrant: partnership with distributors, or a channel of one's own, keeps it out. Seeds 1 to 3; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 1000, "months": 48}
ARMS_LENGTH = {"firms.0.orientation.distributor": 0.0, "firms.1.orientation.distributor": 0.0}
OWN_CHANNEL = {**ARMS_LENGTH, "firms.0.fixed.direct": 0.8, "firms.1.fixed.direct": 0.8}


def entered(measure, changes=None):
    return value(runs("entrant", 3, changes, **SMALL), measure, "Entrant", (37, 48))


def test_it_is_not_there_before_it_enters():
    assert value(runs("entrant", 3, **SMALL), "purchases", "Entrant", (1, 24), "sum").eq(0).all()


def test_partners_of_the_distributors_keep_it_off_the_shelves():
    assert difference(entered("availability"), entered("availability", ARMS_LENGTH)).high < -0.1


def test_and_out_of_the_market():
    with_ties, without = entered("market_share"), entered("market_share", ARMS_LENGTH)
    assert claim(without / with_ties).low > 1.5
    assert difference(with_ties, without).high < -0.05


@pytest.mark.slow
def test_so_does_a_channel_of_their_own():
    assert difference(entered("market_share", OWN_CHANNEL), entered("market_share", ARMS_LENGTH)).high < -0.05
