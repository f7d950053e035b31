"""The web around the firms: the other five markets in their order, what they make of this month's offers, and what lasts of them."""

from copy import deepcopy
from types import SimpleNamespace

from sim.scenario import MOST_FIRMS, MOST_PARTNERS
from tests.reference import departments, distributors, influencers, rivals, suppliers
from tests.reference.luck import PlainLuck

MARKETS = ("supplier", "distributor", "internal", "influencer", "competitor")
SLOTS = {"supplier": "supply", "distributor": "distribution", "internal": "internal_market", "influencer": "influence", "competitor": "competition"}
LASTING = ("levers", "copied", "correction", "fit", "lead", "moves")
"""What lasts of a firm's month besides its relations and its accounts."""


class PlainWeb:
    """The partners of all markets."""

    def __init__(self, model):
        self.model, scenario = model, model.described
        self.partners = {"competitor": rivals.start(model)}
        if scenario.suppliers:
            self.partners["supplier"] = suppliers.start(model)
        if scenario.distributors:
            self.partners["distributor"] = distributors.start(model)
        if scenario.departments:
            self.partners["internal"] = departments.start(model)
        if scenario.influencers:
            self.partners["influencer"] = influencers.start(model)

    def lives(self, market):
        """Say whether a market is there and switched on."""
        return market in self.partners and getattr(self.model.rules, SLOTS[market]).active

    def draw(self):
        """Draw this month's luck of partners and firms, by market: ``luck["supplier"]["lateness"][firm][supplier]``."""
        model = self.model
        self.luck = {}
        for number, market in enumerate(("firm", *MARKETS)):
            count = len(model.firms) if market == "firm" else len(self.partners.get(market, ()))
            if count:
                first = model.population + 1 + number * (MOST_FIRMS + MOST_PARTNERS)
                self.luck[market] = PlainLuck(model.luck_seed, model.month, first, count, len(model.firms))

    def partners_act(self):
        """Let influencers, suppliers, distributors and employees act, on what firms planned last month."""
        model = self.model
        model.transparency, model.demand, model.shelves = 0.0, 1.0, self.lives("distributor")
        for firm in model.firms:
            firm.look()
            firm.now = SimpleNamespace(
                price=1.0, unit_cost=None, quality=0.0, reliability=1.0, capability=1.0, people=1.0, labour=1.0, turnover=0.0, reach=0.0, cap=1.0,
                message=0.0, publicity=0.0, direct=0.0, costs={}, scandal=firm.spec.scandal if model.rules.influence.active else 0.0,
            )  # fmt: skip
        if self.lives("influencer"):
            influencers.act(model, self.partners["influencer"], self.luck["influencer"], self.luck["firm"])
        if self.lives("supplier"):
            suppliers.act(model, self.partners["supplier"], self.luck["supplier"])
        if self.lives("distributor"):
            distributors.act(model, self.partners["distributor"], self.luck["distributor"])
        if self.lives("internal"):
            departments.act(model, self.partners["internal"], self.luck["internal"])

    def firms_act(self):
        """Let rivals react, offers move towards wishes, research find or not, and standards be kept."""
        model, rule = self.model, self.model.rules.development
        for firm in model.firms:
            firm.look()
        if self.lives("competitor"):
            rivals.act(model, self.partners["competitor"], self.luck["competitor"])
        for firm in model.firms:
            does = firm.does
            if rule.active:
                learnt = rule.learn * does.sensing * firm.effort * firm.present * (1 + does.dialogue) / 2
                firm.fit = [min(max(fit + learnt * (1 - fit) - rule.drift * fit, 0.0), 1.0) for fit in firm.fit]
                found = self.luck["firm"]["discovery"][firm.place] < rule.discovery * does.innovation * firm.present
                firm.lead = rule.strength if found else firm.lead * (1 - rule.fading)
                firm.spend("outside", rule.innovation_cost * does.innovation * model.population)
            else:
                firm.lead = 0.0
            firm.correct()
        if rule.active and rule.strength > 0:
            model.demand = 1 + rule.pull * max(firm.lead for firm in model.firms) / rule.strength

    def state(self):
        """Return a copy of all that lasts."""
        kept = {}
        for market, partners in self.partners.items():
            for partner in partners:
                for firm, dyad in enumerate(partner.dyads):
                    kept[market, partner.place, firm] = dict(vars(dyad))
        for firm in self.model.firms:
            kept[firm.place] = deepcopy({name: getattr(firm, name) for name in LASTING})
        return kept

    def restore(self, kept):
        """Set everything back."""
        for market, partners in self.partners.items():
            for partner in partners:
                for firm, dyad in enumerate(partner.dyads):
                    vars(dyad).update(kept[market, partner.place, firm])
        for firm in self.model.firms:
            vars(firm).update(deepcopy(kept[firm.place]))
