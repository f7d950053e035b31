"""Arms race of loyalty programmes: points are copied, bonds hardly. Seeds 1 to 4; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs, value

SMALL = {"customers": 1000, "months": 36}
NOBODY_COPIES = {"firms.1.fixed.imitation": 0.0, "firms.2.fixed.imitation": 0.0}
NO_POINTS = {"firms.0.strategy.rebate": 0.0}
POINTS = ("Points", "Copier A", "Copier B")


def race(changes=None):
    return runs("loyalty_programme_arms_race", 4, changes, **SMALL)


def lead(changes=None):
    """Share of the firm with points beyond the mean of the two others in the last year."""
    share = {firm: value(race(changes), "market_share", firm, (25, 36)) for firm in POINTS}
    return share["Points"] - (share["Copier A"] + share["Copier B"]) / 2.0


def test_copying_takes_the_lead_away():
    assert difference(lead(NOBODY_COPIES), lead()).low > 0.005


@pytest.mark.slow
def test_what_points_bring_is_gone_but_for_a_rest():
    brought, left = lead(NOBODY_COPIES) - lead({**NOBODY_COPIES, **NO_POINTS}), lead() - lead(NO_POINTS)
    assert claim(brought).low > 0
    assert difference(left, 0.5 * brought).high < 0


@pytest.mark.slow
def test_all_three_together_earn_less_than_without_points():
    def earned(changes=None):
        return sum(value(race(changes), "profit", firm, (1, 36), "sum") for firm in POINTS)

    assert difference(earned(), earned(NO_POINTS)).high < 0


def test_the_firm_with_bonds_goes_on_gaining():
    share = [value(race(), "market_share", "Bonds", months) for months in ((1, 12), (25, 36))]
    assert claim(share[1] - share[0]).low > 0.05
    profit = [value(race(), "profit", firm, (25, 36)) for firm in ("Bonds", "Points")]
    assert difference(*profit).low > 0
