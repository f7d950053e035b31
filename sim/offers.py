"""From what firms decide to what customers meet: the month's offers, by segment."""

import numpy as np

from sim.levers import Levers, columns
from sim.mechanisms.complaints import Answer
from sim.month import Offer
from sim.scenario import Campaign, Mechanisms, Scenario
from sim.units import PerFirm


def running(scenario: Scenario, month: int) -> list[Campaign]:
    """Return the campaigns that run in a month."""
    return [campaign for campaign in scenario.campaigns if campaign.month <= month < campaign.month + campaign.months]


def offers(
    scenario: Scenario, rules: Mechanisms, plans: list[Levers], month: int, partners: PerFirm, complaints: PerFirm, customers: PerFirm
) -> tuple[Offer, ...]:
    """Return what the firms offer each segment this month.

    Parameters
    ----------
    scenario : Scenario
        The scenario as it stands this month.
    rules : Mechanisms
        Its mechanisms, converted to its period.
    plans : list of Levers
        What each firm's strategy decided.
    month : int
        The period's number.
    partners, complaints, customers : ndarray, shape (n_firms,)
        Last period's share of customers on the highest rung, complaints heard, and active customers.
    """
    firms = scenario.firms
    names = [firm.name for firm in firms]
    campaigns = running(scenario, month)
    found = []
    for segment in scenario.segments:
        targeted = list(plans)
        for campaign in campaigns:
            if not campaign.segments or segment.name in campaign.segments:
                j = names.index(campaign.firm)
                targeted[j] = targeted[j].but(**campaign.levers)
        plan = columns(targeted, scenario.months_per_period)
        for name in _idle(rules):
            plan[name] = np.zeros_like(plan[name])
        found.append(_offer(scenario, rules, plan, partners, complaints, customers))
    return tuple(found)


def _idle(rules: Mechanisms) -> list[str]:
    """Return the levers of mechanisms that are switched off: nothing is done with them, so nothing is spent on them."""
    levers = []
    if not rules.database.active:
        levers += ["crm", "save_offer"]
    if not rules.bonds.active:
        levers += ["reward", "social", "structural"]
    if not rules.contact.active:
        levers += ["mail", "email", "phone"]
    return levers


def _offer(scenario: Scenario, rules: Mechanisms, plan: dict[str, PerFirm], partners: PerFirm, complaints: PerFirm, customers: PerFirm) -> Offer:
    def per_firm(name: str) -> PerFirm:
        return np.array([getattr(firm, name) for firm in scenario.firms], np.float32)

    one = np.float32(1.0)
    price = per_firm("price") * (one - plan["discount"])
    core = rules.ladder.improved(per_firm("quality"), plan["participation"], partners)
    offered = rules.experience.offered(core, plan["service"])
    # Capacity was staffed for the customers there were; what came last month tells how far it goes.
    capacity = plan["complaint_capacity"] * customers / np.float32(1000.0)
    handled = np.minimum(capacity / np.maximum(complaints, one), one).astype(np.float32)
    return Offer(
        plan=plan,
        price=price,
        unit_cost=per_firm("unit_cost"),
        core=core,
        reliability=per_firm("reliability"),
        brand=per_firm("brand"),
        offered=offered,
        promised=np.minimum(offered + plan["promise"], one),
        reached=rules.consideration.reached(plan["advertising"]),
        pressure=rules.contact.pressure(plan["mail"], plan["email"], plan["phone"]),
        answer=Answer(plan["complaint_ease"], plan["suppression"], handled, plan["recovery"]),
        costs=rules.accounts.costs(plan, per_firm("price"), per_firm("unit_cost")),
    )
