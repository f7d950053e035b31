"""One month of the internal market: pay, jobs, staff and skill, and what people make of the service that is planned."""

import numpy as np

from sim.conditions import Conditions
from sim.draws import Luck
from sim.dyads import Dyads
from sim.markets.relation import Treatment, begin, feel, settle
from sim.markets.situation import Situation
from sim.scenario import Mechanisms, Scenario


def start(scenario: Scenario, rules: Mechanisms) -> Dyads:
    """Return every firm's relations with its own departments at the start."""
    listed = scenario.departments
    kinds = ["internal_" + d.kind for d in listed]
    dyads = Dyads("internal", [d.name for d in listed], kinds, [d.orientation for d in listed], len(scenario.firms))
    dyads.skill = np.full(dyads.skill.shape, rules.internal_market.start_skill)
    return begin(dyads, rules)


def carry_out(dyads: Dyads, scenario: Scenario, rules: Mechanisms, now: Situation, luck: Luck, conditions: Conditions) -> None:
    """Carry out one month: change the relations, and write what people make of service, contacts and technology."""
    rule, plan = rules.internal_market, now.plan
    weight = np.array([d.weight for d in scenario.departments], np.float32)
    staff = np.array([d.staff for d in scenario.departments], np.float32)
    dyads.related = np.broadcast_to(now.present[:, None], dyads.related.shape)
    talk = plan["internal_dialogue"] * now.effort
    dialogue = np.broadcast_to(talk[:, None], dyads.trust.shape).astype(np.float32)
    say = np.broadcast_to(plan["employee_participation"][:, None], dyads.trust.shape)

    # Terms: people depend on the firm as far as jobs are scarce; the firm on people as far as their skill is hard to replace.
    scarce = np.full(dyads.trust.shape, 0.5 * scenario.market.idle_capacity, np.float32)
    settle(
        dyads, rules, scarce + 0.25 * dyads.structural_bond, 0.5 * dyads.skill, dialogue, plan["forbearance"], scenario.market.transparency,
        luck.uniform("partner_reservation"),
    )  # fmt: skip
    dyads.wage = rule.wage(plan["wage"], dyads.taken)

    # Staff and skill.
    dyads.turnover = rule.turnover(dyads.satisfaction)
    dyads.fill = rule.fill(dyads.fill, plan["staffing"], dyads.turnover)
    dyads.skill = rule.skill(dyads.skill, plan["training"], dyads.turnover)

    # What both sides make of it.
    job = rule.job(dyads.wage, plan["training"], say[:, 0], talk, dyads.fill / (1.0 + rule.event_load * now.events[:, None]))
    dyads.volume = staff * now.customers[:, None] / np.float32(1000.0) * dyads.fill
    feel(dyads, rules, Treatment(job, dyads.skill, dialogue, plan["employee_participation"], plan["shared_values"]))
    conditions.capability = rule.capability(dyads.satisfaction, dyads.skill, weight, talk)
    conditions.people = rule.people(conditions.capability)
    share = weight / weight.sum()
    conditions.turnover = (dyads.turnover @ share).astype(np.float32)
    conditions.labour = ((dyads.wage * dyads.fill) @ share).astype(np.float32)
