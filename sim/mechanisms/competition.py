"""The competitor market: rivals match prices, poach, copy bonds, or ally (Porter 1980; Brandenburger & Nalebuff 1996).

Theory
    Rivals answer lower prices, poach with introductory offers, and copy what binds customers: financial bonds quickly, social ones slowly,
    structural ones hardly. Or they ally: shared purchasing, shared research, joint promotion and an end to useless rivalry, at a cost of
    coordination, with knowledge leaking to the ally. An alliance is made where both are ready and trust each other, and where they have
    something to give each other; it ends when trust is gone. Whoever is undercut answers in kind and trusts less.
Equation
    cut_j(t) = matching_j max(0, 1 - lowest rival price(t-1) / price_j),   at most down to unit cost (1 + floor)
    copied_jb += imitation_j pace_b (1 + leak [allied_j]) (max(0, max_k bond_kb - bond_jb) - copied_jb);   b: financial, social, structural
    allied_jk from: min(ready_j, ready_k) T_jk T_kj >= bar, with chance (1 + complementarity_jk) courtship;   until T falls below breach
    allies: unit cost (1 - buying), quality + research (1 - quality), awareness reach + promotion, no matching of and no poaching from each other
    performance_jk (how rival j treats k) = ground - provoked cut_j + by_alliance allied_jk
Symbols
    T_jk: k's trust in j; complementarity: difference of the firms' strengths in quality and reliability; bond: reward, social, structural effort.
Sources
    porter1980, brandenburger1996, kumar1995
Limits
    An alliance is between two; nobody buys a rival.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.rules import Mechanism, parameter
from sim.units import Flags, PerDyad, PerFirm


class Competition(Mechanism):
    """Price matching, poaching, imitation and alliances between firms. Off unless a scenario switches it on: rivals then only share customers."""

    slot: ClassVar[str] = "competition"
    kind: Literal["co_opetition"] = "co_opetition"
    sources: ClassVar[tuple[str, ...]] = ("porter1980", "brandenburger1996", "kumar1995")
    equation: ClassVar[str] = "cut = matching max(0, 1 - lowest rival price / price);  copied += imitation pace (best rival - own - copied)"

    active: bool = parameter(False, "true: rivals react, copy and ally; false: they meet only in customers' choices", unit="yes/no", origin="assumed")
    floor: float = parameter(0.05, "margin over unit cost below which no price is matched", unit="share", origin="assumed", low=-1.0, high=10.0)
    financial: float = parameter(0.3, "how fast financial bonds are copied with full effort", unit="share/month", origin="assumed", low=0.0, high=1.0)
    social: float = parameter(0.05, "how fast social bonds are copied with full effort", unit="share/month", origin="assumed", low=0.0, high=1.0)
    structural: float = parameter(
        0.01, "how fast structural bonds are copied with full effort", unit="share/month", origin="assumed", low=0.0, high=1.0
    )
    bar: float = parameter(0.12, "readiness times mutual trust from which rivals ally", unit="share", origin="assumed", low=0.0, high=1.0)
    courtship: float = parameter(0.15, "chance that two who could ally do so", unit="probability/month", origin="assumed", low=0.0, high=1.0)
    breach: float = parameter(0.3, "trust below which an alliance ends", unit="share", origin="assumed", low=0.0, high=1.0)
    buying: float = parameter(0.03, "share of unit cost saved by shared purchasing", unit="share", origin="assumed", low=0.0, high=0.9)
    research: float = parameter(
        0.05, "part of the way to perfect quality that shared research goes", unit="share", origin="assumed", low=0.0, high=1.0
    )
    promotion: float = parameter(0.01, "awareness brought by joint promotion", unit="probability/month", origin="assumed", low=0.0, high=1.0)
    truce: bool = parameter(True, "allies leave each other's prices and customers alone", unit="yes/no", origin="assumed")
    leak: float = parameter(0.5, "how much faster an ally copies", unit="ratio", origin="assumed", low=0.0, high=100.0)
    coordination: float = parameter(
        0.01, "cost of an alliance to each ally, as a share of revenue", unit="share", origin="assumed", low=0.0, high=1.0
    )
    ground: float = parameter(0.55, "how a rival is felt that does nothing in particular", unit="share", origin="assumed", low=0.0, high=1.0)
    provoked: float = parameter(1.5, "how much an undercut price is resented", unit="ratio", origin="assumed", low=0.0, high=100.0)
    by_alliance: float = parameter(0.2, "how much an alliance is appreciated", unit="share", origin="assumed", low=0.0, high=1.0)

    def cut(self, price: PerFirm, unit_cost: PerFirm, matching: PerFirm, seen: PerFirm, allied: Flags, present: Flags) -> PerFirm:
        """Return the share by which each list price is lowered to match rivals' prices of last month (``seen``), shape (n_firms,)."""
        others = np.where((present[None, :] > 0) & ((allied == 0) | (not self.truce)), seen[None, :].astype(np.float64), np.inf)
        np.fill_diagonal(others, np.inf)
        lowest = others.min(axis=1)
        gap = np.where(np.isfinite(lowest), np.maximum(1.0 - lowest / np.maximum(price, 1e-9), 0.0), 0.0)
        room = np.maximum(1.0 - unit_cost * (1.0 + self.floor) / np.maximum(price, 1e-9), 0.0)
        return np.minimum(matching * gap, room).astype(np.float32)

    def copied(self, copied: PerDyad, own: PerDyad, imitation: PerFirm, allied: Flags, present: Flags) -> PerDyad:
        """Return what firms have copied of rivals' bonds, (3, n_firms): financial, social, structural; ``own`` likewise."""
        pace = np.array([self.financial, self.social, self.structural])[:, None] * imitation
        pace = np.minimum(pace * (1.0 + self.leak * (allied.sum(axis=1) > 0)), 1.0)
        best = np.repeat(np.where(present[None, None, :] > 0, own[:, None, :], 0.0).max(axis=2), own.shape[1], axis=1)
        return np.asarray(copied + pace * (np.maximum(best - own, 0.0) - copied), np.float32)

    def allies(self, allied: Flags, ready: PerFirm, trust: PerDyad, complementarity: PerDyad, luck: PerDyad, present: Flags) -> NDArray[np.uint8]:
        """Return who is allied with whom, (n_firms, n_firms), symmetric; ``trust`` is [j, k]: k's trust in j; ``luck`` is of pairs."""
        mutual = np.minimum(trust, trust.T)
        both = np.minimum(ready[:, None], ready[None, :]) * trust * trust.T
        here = (present[:, None] > 0) & (present[None, :] > 0)
        pair_luck = np.triu(luck, 1) + np.triu(luck, 1).T
        made = (both >= self.bar) & (pair_luck < self.courtship * (1.0 + complementarity))
        free = allied.sum(axis=1) == 0
        new = np.where((allied > 0) & (mutual >= self.breach) & here & (np.minimum(ready[:, None], ready[None, :]) > 0), 1, 0).astype(np.uint8)
        # An alliance is between two: of the pairs that can ally, luck has the first.
        pairs = sorted(zip(*np.nonzero(np.triu(made & here & (allied == 0), 1)), strict=True), key=lambda pair: pair_luck[pair])
        for j, k in pairs:
            if free[j] and free[k]:
                new[j, k] = new[k, j] = 1
                free[j] = free[k] = False
        return new

    def complementarity(self, quality: PerFirm, reliability: PerFirm) -> PerDyad:
        """Return how far two firms' strengths differ, (n_firms, n_firms), in [0, 1]: what they could give each other."""
        apart = np.abs(quality[:, None] - quality[None, :]) + np.abs(reliability[:, None] - reliability[None, :])
        return np.asarray(np.clip(apart, 0.0, 1.0), np.float32)

    def treatment(self, cut: PerFirm, allied: Flags) -> PerDyad:
        """Return how each firm [j] treated each rival [k] this month, (n_firms, n_firms), in [0, 1]."""
        return np.clip(self.ground - self.provoked * cut[:, None] + self.by_alliance * allied, 0.0, 1.0).astype(np.float32)
