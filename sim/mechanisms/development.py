"""Development: moving the offer to what customers wish for, and leading them to what they could not have asked for (Kohli & Jaworski 1990).

Theory
    A product sits near to or far from what a segment wishes for. Who asks and listens learns it, from answers and not from sending, and moves
    the offer there; wishes drift on. Research that works gives an offer nobody had asked for: it draws people into the category, and is its
    firm's alone until others follow. What is extra delights until it has come to be expected. Advice fits the offer to the problem.
Equation
    fit_sj += learn sensing_j (1/2 + dialogue_j / 2) (1 - fit_sj) - drift fit_sj
    performance offered += by_fit (fit_sj - usual) + extended (1 - exp(-3 extras_j)) + by_advice advice_j + lead_j
    lead_j = strength after a discovery (chance discovery innovation_j a month), then fading;   demand = 1 + pull max_j lead_j / strength
    cost of a purchase += extras and advice;   cost of a customer += sensing;   cost of the firm: innovation
Symbols
    fit: how near the offer is to the segment's wishes, share; lead: performance that others do not have yet; demand: factor on all needs.
Sources
    kohli1990, gronroos1994
Limits
    Wishes drift at one pace for all segments; a discovery is one size.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.rules import Mechanism, parameter
from sim.units import PerDyad, PerFirm


class Development(Mechanism):
    """Sensing, advice, extras and innovation: what makes an offer fit, delight or lead."""

    slot: ClassVar[str] = "development"
    kind: Literal["market_orientation"] = "market_orientation"
    sources: ClassVar[tuple[str, ...]] = ("kohli1990", "gronroos1994")
    equation: ClassVar[str] = (
        "fit += learn sensing (1 + dialogue) / 2 (1 - fit) - drift fit;  offered += by_fit (fit - usual) + extended (1 - exp(-3 extras)) + lead"
    )

    start: float = parameter(0.5, "fit of every offer at the start", unit="share", origin="assumed", low=0.0, high=1.0)
    learn: float = parameter(
        0.1, "part of the missing fit that full sensing and dialogue find", unit="share/month", origin="assumed", low=0.0, high=1.0
    )
    drift: float = parameter(0.0, "how fast wishes move on", unit="share/month", origin="assumed", low=0.0, high=1.0)
    usual: float = parameter(0.5, "fit at which an offer performs as its quality says", unit="share", origin="assumed", low=0.0, high=1.0)
    by_fit: float = parameter(0.2, "performance between no fit and full fit", unit="share", origin="assumed", low=0.0, high=1.0)
    extended: float = parameter(0.1, "performance added by the fullest extended product", unit="share", origin="assumed", low=0.0, high=1.0)
    by_advice: float = parameter(
        0.06, "performance added by full advice: the customer gets what solves her problem", unit="share", origin="assumed", low=0.0, high=1.0
    )
    discovery: float = parameter(0.05, "chance that full innovation finds something", unit="probability/month", origin="assumed", low=0.0, high=1.0)
    strength: float = parameter(0.15, "performance that a discovery leads by", unit="share", origin="assumed", low=0.0, high=1.0)
    fading: float = parameter(0.06, "how fast others catch up with a discovery", unit="share/month", origin="assumed", low=0.0, high=1.0)
    pull: float = parameter(0.2, "growth of the whole category's demand while a discovery is new", unit="share", origin="assumed", low=0.0, high=10.0)
    extras_cost: float = parameter(0.04, "cost of the fullest extended product, in a purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    advice_cost: float = parameter(0.03, "cost of full advice, in a purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    sensing_cost: float = parameter(
        0.003, "cost of full sensing, for each active customer", unit="currency/month", origin="assumed", low=0.0, high=1e6
    )
    innovation_cost: float = parameter(
        0.01, "cost of full innovation, for each customer in the market", unit="currency/month", origin="assumed", low=0.0, high=1e6
    )

    def fit(self, fit: PerDyad, sensing: PerFirm, dialogue: PerFirm) -> PerDyad:
        """Return how near offers are to what segments wish for after a month, (n_segments, n_firms). Switched off: as it was."""
        if not self.active:
            return fit
        learnt = self.learn * sensing * (0.5 + 0.5 * dialogue)
        return np.asarray(np.clip(fit + learnt * (1.0 - fit) - self.drift * fit, 0.0, 1.0), np.float32)

    def lead(self, lead: PerFirm, luck: PerFirm, innovation: PerFirm) -> PerFirm:
        """Return the performance by which each firm leads after this month's research, shape (n_firms,). Switched off: none."""
        if not self.active:
            return np.zeros_like(lead)
        found = luck < self.discovery * innovation
        return np.where(found, self.strength, lead * (1.0 - self.fading)).astype(np.float32)

    def offered(self, fit: PerFirm, extras: PerFirm, advice: PerFirm, lead: PerFirm) -> PerFirm:
        """Return the performance added to what quality and service offer, shape (n_firms,). Switched off: none."""
        if not self.active:
            return np.zeros_like(lead)
        added = self.by_fit * (fit - self.usual) + self.extended * (1.0 - np.exp(-3.0 * extras)) + self.by_advice * advice + lead
        return np.asarray(added, np.float32)

    def demand(self, lead: PerFirm) -> float:
        """Return the factor on everybody's needs: new offers draw people into the category."""
        return 1.0 + self.pull * float(lead.max(initial=0.0)) / self.strength if self.active and self.strength > 0.0 else 1.0

    def costs(self, extras: PerFirm, advice: PerFirm, sensing: PerFirm) -> tuple[PerFirm, PerFirm]:
        """Return what development costs in a purchase, and for each active customer in a period, currency, each (n_firms,)."""
        if not self.active:
            return np.zeros_like(extras), np.zeros_like(extras)
        per_purchase = self.extras_cost * extras + self.advice_cost * advice
        return per_purchase.astype(np.float32), np.asarray(self.sensing_cost * sensing, np.float32)

    def research(self, innovation: PerFirm, customers: float) -> PerFirm:
        """Return the cost of research in a period, currency, shape (n_firms,). Switched off: nothing."""
        return np.asarray(self.innovation_cost * innovation * customers * self.active, np.float32)
