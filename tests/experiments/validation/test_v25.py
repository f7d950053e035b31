"""V25: the optimum of a curve is found, uncharged costs are taken off, and the ranges are those of the design."""

import numpy as np
import pytest

from experiments.validation.facts import v25_acquisition_and_retention as v25
from scenarios import load
from sim import MarketModel


def test_the_best_part_of_a_parabola_and_at_an_end():
    shares = np.linspace(0.0, 1.0, 6)
    assert v25.best(shares, -((shares - 0.35) ** 2)) == pytest.approx(0.35, abs=0.005)
    assert v25.best(shares, shares) == 1.0


def test_what_no_lever_charges_is_taken_off_the_profit():
    def played(ratio):
        plan = {"kind": "budget_split", "budget": 0.01, "retention_share": 0.0, "cost_ratio": ratio}
        model = MarketModel(load("duel").but({"firms.0.strategy": plan}, customers=200, months=3), seed=1)
        model.run_model()
        table = model.tables()["firm_months"]
        return v25.profit(model), float(table["profit"][table["firm"] == "Transactional A"].sum())

    face, charged = played(6.0)
    assert face == pytest.approx(charged)
    dear, charged = played(12.0)
    assert charged - dear == pytest.approx(0.01 * 0.5 * 200 * 3)


def test_a_rise_is_judged_between_ratios():
    def run(scenarios, seeds, collect):
        top = {2.0: 0.3, 6.0: 0.6, 20.0: 0.9}
        plans = [scenario.firms[0].strategy for scenario in scenarios]
        return [[-((plan.retention_share - top[plan.cost_ratio]) ** 2) for _ in seeds] for plan in plans]

    evidence = v25.measure(v25.Effort(quick=True, run=run))
    judged = [one for one in evidence.findings if one.judged]
    assert [one.value for one in judged] == pytest.approx([0.3, 0.3], abs=0.01)
    assert all(one.least > 0.0 and one.most == float("inf") for one in judged)
