"""Symmetry: identical firms fare alike, whatever their place in the scenario."""

import numpy as np
import small

from sim.parties import FirmSpec
from sim.scenario import Segment
from sim.strategies.relational import Relational

SEEDS = 6


def test_no_firm_gains_from_its_place():
    # Frequent purchases, so that many customers buy from several firms in one month. A firm's mean lies beyond 4 standard errors of the
    # common mean by luck in about 1 of 3,000 choices of seeds; favouring the first of equals put the ends 10 and more away.
    firms = tuple(FirmSpec(name=f"Firm {j}", strategy=Relational(), start_share=0.15) for j in range(6))
    frequent = small.scenario(customers=1500, months=24, segments=(Segment(name="all", need_shape=2.0, need_scale=0.6),), firms=firms)
    totals = np.array([small.run(frequent, seed=seed).tables()["summary"]["total_purchases"] for seed in range(1, SEEDS + 1)])
    error = totals.std(axis=0, ddof=1).mean() / np.sqrt(SEEDS)
    assert (abs(totals.mean(axis=0) - totals.mean()) < 4.0 * error).all()
