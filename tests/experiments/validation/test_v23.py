"""V23: effects are scaled to 5 points and taken on one year; the rise in pay is an event of the first firm alone."""

import numpy as np
import pytest

from experiments.validation.facts import v23_service_profit_chain as v23
from scenarios import load


def test_an_effect_by_hand():
    before = np.array([[0.5] * 24, [0.6] * 24, [100.0] * 24])
    after = before.copy()
    after[0, 12:] += 0.02  # 2 points
    after[1, 12:] += 0.004  # 0.4 points, so 1 point for 5
    after[2, 12:] += 0.2  # 0.2 %, so 0.5 % for 5 points
    assert v23.effect(before, after, first=13) == pytest.approx((1.0, 0.005))


def test_pay_rises_from_one_month_on_and_other_events_stay():
    base = load("unhappy_staff")
    raised = v23.raised(base, 37, "wage", 0.945)
    assert [event.name for event in raised.events] == [*(event.name for event in base.events), "Raise"]
    assert raised.events[-1].set == {"firms.0.fixed.wage": 0.945}
    assert raised.events[-1].month == 37


def test_the_ranges_are_those_of_the_design_and_pay_works_through_the_chain():
    def run(scenarios, seeds, collect):
        from sim import MarketModel

        found = []
        for scenario in scenarios:
            small = MarketModel(scenario.but(customers=1_000), seed=1)
            small.run_model()
            found.append([collect(small)] * 2)
        return found

    evidence = v23.measure(v23.Effort(quick=True, run=run))
    judged = [(one.least, one.most) for one in evidence.findings if one.judged]
    assert judged == [(0.5, 2.5), (0.002, 0.01)]
    for one in evidence.findings:
        if "customer satisfaction" in one.what:
            assert one.value > 0.0, one.what
    assert all(curve.y[-1] > 0.0 for curve in evidence.curves)
