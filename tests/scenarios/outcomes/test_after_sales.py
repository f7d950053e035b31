"""Service after the sale carries a higher price, where things break. Seeds 1 to 3; false alarms 2.5 % a claim."""

from outcomes import claim, runs, value

SMALL = {"customers": 1500, "months": 24}


PLAIN = {
    "firms.1.price": 1.0,
    "firms.1.fixed": {"service": 0.45, "complaint_ease": 0.2, "suppression": 0.4, "complaint_capacity": 10.0, "recovery": 0.3, "openness": 0.7},
}
"""What the other firm does, for the firm to do instead: the same firm in the same place, on the same luck."""


def lead(measure, changes=None, months=(13, 24)):
    """Return what its way of doing business brings the firm, by replication."""
    own, plain = (runs("after_sales", 3, {**SMALL, **(changes or {}), **instead}) for instead in ({}, PLAIN))
    return value(own, measure, "After Sales", months) - value(plain, measure, "After Sales", months)


def test_what_breaks_is_mended_and_customers_stay():
    assert claim(lead("recovered")).low > 0.0
    assert claim(lead("churn_rate")).high < 0.0
    assert claim(lead("trust")).low > 0.0
    assert claim(lead("share_of_requirements")).low > 0.0


def test_the_dearer_firm_earns_more():
    assert claim(lead("price")).low > 0.05
    assert claim(lead("profit")).low > 0.0


def test_where_nothing_breaks_the_lead_is_smaller():
    sound = {"firms.0.reliability": 0.995, "firms.1.reliability": 0.995}
    assert claim(lead("satisfaction") - lead("satisfaction", sound)).low > 0.0
