"""Power: the less dependent side gets the better terms; equals negotiate (Emerson 1962; Rubinstein 1982).

Theory
    My power is your dependence on me: what is at stake for you times your lack of alternatives. Unequal information adds to it. Where
    the marketer leads (M > B) or the customer leads (M < B), the leader's share of the joint gain grows with the distance; at parity (M = B)
    they make alternating offers, with a gain from talking about more than price, and may fail to agree. A forbearing firm leads without taking all.
Equation
    Pi_ij = (D_ij + k I_ij) - (D_ji + k I_i)
    D_ij = 1/2 (share of purchases_ij + lock_ij) pull_ij,  lock = 1 - exp(-switching cost_ij);   D_ji = importance_i idle
    M > B if Pi > eps:  share = 1/2 + 1/2 min(1, Pi / full);   M < B if Pi < -eps:  mirrored;   share above 1/2 shrinks by forbearance_j
    M = B: the marketer asks x = (1 - d_B) / (1 - d_M d_B), found by alternating offers over a few rounds under private information
    paid_ij = list_ij + freedom (cost_j + share_ij surplus_ij - list_ij)
Symbols
    pull: share among considered firms, one minus alternatives; I_ij: the firm's knowledge; I_i: transparency; importance: rate over rate plus the
    segment's mean; idle: idle capacity; surplus: what the customer would pay at most, less unit cost; d: patience a round.
Sources
    emerson1962, rubinstein1982, kumar1995
Limits
    Terms are settled after the choice, at the list price of which the choice was made.
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
    idle: np.float32, information: np.float32, transparency: np.float32,
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
            stake = _HALF * (share + _ONE - exp(-held))
            theirs = rate[k] / (rate[k] + mean_rate) * idle
            balance[j, k] = stake * pull[j, k] + information * knowledge[j, k] - theirs - information * transparency
    return balance


@kernel
def _terms(
    balance: PerDyad, list_price: PerDyad, cost: PerFirm, reservation: PerDyad, forbearance: PerFirm, luck: PerCustomer,
    eps: np.float32, full: np.float32, freedom: np.float32, ask: np.float32, marketer: np.float32, customer: np.float32,
    concession: np.float32, privacy: np.float32, gain: np.float32, rounds: np.int64,
    paid: PerDyad, taken: PerDyad, agreed: Flags,
) -> None:  # fmt: skip
    for j in range(balance.shape[0]):
        for k in range(luck.size):
            pi = balance[j, k]
            led = _HALF + _HALF * min(max(pi / full, -_ONE), _ONE)
            led = led - forbearance[j] * max(led - _HALF, _ZERO)
            parity = abs(pi) <= eps
            surplus = max(reservation[j, k] - cost[j], _ZERO)
            joint = surplus * (_ONE + gain) if parity else surplus
            # Her true gain is her own secret: within `privacy` of what the marketer thinks.
            truth = _ONE + privacy * (f32(2.0) * luck[k] - _ONE)
            share = ask
            settled = np.uint8(0)
            offer = ask
            accepted = ask
            for turn in range(rounds):
                if turn % 2 == 0:
                    # The marketer asks; she accepts what leaves her no less than her own next offer would.
                    fine = truth - offer >= customer * (truth - marketer * offer)
                    now = offer
                else:
                    # She offers what the marketer would get by asking again, in her own measure.
                    now = marketer * offer * truth
                    fine = now >= marketer * (offer - concession)
                fresh = np.uint8(fine) & (np.uint8(1) - settled)
                accepted = now if fresh > 0 else accepted
                settled = settled | np.uint8(fine)
                offer = offer - concession if turn % 2 == 1 else offer
            share = accepted if parity else led
            deal = settled if parity else np.uint8(1)
            listed = list_price[j, k]
            settled_price = listed + freedom * (cost[j] + share * joint - listed)
            paid[j, k] = max(settled_price, _ZERO)
            taken[j, k] = min(max((paid[j, k] - cost[j]) / max(joint, _CENT), _ZERO), _ONE)
            agreed[j, k] = deal


@dataclass(frozen=True)
class Terms:
    """What power made of the month's dyads, each of shape (n_firms, n)."""

    balance: PerDyad
    paid: PerDyad
    """Price of one purchase, currency."""
    taken: PerDyad
    """The marketer's share of the joint gain."""
    agreed: Flags


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
        0.15, "how far terms may differ from the list price: 0 posted prices only, 1 all terms are individual", unit="share", origin="assumed",
        low=0.0, high=1.0,
    )
    marketer_patience: float = parameter(0.9, "d_M: the marketer's discount factor a round", unit="share", origin="assumed", low=0.0, high=0.999)
    customer_patience: float = parameter(0.9, "d_B: the customer's discount factor a round", unit="share", origin="assumed", low=0.0, high=0.999)
    rounds: int = parameter(4, "rounds of alternating offers before they part without a deal", unit="rounds", origin="assumed", low=1, high=50)
    privacy: float = parameter(0.3, "how far the customer's true gain may lie from what the marketer thinks", unit="share", origin="assumed", low=0.0, high=1.0)
    concession: float = parameter(0.11, "share of the gain that the marketer gives up after each refusal", unit="share", origin="assumed", low=0.0, high=1.0)
    integrative_gain: float = parameter(0.10, "joint gain added by negotiating about more than price", unit="share", origin="assumed", low=0.0, high=10.0)

    def rubinstein(self) -> float:
        """Return the marketer's share of the gain when it makes the first offer: (1 - d_B) / (1 - d_M d_B)."""
        return (1.0 - self.customer_patience) / (1.0 - self.marketer_patience * self.customer_patience)

    def balance(
        self, purchases: Numbers, pull: PerDyad, lock: PerDyad, current: Marks, knowledge: PerDyad, rate: PerCustomer, mean_rate: float,
        idle: float, transparency: float,
    ) -> PerDyad:  # fmt: skip
        """Return Pi, the marketer's force less the customer's, (n_firms, n). Switched off: 0, parity everywhere."""
        if not self.active:
            return np.zeros_like(pull)
        return _balance(
            purchases, pull, lock, current, knowledge, rate, f32(max(mean_rate, 1e-9)), f32(idle), f32(self.information), f32(transparency)
        )

    def terms(
        self, balance: PerDyad, list_price: PerDyad, cost: PerFirm, reservation: PerDyad, forbearance: PerFirm, luck: PerCustomer
    ) -> Terms:
        """Return the terms that each pair would settle, if it traded. Switched off: the list price."""
        paid, taken, agreed = np.empty_like(balance), np.empty_like(balance), np.empty(balance.shape, np.uint8)
        freedom, eps, gain = (self.freedom, self.eps, self.integrative_gain) if self.active else (0.0, -1.0, 0.0)
        _terms(
            balance, list_price, cost, reservation, forbearance, luck, f32(eps), f32(self.full), f32(freedom), f32(self.rubinstein()),
            f32(self.marketer_patience), f32(self.customer_patience), f32(self.concession), f32(self.privacy), f32(gain),
            np.int64(self.rounds), paid, taken, agreed,
        )  # fmt: skip
        return Terms(balance, paid, taken, agreed)

    def regime(self, balance: PerDyad) -> NDArray[np.int8]:
        """Return who leads each dyad: 1 the marketer (M > B), 0 neither, -1 the customer (M < B)."""
        return (balance > f32(self.eps)).astype(np.int8) - (balance < f32(-self.eps)).astype(np.int8)
