"""Whole markets for verification (Rand & Rust 2011)."""

import pandas as pd
import pytest

from sim.market import MarketModel


@pytest.fixture(scope="session")
def play():
    """A function that runs a scenario and returns its table of firms and months."""

    def run(scenario, seed=1):
        model = MarketModel(scenario, seed=seed)
        model.run_model()
        return pd.DataFrame(model.tables()["firm_months"])

    return run
