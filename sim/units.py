"""Units: how arrays, money and time are written in this project.

Attitudes are ``float32`` shares in [0, 1]. Money is counted in integer *micros* (millionths of the scenario's currency
unit), so that sums do not depend on their order and accounts balance exactly. A period is a month unless the scenario
says otherwise; everything declared per month is converted exactly by :func:`per_period`.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

PerCustomer = NDArray[np.float32]
"""One number per customer of a block, shape ``(n_customers,)``."""
PerDyad = NDArray[np.float32]
"""One number per firm and customer of a block, shape ``(n_firms, n_customers)``, C-contiguous."""
PerFirm = NDArray[np.float32]
"""One number per firm, shape ``(n_firms,)``."""
Flags = NDArray[np.uint8]
"""Yes (1) or no (0), per customer or per dyad."""
Counts = NDArray[np.int32]
"""Whole numbers, per customer or per dyad."""
Marks = NDArray[np.int8]
"""Small signed whole numbers, per customer."""
Sums = NDArray[np.int64]
"""Exact sums: counts, or fixed-point numbers in steps of ``1 / FIXED_POINT``."""
Table = dict[str, NDArray[Any]]
"""A table as columns of equal length, by name."""

MICROS = 1_000_000
"""Micros in one currency unit."""
FIXED_POINT = 1 << 20
"""Steps in 1.0 when attitudes are summed as integers (rounded, not truncated: truncation biases a mean)."""

Period = Literal["week", "month", "quarter", "year"]
PERIODS_PER_YEAR: dict[Period, float] = {"week": 365.2425 / 7, "month": 12.0, "quarter": 4.0, "year": 1.0}


def months_per_period(period: Period) -> float:
    """Months in one period: 1 for a month, 12 for a year, 12 / 52.1775 for a week."""
    return 12.0 / PERIODS_PER_YEAR[period]


def per_period(value: float, unit: str, months: float) -> float:
    """Convert a number declared per month to a period of ``months`` months, exactly.

    Parameters
    ----------
    value : float
        The number as declared.
    unit : str
        ``"probability/month"`` and ``"share/month"`` compound (1 - (1 - p)^months), any other ``".../month"`` adds up,
        ``".../quarter"`` adds up from three months, ``"months"`` is a duration and becomes a number of periods; every
        other unit does not depend on time.
    months : float
        Months in one period.
    """
    if months == 1.0 and not unit.endswith("/quarter"):
        return value
    if unit in ("probability/month", "share/month"):
        return float(1.0 - (1.0 - value) ** months)
    if unit.endswith("/month"):
        return value * months
    if unit.endswith("/quarter"):
        return value * months / 3.0
    if unit == "months":
        return value / months
    return value
