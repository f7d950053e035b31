"""Bonds on three levels: financial, social, structural (Berry & Parasuraman 1991).

Theory
    A financial bond is a price incentive: at once, cheap, easily copied. A social bond grows with good personal contact and fades slowly. A
    structural bond, integration not to be had elsewhere, is slow and costly to build; it both holds and attracts.
Equation
    rebate_ij = min(1, reward_j tier_ij + save offer_ij);   price seen_ij = price_j (1 - rebate_ij)
    tier_ij = purchases_ij / (purchases_ij + standing)  while the customer is active, 0 below join
    B2 += rapport social_j (R_i [bought] + max(0, x_ij)) (1 - B2) - (fading + person turnover_j) B2
    B3 += integration structural_j [bought] (1 - B3) - unravelling B3 [not active]
Symbols
    x: effect of contacts; R_i: relational orientation; social_j, structural_j: levers; turnover_j: employees who left; all shares.
Sources
    berry1991, dick1994
Limits
    Rivals copy financial bonds only where their strategy says so.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.customers import Numbers
from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)


@kernel
def _tier(purchases: Numbers, silence: PerDyad, standing: np.float32, join: np.float32) -> PerDyad:
    tier = np.empty(silence.shape, np.float32)
    for j in range(silence.shape[0]):
        bought = purchases[j]
        quiet = silence[j]
        out = tier[j]
        for k in range(bought.size):
            count = f32(np.int32(bought[k]))
            height = count / (count + standing)
            out[k] = height if (quiet[k] <= _ONE) & (height >= join) else _ZERO
    return tier


@kernel
def _price(price: PerFirm, reward: PerFirm, tier: PerDyad, offer: PerDyad, rebate: PerDyad, seen: PerDyad) -> None:
    for j in range(tier.shape[0]):
        standing = tier[j]
        extra = offer[j]
        back = rebate[j]
        out = seen[j]
        for k in range(standing.size):
            back[k] = min(reward[j] * standing[k] + extra[k], _ONE)
            out[k] = price[j] * (_ONE - back[k])


@kernel
def _social(
    social: PerDyad, bought: PerDyad, contact: PerDyad, orientation: PerCustomer, effort: PerFirm, rapport: np.float32, fading: PerFirm
) -> PerDyad:
    new = np.empty_like(social)
    for j in range(social.shape[0]):
        for k in range(social.shape[1]):
            old = social[j, k]
            met = orientation[k] if bought[j, k] > _ZERO else _ZERO
            gain = rapport * effort[j] * (met + max(contact[j, k], _ZERO))
            new[j, k] = min(max(old + gain * (_ONE - old) - fading[j] * old, _ZERO), _ONE)
    return new


@kernel
def _structural(structural: PerDyad, bought: PerDyad, silence: PerDyad, effort: PerFirm, integration: np.float32, unravelling: np.float32) -> PerDyad:
    new = np.empty_like(structural)
    for j in range(structural.shape[0]):
        for k in range(structural.shape[1]):
            old = structural[j, k]
            gain = integration * effort[j] if bought[j, k] > _ZERO else _ZERO
            lapsed = unravelling if silence[j, k] > _ONE else _ZERO
            new[j, k] = min(max(old + gain * (_ONE - old) - lapsed * old, _ZERO), _ONE)
    return new


class Bonds(Mechanism):
    """Financial, social and structural bonds, each slower to build and harder to copy than the one before."""

    slot: ClassVar[str] = "bonds"
    kind: Literal["three_levels"] = "three_levels"
    sources: ClassVar[tuple[str, ...]] = ("berry1991", "dick1994")
    equation: ClassVar[str] = "B2 += rapport social (R [bought] + x+) (1 - B2) - fading B2;  B3 += integration structural [bought] (1 - B3)"

    standing: float = parameter(
        6.0, "purchases at which a member has half of the full standing", unit="purchases", origin="assumed", low=0.1, high=1e6
    )
    join: float = parameter(
        0.0, "standing from which a customer is a member; below it she has none of the programme", unit="share", origin="assumed", low=0.0, high=1.0
    )
    rapport: float = parameter(0.15, "growth of the social bond with full personal attention", unit="share", origin="assumed", low=0.0, high=1.0)
    fading: float = parameter(0.02, "decay of the social bond", unit="share/month", origin="assumed", low=0.0, high=1.0)
    person: float = parameter(
        0.5, "part of a social bond that is to a person of the firm and not to the firm", unit="share", origin="assumed", low=0.0, high=1.0
    )
    integration: float = parameter(
        0.15, "growth of the structural bond with full effort, at each purchase", unit="share", origin="assumed", low=0.0, high=1.0
    )
    unravelling: float = parameter(0.1, "decay of the structural bond with lapsed customers", unit="share/month", origin="assumed", low=0.0, high=1.0)

    def tier(self, purchases: Numbers, silence: PerDyad) -> PerDyad:
        """Return each customer's standing in each firm's programme, (n_firms, n), in [0, 1). Switched off: none."""
        if not self.active:
            return np.zeros_like(silence)
        return _tier(purchases, silence, f32(self.standing), f32(self.join))

    def price(self, price: PerFirm, reward: PerFirm, tier: PerDyad, offer: PerDyad) -> tuple[PerDyad, PerDyad]:
        """Return each customer's rebate (programme and save offer, a share of the price) and the price she sees, (n_firms, n)."""
        rebate, seen = np.empty_like(tier), np.empty_like(tier)
        _price(price, reward, tier, offer, rebate, seen)
        return rebate, seen

    def social(self, social: PerDyad, bought: PerDyad, contact: PerDyad, orientation: PerCustomer, effort: PerFirm, turnover: PerFirm) -> PerDyad:
        """Return the social bonds after this month, (n_firms, n): what was to a person leaves with her. Switched off: as they were."""
        if not self.active:
            return social
        fading = (f32(self.fading) + f32(self.person) * turnover).astype(np.float32)
        return _social(social, bought, contact, orientation, effort, f32(self.rapport), fading)

    def structural(self, structural: PerDyad, bought: PerDyad, silence: PerDyad, effort: PerFirm) -> PerDyad:
        """Return the structural bonds after this month, (n_firms, n). Switched off: as they were."""
        if not self.active:
            return structural
        return _structural(structural, bought, silence, effort, f32(self.integration), f32(self.unravelling))
