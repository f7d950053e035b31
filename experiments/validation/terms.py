"""Terms: the balance of power and the firm's share of the gain in relations of every market, as a finished run has them (Emerson 1962)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Choice = NDArray[np.bool_]
LEVERS = {"supplier": "supplier_forbearance", "distributor": "distributor_forbearance"}
"""The lever of forbearance by market; elsewhere it is ``forbearance``."""
YEAR = 12


@dataclass(frozen=True)
class Dyads:
    """Relations, or what a firm's relations are on average.

    Attributes
    ----------
    balance : ndarray
        Pi, the firm's force less the other side's, shape (n,).
    taken : ndarray
        The firm's share of the gain, shape (n,).
    parity : ndarray
        Share of relations (of a relation's months) in which neither side leads, shape (n,).
    uses_power : ndarray of bool
        Whether the firm uses all the power it has: its forbearance there is 0; shape (n,).
    split : float
        The firm's mean share where neither side leads and they came to terms; missing where that is not known.
    """

    balance: Vector
    taken: Vector
    parity: Vector
    uses_power: Choice
    split: float = float("nan")

    def of(self, chosen: Choice) -> "Dyads":
        """Return some of them."""
        return Dyads(self.balance[chosen], self.taken[chosen], self.parity[chosen], self.uses_power[chosen], self.split)

    def follows(self) -> float:
        """Return the rank correlation of share and balance, -1 to 1 (Spearman)."""
        from scipy.stats import spearmanr

        return float(spearmanr(self.balance, self.taken).statistic)

    def curve(self, width: float) -> "Dyads":
        """Return the means in bins of the balance: what share a balance of power brings, whatever luck single negotiations had."""
        bins = np.floor(self.balance / width + 0.5).astype(int)
        rows = [bins == one for one in np.unique(bins)]
        balance, taken, parity = (np.array([values[row].mean() for row in rows]) for values in (self.balance, self.taken, self.parity))
        return Dyads(balance, taken, parity, np.array([self.uses_power[row].all() for row in rows]), self.split)

    def drawn(self, most: int = 300) -> tuple[Vector, Vector]:
        """Return balance and share of some of them, evenly chosen, by balance."""
        order = np.argsort(self.balance, kind="stable")
        order = order[:: max(1, -(-len(order) // most))]
        return self.balance[order], self.taken[order]


def joined(parts: Sequence[Dyads]) -> Dyads:
    """Return the dyads of several runs together; the split is the mean of theirs."""
    return Dyads(
        np.concatenate([part.balance for part in parts]),
        np.concatenate([part.taken for part in parts]),
        np.concatenate([part.parity for part in parts]),
        np.concatenate([part.uses_power for part in parts]),
        float(np.mean([part.split for part in parts])),
    )


def partners(model: Any) -> tuple[Dyads, Dyads]:
    """Return the partner relations of a finished run, month by month, and each over all its months.

    Influencers, with whom no gain is parted, are left out.
    """
    import pandas as pd

    table = pd.DataFrame(model.tables()["partner_months"])
    table = table[(table["related"] > 0) & (table["market"] != "influencer")]
    eps = model.scenario.mechanisms.power.eps
    table["even"] = table["balance"].abs() <= eps
    settled = table[table["even"] & (table["agreed"] > 0)]
    levers = {firm.name: firm.levers for firm in model.firms}
    spared = [getattr(levers[firm], LEVERS.get(market, "forbearance")) for firm, market in zip(table["firm"], table["market"], strict=True)]
    table["used"] = np.array(spared) == 0.0
    split = float(settled["taken"].mean())
    each = table.groupby(["firm", "market", "partner"], sort=True)[["balance", "taken", "even", "used"]].mean()
    return _dyads(table, split), _dyads(each, split)


def _dyads(table: Any, split: float) -> Dyads:
    balance, taken, even = (table[name].to_numpy(float) for name in ("balance", "taken", "even"))
    return Dyads(balance, taken, even, table["used"].to_numpy(float) > 0.0, split)


def customers(model: Any) -> Dyads:
    """Return each firm's relations with customers, year by year: means over its customers."""
    import pandas as pd

    table = pd.DataFrame(model.tables()["dyad_months"])
    table = table[(table["market"] == "customer") & (table["dyads"] > 0)]
    table["even"] = table["parity"] / table["dyads"]
    table["year"] = (table["month"] - 1) // YEAR
    each = table.groupby(["firm", "year"], sort=True)[["power_balance", "surplus_share", "even"]].mean().reset_index()
    spared = each["firm"].map({firm.name: firm.levers.forbearance for firm in model.firms}).to_numpy(float)
    balance, taken, even = (each[name].to_numpy(float) for name in ("power_balance", "surplus_share", "even"))
    return Dyads(balance, taken, even, spared == 0.0)


def negotiated(dyads: Dyads, width: float) -> tuple[Vector, Vector]:
    """Return the mean share at parity by balance, in bins of a width: centres of bins that hold something, and the means."""
    bins = np.floor(dyads.balance / width + 0.5).astype(int)
    there = np.unique(bins)
    return there * width, np.array([dyads.parity[bins == one].mean() for one in there])


def peak(dyads: Dyads, width: float) -> float:
    """Return the balance at which the largest share of relations stands at parity."""
    centres, shares = negotiated(dyads, width)
    return float(centres[np.argmax(shares)])
