"""The customers' columns, declared once: meaning, label in two languages, unit, range and type; and the blocks that hold them.

Customers live in blocks, the pieces of work that threads take. A block holds customers of one segment. A row is a place in the market:
when a customer leaves for good, a newcomer may take it.
"""

from dataclasses import Field, dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.units import Flags, Marks, PerCustomer, PerDyad

NOBODY = -1
"""In ``current``: no provider yet, or none any more."""
NEVER = -32768
"""In ``first_purchase`` and ``last_purchase``: has not bought from this firm. Periods before the start are 0, -1, -2, ..."""
BLOCK = 131_072
"""Most customers in a block. Threads hand over the interpreter at every kernel: two gain only where a kernel runs for some 100 microseconds."""

Months = NDArray[np.int16]
Numbers = NDArray[np.uint16]
Tastes = NDArray[np.int16]
TASTE_STEP = np.float32(0.001)
"""Taste is stored in thousandths of a unit of utility: it is drawn once and never changes."""


def column(meaning: str, label: str, chinese: str, *, unit: str, dtype: str, low: float, high: float, dyad: bool, start: float = 0) -> Any:
    """Declare a column: range checks, the plain names in tables and the data dictionary are derived from it."""
    metadata = {
        "meaning": meaning, "label": label, "chinese": chinese, "unit": unit, "dtype": dtype, "low": low, "high": high,
        "dyad": dyad, "start": start,
    }  # fmt: skip
    return field(metadata=metadata)


def share(meaning: str, label: str, chinese: str, *, start: float = 0.0, low: float = 0.0) -> Any:
    """Declare an attitude towards a firm: a float32 share."""
    return column(meaning, label, chinese, unit="share", dtype="float32", low=low, high=1.0, dyad=True, start=start)


@dataclass(slots=True)
class Block:
    """Customers ``first`` to ``first + n - 1`` of one segment: their columns."""

    first: int
    segment: int
    n: int
    held_out: bool
    """Whether these customers are the control group, whom no campaign reaches."""

    rate: PerCustomer = column(
        "category purchases a period that the customer needs; 0 after leaving the category",
        "purchase rate",
        "购买率",
        unit="purchases/period",
        dtype="float32",
        low=0.0,
        high=np.inf,
        dyad=False,
    )
    dropout: PerCustomer = column(
        "probability of leaving the category after a purchase or at a renewal",
        "dropout",
        "流失倾向",
        unit="probability",
        dtype="float32",
        low=0.0,
        high=1.0,
        dyad=False,
    )
    orientation: PerCustomer = column(
        "how far the customer wants a relation and not only a good deal",
        "relational orientation",
        "关系导向",
        unit="share",
        dtype="float32",
        low=0.0,
        high=1.0,
        dyad=False,
    )
    current: Marks = column(
        "firm of most purchases in the last month with any, or of the contract; -1 for none",
        "current provider",
        "当前供应者",
        unit="firm",
        dtype="int8",
        low=NOBODY,
        high=127,
        dyad=False,
        start=NOBODY,
    )
    talk: Marks = column(
        "what the customer said of the current provider last month: -1 bad, 0 nothing, 1 good",
        "talk",
        "口碑",
        unit="sign",
        dtype="int8",
        low=-1,
        high=1,
        dyad=False,
    )
    grievances: Flags = column(
        "2 for each month in a row with a bad episode that was borne in silence, 1 for each whose complaint was in vain; a purchase that "
        "leaves nothing open starts again at 0",
        "open grievances",
        "未平的不满",
        unit="grievances",
        dtype="uint8",
        low=0,
        high=255,
        dyad=False,
    )
    entered: Months = column(
        "period in which the customer entered the market; 0 at the start",
        "entered",
        "进入市场时间",
        unit="period",
        dtype="int16",
        low=0,
        high=32767,
        dyad=False,
    )

    taste: Tastes = column(
        "stable liking for the firm's offer", "taste", "口味偏好", unit="0.001 utility", dtype="int16", low=-32767, high=32767, dyad=True
    )
    aware: Flags = column("knows the firm", "awareness", "知晓", unit="yes/no", dtype="uint8", low=0, high=1, dyad=True)
    reputation: PerDyad = share("what the customer believes of the firm from what others say", "reputation", "声誉")
    expectation: PerDyad = share("performance that the customer expects", "expectation", "期望")
    satisfaction: PerDyad = share("overall satisfaction with the firm", "satisfaction", "满意度")
    trust: PerDyad = share("confidence in the firm's reliability and integrity", "trust", "信任")
    commitment: PerDyad = share("wish to keep the relation", "commitment", "承诺")
    social_bond: PerDyad = share("level-two bond: being known and recognised as a person", "social bond", "社交性联系")
    structural_bond: PerDyad = share("level-three bond: integration that others do not offer", "structural bond", "结构性联系")
    added_value: PerDyad = share("value that the relation has added to (or taken from) the core value over time", "added value", "附加价值", low=-1.0)
    value: PerDyad = column(
        "contribution that the customer has brought the firm so far, discounted to the start",
        "realised lifetime value",
        "已实现终身价值",
        unit="currency",
        dtype="float32",
        low=-np.inf,
        high=np.inf,
        dyad=True,
    )
    purchases: Numbers = column(
        "purchases from the firm so far", "purchases", "购买次数", unit="purchases", dtype="uint16", low=0, high=65535, dyad=True
    )
    first_purchase: Months = column(
        "period of the first purchase from the firm, or of the beginning of the present contract; -32768 for never",
        "first purchase",
        "首次购买",
        unit="period",
        dtype="int16",
        low=NEVER,
        high=32767,
        dyad=True,
        start=NEVER,
    )
    last_purchase: Months = column(
        "period of the last purchase from the firm; -32768 for never",
        "last purchase",
        "最近购买",
        unit="period",
        dtype="int16",
        low=NEVER,
        high=32767,
        dyad=True,
        start=NEVER,
    )


def columns() -> dict[str, Field[Any]]:
    """Return the declared columns by name, in the order of declaration."""
    return {f.name: f for f in fields(Block) if "dtype" in f.metadata}


def empty_block(first: int, segment: int, n: int, n_firms: int, held_out: bool = False) -> Block:
    """Return a block whose columns have their starting values."""
    arrays = {}
    for name, declared in columns().items():
        shape = (n_firms, n) if declared.metadata["dyad"] else (n,)
        arrays[name] = np.full(shape, declared.metadata["start"], declared.metadata["dtype"])
    return Block(first=first, segment=segment, n=n, held_out=held_out, **arrays)


def bytes_per_customer(n_firms: int) -> int:
    """Return the size of one customer's row with so many firms."""
    return sum(np.dtype(f.metadata["dtype"]).itemsize * (n_firms if f.metadata["dyad"] else 1) for f in columns().values())
