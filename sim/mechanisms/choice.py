"""Choice: which firm gets the purchase, a multinomial logit with an outside option (McFadden 1974).

Theory
    Customers weigh perceived value, commitment, the cost of switching, reputation and a stable taste of their own; those who
    want deals weigh value more, those who want relations weigh commitment. A good contact of the month reminds and obliges, a bad one
    repels. In routine the current provider is taken unasked.
Equation
    V_ij = b_v w_s (1 + deal (1 - R_i)) ln CPV_ij + b_c R_i C_ij + b_x x_ij + b_r (rep_ij - 1/2) + brand_j + closing pressure_j + taste_ij
    + s_ij [j = current]
    s_ij = switching cost + lock_in B3_ij + forfeit reward_j tier_ij
    P_ij = exp V_ij / (exp V_0 + sum over considered k of exp V_ik)
Symbols
    V: utility; R_i: relational orientation; w_s: price sensitivity of the segment; C: commitment; x: effect of the month's contacts, as if the
    period were a month; rep: reputation; B3: structural bond;
    tier: standing in the firm's programme.
Sources
    mcfadden1974, guadagni1983, jackson1985, godfrey2011
Limits
    All purchases of one month meet the same probabilities.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.kernels import exp, f32, kernel, log
from sim.rules import Mechanism, parameter
from sim.units import Counts, Flags, Marks, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_HALF = f32(0.5)
_ZERO = f32(0.0)
_TINY = f32(1e-30)
_TASTE_STEP = f32(0.001)


@kernel
def _lock(structural: PerDyad, tier: PerDyad, forfeit: PerFirm, lock_in: np.float32, switching_cost: np.float32) -> PerDyad:
    lock = np.empty_like(tier)
    for j in range(tier.shape[0]):
        bond = structural[j]
        standing = tier[j]
        out = lock[j]
        for k in range(bond.size):
            out[k] = switching_cost + lock_in * bond[k] + forfeit[j] * standing[k]
    return lock


@kernel
def _utility(
    value: PerDyad, commitment: PerDyad, reputation: PerDyad, contact: PerDyad, taste: NDArray[np.int16], lock: PerDyad, brand: PerFirm,
    current: Marks, orientation: PerCustomer, value_weight: np.float32, deal: np.float32, commitment_weight: np.float32,
    reputation_weight: np.float32, contact_weight: np.float32,
) -> PerDyad:  # fmt: skip
    utility = np.empty_like(value)
    for j in range(value.shape[0]):
        worth = value[j]
        commit = commitment[j]
        name = reputation[j]
        spoken = contact[j]
        liking = taste[j]
        held = lock[j]
        out = utility[j]
        for k in range(worth.size):
            r = orientation[k]
            u = value_weight * (_ONE + deal * (_ONE - r)) * log(worth[k])
            u += commitment_weight * r * commit[k] + reputation_weight * (name[k] - _HALF) + contact_weight * spoken[k]
            u += brand[j] + f32(liking[k]) * _TASTE_STEP
            out[k] = u + (held[k] if current[k] == j else _ZERO)
    return utility


@kernel
def _probability(utility: PerDyad, aware: Flags, again: Flags, current: Marks, outside: np.float32, pull: PerDyad) -> PerDyad:
    n = again.size
    highest = np.full(n, outside, np.float32)
    for j in range(utility.shape[0]):
        u = utility[j]
        known = aware[j]
        for k in range(n):
            highest[k] = max(highest[k], u[k]) if known[k] > 0 else highest[k]
    probability = np.empty_like(utility)
    total = np.zeros(n, np.float32)
    for j in range(utility.shape[0]):
        u = utility[j]
        known = aware[j]
        weight = probability[j]
        for k in range(n):
            weight[k] = exp(u[k] - highest[k]) if known[k] > 0 else _ZERO
            total[k] += weight[k]
    for j in range(utility.shape[0]):
        weight = probability[j]
        share = pull[j]
        for k in range(n):
            share[k] = weight[k] / max(total[k], _TINY)
            routine = _ONE if current[k] == j else _ZERO
            weight[k] = weight[k] / (total[k] + exp(outside - highest[k])) if again[k] > 0 else routine
    return probability


@kernel
def _quantity(probability: PerDyad, needed: Counts, luck: PerDyad) -> PerDyad:
    n = needed.size
    quantity = np.zeros_like(probability)
    low = np.zeros(n, np.float32)
    high = np.zeros(n, np.float32)
    for j in range(probability.shape[0]):
        chance = probability[j]
        out = quantity[j]
        for k in range(n):
            low[k] = high[k]
            high[k] = high[k] + chance[k]
        for draw in range(luck.shape[0]):
            u = luck[draw]
            for k in range(n):
                chosen = (needed[k] > draw) & (u[k] >= low[k]) & (u[k] < high[k])
                out[k] += _ONE if chosen else _ZERO
    return quantity


class LogitChoice(Mechanism):
    """Multinomial logit over the considered firms and the outside option."""

    slot: ClassVar[str] = "choice"
    kind: Literal["logit"] = "logit"
    sources: ClassVar[tuple[str, ...]] = ("mcfadden1974", "guadagni1983", "jackson1985", "godfrey2011")
    equation: ClassVar[str] = (
        "V = b_v w (1 + deal (1 - R)) ln CPV + b_c R C + b_x x + b_r (rep - 1/2) + brand + taste + s [current];  P = exp V / (exp V_0 + sum exp V)"
    )

    value_weight: float = parameter(2.0, "b_v: weight of log perceived value", unit="utility", origin="assumed", low=0.0, high=50.0)
    deal: float = parameter(
        0.5, "how much more a customer without relational orientation weighs value", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    commitment_weight: float = parameter(
        2.0, "b_c: weight of commitment", unit="utility", origin="calibrated: run.py validate --only V26", low=0.0, high=50.0
    )
    reputation_weight: float = parameter(1.0, "b_r: weight of reputation", unit="utility", origin="assumed", low=0.0, high=50.0)
    contact_weight: float = parameter(
        1.0, "b_x: weight of this month's contacts", unit="utility", origin="calibrated: run.py validate --only V21", low=0.0, high=50.0
    )
    closing: float = parameter(0.8, "utility added by full pressure to buy now", unit="utility", origin="assumed", low=0.0, high=50.0)
    lock_in: float = parameter(1.5, "switching cost of a full structural bond", unit="utility", origin="assumed", low=0.0, high=50.0)
    forfeit: float = parameter(
        4.0, "switching cost of giving up a programme standing, for each unit of reward", unit="utility", origin="assumed", low=0.0, high=100.0
    )

    def brand(self, brand: PerFirm, pressure: PerFirm) -> PerFirm:
        """Return the utility of each firm to everybody: its brand, and how hard its sellers press, shape (n_firms,)."""
        return np.asarray(brand + f32(self.closing) * pressure, np.float32)

    def lock(self, structural: PerDyad, tier: PerDyad, reward: PerFirm, switching_cost: float) -> PerDyad:
        """Return the utility that a customer would lose by leaving each firm, were it her current one, (n_firms, n)."""
        return _lock(structural, tier, f32(self.forfeit) * reward, f32(self.lock_in), f32(switching_cost))

    def probability(
        self, value: PerDyad, commitment: PerDyad, reputation: PerDyad, contact: PerDyad, taste: NDArray[np.int16], lock: PerDyad,
        brand: PerFirm, aware: Flags, again: Flags, current: Marks, orientation: PerCustomer, price_sensitivity: float, outside: float,
        months: float,
    ) -> tuple[PerDyad, PerDyad]:  # fmt: skip
        """Return the probability of each firm, and each firm's pull (its share among considered firms), (n_firms, n).

        ``contact`` is what the period's contacts did, of which there are fewer in a week than in a month. The rest up to 1 is the outside
        option. Switched off: all considered firms are equally likely.
        """
        pull = np.empty_like(value)
        if self.active:
            utility = _utility(
                value, commitment, reputation, contact, taste, lock, brand, current, orientation,
                f32(self.value_weight * price_sensitivity), f32(self.deal), f32(self.commitment_weight), f32(self.reputation_weight),
                f32(self.contact_weight / min(months, 1.0)),
            )  # fmt: skip
        else:
            utility, outside = np.zeros_like(value), -50.0
        return _probability(utility, aware, again, current, f32(outside), pull), pull

    def quantity(self, probability: PerDyad, needed: Counts, luck: PerDyad, lasts: Counts) -> PerDyad:
        """Return the purchases of each customer at each firm, (n_firms, n); ``luck`` has one row for each purchase.

        ``lasts`` (n,) is the purchase after which a customer makes no more; 0: she makes all.
        """
        quantity = _quantity(probability, needed, luck)
        while True:
            # Few have a last purchase this month, and fewer want more after it: those drop what they wanted last, until it is the last.
            over = np.flatnonzero((quantity.sum(axis=0) > lasts) & (lasts > 0))
            if not over.size:
                return quantity
            needed = needed.copy()
            needed[over] -= 1
            quantity[:, over] = _quantity(np.take(probability, over, axis=1), needed[over], np.take(luck, over, axis=1))
