"""Made-up tables of analyses of sweeps: every number follows from a line that can be read."""

import pandas as pd

BEFORE = {"measure": "total_profit", "who": "relational", "method": "morris"}


def indices():
    rows = [("b", "mu_star", 4.0, 3.0, 5.0), ("b", "sigma", 1.0, 0.5, 1.5), ("a", "mu_star", 2.0, 1.0, 2.5), ("a", "sigma", 0.0, 0.0, 0.0)]
    return pd.DataFrame(rows, columns=["factor", "index", "value", "low", "high"]).assign(n=12, **BEFORE)


def plane():
    """Relational firms win to the right of 0.5, by the distance; at 0.5 itself it may be luck."""
    rows = []
    for x in (0.0, 0.25, 0.5, 0.75, 1.0):
        for y in (1.0, 10.0, 100.0):
            margin = abs(x - 0.45)
            who = "relational" if x > 0.45 else "transactional"
            power = {"marketed_leads": 0.5, "parity": 0.3, "marketer_leads": 0.2}
            margins = {"margin": margin, "low": margin - 0.1, "high": margin + 0.1}
            rows.append({"x": x, "y": y, "winner": who, "probability": 0.9, "n": 3} | margins | power)
    return pd.DataFrame(rows)


def points():
    return pd.DataFrame({"a": [0.1, 0.2, 0.6, 0.9], "b": [1.0, 2.0, 3.0, 4.0], "interest": [True, True, False, False]})


def trajectory():
    return pd.DataFrame({"coverage": [1.0, 1.0, 0.5], "density": [0.5, 0.8, 1.0], "n": [40, 25, 10]})
