"""Alliance: each of its four payoffs adds to the allies' profit. Seeds 1 to 3, of each payoff 1 to 6; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import claim, difference, runs, value

FAST, LONG = {"replications": 3, "customers": 1000, "months": 24}, {"replications": 6, "customers": 1000, "months": 48}
OFF = {"buying": 0.0, "research": 0.0, "promotion": 0.0, "truce": False}


def earned(changes=None, firms=("Ally A", "Ally B"), size=LONG):
    tables = runs("alliance", changes=changes, **size)
    return sum(value(tables, "profit", firm, (1, size["months"]), "sum") for firm in firms)


def test_they_ally():
    assert claim(value(runs("alliance", **FAST), "allies", "Ally A", (13, 24))).low > 0.9


def test_allies_earn_more_than_without_an_alliance():
    assert difference(earned(size=FAST), earned({"firms.0.fixed.alliance": 0.0}, size=FAST)).low > 0


@pytest.mark.slow
def test_loners_earn_less():
    alone, loners = {"firms.0.fixed.alliance": 0.0}, ("Loner C", "Loner D")
    assert difference(earned(firms=loners), earned(alone, loners)).high < 0


@pytest.mark.slow
@pytest.mark.parametrize("payoff", OFF)
def test_each_payoff_is_worth_something(payoff):
    assert difference(earned(), earned({f"mechanisms.competition.{payoff}": OFF[payoff]})).low > 0


@pytest.mark.slow
def test_shared_buying_is_worth_most():
    worth = {payoff: earned() - earned({f"mechanisms.competition.{payoff}": off}) for payoff, off in OFF.items()}
    for payoff in ("research", "promotion", "truce"):
        assert difference(worth["buying"], worth[payoff]).low > 0
