"""Contacts bind up to a measure and estrange beyond it. Seeds 1 to 12; false alarms 2.5 % a claim."""

from outcomes import difference, runs, value

SMALL = {"customers": 2000, "months": 30}


def gap(measure, more, less, months=(19, 30)):
    tables = runs("contact_overload", 12, SMALL)
    return difference(value(tables, measure, more, months), value(tables, measure, less, months))


def test_trust_is_an_inverted_u():
    assert gap("trust", "Measured", "Silent").low > 0.0
    assert gap("trust", "Measured", "Eager").low > 0.0
    assert gap("trust", "Silent", "Flood").low > 0.0, "a flood is worse than silence"


def test_commitment_is_an_inverted_u():
    assert gap("commitment", "Measured", "Silent").low > 0.0
    assert gap("commitment", "Measured", "Flood").low > 0.0


def test_past_the_measure_customers_leave_and_profit_falls():
    assert gap("purchases", "Sparing", "Flood").low > 0.0
    assert gap("profit", "Sparing", "Eager").low > 0.0
    assert gap("profit", "Eager", "Flood").low > 0.0
    assert gap("profit", "Measured", "Eager").low > 0.0


def test_up_to_the_measure_contacts_pay_and_a_flood_is_worse_than_silence():
    assert gap("profit", "Sparing", "Silent").low > 0.0
    assert gap("profit", "Measured", "Silent").low > 0.0
    assert gap("profit", "Silent", "Flood").low > 0.0
