"""Dyads: the relations between the firms and their partners in one market, a row per firm and a column per partner.

The columns are declared once, with labels in both languages: what a relation carries in every market, and what is particular to one. What
the marketed party (the partner) feels stands without a prefix, as with customers; what the firm feels begins with ``firm_``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.units import PerCustomer, PerDyad


@dataclass(frozen=True)
class Column:
    """A declared column of partner relations."""

    meaning: str
    label: str
    chinese: str
    unit: str
    low: float
    high: float
    start: float


def _share(meaning: str, label: str, chinese: str, start: float = 0.0, low: float = 0.0) -> Column:
    return Column(meaning, label, chinese, "share", low, 1.0, start)


_EVERYWHERE = {
    "related": Column("1 while the two deal with each other", "related", "有关系", "yes/no", 0.0, 1.0, 1.0),
    "tenure": Column("periods since they began to deal with each other", "tenure", "关系时长", "periods", 0.0, np.inf, 0.0),
    "volume": Column("what was traded or done between them this period", "volume", "往来额", "currency", 0.0, np.inf, 0.0),
    "trust": _share("the partner's confidence in the firm", "trust", "信任"),
    "commitment": _share("the partner's wish to keep the relation", "commitment", "承诺"),
    "satisfaction": _share("the partner's satisfaction with the firm", "satisfaction", "满意度"),
    "expectation": _share("what the partner has come to expect of the firm", "expectation", "期望"),
    "social_bond": _share("being known to each other as persons", "social bond", "社交性联系"),
    "structural_bond": _share("joint investment that is worth little elsewhere", "joint investment", "共同投入"),
    "firm_trust": _share("the firm's confidence in the partner", "firm's trust", "企业的信任"),
    "firm_commitment": _share("the firm's wish to keep the relation", "firm's commitment", "企业的承诺"),
    "firm_satisfaction": _share("the firm's satisfaction with the partner", "firm's satisfaction", "企业的满意度"),
    "firm_expectation": _share("what the firm has come to expect of the partner", "firm's expectation", "企业的期望"),
    "dependence": _share("how far the partner depends on the firm", "dependence", "依赖度"),
    "firm_dependence": _share("how far the firm depends on the partner", "firm's dependence", "企业的依赖度"),
    "information": _share("what the partner knows of the firm and its market", "information", "信息"),
    "firm_information": _share("what the firm knows of the partner and its market", "firm's information", "企业的信息"),
    "balance": Column("Pi: the firm's force less the partner's", "balance of power", "力量平衡", "share", -np.inf, np.inf, 0.0),
    "taken": _share("the firm's share of the joint gain", "firm's share of the gain", "企业所得剩余份额", 0.5),
    "agreed": Column("1 if they came to terms this period", "agreed", "达成协议", "yes/no", 0.0, 1.0, 1.0),
}
_PARTICULAR = {
    "supplier": {
        "orders": _share("share of the firm's orders", "share of orders", "采购份额"),
        "price": Column("what a unit costs the firm", "price", "价格", "currency", 0.0, np.inf, 0.0),
        "quality": _share("quality of what is supplied", "quality", "质量"),
        "late": _share("share of the order that was late or short this period", "late", "延误"),
        "wait": Column("periods until a supplier that stopped would supply again", "wait", "恢复等待", "periods", 0.0, np.inf, 0.0),
    },
    "distributor": {
        "shelf": _share("chance to find the firm's goods there", "shelf", "货架份额"),
        "margin": _share("what the distributor keeps of the price", "margin", "毛利"),
    },
    "internal": {
        "wage": Column("pay over usual pay", "pay", "薪酬", "ratio", 0.0, np.inf, 1.0),
        "fill": Column("staff over what customers need", "staffing", "人员配备", "ratio", 0.0, np.inf, 1.0),
        "skill": _share("skill of the department", "skill", "技能"),
        "turnover": _share("employees who left this period", "employee turnover", "员工流动率"),
    },
    "competitor": {
        "allied": Column("1 while the two are allies", "allied", "结盟", "yes/no", 0.0, 1.0, 0.0),
    },
    "influencer": {
        "stance": Column("stance towards the firm: -1 against, 1 for", "stance", "态度", "share", -1.0, 1.0, 0.0),
    },
}  # fmt: skip


def columns(market: str) -> dict[str, Column]:
    """Return the declared columns of a market's dyads by name, in their order."""
    return {**_EVERYWHERE, **_PARTICULAR.get(market, {})}


class Dyads:
    """The relations of one market: every declared column as an attribute, float32 of shape (n_firms, n_partners).

    Parameters
    ----------
    market : str
        One of the six.
    names, kinds : sequence of str
        The partners, and what kind of partner each is.
    orientation : sequence of float
        How far each partner wants a relation.
    n_firms : int
        Firms.
    """

    def __init__(self, market: str, names: Sequence[str], kinds: Sequence[str], orientation: Sequence[float], n_firms: int) -> None:
        self.market, self.names, self.kinds = market, tuple(names), tuple(kinds)
        self.orientation: PerCustomer = np.asarray(orientation, np.float32)
        self._columns = {name: np.full((n_firms, len(names)), c.start, np.float32) for name, c in columns(market).items()}
        self.levels: NDArray[np.float32] = np.zeros((4, n_firms, len(names)), np.float32)
        """Levels of the four balancing moves."""

    def __getattr__(self, name: str) -> PerDyad:
        """Return a column."""
        held: dict[str, PerDyad] = self.__dict__.get("_columns", {})
        if name in held:
            return held[name]
        raise AttributeError(f"dyads of this market have no {name!r}; columns: {', '.join(held)}")

    def __setattr__(self, name: str, value: object) -> None:
        """Set a column, or an attribute of the set itself."""
        held = self.__dict__.get("_columns", {})
        if name in held:
            held[name] = np.ascontiguousarray(value, np.float32)
        else:
            super().__setattr__(name, value)

    def __iter__(self) -> Iterator[tuple[str, PerDyad]]:
        """Return the columns with their names."""
        return iter(self._columns.items())

    def __len__(self) -> int:
        """Return the number of partners."""
        return len(self.names)
