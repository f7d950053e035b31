"""Commitment and trust, the two mediators of relationship marketing (Morgan & Hunt 1994).

Theory
    Good episodes, communication and shared values raise trust; opportunism (taking more than a fair share, complaints turned away or left
    unanswered) destroys it faster than it was built. Commitment follows trust, the benefits of the relation, shared values and the cost of ending
    it, in customers who want relations. Nothing moves without an event, except that what is not renewed slowly fades: a good contact renews
    the more, the more it moves.
Equation
    T* = by_episode OS + by_values v_j + by_openness o_j - opportunism (max(0, taken - 1/2) + insult)
    T += learning (T* - T) if T* >= T, else loss learning (T* - T);   then T += warmth x (1 - T) if x > 0, + loss warmth x T if x < 0
    C* = R_i (b_T T + b_B benefits + b_V v_j + b_O u_j + b_L B3);   C += growth (C* - C) after a purchase
    without a purchase: T += fading (1 - x+) (T0 - T),  C += x+ growth / 2 (C* - C) - fading (1 - x+) C
Symbols
    x: effect of contacts, x+ its good part; v_j: shared values; u_j: participation; o_j: openness; R_i: relational orientation; benefits: mean
    of standing, social and structural bond; B3: structural bond, what ending the relation would cost; insult: 1/2 if a complaint was turned
    away or left unanswered; targets are kept within [0, 1]; all shares.
Sources
    morgan1994, kumar1995
Limits
    Coefficients are assumed; published are the signs, and that benefits alone were not significant.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
_HALF = f32(0.5)


@kernel
def _trust(
    trust: PerDyad, overall: PerDyad, bought: PerDyad, contact: PerDyad, taken: PerDyad, fate: Flags, firm: PerFirm,
    by_episode: np.float32, opportunism: np.float32, learning: np.float32, loss: np.float32, warmth: np.float32, fading: np.float32,
    start: np.float32,
) -> PerDyad:  # fmt: skip
    new = np.empty_like(trust)
    for j in range(trust.shape[0]):
        for k in range(trust.shape[1]):
            old = trust[j, k]
            insulted = _HALF if (fate[j, k] == 2) | (fate[j, k] == 3) else _ZERO
            abused = max(taken[j, k] - _HALF, _ZERO) + insulted
            target = min(max(by_episode * overall[j, k] + firm[j] - opportunism * abused, _ZERO), _ONE)
            speed = learning if target >= old else loss * learning
            speed = speed if bought[j, k] > _ZERO else _ZERO
            t = old + speed * (target - old)
            x = contact[j, k]
            t += warmth * x * (_ONE - t if x > _ZERO else loss * t)
            # A few good words keep a few relations warm: what is not renewed fades, in proportion.
            fades = fading if bought[j, k] <= _ZERO else _ZERO
            t += fades * (_ONE - min(max(x, _ZERO), _ONE)) * (start - old)
            new[j, k] = min(max(t, _ZERO), _ONE)
    return new


@kernel
def _commitment(
    commitment: PerDyad, trust: PerDyad, bought: PerDyad, contact: PerDyad, social: PerDyad, structural: PerDyad, tier: PerDyad,
    orientation: PerCustomer, shared: PerFirm, by_trust: np.float32, by_benefits: np.float32, by_lock: np.float32,
    growth: np.float32, fading: np.float32,
) -> PerDyad:  # fmt: skip
    new = np.empty_like(commitment)
    third = f32(1.0 / 3.0)
    for j in range(commitment.shape[0]):
        for k in range(commitment.shape[1]):
            old = commitment[j, k]
            benefits = third * (social[j, k] + structural[j, k] + tier[j, k])
            target = by_trust * trust[j, k] + by_benefits * benefits + shared[j] + by_lock * structural[j, k]
            target = orientation[k] * min(max(target, _ZERO), _ONE)
            kept = min(max(contact[j, k], _ZERO), _ONE)
            traded = bought[j, k] > _ZERO
            speed = growth if traded else _HALF * growth * kept
            fades = _ZERO if traded else fading * (_ONE - kept)
            c = old + speed * (target - old) - fades * old
            new[j, k] = min(max(c, _ZERO), _ONE)
    return new


class CommitmentTrust(Mechanism):
    """Trust learns from episodes, contacts and conduct; commitment follows trust, benefits, values and lock-in."""

    slot: ClassVar[str] = "commitment_trust"
    kind: Literal["morgan_hunt"] = "morgan_hunt"
    sources: ClassVar[tuple[str, ...]] = ("morgan1994", "kumar1995")
    equation: ClassVar[str] = "T += learning (T* - T), loss times faster down;  C += growth (R (b_T T + b_B benefits + b_V v + b_L B3) - C)"

    start: float = parameter(0.4, "T0: trust in a firm that one does not know", unit="share", origin="assumed", low=0.0, high=1.0)
    by_episode: float = parameter(0.7, "weight of satisfaction with the episode in trust", unit="ratio", origin="assumed", low=0.0, high=2.0)
    by_values: float = parameter(0.25, "weight of shared values in trust", unit="ratio", origin="assumed", low=0.0, high=2.0)
    by_openness: float = parameter(0.15, "weight of openness in trust", unit="ratio", origin="assumed", low=0.0, high=2.0)
    opportunism: float = parameter(0.8, "trust destroyed by taking everything, twice over", unit="ratio", origin="assumed", low=0.0, high=10.0)
    learning: float = parameter(0.2, "weight of the last episode in trust when it is good", unit="share", origin="assumed", low=0.0, high=1.0)
    loss: float = parameter(2.0, "how much faster trust falls than it rises", unit="ratio", origin="assumed", low=1.0, high=5.0)
    warmth: float = parameter(0.04, "effect of the ideal number of good contacts on trust", unit="share", origin="assumed", low=0.0, high=1.0)
    b_trust: float = parameter(0.7, "b_T: weight of trust in commitment", unit="ratio", origin="assumed", low=0.0, high=2.0)
    b_benefits: float = parameter(0.3, "b_B: weight of the bonds' benefits in commitment", unit="ratio", origin="assumed", low=0.0, high=2.0)
    b_values: float = parameter(0.2, "b_V: weight of shared values in commitment", unit="ratio", origin="assumed", low=0.0, high=2.0)
    b_lock: float = parameter(0.1, "b_L: weight of termination cost in commitment", unit="ratio", origin="assumed", low=0.0, high=2.0)
    b_ownership: float = parameter(
        0.0, "b_O: weight of taking part: what one has helped to make is one's own", unit="ratio", origin="assumed", low=0.0, high=2.0
    )
    growth: float = parameter(0.2, "weight of the last episode in commitment", unit="share", origin="assumed", low=0.0, high=1.0)
    fading: float = parameter(0.01, "how fast trust and commitment fade without any event", unit="share/month", origin="assumed", low=0.0, high=1.0)

    def trust(
        self, trust: PerDyad, overall: PerDyad, bought: PerDyad, contact: PerDyad, taken: PerDyad, fate: Flags, shared: PerFirm, openness: PerFirm
    ) -> PerDyad:
        """Return trust after this month's events, (n_firms, n). Switched off: as it was."""
        if not self.active:
            return trust
        firm = f32(self.by_values) * shared + f32(self.by_openness) * openness
        return _trust(
            trust, overall, bought, contact, taken, fate, firm, f32(self.by_episode), f32(self.opportunism), f32(self.learning),
            f32(self.loss), f32(self.warmth), f32(self.fading), f32(self.start),
        )  # fmt: skip

    def commitment(
        self, commitment: PerDyad, trust: PerDyad, bought: PerDyad, contact: PerDyad, social: PerDyad, structural: PerDyad, tier: PerDyad,
        orientation: PerCustomer, shared: PerFirm, participation: PerFirm | None = None,
    ) -> PerDyad:  # fmt: skip
        """Return commitment after this month's events, (n_firms, n). Switched off: as it was.

        ``participation`` is how far the other side takes part; partners of other markets do not.
        """
        if not self.active:
            return commitment
        firm = f32(self.b_values) * shared
        if participation is not None:
            firm = firm + f32(self.b_ownership) * participation
        return _commitment(
            commitment, trust, bought, contact, social, structural, tier, orientation, firm, f32(self.b_trust),
            f32(self.b_benefits), f32(self.b_lock), f32(self.growth), f32(self.fading),
        )  # fmt: skip
