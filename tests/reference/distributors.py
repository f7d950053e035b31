"""The distributor market: margins, shelf, and what people find."""

from math import exp

from tests.reference.partner import PlainPartner, attention, feel, settle
from tests.reference.relation import share


class PlainDistributor(PlainPartner):
    """A distributor."""

    @property
    def spec(self):
        """What the scenario says of it."""
        return self.model.present.distributors[self.place]


def start(model):
    """Return the distributors at the start: shelf as equals would have it, none for firms that are not there yet."""
    rule, distributors = model.rules.distribution, []
    for place, spec in enumerate(model.described.distributors):
        distributors.append(PlainDistributor(model, "distributor", place, spec.orientation))
        for firm, dyad in zip(model.described.firms, distributors[-1].dyads, strict=True):
            dyad.shelf = 1 - exp(-rule.space) if firm.enters <= 1 else 0.0
            dyad.margin = margin(rule, dyad.taken)
    return distributors


def margin(rule, taken):
    """Return a distributor's margin, a share of the price."""
    return rule.handling + (1 - taken) * max(rule.most - rule.handling, 0.0)


def act(model, distributors, luck):
    """Carry out one month with all distributors."""
    rule, firms = model.rules.distribution, model.firms
    everybody = sum(distributor.spec.reach for distributor in distributors)
    relations = [[distributor.dyads[firm.place] for distributor in distributors] for firm in firms]
    for firm, dyads in zip(firms, relations, strict=True):
        for dyad in dyads:
            dyad.related = float(firm.present)
    dialogues = [[min(firm.does.distributor_dialogue * part, 1.0) for part in attention(firm, relations[firm.place])] for firm in firms]
    for distributor in distributors:
        sold, weight = [firm.sold[distributor.place] for firm in firms], distributor.spec.reach / everybody
        for firm, dyad in zip(firms, distributor.dyads, strict=True):
            # Terms: a distributor depends on a firm for what people come for; a firm on a distributor for whom it cannot reach elsewhere.
            dyad.demand = sold[firm.place] / sum(sold) if sum(sold) > 0 else 1 / len(firms)
            lacking = 1 - ((1 - weight) * (1 - firm.does.direct) + firm.does.direct)
            settle(
                model, dyad, 0.5 * (dyad.demand + dyad.structural_bond) * dyad.demand, 0.5 * (weight + dyad.structural_bond) * lacking,
                dialogues[firm.place][distributor.place], firm.does.distributor_forbearance, luck["partner_reservation"][distributor.place],
            )  # fmt: skip
            dyad.margin = margin(rule, dyad.taken)
        give_shelf(rule, firms, distributor)
    for firm, dyads in zip(firms, relations, strict=True):
        support, dialogue = firm.does.distributor_support * firm.effort, dialogues[firm.place]
        firm.now.direct = firm.does.direct * firm.present
        for distributor, dyad in zip(distributors, dyads, strict=True):
            dyad.volume = firm.sold[distributor.place] * firm.spec.price
            likeness = 1 - abs(firm.does.shared_values - distributor.spec.values)
            talk = dialogue[distributor.place]
            treated = share(rule.ground + rule.supported * support + rule.by_talk * talk + rule.by_values * (likeness - 0.5))
            openness = sum(dialogue) / len(dialogue)
            feel(model.rules, dyad, distributor.orientation, treated, dyad.shelf, talk, openness, support, firm.does.shared_values)
        sold = sum(dyad.volume for dyad in dyads)
        firm.spend("distributor", sold * (rule.support_cost * firm.does.distributor_support + rule.talk_cost * firm.does.distributor_dialogue))
        firm.spend("outside", rule.direct_cost * firm.does.direct * model.population)


def give_shelf(rule, firms, distributor):
    """Give shelf to firms that leave margin, that the distributor is tied to, that support it, and whose goods people come for."""
    weights = []
    for firm, dyad in zip(firms, distributor.dyads, strict=True):
        score = rule.by_margin * (dyad.margin - (rule.handling + rule.most) / 2) + rule.by_tie * dyad.commitment
        score += rule.by_support * firm.does.distributor_support * firm.effort + rule.by_demand * dyad.demand
        weights.append(exp(score) if firm.present and dyad.satisfaction >= rule.least else 0.0)
    for weight, dyad in zip(weights, distributor.dyads, strict=True):
        target = 1 - exp(-rule.space * len(firms) * weight / max(sum(weights), 1e-9))
        dyad.shelf += rule.pace * (target - dyad.shelf)
