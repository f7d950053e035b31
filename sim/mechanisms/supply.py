"""The supplier market: arm's length against partnership (Morgan & Hunt 1994; Dwyer, Schurr & Oh 1987).

Theory
    At arm's length a firm rebids every month and takes the best price, without memory. In partnership it goes by what a supplier can do, by
    its name and by shared values, stays with few of them, and invests jointly. Partnership lifts quality, punctuality and efficiency; it costs
    money and makes dependent. A supplier from whom too much is taken stops supplying, the sooner the more buyers it has. In a shortage
    partners are served first; a late delivery reaches customers as a failed episode.
Equation
    price_js = c_j (cost_s (1 - thrift B3_js) + (1 - taken_js) (ceiling - cost_s (1 - thrift B3_js)))       (at even terms about c_j)
    a_js = -keen (1 - p_j / 2) (ln price_js + bid_js) + p_j (fit quality_js + by_name T_js + by_values (1 - |v_j - v_s|) + by_tie (C_js + B3_js) / 2)
    target_js = a softmax over suppliers who deliver;   w += (1 - hold p_j) (target - w)
    quality_js = q_s + joint B3_js (1 - q_s);   P(late) = (1 - r_s) (1 - joint B3_js);   short_js = unserved part of the order
    P(stops) = quits max(0, least - S_js) / least (1 - D_sj)
Symbols
    c_j: the firm's unit cost at even terms; taken: the firm's share of the gain; p_j: partnership; B3: joint investment, which grows with the
    share of orders; T, C: the firm's trust and commitment; S_js: the supplier's satisfaction; D_sj: the firm's share of its sales;
    w: share of the firm's orders; bid: luck of this month's bid, +- spread.
Sources
    dwyer1987, morgan1994, emerson1962
Limits
    Suppliers do not know each other, and do not invest on their own.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.rules import Mechanism, parameter
from sim.units import Flags, PerCustomer, PerDyad, PerFirm

_LEAST = 1e-9


class Supply(Mechanism):
    """Who supplies whom, at what price, how well and how punctually."""

    slot: ClassVar[str] = "supply"
    kind: Literal["sourcing"] = "sourcing"
    sources: ClassVar[tuple[str, ...]] = ("dwyer1987", "morgan1994", "emerson1962")
    equation: ClassVar[str] = "price = c (cost + (1 - taken) (ceiling - cost));  orders follow price at arm's length, the tie in partnership"

    ceiling: float = parameter(
        1.25, "price, over the unit cost at even terms, at which a firm would buy elsewhere", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    keen: float = parameter(12.0, "how sharply orders follow price at arm's length", unit="ratio", origin="assumed", low=0.0, high=1e3)
    spread: float = parameter(0.05, "half-width of the luck in a month's bid", unit="share", origin="assumed", low=0.0, high=1.0)
    fit: float = parameter(20.0, "weight of quality in a partner's choice of supplier", unit="ratio", origin="assumed", low=0.0, high=1e3)
    by_name: float = parameter(2.0, "weight of the supplier's name: trust in it", unit="ratio", origin="assumed", low=0.0, high=1e3)
    by_values: float = parameter(1.0, "weight of values that both share", unit="ratio", origin="assumed", low=0.0, high=1e3)
    by_tie: float = parameter(8.0, "weight of the tie: commitment and joint investment", unit="ratio", origin="assumed", low=0.0, high=1e3)
    hold: float = parameter(
        0.9, "part of last month's orders that full partnership leaves where they were", unit="share", origin="assumed", low=0.0, high=1.0
    )
    joint: float = parameter(
        0.5, "part of the way to perfect quality and punctuality that full joint investment goes", unit="share", origin="assumed", low=0.0, high=1.0
    )
    thrift: float = parameter(0.06, "part of a supplier's cost saved by full joint investment", unit="share", origin="assumed", low=0.0, high=1.0)
    weight: float = parameter(
        0.5, "how far the quality of supplies carries over to the firm's own", unit="ratio", origin="assumed", low=0.0, high=2.0
    )
    neutral: float = parameter(0.65, "quality of supplies that leaves the firm's own as it is", unit="share", origin="assumed", low=0.0, high=1.0)
    harm: float = parameter(
        0.4, "share of reliability lost in a month in which every order is late", unit="share", origin="assumed", low=0.0, high=1.0
    )
    ground: float = parameter(0.45, "how a firm does as a customer that orders here and there", unit="share", origin="assumed", low=0.0, high=1.0)
    by_steady: float = parameter(0.12, "what steady orders add", unit="share", origin="assumed", low=0.0, high=1.0)
    by_talk: float = parameter(0.10, "what full dialogue adds", unit="share", origin="assumed", low=0.0, high=1.0)
    quits: float = parameter(
        0.15, "chance that a wholly dissatisfied supplier with other buyers stops supplying", unit="probability/month", origin="assumed",
        low=0.0, high=1.0,
    )  # fmt: skip
    least: float = parameter(0.45, "satisfaction below which a supplier thinks of stopping", unit="share", origin="assumed", low=0.01, high=1.0)
    grudge: float = parameter(24.0, "time until a supplier that stopped would supply again", unit="months", origin="assumed", low=0.0, high=1200.0)
    dearth: float = parameter(
        0.5, "reliability of what a firm gets that no supplier will serve, relative to its own", unit="share", origin="assumed", low=0.0, high=1.0
    )
    partnership_cost: float = parameter(
        0.01, "cost of full partnership with all suppliers, as a share of what is bought", unit="share", origin="assumed", low=0.0, high=1.0
    )
    talk_cost: float = parameter(
        0.002, "cost of full dialogue with suppliers, as a share of what is bought", unit="share", origin="assumed", low=0.0, high=1.0
    )

    def price(self, unit_cost: PerFirm, cost: PerCustomer, invested: PerDyad, taken: PerDyad) -> tuple[PerDyad, PerDyad]:
        """Return what a unit costs each firm, and each supplier's own cost of it, currency, (n_firms, n_suppliers)."""
        own = unit_cost[:, None] * cost[None, :] * (1.0 - self.thrift * invested)
        most = np.maximum(unit_cost[:, None] * self.ceiling, own)
        return (own + (1.0 - taken) * (most - own)).astype(np.float32), own.astype(np.float32)

    def quality(self, quality: PerCustomer, invested: PerDyad) -> PerDyad:
        """Return the quality of supplies, (n_firms, n_suppliers)."""
        return np.asarray(quality + self.joint * invested * (1.0 - quality), np.float32)

    def pull(
        self, price: PerDyad, luck: PerCustomer, partnership: PerFirm, quality: PerDyad, trust: PerDyad, tie: PerDyad, likeness: PerDyad,
        serves: Flags,
    ) -> PerDyad:  # fmt: skip
        """Return the shares in which firms would order anew, (n_firms, n_suppliers); rows sum to 1, or to 0 where nobody serves a firm."""
        p = partnership[:, None].astype(np.float64)
        bid = self.spread * (2.0 * luck - 1.0)
        score = -self.keen * (1.0 - 0.5 * p) * (np.log(np.maximum(price, _LEAST)) + bid)
        score += p * (self.fit * quality + self.by_name * trust + self.by_values * likeness + self.by_tie * tie)
        score = np.where(serves > 0, score, -np.inf)
        best = score.max(axis=1, keepdims=True)
        weight = np.where(serves > 0, np.exp(score - np.where(np.isfinite(best), best, 0.0)), 0.0)
        return np.asarray(weight / np.maximum(weight.sum(axis=1, keepdims=True), _LEAST), np.float32)

    def orders(self, orders: PerDyad, pull: PerDyad, partnership: PerFirm, serves: Flags) -> PerDyad:
        """Return the shares of each firm's orders, (n_firms, n_suppliers); rows sum to 1, or to 0 where nobody serves a firm."""
        kept = np.where(serves > 0, orders, 0.0)
        hold = self.hold * partnership[:, None] * (kept.sum(axis=1, keepdims=True) > 0.5)
        mixed = hold * kept / np.maximum(kept.sum(axis=1, keepdims=True), _LEAST) + (1.0 - hold) * pull
        return np.asarray(mixed / np.maximum(mixed.sum(axis=1, keepdims=True), _LEAST) * (serves.max(axis=1, keepdims=True) > 0), np.float32)

    def short(self, ordered: PerDyad, capacity: PerCustomer, commitment: PerDyad) -> PerDyad:
        """Return the unserved share of each order when capacity does not suffice, (n_firms, n_suppliers): partners are served first."""
        demand = ordered.sum(axis=0)
        left = np.minimum(capacity, demand).astype(np.float64)
        served = ordered.astype(np.float64)
        for s in np.flatnonzero(demand > left):
            # Rationing in the order of commitment: whoever is more of a partner is served whole before the next; equals alike.
            for level in -np.unique(-commitment[:, s]):
                equals = commitment[:, s] == level
                wanted = float(ordered[equals, s].sum())
                given = min(wanted, float(left[s]))
                served[equals, s] = ordered[equals, s] * (given / wanted if wanted > 0.0 else 0.0)
                left[s] -= given
        return np.asarray(np.where(ordered > 0, 1.0 - served / np.maximum(ordered, _LEAST), 0.0), np.float32)

    def late(self, luck: PerDyad, reliability: PerCustomer, invested: PerDyad, months: float) -> Flags:
        """Return who delivers late this month, (n_firms, n_suppliers)."""
        chance = (1.0 - reliability) * (1.0 - self.joint * invested) * min(months, 1.0)
        return (luck < chance).astype(np.uint8)

    def treatment(self, before: PerDyad, orders: PerDyad, dialogue: PerDyad) -> PerDyad:
        """Return how firms did as customers of their suppliers, (n_firms, n_suppliers): steady orders, and being told what comes."""
        steady = 1.0 - np.minimum(np.abs(orders - before) / np.maximum(np.maximum(orders, before), _LEAST), 1.0)
        return np.asarray(np.clip(self.ground + self.by_steady * steady + self.by_talk * dialogue, 0.0, 1.0), np.float32)

    def stops(self, luck: PerDyad, satisfaction: PerDyad, dependence: PerDyad) -> NDArray[np.bool_]:
        """Return which suppliers stop supplying which firm, (n_firms, n_suppliers)."""
        chance = self.quits * np.maximum(self.least - satisfaction, 0.0) / self.least * (1.0 - np.clip(dependence, 0.0, 1.0))
        return np.asarray(luck < chance)

    def delivered(self, orders: PerDyad, price: PerDyad, quality: PerDyad, late: PerDyad, unit_cost: PerFirm) -> tuple[PerFirm, PerFirm, PerFirm]:
        """Return what supplies make of each firm's unit cost (currency), quality (added) and reliability (factor), each (n_firms,).

        ``late`` is the share of each order that is late or short. A firm that nobody serves buys at the ceiling, as it comes.
        """
        served = orders.sum(axis=1) > 0.5
        cost = np.where(served, (orders * price).sum(axis=1), unit_cost * self.ceiling)
        better = np.where(served, self.weight * ((orders * quality).sum(axis=1) - self.neutral), -self.weight * self.neutral * (1.0 - self.dearth))
        whole = np.where(served, 1.0 - self.harm * (orders * late).sum(axis=1), self.dearth)
        return cost.astype(np.float32), better.astype(np.float32), whole.astype(np.float32)

    def cost(self, bought: PerFirm, partnership: PerFirm, dialogue: PerFirm) -> PerFirm:
        """Return the cost of relations with suppliers this month, currency, shape (n_firms,)."""
        return np.asarray(bought * (self.partnership_cost * partnership + self.talk_cost * dialogue), np.float32)
