"""One firm as one agent: what it sees, what it decides, what it offers, and what its months came to."""

from math import exp, isnan
from types import SimpleNamespace

import mesa

from sim.strategy import View

IDLE = {"database": ("crm", "save_offer"), "bonds": ("reward", "social", "structural"), "contact": ("mail", "email", "phone")}
"""Levers that nobody pulls when their mechanism is switched off."""


class PlainFirm(mesa.Agent):
    """A firm: its strategy decides on last month's figures."""

    def __init__(self, model, place, customers):
        super().__init__(model)
        self.place = place
        self.figures = {"customers": float(customers)}
        self.past = []

    def last(self, name):
        """Return a figure of last month; 0 where there is none."""
        value = self.figures.get(name, 0.0)
        return 0.0 if isnan(value) else value

    def view(self, spec):
        """Return what the firm knows when it plans."""
        others = [firm for firm in self.model.firms if firm is not self]
        prices = [firm.figures.get("price", self.model.described.firms[firm.place].price) for firm in others]
        return View(
            month=self.model.month, firm=self.place, price=spec.price, unit_cost=spec.unit_cost,
            customers=int(self.last("customers")) if self.past else 0, purchases=int(self.last("purchases")), profit=self.last("profit"),
            market_share=self.last("market_share"), satisfaction=self.last("satisfaction"), complaints=int(self.last("complaints")),
            rival_prices=tuple(prices), rival_shares=tuple(firm.last("market_share") for firm in others), past=tuple(self.past[:-1]),
        )  # fmt: skip

    def plan(self, spec):
        """Decide this month's levers: what the strategy says, then what the scenario holds fixed."""
        levers = spec.strategy.decide(self.view(spec))
        self.levers = levers.but(**spec.fixed) if spec.fixed else levers

    def offer(self, spec, segment):
        """Return what the firm offers one segment this month: its levers per period, and what follows from them."""
        model, rules = self.model, self.model.rules
        levers = self.levers
        for campaign in model.campaigns:
            if campaign.firm == spec.name and (not campaign.segments or segment.name in campaign.segments):
                levers = levers.but(**campaign.levers)
        levers = levers.per_period(model.months_per_period)
        offer = SimpleNamespace(**{name: getattr(levers, name) for name in type(levers).model_fields})
        for slot, idle in IDLE.items():
            if not getattr(rules, slot).active:
                vars(offer).update(dict.fromkeys(idle, 0.0))
        offer.price = spec.price * (1 - offer.discount)
        offer.unit_cost, offer.reliability, offer.brand = spec.unit_cost, spec.reliability, spec.brand
        core = spec.quality
        if rules.ladder.active:
            core += rules.ladder.co_creation * offer.participation * (1 - core) * self.last("rung_partner")
        offer.offered = rules.experience.quality * core + (1 - rules.experience.quality) * offer.service
        offer.promised = min(offer.offered + offer.promise, 1.0)
        offer.reached = 1 - exp(-rules.consideration.reach * offer.advertising)
        rule = rules.contact
        offer.pressure = offer.mail / rule.ideal_mail + offer.email / rule.ideal_email + offer.phone / rule.ideal_phone
        capacity = offer.complaint_capacity * self.last("customers") / 1000
        offer.handled = min(capacity / max(self.last("complaints"), 1.0), 1.0)
        rule = rules.accounts
        offer.cost_of_service = rule.service_cost * offer.service
        offer.compensation = rule.compensation * offer.recovery * spec.price
        offer.cost_of_attention = rule.social_cost * offer.social
        conduct = (offer.openness + offer.shared_values + offer.participation + offer.complaint_ease) / 4
        offer.cost_of_relation = rule.structural_cost * offer.structural + rule.conduct_cost * conduct
        offer.cost_of_relation += rule.capacity_cost * offer.complaint_capacity / 1000
        talk = rule.letter * offer.mail + rule.e_mail * offer.email + rule.call * offer.phone
        offer.cost_of_contacts = talk * (1 + rule.listening * offer.dialogue) + offer.crm
        if not rule.active:
            offer.cost_of_service = offer.compensation = offer.cost_of_attention = offer.cost_of_relation = offer.cost_of_contacts = 0.0
        return offer
