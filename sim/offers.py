"""From what firms decide to what customers meet: the month's offers, by segment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.conditions import Conditions
from sim.levers import Levers, columns
from sim.mechanisms.complaints import Answer
from sim.now import Offer
from sim.scenario import Mechanisms, Scenario
from sim.units import PerDyad, PerFirm

RELATIONAL = ("crm", "sensing", "dialogue", "social", "structural", "participation", "recovery")
"""Levers that take effect only as far as the firm is ready for relations and somebody answers for them."""


@dataclass(frozen=True)
class Past:
    """What last month left behind, each of shape (n_firms,)."""

    partners: PerFirm
    """Share of customers on the highest rung."""
    complaints: PerFirm
    """Complaints heard."""
    customers: PerFirm
    """Active customers."""
    typical_value: PerFirm
    """What an active customer brings in a month, currency, over the past year."""
    typical_rate: PerFirm
    """What an active customer buys in a month, over the past year."""
    affordable: PerFirm
    """Share of relational effort that the firm's budget pays for."""
    moves: PerDyad
    """Levels of balancing moves, (4, n_segments, n_firms)."""


def offers(
    scenario: Scenario, rules: Mechanisms, plans: Sequence[Levers], month: int, past: Past, conditions: Conditions, held_out: bool = False
) -> tuple[Offer, ...]:
    """Return what the firms offer each segment this month.

    Parameters
    ----------
    scenario : Scenario
        The scenario as it stands this month.
    rules : Mechanisms
        Its mechanisms, converted to its period.
    plans : sequence of Levers
        What each firm's strategy decided.
    month : int
        The period's number.
    past : Past
        What last month left behind.
    conditions : Conditions
        What the other markets make of this month.
    held_out : bool
        Offers to the control group, whom no campaign reaches.
    """
    names = [firm.name for firm in scenario.firms]
    campaigns = [] if held_out else scenario.running(month)
    found = []
    for number, segment in enumerate(scenario.segments):
        targeted = list(plans)
        for campaign in campaigns:
            if not campaign.segments or segment.name in campaign.segments:
                j = names.index(campaign.firm)
                targeted[j] = targeted[j].but(**campaign.levers)
        plan = columns(targeted, scenario.months_per_period)
        for name in _idle(rules):
            plan[name] = np.zeros_like(plan[name])
        found.append(_offer(scenario, rules, plan, number, past, conditions))
    return tuple(found)


def _idle(rules: Mechanisms) -> list[str]:
    """Return the levers of mechanisms that are switched off: nothing is done with them, so nothing is spent on them."""
    levers = []
    if not rules.database.active:
        levers += ["crm", "save_offer", "poaching"]
    if not rules.bonds.active:
        levers += ["reward", "social", "structural"]
    if not rules.contact.active:
        levers += ["mail", "email", "phone", "reactivation"]
    if not rules.competition.active:
        levers += ["poaching"]
    if not rules.development.active:
        levers += ["sensing", "innovation", "extras", "advice"]
    return levers


def _effective(scenario: Scenario, plan: dict[str, PerFirm], conditions: Conditions) -> dict[str, PerFirm]:
    """Return the levers as they take effect: people and readiness make more or less of effort."""
    one = np.float32(1.0)
    ready = np.array([firm.readiness.factor * firm.planning.effect() for firm in scenario.firms], np.float32)
    felt = dict(plan)
    for name in RELATIONAL:
        felt[name] = plan[name] * ready
    felt["service"] = np.minimum(plan["service"] * conditions.capability, one).astype(np.float32)
    felt["recovery"] = np.minimum(felt["recovery"] * conditions.capability, one).astype(np.float32)
    return felt


def _planned(plan: dict[str, PerFirm], past: Past, conditions: Conditions) -> dict[str, PerFirm]:
    """Return the levers as they are paid for: absent firms do nothing, relational effort is cut to the budget, corrections and copies are added."""
    paid = dict(plan)
    for name in RELATIONAL:
        paid[name] = plan[name] * past.affordable
    one = np.float32(1.0)
    paid["service"] = np.minimum(paid["service"] + conditions.correction, one).astype(np.float32)
    for place, name in enumerate(("reward", "social", "structural")):
        paid[name] = np.minimum(paid[name] + conditions.bonds[place], one).astype(np.float32)
    if not conditions.present.all():
        here = conditions.present.astype(np.float32)
        for name in ("advertising", "mail", "email", "phone", "reactivation", "crm", "poaching", "innovation", "discount"):
            paid[name] = paid[name] * here
    return paid


def _offer(scenario: Scenario, rules: Mechanisms, plan: dict[str, PerFirm], number: int, past: Past, conditions: Conditions) -> Offer:
    def per_firm(name: str) -> PerFirm:
        return np.array([getattr(firm, name) for firm in scenario.firms], np.float32)

    one = np.float32(1.0)
    spent = _planned(plan, past, conditions)
    plan = _effective(scenario, spent, conditions)
    price = per_firm("price") * (one - plan["discount"]) * conditions.price
    unit_cost = np.where(np.isnan(conditions.unit_cost), per_firm("unit_cost"), conditions.unit_cost).astype(np.float32)
    quality = np.clip(per_firm("quality") + conditions.quality, 0.0, 1.0).astype(np.float32)
    core = rules.ladder.improved(quality, plan["participation"], past.partners)
    developed = rules.development.offered(conditions.fit[number], plan["extras"], plan["advice"], conditions.lead)
    offered = np.clip(rules.experience.offered(core, plan["service"]) + developed, 0.0, 1.0).astype(np.float32)
    more, effort = rules.development.costs(spent["extras"], spent["advice"], spent["sensing"])
    # Capacity was staffed for the customers there were; what came last month tells how far it goes.
    capacity = plan["complaint_capacity"] * past.customers / np.float32(1000.0)
    handled = np.minimum(capacity / np.maximum(past.complaints, one), one).astype(np.float32)
    reached = rules.consideration.reached(plan["advertising"])
    transparency = np.full(len(price), min(scenario.market.transparency + conditions.transparency, 1.0), np.float32)
    marketed, marketer, added = rules.balancing.against(past.moves[:, number, :])
    return Offer(
        plan=plan,
        price=price,
        unit_cost=unit_cost,
        core=core,
        reliability=per_firm("reliability") * conditions.reliability,
        brand=rules.choice.brand(per_firm("brand"), plan["pressure"]),
        offered=offered,
        promised=np.minimum(offered + plan["promise"], one),
        reached=np.asarray(one - (one - reached) * (one - conditions.reach), np.float32) if conditions.reach.any() else reached,
        pressure=rules.contact.pressure(plan["mail"], plan["email"], plan["phone"]),
        answer=Answer(plan["complaint_ease"], plan["suppression"], handled, plan["recovery"]),
        costs=rules.accounts.costs(spent, per_firm("price"), unit_cost, conditions.labour, more, effort),
        told=rules.satisfaction.informed(plan["openness"], plan["advice"], plan["pressure"]),
        capability=conditions.capability,
        people=conditions.people,
        sides=rules.power.sides(scenario.market.idle_capacity, transparency, marketed, marketer, added),
        typical_value=past.typical_value,
        typical_rate=past.typical_rate,
    )
