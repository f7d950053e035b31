"""Consideration: which firms come to mind, and when a customer thinks again (Howard & Sheth 1969; Roberts & Lattin 1991).

Theory
    A firm is considered by those who know it: from advertising, from what others say, from past use. In routine a customer
    goes on with her provider; she thinks again after a bad episode, for a rival's offer or contact, at a renewal, or from a wish for variety.
Equation
    P(becomes aware of j) = 1 - exp(-reach advertising_j)
    P(thinks again) = 1 - (1 - variety_c) prod_k (1 - pull discount_k aware_ik) (1 - prompt [good contact_ik]),
    and 1 with grievances >= tolerance, at a renewal, without a provider or where it is not found;  k: firms other than the current one, c
    variety_c = variety (1 + boredom (1 - novelty_c))
Symbols
    advertising_j: currency per customer and month; discount_k: share of the list price, with introductory offers; good contact: one that
    made a good impression; grievances: 2 for each bad episode in a row that was borne in silence, 1 for each that was complained of in vain.
Sources
    howard1969, roberts1991, hirschman1970
Limits
    Knowing a firm is never forgotten.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, Marks, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
ROUTINE, DISSATISFIED, OFFER, VARIETY, RENEWAL, NOT_FOUND, FREE = 0, 1, 2, 3, 4, 5, 6
"""Why a customer thinks again: 0 she does not; FREE: she has no provider."""
CAUSES = ("dissatisfied", "offer", "variety", "renewal", "not_found")
"""Causes of leaving a provider, in the order of their numbers from 1."""


@kernel
def _aware(aware: Flags, luck: PerDyad, reached: PerFirm) -> Flags:
    new = np.empty_like(aware)
    for j in range(aware.shape[0]):
        old = aware[j]
        draw = luck[j]
        out = new[j]
        chance = reached[j]
        for k in range(old.size):
            out[k] = old[k] | np.uint8(draw[k] < chance)
    return new


@kernel
def _thinks_again(
    luck: PerCustomer, current: Marks, aggrieved: NDArray[np.bool_], aware: Flags, contact: PerDyad, attraction: PerFirm, variety: PerFirm,
    prompt: np.float32, renews: Flags,
) -> Flags:  # fmt: skip
    routine = np.empty(luck.size, np.float32)
    curious = np.empty(luck.size, np.float32)
    for k in range(luck.size):
        curious[k] = _ONE - variety[max(current[k], 0)]
        routine[k] = curious[k]
    for j in range(aware.shape[0]):
        known = aware[j]
        spoken = contact[j]
        pull = attraction[j]
        for k in range(luck.size):
            rival = current[k] != j
            offered = _ONE - pull if rival & (known[k] > 0) else _ONE
            prompted = _ONE - prompt if rival & (spoken[k] > f32(0.0)) else _ONE
            routine[k] = routine[k] * offered * prompted
    again = np.empty(luck.size, np.uint8)
    for k in range(luck.size):
        why = np.uint8(VARIETY) if luck[k] >= curious[k] else (np.uint8(OFFER) if luck[k] >= routine[k] else np.uint8(ROUTINE))
        why = np.uint8(RENEWAL) if (renews[k] > 0) & (why == ROUTINE) else why
        why = np.uint8(DISSATISFIED) if aggrieved[k] else why
        again[k] = np.uint8(FREE) if current[k] < 0 else why
    return again


@kernel
def _missing(again: Flags, current: Marks, found: Flags) -> Flags:
    new = np.empty_like(again)
    for k in range(again.size):
        gone = (current[k] >= 0) & (found[max(current[k], 0), k] == 0)
        new[k] = np.uint8(NOT_FOUND) if gone else again[k]
    return new


class Consideration(Mechanism):
    """Awareness grows with advertising; routine lasts until something makes the customer think again."""

    slot: ClassVar[str] = "consideration"
    kind: Literal["routine"] = "routine"
    sources: ClassVar[tuple[str, ...]] = ("howard1969", "roberts1991", "hirschman1970")
    equation: ClassVar[str] = (
        "P(thinks again) = 1 - (1 - variety) prod_k (1 - pull discount_k) (1 - prompt [contact_k]), and 1 when aggrieved or at a renewal"
    )

    variety: float = parameter(0.10, "base rate of thinking again without any reason", unit="probability/month", origin="assumed", low=0.0, high=1.0)
    boredom: float = parameter(
        0.0, "how much oftener a customer thinks again of an offer without any novelty", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    pull: float = parameter(
        2.0,
        "chance that a rival's discount makes a customer think again within a month, for each unit of discount",
        unit="ratio",
        origin="assumed",
        low=0.0,
        high=10.0,
    )
    tolerance: int = parameter(
        2,
        "grievances from which a customer thinks again: 1, the first complaint in vain; 2, the second, or one failure borne in silence",
        unit="grievances",
        origin="assumed",
        low=1,
        high=255,
    )
    prompt: float = parameter(
        0.10, "chance that a rival's good contact makes a customer think again", unit="probability/month", origin="assumed", low=0.0, high=1.0
    )
    reach: float = parameter(
        50.0,
        "reach of advertising: chance of becoming aware is 1 - exp(-reach x spending per customer)",
        unit="1/currency",
        origin="assumed",
        low=0.0,
        high=1e6,
    )

    def reached(self, advertising: PerFirm) -> PerFirm:
        """Return the share of customers whom each firm's advertising reaches this month, shape (n_firms,)."""
        return np.asarray(1.0 - np.exp(-f32(self.reach) * advertising), np.float32)

    def aware(self, aware: Flags, luck: PerDyad, reached: PerFirm) -> Flags:
        """Return who knows which firm after this month's advertising, shape (n_firms, n). Switched off: everybody all."""
        return _aware(aware, luck, reached) if self.active else np.ones_like(aware)

    def thinks_again(
        self, luck: PerCustomer, current: Marks, grievances: Flags, aware: Flags, contact: PerDyad, discount: PerFirm, novelty: PerFirm,
        renews: Flags, months: float,
    ) -> Flags:  # fmt: skip
        """Return who chooses anew this month, and why, shape (n,): 0 for those who go on in routine. Switched off: everybody, for variety.

        ``contact`` is the effect of this month's contacts, (n_firms, n); ``discount`` is shape (n_firms,).
        """
        if not self.active:
            return np.full_like(grievances, VARIETY)
        attraction = (1.0 - (1.0 - np.minimum(self.pull * discount, 1.0)) ** months).astype(np.float32)
        variety = np.minimum(f32(self.variety) * (f32(1.0) + f32(self.boredom) * (f32(1.0) - novelty)), f32(1.0))
        return _thinks_again(luck, current, grievances >= self.tolerance, aware, contact, attraction, variety, f32(self.prompt), renews)

    def missing(self, again: Flags, current: Marks, found: Flags) -> Flags:
        """Return who chooses anew, with those who do not find their provider this month, shape (n,)."""
        return _missing(again, current, found)
