"""Power shift: events change who leads, and who earns more. Seeds 1 to 4, of the first period 1 to 8; each claim's false-alarm rate is 2.5 %."""

import pytest
from outcomes import runs
from regimes import gap, lead


def shift():
    return runs("power_shift", 4, customers=1000, months=120)


@pytest.mark.parametrize(
    ("regime", "months"), [("marketer_leads", (13, 30)), ("parity", (43, 60)), ("marketed_leads", (73, 90)), ("parity", (103, 120))]
)
def test_each_event_brings_its_regime(regime, months):
    assert lead(shift(), regime, months).low > 0


def test_transactional_firms_win_in_the_first_period_and_lose_in_the_glut():
    assert gap(runs("power_shift", 8, customers=1000, months=24), (1, 24)).low > 0
    for months in ((73, 90), (31, 120)):
        assert gap(shift(), months).high < 0
