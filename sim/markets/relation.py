"""One month of relations with partners: terms first, then what both sides feel, by the very mechanisms that serve customers."""

from dataclasses import dataclass

import numpy as np

from sim.dyads import Dyads
from sim.kernels import f32
from sim.scenario import Mechanisms
from sim.units import PerCustomer, PerDyad, PerFirm


@dataclass(frozen=True)
class Treatment:
    """How the two sides treated each other this month."""

    performance: PerDyad
    """How the firm did as the partner's counterpart, share, (n_firms, n_partners)."""
    firm_performance: PerDyad
    """How the partner did as the firm's, share."""
    dialogue: PerDyad
    """The firm's effort to talk with each partner, share."""
    investment: PerFirm
    """The firm's effort to invest jointly, share, (n_firms,)."""
    values: PerFirm
    """The values that the firm shares, (n_firms,)."""
    joint: PerDyad | float = 1.0
    """How far joint investment goes to each partner, share: where there is more business there is more to invest in."""


def settle(
    dyads: Dyads, rules: Mechanisms, dependence: PerDyad, firm_dependence: PerDyad, dialogue: PerDyad, forbearance: PerFirm, transparency: float,
    luck: PerCustomer,
) -> None:  # fmt: skip
    """Compare the forces of both sides and settle this month's terms: who leads, who gets which share of the gain, who fails to agree.

    Parameters
    ----------
    dyads : Dyads
        The relations; information, dependence, balance, the firm's share and agreement are written.
    rules : Mechanisms
        The mechanisms, converted to the scenario's period.
    dependence, firm_dependence : ndarray, shape (n_firms, n_partners)
        Dependence of the partner on the firm, and of the firm on the partner, shares, before balancing moves.
    dialogue : ndarray, shape (n_firms, n_partners)
        The firm's effort to talk, share.
    forbearance : ndarray, shape (n_firms,)
        How far power is left unused.
    transparency : float
        What the market shows anyway, share.
    luck : ndarray, shape (n_partners,)
        Each partner's true gain, by one draw.
    """
    power, moves = rules.power, rules.balancing
    dyads.firm_information, dyads.information = rules.relations.information(dyads.tenure, dialogue, transparency)
    marketed, marketer, added = moves.against(dyads.levels)
    dyads.dependence = np.clip(dependence * marketed, 0.0, 1.0)
    dyads.firm_dependence = np.clip(firm_dependence * marketer + added, 0.0, 1.0)
    dyads.balance = power.compare(dyads.dependence, dyads.firm_information, dyads.firm_dependence, dyads.information)
    dyads.levels = moves.moved(dyads.levels, dyads.balance, power.eps, power.full)
    taken, dyads.agreed = power.split(dyads.balance, forbearance, luck)
    # Where they failed to agree, last month's terms stand.
    dyads.taken = np.where(dyads.agreed > 0, taken, dyads.taken)


def feel(dyads: Dyads, rules: Mechanisms, did: Treatment) -> None:
    """Let both sides judge the month: satisfaction, trust, bonds and commitment, each way; time passes for those who dealt."""
    ours, n_firms = rules.relations, len(dyads.related)
    traded = np.where((dyads.related > 0) & (dyads.volume > 0), 1.0, 0.0).astype(np.float32)
    contact = (ours.warmth * did.dialogue * dyads.related).astype(np.float32)
    quiet = np.where(dyads.related > 0, 0.0, 2.0).astype(np.float32)
    nothing = np.zeros(traded.shape, np.uint8)
    no_promise, frank = np.zeros(n_firms, np.float32), np.full(n_firms, ours.frank, np.float32)
    openness = did.dialogue.mean(axis=1).astype(np.float32) if len(dyads) else frank
    standing = ours.standing(dyads.tenure)
    like, wants = np.ones(len(dyads), np.float32), dyads.orientation

    overall, _ = rules.satisfaction.episode(did.performance, dyads.expectation, dyads.taken, no_promise, openness, ours.desire, traded)
    dyads.satisfaction = rules.satisfaction.satisfaction(dyads.satisfaction, overall, traded)
    dyads.expectation = rules.satisfaction.expectation(dyads.expectation, did.performance, traded)
    dyads.trust = rules.commitment_trust.trust(dyads.trust, overall, traded, contact, dyads.taken, nothing, did.values, openness)
    dyads.social_bond = rules.bonds.social(dyads.social_bond, traded, contact, wants, openness, no_promise)
    grown = rules.bonds.structural(dyads.structural_bond, traded, quiet, did.investment)
    dyads.structural_bond = (dyads.structural_bond + did.joint * (grown - dyads.structural_bond)) * (1.0 - ours.wear)
    dyads.commitment = rules.commitment_trust.commitment(
        dyads.commitment, dyads.trust, traded, contact, dyads.social_bond, dyads.structural_bond, standing, wants, did.values
    )

    left = (f32(1.0) - dyads.taken).astype(np.float32)
    judged, _ = rules.satisfaction.episode(did.firm_performance, dyads.firm_expectation, left, no_promise, frank, ours.desire, traded)
    dyads.firm_satisfaction = rules.satisfaction.satisfaction(dyads.firm_satisfaction, judged, traded)
    dyads.firm_expectation = rules.satisfaction.expectation(dyads.firm_expectation, did.firm_performance, traded)
    dyads.firm_trust = rules.commitment_trust.trust(dyads.firm_trust, judged, traded, contact, left, nothing, did.values, frank)
    dyads.firm_commitment = rules.commitment_trust.commitment(
        dyads.firm_commitment, dyads.firm_trust, traded, contact, dyads.social_bond, dyads.structural_bond, standing, like, did.values
    )
    dyads.tenure = np.where(dyads.related > 0, dyads.tenure + 1.0, 0.0)


def begin(dyads: Dyads, rules: Mechanisms) -> Dyads:
    """Set attitudes to where they stand between parties that do not know each other yet."""
    for side in ("", "firm_"):
        setattr(dyads, side + "trust", np.full(dyads.trust.shape, rules.commitment_trust.start))
        setattr(dyads, side + "satisfaction", np.full(dyads.trust.shape, rules.satisfaction.start))
        setattr(dyads, side + "expectation", np.full(dyads.trust.shape, rules.satisfaction.start_expectation))
    return dyads
