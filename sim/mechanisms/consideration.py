"""Consideration: which firms come to mind, and when a customer thinks again (Howard & Sheth 1969; Roberts & Lattin 1991).

Theory
    A firm is considered by those who know it: from advertising, from what others say, from past use. In routine a customer
    goes on with her provider; she thinks again after a bad episode, for a rival's offer or contact, at a renewal, or from a wish for variety.
Equation
    P(becomes aware of j) = 1 - exp(-reach advertising_j)
    P(thinks again) = 1 - (1 - variety) prod_k (1 - pull discount_k aware_ik) (1 - prompt [good contact_ik]),
    and 1 after an unresolved bad episode, at a renewal, or without a provider;  k: firms other than the current one
Symbols
    advertising_j: currency per customer and month; discount_k: share of the list price; good contact: one that made a good impression.
Sources
    howard1969, roberts1991
Limits
    Knowing a firm is never forgotten.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, Marks, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)


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
    luck: PerCustomer, current: Marks, failures: Flags, aware: Flags, contact: PerDyad, attraction: PerFirm, variety: np.float32,
    prompt: np.float32, renews: Flags,
) -> Flags:  # fmt: skip
    routine = np.full(luck.size, _ONE - variety, np.float32)
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
        again[k] = np.uint8((luck[k] >= routine[k]) | (failures[k] > 0) | (current[k] < 0) | (renews[k] > 0))
    return again


class Consideration(Mechanism):
    """Awareness grows with advertising; routine lasts until something makes the customer think again."""

    slot: ClassVar[str] = "consideration"
    kind: Literal["routine"] = "routine"
    sources: ClassVar[tuple[str, ...]] = ("howard1969", "roberts1991")
    equation: ClassVar[str] = (
        "P(thinks again) = 1 - (1 - variety) prod_k (1 - pull discount_k) (1 - prompt [contact_k]), and 1 after a bad episode or at a renewal"
    )

    variety: float = parameter(0.10, "base rate of thinking again without any reason", unit="probability/month", origin="assumed", low=0.0, high=1.0)
    pull: float = parameter(
        2.0,
        "chance that a rival's discount makes a customer think again within a month, for each unit of discount",
        unit="ratio",
        origin="assumed",
        low=0.0,
        high=10.0,
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
        self, luck: PerCustomer, current: Marks, failures: Flags, aware: Flags, contact: PerDyad, discount: PerFirm, renews: Flags,
        months: float,
    ) -> Flags:  # fmt: skip
        """Return who chooses anew this month and does not go on in routine, shape (n,). Switched off: everybody.

        ``contact`` is the effect of this month's contacts, (n_firms, n); ``discount`` is shape (n_firms,).
        """
        if not self.active:
            return np.ones_like(failures)
        attraction = (1.0 - (1.0 - np.minimum(self.pull * discount, 1.0)) ** months).astype(np.float32)
        return _thinks_again(luck, current, failures, aware, contact, attraction, f32(self.variety), f32(self.prompt), renews)
