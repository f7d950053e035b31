"""Monopoly of information: the firm leads, and who uses it earns more. Seeds 1 to 8; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs, value
from regimes import RELATIONAL, TRANSACTIONAL, gap, lead

SMALL = {"customers": 1000, "months": 36}


def test_the_firm_leads():
    assert lead(runs("monopoly_of_information", 8, **SMALL), "marketer_leads", (1, 36)).low > 0.9


def test_transactional_firms_take_more_and_are_trusted_less():
    tables = runs("monopoly_of_information", 8, **SMALL)
    taken, trust = ([value(tables, what, group[0], (25, 36)) for group in (TRANSACTIONAL, RELATIONAL)] for what in ("surplus_share", "trust"))
    assert difference(*taken).low > 0.2
    assert difference(*trust).high < -0.3


def test_transactional_firms_earn_more():
    assert gap(runs("monopoly_of_information", 8, **SMALL), (1, 36)).low > 0


@pytest.mark.slow
def test_with_their_conduct_they_would_not():
    """What they earn more by is power that they use: as forbearing as the others, they earn less than they do now."""
    usual = runs("monopoly_of_information", 8, **SMALL)
    kind = runs("monopoly_of_information", 8, {"firms.0.fixed.forbearance": 0.8, "firms.1.fixed.forbearance": 0.8}, **SMALL)
    earned = [sum(value(tables, "profit", firm, (1, 36), "sum") for firm in TRANSACTIONAL) for tables in (usual, kind)]
    assert claim(earned[0] - earned[1]).low > 0
