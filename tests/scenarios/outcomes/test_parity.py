"""Parity: most relations negotiate, and nearly all agree. Seeds 1 to 4; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs
from regimes import RELATIONAL, TRANSACTIONAL, lead, total

SMALL = {"customers": 1000, "months": 24}
ALL = TRANSACTIONAL + RELATIONAL


def agreed(changes=None):
    tables = runs("parity", 4, changes, **SMALL)
    return total(tables, "agreed", ALL, (1, 24)) / total(tables, "negotiated", ALL, (1, 24))


def test_neither_side_leads():
    assert lead(runs("parity", 4, **SMALL), "parity", (1, 24)).low > 0.1


@pytest.mark.slow
def test_more_negotiate_than_in_the_other_regimes():
    def negotiated(name):
        tables = runs(name, 4, **SMALL)
        return total(tables, "negotiated", ALL, (1, 24)) / total(tables, "purchases", ALL, (1, 24))

    for other in ("buyers_market", "monopoly_of_information"):
        assert difference(negotiated("parity"), negotiated(other)).low > 0.2


def test_nineteen_negotiations_in_twenty_end_in_a_purchase():
    found = claim(agreed())
    assert 0.92 < found.low < found.high < 0.96


def test_without_rounds_of_offers_half_of_them_fail():
    assert difference(agreed(), agreed({"mechanisms.power.rounds": 1})).low > 0.3
