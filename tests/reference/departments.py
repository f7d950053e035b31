"""The internal market: pay, jobs, staff and skill, and what people make of the service that is planned."""

from math import exp, log

from tests.reference.partner import PlainPartner, feel, settle
from tests.reference.relation import share


class PlainDepartment(PlainPartner):
    """A department that every firm has: one relation for each firm's."""

    @property
    def spec(self):
        """What the scenario says of it."""
        return self.model.present.departments[self.place]


def start(model):
    """Return the departments at the start."""
    departments = [PlainDepartment(model, "internal", place, spec.orientation) for place, spec in enumerate(model.described.departments)]
    for department in departments:
        for dyad in department.dyads:
            dyad.skill = model.rules.internal_market.start_skill
    return departments


def act(model, departments, luck):
    """Carry out one month in all firms."""
    rule, total = model.rules.internal_market, sum(department.spec.weight for department in departments)
    for firm in model.firms:
        does, now, talk = firm.does, firm.now, firm.does.internal_dialogue * firm.effort
        chain, now.turnover, now.labour = 0.0, 0.0, 0.0
        for department in departments:
            dyad, weight = department.dyads[firm.place], department.spec.weight / total
            dyad.related = float(firm.present)
            # Terms: people depend on the firm as far as jobs are scarce; the firm on people as far as their skill is hard to replace.
            scarce = 0.5 * model.market.idle_capacity + 0.25 * dyad.structural_bond
            settle(model, dyad, scarce, 0.5 * dyad.skill, talk, does.forbearance, luck["partner_reservation"][department.place])
            dyad.wage = does.wage * (rule.low + (1 - dyad.taken) * max(rule.high - rule.low, 0.0))

            dyad.turnover = min(rule.quit * exp(-rule.hold * (dyad.satisfaction - 0.5)), 1.0)
            left = dyad.fill * (1 - dyad.turnover)
            dyad.fill = left + rule.hiring * (does.staffing - left) + (1 - rule.hiring) * 0.5 * (dyad.fill - left)
            gain = (rule.learning * does.training + rule.practice) * (1 - dyad.skill)
            dyad.skill = share(dyad.skill + gain - dyad.turnover * (dyad.skill - rule.novice))

            load = (1 + rule.event_load * firm.events) / max(dyad.fill, 1e-6)
            job = rule.ground + rule.by_training * does.training + rule.by_say * does.employee_participation + rule.by_talk * talk
            job = share(job + rule.by_pay * log(dyad.wage) - rule.overload * max(load - 1, 0.0))
            dyad.volume = department.spec.staff * firm.customers / 1000 * dyad.fill
            feel(model.rules, dyad, department.orientation, job, dyad.skill, talk, talk, does.employee_participation, does.shared_values)

            chain += rule.reach * weight * log(max((dyad.satisfaction + dyad.skill) / 2 / rule.usual, 1e-6))
            now.turnover += weight * dyad.turnover
            now.labour += weight * dyad.wage * dyad.fill
        smooth = (1 - rule.friction * (1 - talk)) / (1 - rule.friction / 2)
        now.capability = min(exp(chain) * smooth, rule.most)
        now.people = share((now.capability - rule.barren) / (1 - rule.barren))
