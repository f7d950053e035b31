"""Firms that learn: the imitator finds relations, the experimenter does not. Seeds 1 to 4; each claim's false-alarm rate is 2.5 %."""

from functools import cache

import pandas as pd
import pytest
from outcomes import claim, difference, runs, value

from scenarios import load
from sim.market import MarketModel
from sim.strategies import place_of

SMALL = {"customers": 2500, "months": 48}


@cache
def places(start=0.0):
    """Places on the continuum in the last month, by firm, one row per replication."""
    rows = []
    for seed in (1, 2, 3, 4):
        model = MarketModel(load("learning_firms").but({**SMALL, "firms.2.strategy.start": start}), seed)
        model.run_model()
        rows.append({spec.name: place_of(firm.levers) for spec, firm in zip(model.scenario.firms, model.firms, strict=True)})
    return pd.DataFrame(rows)


def test_the_imitator_ends_near_the_relational_pole():
    assert claim(places()["Imitator"]).low > 0.5


def test_the_experimenter_stays_near_the_transactional_pole():
    assert claim(places()["Experimenter"]).high < 0.3


@pytest.mark.slow
def test_what_was_imitated_pays():
    tables = runs("learning_firms", 4, customers=1000, months=84)
    assert difference(value(tables, "profit", "Imitator", (73, 84)), value(tables, "profit", "Transactional", (73, 84))).low > 0


@pytest.mark.slow
def test_even_from_the_relational_pole_experiments_lead_away():
    assert claim(places(1.0)["Experimenter"]).high < 0.9
