"""The choice between the poles: where relations win by much and where by little. One seed, the same luck for both firms."""

from compare import lead, pair

AGAINST = {"firms.0.strategy": {"kind": "relational"}, "firms.1.strategy": {"kind": "transactional"}}
"""A relational firm One against a transactional Other."""


def ahead(switching_cost, orientation):
    """Return what the relational firm earns a month beyond the transactional one, over two years."""
    market = {"market.switching_cost": switching_cost, "segments.0.orientation": orientation}
    return lead(pair({**AGAINST, **market}, months=24), "profit", "One", "Other", (1, 24))


def test_relations_lead_by_most_where_customers_want_them_and_may_leave():
    best = ahead(0.0, 0.8)
    assert best > ahead(0.0, 0.1) + 5.0, "who wants deals does not pay for relations"
    assert best > ahead(3.0, 0.8), "who cannot leave need not be won"
