"""Made-up tables of contrasts: what methods say of a campaign, and a payoff matrix."""

import pandas as pd


def methods() -> pd.DataFrame:
    rows = [
        ("customers", "with - without", 10.0, 8.0, 12.0, 3), ("customers", "before-after", 30.0, 20.0, 40.0, 3),
        ("profit", "with - without", -5.0, -6.0, -4.0, 3), ("profit", "before-after", 9.0, 7.0, 11.0, 3),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "method", "mean", "low", "high", "n"])


def matrix() -> pd.DataFrame:
    payoffs = {("relational", "relational"): 3.0, ("relational", "mass"): 1.0, ("mass", "relational"): 4.0, ("mass", "mass"): 2.0}
    rows = [(regime, a, b, mean, mean - 0.5, mean + 0.5, 3) for regime in ("as it is", "firms' market") for (a, b), mean in payoffs.items()]
    return pd.DataFrame(rows, columns=["regime", "strategy", "opponent", "mean", "low", "high", "n"])
