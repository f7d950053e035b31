"""Power: the less dependent side gets the better terms; equals negotiate (Emerson 1962; Rubinstein 1982).

Theory
    My power is your dependence on me: what is at stake for you times your lack of alternatives. Unequal information adds to it. Where
    the marketer leads (M > B) or the customer leads (M < B), the leader's share of the joint gain grows with the distance; at parity (M = B)
    they make alternating offers, with a gain from talking about more than price, and may fail to agree. A forbearing firm leads without taking all.
Equation
    Pi_ij = (D_ij + k I_ij) - (D_ji + k I_i)
    D_ij = 1/2 (share of purchases_ij + lock_ij) pull_ij,  lock = 1 - exp(-switching cost_ij);   D_ji = importance_i idle_j
    (both with the moves towards balance, see balancing; share <= cap_j, where an authority caps it)
    M > B if Pi > eps:  share = 1/2 + 1/2 min(1, Pi / full);   M < B if Pi < -eps:  mirrored;   share above 1/2 shrinks by forbearance_j
    M = B: alternating offers over a few rounds; the marketer opens with x = (1 - d_B) / (1 - d_M d_B) and comes down by a concession after
    each counter-offer that it refuses; the customer's true gain is her secret, within privacy of what the marketer thinks; no deal after
    the last round;  the joint gain is (1 + integrative gain) surplus
    paid_ij = max(0, price_j + freedom (cost_j + share_ij gain_ij - price_j));   taken_ij = (paid_ij - cost_j) / gain_ij, within [0, 1]
Symbols
    pull: share among considered firms, one minus alternatives; switching cost: counts for the current provider only; I_ij: the firm's
    knowledge; I_i: transparency; importance: rate over rate plus the segment's mean; idle: idle capacity; surplus, gain: what the
    customer would pay at most, less unit cost; price_j: list price less discount; d: patience a round.
Sources
    emerson1962, rubinstein1982, kumar1995
Limits
    Terms are settled after the choice, which was made at list price less rebates; rebates are paid on top of the settled price.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.customers import Numbers
from sim.kernels import exp, f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, Marks, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
_HALF = f32(0.5)
_CENT = f32(0.01)
LEADS, PARITY, FOLLOWS = 1, 0, -1
"""Regime from the marketer's side: M > B, M = B, M < B."""


@kernel
def _balance(
    purchases: Numbers, pull: PerDyad, lock: PerDyad, current: Marks, knowledge: PerDyad, rate: PerCustomer, mean_rate: np.float32,
    information: np.float32, marketed: PerFirm, idle: PerFirm, against: PerFirm,
) -> PerDyad:  # fmt: skip
    n = rate.size
    total = np.zeros(n, np.float32)
    for j in range(purchases.shape[0]):
        bought = purchases[j]
        for k in range(n):
            total[k] += f32(np.int32(bought[k]))
    balance = np.empty(pull.shape, np.float32)
    for j in range(purchases.shape[0]):
        for k in range(n):
            share = f32(np.int32(purchases[j, k])) / max(total[k], _ONE)
            held = lock[j, k] if current[k] == j else _ZERO
            stake = _HALF * (share + _ONE - exp(-held)) * marketed[j]
            theirs = rate[k] / (rate[k] + mean_rate) * idle[j]
            balance[j, k] = stake * pull[j, k] + information * knowledge[j, k] - theirs - against[j]
    return balance


@kernel
def _bargain(luck: PerCustomer, privacy: np.float32, least: PerFirm, asked: PerFirm, offered: PerFirm, share: PerCustomer, settled: Flags) -> None:
    for k in range(luck.size):
        share[k] = _ZERO
        settled[k] = np.uint8(0)
    # Backwards through the rounds: what an earlier round settles stands.
    for back in range(least.size):
        turn = least.size - 1 - back
        for k in range(luck.size):
            # Her true gain is her own secret: within `privacy` of what the marketer thinks.
            truth = _ONE + privacy * (f32(2.0) * luck[k] - _ONE)
            accepted = truth >= least[turn]
            share[k] = asked[turn] + offered[turn] * truth if accepted else share[k]
            settled[k] |= np.uint8(accepted)


@kernel
def _terms(
    balance: PerDyad, price: PerFirm, cost: PerFirm, reservation: PerDyad, forbearance: PerFirm, share: PerCustomer, settled: Flags,
    eps: np.float32, full: np.float32, freedom: np.float32, gain: np.float32, cap: PerFirm, paid: PerDyad, taken: PerDyad, agreed: Flags,
) -> None:  # fmt: skip
    for j in range(balance.shape[0]):
        force = balance[j]
        most = reservation[j]
        listed = price[j]
        goods = cost[j]
        unused = forbearance[j]
        allowed = cap[j]
        pays = paid[j]
        takes = taken[j]
        deal = agreed[j]
        for k in range(share.size):
            led = _HALF + _HALF * min(max(force[k] / full, -_ONE), _ONE)
            led = led - unused * max(led - _HALF, _ZERO)
            parity = abs(force[k]) <= eps
            surplus = max(most[k] - goods, _ZERO)
            joint = surplus * (_ONE + gain) if parity else surplus
            part = min(share[k] if parity else led, allowed)
            unsettled = parity & (settled[k] == 0)
            move = _ZERO if unsettled else freedom * (goods + part * joint - listed)
            settled_price = max(listed + move, _ZERO)
            pays[k] = settled_price
            takes[k] = min(max((settled_price - goods) / max(joint, _CENT), _ZERO), _ONE)
            deal[k] = settled[k] if parity else np.uint8(1)


@kernel
def _close(bought: PerDyad, agreed: Flags, open_terms: Flags) -> PerDyad:
    closed = np.empty_like(bought)
    for j in range(bought.shape[0]):
        quantity = bought[j]
        deal = agreed[j]
        out = closed[j]
        for k in range(quantity.size):
            refused = (quantity[k] > _ZERO) & (deal[k] == 0) & (open_terms[k] > 0)
            deal[k] = np.uint8(2) if refused else deal[k]
            out[k] = _ZERO if refused else quantity[k]
    return closed


@dataclass(frozen=True)
class Sides:
    """What the two sides of a firm's dyads with a segment have in common, each of shape (n_firms,)."""

    marketed: PerFirm
    """Factor on customers' dependence: what their moves towards balance leave of it."""
    idle: PerFirm
    """Idle capacity, with the firm's own moves."""
    against: PerFirm
    """Force of customers besides their custom: k times transparency, status and coalitions."""


@dataclass(frozen=True)
class Terms:
    """What power made of the month's dyads, each of shape (n_firms, n)."""

    balance: PerDyad
    paid: PerDyad
    """Price of one purchase, currency."""
    taken: PerDyad
    """The marketer's share of the joint gain."""
    agreed: Flags
    """1 where they would come to terms, 0 where not, 2 where a purchase was lost for want of agreement."""
    bought: PerDyad
    """Purchases that came about."""


class Power(Mechanism):
    """Terms follow the balance of dependence and information; equals negotiate."""

    slot: ClassVar[str] = "power"
    kind: Literal["dependence"] = "dependence"
    sources: ClassVar[tuple[str, ...]] = ("emerson1962", "rubinstein1982", "kumar1995")
    equation: ClassVar[str] = "Pi = (D_ij + k I_ij) - (D_ji + k I_i);  M > B if Pi > eps, M = B if |Pi| <= eps, M < B if Pi < -eps"

    information: float = parameter(0.5, "k: weight of information against dependence", unit="ratio", origin="assumed", low=0.0, high=10.0)
    eps: float = parameter(0.10, "largest imbalance that still counts as parity", unit="share", origin="assumed", low=0.0, high=2.0)
    full: float = parameter(1.0, "imbalance at which the leader could take everything", unit="share", origin="assumed", low=0.01, high=10.0)
    freedom: float = parameter(
        0.15,
        "how far terms may differ from the list price: 0 posted prices only, 1 all terms are individual",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )
    marketer_patience: float = parameter(0.9, "d_M: the marketer's discount factor a round", unit="share", origin="assumed", low=0.0, high=0.999)
    customer_patience: float = parameter(0.9, "d_B: the customer's discount factor a round", unit="share", origin="assumed", low=0.0, high=0.999)
    rounds: int = parameter(4, "rounds of alternating offers before they part without a deal", unit="rounds", origin="assumed", low=1, high=50)
    privacy: float = parameter(
        0.3, "how far the customer's true gain may lie from what the marketer thinks", unit="share", origin="assumed", low=0.0, high=1.0
    )
    concession: float = parameter(
        0.11,
        "share of the gain that the marketer comes down by after each counter-offer that it refuses",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )
    integrative_gain: float = parameter(
        0.10, "joint gain added by negotiating about more than price", unit="share", origin="assumed", low=0.0, high=10.0
    )

    def sides(self, idle: float, transparency: PerFirm, marketed: PerFirm, marketer: PerFirm, added: PerFirm) -> Sides:
        """Return what firms' dyads with a segment have in common; the last three are what balancing moves do, each (n_firms,)."""
        against = f32(self.information) * transparency + added
        return Sides(np.asarray(marketed, np.float32), np.asarray(f32(idle) * marketer, np.float32), np.asarray(against, np.float32))

    def rubinstein(self) -> float:
        """Return the marketer's share of the gain when it makes the first offer: (1 - d_B) / (1 - d_M d_B)."""
        return (1.0 - self.customer_patience) / (1.0 - self.marketer_patience * self.customer_patience)

    def balance(
        self, purchases: Numbers, pull: PerDyad, lock: PerDyad, current: Marks, knowledge: PerDyad, rate: PerCustomer, mean_rate: float,
        sides: Sides,
    ) -> PerDyad:  # fmt: skip
        """Return Pi, the marketer's force less the customer's, (n_firms, n). Switched off: 0, parity everywhere."""
        if not self.active:
            return np.zeros_like(pull)
        return _balance(
            purchases, pull, lock, current, knowledge, rate, f32(max(mean_rate, 1e-9)), f32(self.information), sides.marketed, sides.idle,
            sides.against,
        )  # fmt: skip

    def importance(self, rate: PerCustomer, mean_rate: float) -> PerCustomer:
        """Return how much a firm would miss each customer, apart from its idle capacity, shape (n,), in [0, 1]."""
        return rate / (rate + f32(max(mean_rate, 1e-9)))

    def compare(self, dependence: PerDyad, firm_information: PerDyad, firm_dependence: PerDyad, information: PerDyad) -> PerDyad:
        """Return Pi of partner dyads, (n_firms, n_partners), from dependence and information each way. Switched off: 0."""
        if not self.active:
            return np.zeros_like(dependence)
        return np.asarray((dependence + self.information * firm_information) - (firm_dependence + self.information * information), np.float32)

    def split(self, balance: PerDyad, forbearance: PerFirm, luck: PerCustomer) -> tuple[PerDyad, Flags]:
        """Return the marketer's share of the gain in partner dyads, and who agreed, (n_firms, n_partners): all terms are individual.

        The same rounds of offers as with customers, over a gain of 1. Switched off: half each.
        """
        even = np.zeros(balance.shape[0], np.float32)
        free = self.model_copy(update={"freedom": 1.0})
        wanted = np.ones_like(balance)
        terms = free.terms(balance, even + f32(0.5), even, wanted, forbearance, luck, wanted, np.ones(luck.size, np.uint8), even + f32(1.0))
        agreed = (terms.agreed == 1).astype(np.uint8)
        return np.where(agreed > 0, terms.taken, f32(0.5)), agreed

    def bargaining(self) -> tuple[PerFirm, PerFirm, PerFirm]:
        """Return the rounds of alternating offers, each of shape (rounds,).

        First the least true gain (1 is what the marketer thinks) with which a round ends in agreement, then the marketer's share there: a
        constant (the marketer asks) plus a multiple of the true gain (the customer offers). The customer accepts what leaves her no less
        than her own next offer would; the marketer accepts what comes within a concession of asking again.
        """
        d_m, d_b, ask = self.marketer_patience, self.customer_patience, self.rubinstein()
        least, asked, offered = [], [], []
        for turn in range(self.rounds):
            if turn % 2 == 0:
                least.append(ask * (1.0 - d_m * d_b) / (1.0 - d_b))
                asked.append(ask)
                offered.append(0.0)
            else:
                least.append((ask - self.concession) / ask)
                asked.append(0.0)
                offered.append(d_m * ask)
                ask = max(ask - self.concession, 1e-6)
        # Whoever is indifferent accepts: without private information the first offer stands.
        return np.array(least, np.float32) - f32(1e-6), np.array(asked, np.float32), np.array(offered, np.float32)

    def terms(
        self, balance: PerDyad, price: PerFirm, cost: PerFirm, reservation: PerDyad, forbearance: PerFirm, luck: PerCustomer,
        bought: PerDyad, open_terms: Flags, cap: PerFirm,
    ) -> Terms:  # fmt: skip
        """Settle this month's terms. Switched off: the list price, and no negotiation. ``cap`` is the most that a firm may take, a share.

        Where ``open_terms`` (n,) is 1, a failed negotiation ends in no purchase; under a running contract the list price stays.
        """
        paid, taken, agreed = np.empty_like(balance), np.empty_like(balance), np.empty(balance.shape, np.uint8)
        share, settled = np.empty_like(luck), np.empty(luck.size, np.uint8)
        least, asked, offered = self.bargaining()
        _bargain(luck, f32(self.privacy), least, asked, offered, share, settled)
        freedom, eps, gain = (self.freedom, self.eps, self.integrative_gain) if self.active else (0.0, -1.0, 0.0)
        _terms(
            balance, price, cost, reservation, forbearance, share, settled, f32(eps), f32(self.full), f32(freedom), f32(gain), cap,
            paid, taken, agreed,
        )  # fmt: skip
        return Terms(balance, paid, taken, agreed, _close(bought, agreed, open_terms))

    def regime(self, balance: PerDyad) -> NDArray[np.int8]:
        """Return who leads each dyad: 1 the marketer (M > B), 0 neither, -1 the customer (M < B)."""
        return (balance > f32(self.eps)).astype(np.int8) - (balance < f32(-self.eps)).astype(np.int8)
