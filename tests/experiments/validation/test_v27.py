"""V27: the grid is the duel's with deal seekers mixed in; cells count only where the whole interval lies on one side."""

import numpy as np
import pytest

from experiments.validation.facts import v27_where_it_loses as v27
from scenarios import load


def test_deal_seekers_take_the_share_that_is_asked_for():
    mixed = v27.market(0.8, 0.25)
    before, weights = (np.array([segment.share for segment in one.segments]) for one in (load("duel"), mixed))
    assert weights / weights.sum() == pytest.approx([*(0.75 * before / before.sum()), 0.25])
    assert mixed.market.switching_cost == 0.8
    assert [segment.name for segment in v27.market(0.0, 1.0).segments] == ["deal seekers"]
    assert len(v27.market(0.0, 0.0).segments) == len(load("duel").segments)


def test_a_line_crosses_0_where_it_does():
    assert v27.crossing(np.array([0.0, 1.0]), np.array([3.0, -1.0])) == pytest.approx(0.75)
    assert np.isnan(v27.crossing(np.array([0.0, 1.0]), np.array([3.0, 1.0])))


def test_cells_that_luck_decides_count_for_nobody():
    def run(scenarios, seeds, collect):
        # Without deal seekers they earn more, with nobody else less, at every horizon but the last, where luck decides.
        return [
            [np.array([sign * (10.0 + k)] * (len(v27.HORIZONS) - 1) + [(-1.0) ** k]) for k in seeds]
            for sign in (1.0 if len(scenario.segments) > 1 else -1.0 for scenario in scenarios)
        ]

    evidence = v27.measure(v27.Effort(quick=True, run=run))
    found = {one.what: one for one in evidence.findings}
    share = (len(v27.HORIZONS) - 1) / len(v27.HORIZONS) / 2.0
    assert found["cells in which relational firms surely earn more"].value == pytest.approx(share)
    assert found["cells in which relational firms surely earn less"].value == pytest.approx(share)
    assert found["cells in which luck decides"].value == pytest.approx(1.0 / len(v27.HORIZONS))
    assert all(one.passed for one in evidence.findings)
    assert any(curve.panel == "The frontier" for curve in evidence.curves)
