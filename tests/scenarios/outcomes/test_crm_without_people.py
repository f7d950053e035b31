"""Technology alone gives little, with people much: an interaction. Seeds 1 to 4; false alarms 2.5 % a claim."""

from outcomes import claim, difference, runs, value

SMALL = {"customers": 2000, "months": 36}


def profit(firm):
    return value(runs("crm_without_people", 4, SMALL), "profit", firm, (19, 36))


def test_the_tool_needs_people():
    alone, together = profit("Technology") - profit("Neither"), profit("Both") - profit("People")
    assert claim(together - alone).low > 0.0
    assert claim(together - 2.0 * alone).low > 0.0, "the database is worth more than twice as much where people use it"


def test_people_are_worth_more_than_the_tool():
    assert difference(profit("People"), profit("Technology")).low > 0.0


def test_what_is_on_file_is_not_what_is_known():
    tables = runs("crm_without_people", 4, SMALL)
    known = {firm: value(tables, "knowledge", firm, (36, 36)) for firm in ("Technology", "Both")}
    assert claim(known["Technology"] / known["Both"]).high < 0.33, "the same spending"
