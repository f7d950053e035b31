"""The choice between the poles: where relations earn more and where they earn less. One seed, the same luck for both firms."""

from compare import lead, pair

AGAINST = {"firms.0.strategy": {"kind": "relational"}, "firms.1.strategy": {"kind": "transactional"}}
"""A relational firm One against a transactional Other."""


def ahead(switching_cost, orientation):
    """Return what the relational firm earns a month beyond the transactional one, over two years."""
    market = {"market.switching_cost": switching_cost, "segments.0.orientation": orientation}
    return lead(pair({**AGAINST, **market}, months=24), "profit", "One", "Other", (1, 24))


def test_relations_win_where_customers_want_them_and_may_leave_and_lose_where_neither_holds():
    """Seeds 1 to 4 give 37 to 47 in the best corner and -4 to -11 in the worst."""
    assert ahead(0.0, 0.8) > 25.0
    assert ahead(0.0, 0.1) < ahead(0.0, 0.8) - 10.0, "who wants deals does not pay for relations"
    assert ahead(3.0, 0.8) < ahead(0.0, 0.8) - 10.0, "who cannot leave need not be won"
    assert ahead(3.0, 0.1) < -2.0
