"""The influencer market: those who neither buy nor sell, and whose word counts (Christopher, Payne & Ballantyne 1991).

Theory
    Media, authorities, banks, consumer bodies and communities hold a stance towards each firm. It follows how the firm conducts itself, as far
    as they learn of it, and the dialogue it keeps up; scandals and exploitation turn it. A stance does something: media shape what the public
    believes, an authority caps what power may take and fines, a bank lends dearer, a consumer body makes markets transparent, a
    community recommends. Favours under the table buy a stance until they come to light, and then cost it with everybody.
Equation
    stance_jn = 2 T_jn - 1,  T: the influencer's trust, by the same mechanism as a customer's
    conduct_j = ground + by_rules compliance_j - by_greed max(0, taken_j - 1/2) - by_silence turned away_j - gravity scandal_j + bought favours_j
    media: rep_ij += weight audience_n strictness_n ((1 + stance_jn) / 2 - rep_ij);   authority: taken <= 1 - cap strictness_n (1 - stance_jn) / 2
    bank: rate_j = base + doubt strictness_n (1 - stance_jn) / 2 a year, on working capital
    consumer body: transparency += inform strictness_n (1 - stance) / 2
    community: reach_j += audience_n strictness_n max(0, stance_jn);   P(favours come to light) = exposure favours_j
Symbols
    taken_j: mean share of the gain that the firm took last month; turned away_j: share of bad episodes that were suppressed; scandal_j: gravity.
Sources
    christopher1991, morgan1994
Limits
    An influencer's word reaches all segments alike; what it says of one firm does not touch the others, except through transparency.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import PerCustomer, PerDyad, PerFirm

KINDS = ("media", "government", "bank", "consumer_body", "community")


@kernel
def _published(reputation: PerDyad, message: PerFirm, weight: PerFirm) -> PerDyad:
    new = np.empty_like(reputation)
    for j in range(reputation.shape[0]):
        for k in range(reputation.shape[1]):
            new[j, k] = reputation[j, k] + weight[j] * (message[j] - reputation[j, k])
    return new


class Influence(Mechanism):
    """Stances, and what they do: publicise, constrain, lend, inform, recommend."""

    slot: ClassVar[str] = "influence"
    kind: Literal["stances"] = "stances"
    sources: ClassVar[tuple[str, ...]] = ("christopher1991", "morgan1994")
    equation: ClassVar[str] = "stance = 2 T - 1;  T follows conduct and dialogue;  media, authority, bank, consumer body and community act on it"

    ground: float = parameter(0.45, "conduct of a firm that does nothing in particular", unit="share", origin="assumed", low=0.0, high=1.0)
    by_rules: float = parameter(0.25, "what keeping to the spirit of rules adds", unit="share", origin="assumed", low=0.0, high=1.0)
    by_greed: float = parameter(
        0.8, "what taking the whole gain from customers costs, twice over", unit="share", origin="assumed", low=0.0, high=10.0
    )
    by_silence: float = parameter(0.3, "what turning all complaints away costs", unit="share", origin="assumed", low=0.0, high=10.0)
    gravity: float = parameter(1.0, "what the gravest scandal costs", unit="share", origin="assumed", low=0.0, high=10.0)
    bought: float = parameter(0.5, "what full favours buy while nobody knows", unit="share", origin="assumed", low=0.0, high=10.0)
    exposure: float = parameter(0.04, "chance that full favours come to light", unit="probability/month", origin="assumed", low=0.0, high=1.0)
    betrayal: float = parameter(0.8, "gravity of the scandal when favours come to light", unit="share", origin="assumed", low=0.0, high=1.0)
    outrage: float = parameter(0.25, "customers' trust lost in the gravest scandal", unit="share", origin="assumed", low=0.0, high=1.0)
    weight: float = parameter(0.3, "weight of what is published in what the public believes", unit="share", origin="assumed", low=0.0, high=1.0)
    cap: float = parameter(
        0.5, "share of the gain that the strictest and most hostile authority forbids", unit="share", origin="assumed", low=0.0, high=1.0
    )
    fine: float = parameter(
        0.05, "fine by the strictest authority for the worst conduct, as a share of revenue", unit="share", origin="assumed", low=0.0, high=1.0
    )
    base: float = parameter(0.06, "rate of interest of a bank that has no doubt", unit="share/year", origin="assumed", low=0.0, high=10.0)
    doubt: float = parameter(0.14, "interest added by full doubt", unit="share/year", origin="assumed", low=0.0, high=10.0)
    capital: float = parameter(3.0, "working capital, in terms of a month's costs", unit="ratio", origin="assumed", low=0.0, high=1e3)
    inform: float = parameter(0.3, "market transparency that a wholly critical consumer body adds", unit="share", origin="assumed", low=0.0, high=1.0)
    effort_cost: float = parameter(
        0.01, "cost of full public relations and compliance, as a share of revenue", unit="share", origin="assumed", low=0.0, high=1.0
    )
    favour_cost: float = parameter(0.01, "cost of full favours, as a share of revenue", unit="share", origin="assumed", low=0.0, high=1.0)

    def conduct(self, compliance: PerFirm, taken: PerFirm, turned_away: PerFirm, scandal: PerFirm, favours: PerFirm) -> PerFirm:
        """Return how firms conducted themselves last month, as far as it can be seen, shape (n_firms,), in [0, 1]."""
        seen = self.ground + self.by_rules * compliance - self.by_greed * np.maximum(taken - 0.5, 0.0) - self.by_silence * turned_away
        return np.asarray(np.clip(seen - self.gravity * scandal + self.bought * favours, 0.0, 1.0), np.float32)

    def exposed(self, luck: PerFirm, favours: PerFirm, scandal: PerFirm) -> PerFirm:
        """Return the gravity of this month's scandals, those of favours that come to light included, shape (n_firms,)."""
        comes_to_light = luck < self.exposure * favours
        return np.maximum(scandal, np.where(comes_to_light, self.betrayal, 0.0)).astype(np.float32)

    def published(self, reputation: PerDyad, message: PerFirm, weight: PerFirm) -> PerDyad:
        """Return what customers believe after media and community have spoken, (n_firms, n)."""
        return _published(reputation, message, weight)

    def media(self, stance: PerDyad, audience: PerCustomer, strictness: PerCustomer, media: PerCustomer) -> tuple[PerFirm, PerFirm]:
        """Return what the media say of each firm (a share, 1 is praise) and its weight in a customer's belief, each (n_firms,)."""
        force = media * audience * strictness
        weight = np.full(len(stance), min(self.weight * float(force.sum()), 1.0))
        message = 0.5 * (1.0 + stance @ (force / max(float(force.sum()), 1e-9)))
        return message.astype(np.float32), weight.astype(np.float32)

    def hostility(self, stance: PerDyad, strictness: PerCustomer, kind: PerCustomer) -> PerFirm:
        """Return the strictest hostility among influencers of a kind, shape (n_firms,): 0 none or friendly, 1 strict and wholly hostile."""
        pressure = 0.5 * (1.0 - stance) * (strictness * kind)
        return np.asarray(pressure.max(axis=1, initial=0.0), np.float32)

    def welcome(self, stance: PerDyad, audience: PerCustomer, strictness: PerCustomer, kind: PerCustomer) -> PerFirm:
        """Return the share of customers to whom communities recommend each firm this month, shape (n_firms,)."""
        told = np.clip(audience * strictness * kind * np.maximum(stance, 0.0), 0.0, 1.0)
        return np.asarray(1.0 - np.prod(1.0 - told, axis=1), np.float32)

    def interest(self, costs: PerFirm, hostility: PerFirm, months: float) -> PerFirm:
        """Return this period's interest on working capital, currency, shape (n_firms,)."""
        rate = self.base + self.doubt * hostility
        return np.asarray(self.capital * costs / months * ((1.0 + rate) ** (months / 12.0) - 1.0), np.float32)

    def fines(self, revenue: PerFirm, hostility: PerFirm, compliance: PerFirm) -> PerFirm:
        """Return this period's fines, currency, shape (n_firms,)."""
        return np.asarray(self.fine * revenue * hostility * (1.0 - compliance), np.float32)

    def cost(self, revenue: PerFirm, effort: PerFirm, compliance: PerFirm, favours: PerFirm) -> PerFirm:
        """Return the cost of public relations, compliance and favours this month, currency, shape (n_firms,)."""
        return np.asarray(revenue * (self.effort_cost * 0.5 * (effort + compliance) + self.favour_cost * favours), np.float32)

    def shaken(self, trust: PerDyad, scandal: PerFirm) -> PerDyad:
        """Return customers' trust after this month's scandals, (n_firms, n)."""
        if not scandal.any():
            return trust
        return np.asarray(trust * (f32(1.0) - f32(self.outrage) * scandal[:, None]), np.float32)
