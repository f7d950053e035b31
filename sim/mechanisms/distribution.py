"""The distributor market: shelf for margin, trust and support (El-Ansary & Stern 1972; Morgan & Hunt 1994).

Theory
    Customers shop at distributors; what is not on their shelf is not considered. A distributor gives shelf to firms that leave it margin,
    that it trusts, that support it, and whose goods people come for. Shelf is scarce: what one firm holds another lacks, so that who owns the
    channel keeps entrants out. A firm may also build a channel of its own.
Equation
    margin_jd = handling + (1 - taken_jd) (most - handling)
    a_jd = exp(by_margin (margin_jd - even) + by_tie C_jd + by_support support_j + by_demand share_jd)
    target_jd = 1 - exp(-space n a_jd / sum_k a_kd);   shelf += pace (target - shelf)
    found_ij = own channel_j or shelf_jd(i), by one draw a month
Symbols
    taken: the firm's share of the gain; C: the distributor's commitment; share_jd: the firm's share of the distributor's sales; n: firms;
    d(i): where customer i shops, drawn once by reach; even: margin at even terms; all shares.
Sources
    elansary1972, morgan1994, emerson1962
Limits
    Customers do not change where they shop; contracts need no shelf once they run.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerCustomer, PerDyad, PerFirm, Sums

_ONE = f32(1.0)
_ZERO = f32(0.0)
_LEAST = 1e-9


@kernel
def _outlet(luck: PerCustomer, ends: PerCustomer) -> Flags:
    outlet = np.zeros(luck.size, np.uint8)
    for d in range(ends.size - 1):
        for k in range(luck.size):
            outlet[k] += np.uint8(luck[k] >= ends[d])
    return outlet


@kernel
def _found(luck: PerDyad, outlet: Flags, shelf: PerDyad, direct: PerFirm) -> Flags:
    found = np.empty(luck.shape, np.uint8)
    for j in range(luck.shape[0]):
        for k in range(luck.shape[1]):
            chance = _ONE - (_ONE - shelf[j, outlet[k]]) * (_ONE - direct[j])
            found[j, k] = np.uint8(luck[j, k] < chance)
    return found


@kernel
def _through(outlet: Flags, bought: PerDyad, paid: PerDyad, shelf: PerDyad, direct: PerFirm) -> Sums:
    sums = np.zeros((2, bought.shape[0], shelf.shape[1]), np.int64)
    for j in range(bought.shape[0]):
        for k in range(bought.shape[1]):
            d = outlet[k]
            chance = _ONE - (_ONE - shelf[j, d]) * (_ONE - direct[j])
            # Of purchases that either channel could have made, those that the shelf alone did not are the firm's own.
            via = shelf[j, d] / max(chance, f32(1e-9)) if bought[j, k] > _ZERO else _ZERO
            sums[0, j, d] += np.int64(np.rint(f32(1e6) * via * bought[j, k]))
            sums[1, j, d] += np.int64(np.rint(f32(1e6) * via * paid[j, k] * bought[j, k]))
    return sums


class Distribution(Mechanism):
    """Shelf, margin and the firm's own channel: who finds what where."""

    slot: ClassVar[str] = "distribution"
    kind: Literal["shelf"] = "shelf"
    sources: ClassVar[tuple[str, ...]] = ("elansary1972", "morgan1994", "emerson1962")
    equation: ClassVar[str] = "shelf += pace (1 - exp(-space n a / sum a) - shelf);  a = exp(margin + commitment + support + demand)"

    handling: float = parameter(
        0.03, "a distributor's own cost of handling, as a share of the price", unit="share", origin="assumed", low=0.0, high=0.9
    )
    most: float = parameter(
        0.09, "margin at which a firm would rather sell elsewhere, as a share of the price", unit="share", origin="assumed", low=0.0, high=0.9
    )
    space: float = parameter(
        2.5, "shelf space for each firm: an equal firm is found with chance 1 - exp(-space)", unit="ratio", origin="assumed", low=0.0, high=100.0
    )
    by_margin: float = parameter(8.0, "weight of the margin in shelf", unit="ratio", origin="assumed", low=0.0, high=1e3)
    by_tie: float = parameter(1.5, "weight of the distributor's commitment in shelf", unit="ratio", origin="assumed", low=0.0, high=1e3)
    by_support: float = parameter(0.6, "weight of support in shelf", unit="ratio", origin="assumed", low=0.0, high=1e3)
    by_demand: float = parameter(2.0, "weight of what people come for in shelf", unit="ratio", origin="assumed", low=0.0, high=1e3)
    pace: float = parameter(0.2, "how fast shelf follows", unit="share/month", origin="assumed", low=0.0, high=1.0)
    ground: float = parameter(0.5, "how a firm does that only delivers", unit="share", origin="assumed", low=0.0, high=1.0)
    supported: float = parameter(0.12, "what full support adds", unit="share", origin="assumed", low=0.0, high=1.0)
    by_talk: float = parameter(0.06, "what full dialogue adds", unit="share", origin="assumed", low=0.0, high=1.0)
    by_values: float = parameter(0.06, "what shared values add", unit="share", origin="assumed", low=0.0, high=1.0)
    least: float = parameter(
        0.35, "satisfaction below which a distributor takes a firm off its shelf", unit="share", origin="assumed", low=0.0, high=1.0
    )
    support_cost: float = parameter(
        0.01, "cost of full support, as a share of what is sold through distributors", unit="share", origin="assumed", low=0.0, high=1.0
    )
    talk_cost: float = parameter(
        0.002, "cost of full dialogue, as a share of what is sold through distributors", unit="share", origin="assumed", low=0.0, high=1.0
    )
    direct_cost: float = parameter(
        0.02,
        "cost of an own channel that reaches everybody, for each customer in the market",
        unit="currency/month",
        origin="assumed",
        low=0.0,
        high=1e3,
    )

    def outlet(self, luck: PerCustomer, reach: PerCustomer) -> Flags:
        """Return where each customer shops, an index of the distributors, shape (n,); ``reach`` are weights, shape (n_distributors,)."""
        ends = np.cumsum(reach.astype(np.float64))
        return _outlet(luck, (ends / ends[-1]).astype(np.float32))

    def found(self, luck: PerDyad, outlet: Flags, shelf: PerDyad, direct: PerFirm) -> Flags:
        """Return which firms each customer finds this month, (n_firms, n)."""
        return _found(luck, outlet, shelf, direct)

    def through(self, outlet: Flags, bought: PerDyad, paid: PerDyad, shelf: PerDyad, direct: PerFirm) -> Sums:
        """Return purchases and revenue through each distributor, in millionths, (2, n_firms, n_distributors)."""
        return _through(outlet, bought, paid, shelf, direct)

    def margin(self, taken: PerDyad) -> PerDyad:
        """Return the distributors' margins, shares of the price, (n_firms, n_distributors)."""
        return np.asarray(self.handling + (1.0 - taken) * max(self.most - self.handling, 0.0), np.float32)

    def treatment(self, support: PerFirm, dialogue: PerDyad, likeness: PerDyad) -> PerDyad:
        """Return how firms did as suppliers of their distributors, (n_firms, n_distributors): support, dialogue, values."""
        did = self.ground + self.supported * support[:, None] + self.by_talk * dialogue + self.by_values * (likeness - 0.5)
        return np.asarray(np.clip(did, 0.0, 1.0), np.float32)

    def target(self, margin: PerDyad, commitment: PerDyad, support: PerFirm, share: PerDyad, satisfaction: PerDyad, present: Flags) -> PerDyad:
        """Return the shelf that distributors would give, (n_firms, n_distributors), in [0, 1)."""
        n = len(margin)
        even = 0.5 * (self.handling + self.most)
        score = self.by_margin * (margin - even) + self.by_tie * commitment + self.by_support * support[:, None] + self.by_demand * share
        pull = np.where((present[:, None] > 0) & (satisfaction >= self.least), np.exp(score), 0.0)
        return np.asarray(1.0 - np.exp(-self.space * n * pull / np.maximum(pull.sum(axis=0, keepdims=True), _LEAST)), np.float32)

    def shelf(self, shelf: PerDyad, target: PerDyad) -> PerDyad:
        """Return this month's shelf, (n_firms, n_distributors)."""
        return np.asarray(shelf + self.pace * (target - shelf), np.float32)

    def availability(self, shelf: PerDyad, reach: PerCustomer, direct: PerFirm) -> PerFirm:
        """Return the chance that a customer finds each firm, averaged over where customers shop, shape (n_firms,)."""
        weight = reach / reach.sum()
        return np.asarray(1.0 - (1.0 - shelf @ weight) * (1.0 - direct), np.float32)

    def cost(self, sold: PerFirm, support: PerFirm, dialogue: PerFirm) -> PerFirm:
        """Return what relations with distributors cost this month, currency, shape (n_firms,)."""
        return np.asarray(sold * (self.support_cost * support + self.talk_cost * dialogue), np.float32)

    def channel(self, direct: PerFirm, customers: float) -> PerFirm:
        """Return what the firms' own channels cost this month, currency, shape (n_firms,)."""
        return np.asarray(self.direct_cost * direct * customers, np.float32)
