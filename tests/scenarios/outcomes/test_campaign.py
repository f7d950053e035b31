"""A campaign in season: before and after mislead, a control group does not. Seeds 1 to 3; false alarms 2.5 % a claim.

The truth is known here as nowhere else: the same market on the same luck without the campaign.
"""

from outcomes import claim, runs

SMALL = {"customers": 5000, "months": 26}
BEFORE, DURING = (19, 21), (22, 24)


def each(tables, group, months, measure):
    """Return a measure for each person of a group over some months, by replication."""
    rows = tables["campaign_months"]
    rows = rows[(rows["group"] == group) & rows["month"].between(*months)].groupby("replication")
    return rows[measure].sum() / rows["people"].mean()


def evaluations(measure):
    """Return the change since before, what of it the control group does not show, and the truth, by replication."""
    with_it = runs("campaign", 3, SMALL)
    without = runs("campaign", 3, {**SMALL, "campaigns.0.levers": {}, "campaigns.0.budget": 0.0})
    change = {group: each(with_it, group, DURING, measure) - each(with_it, group, BEFORE, measure) for group in ("target", "control")}
    truth = each(with_it, "target", DURING, measure) - each(without, "target", DURING, measure)
    return change["target"], change["target"] - change["control"], truth


def test_purchases_rise_a_little_and_the_season_makes_it_look_much():
    naive, controlled, truth = evaluations("purchases")
    assert claim(truth).low > 0.0
    assert claim(naive - 4.0 * truth).low > 0.0, "before and after show more than four times the truth"
    found = claim(controlled)
    assert found.low < truth.mean() < found.high, "the control group's interval holds the truth"
    assert found.high < claim(naive).low, "and not what before and after show"


def test_a_loss_is_reported_as_a_gain():
    naive, controlled, truth = evaluations("contribution")
    assert claim(truth).high < 0.0
    assert claim(naive).low > 0.0
    assert claim(controlled).high < 0.0


def test_the_control_group_gets_nothing_of_it():
    with_it = runs("campaign", 3, SMALL)
    without = runs("campaign", 3, {**SMALL, "campaigns.0.levers": {}, "campaigns.0.budget": 0.0})
    assert (each(with_it, "control", (22, 22), "purchases") == each(without, "control", (22, 22), "purchases")).all()
