"""Which regime of power rules a market, and who earns more in it: what the tests of the three regimes and of the shift between them share."""

import pandas as pd
from outcomes import Claim, Tables, claim, value

REGIMES = ("marketer_leads", "parity", "marketed_leads")
"""M > B, M = B, M < B."""
TRANSACTIONAL, RELATIONAL = ("Transactional A", "Transactional B"), ("Relational C", "Relational D")


def total(tables: Tables, measure: str, firms: tuple[str, ...], months: tuple[int, int]) -> pd.Series:
    """Return a measure by replication, summed over firms and months."""
    return sum(value(tables, measure, firm, months, "sum") for firm in firms)


def lead(tables: Tables, regime: str, months: tuple[int, int]) -> Claim:
    """Return the share of relations in a regime less that in the larger of the other two: above 0 where the regime rules."""
    counts = pd.DataFrame({name: total(tables, name, TRANSACTIONAL + RELATIONAL, months) for name in REGIMES})
    shares = counts.div(counts.sum(axis=1), axis=0)
    return claim(shares[regime] - shares.drop(columns=regime).max(axis=1))


def gap(tables: Tables, months: tuple[int, int]) -> Claim:
    """Return what the transactional firms earn beyond the relational ones."""
    return claim(total(tables, "profit", TRANSACTIONAL, months) - total(tables, "profit", RELATIONAL, months))
