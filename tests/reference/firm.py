"""One firm as one agent: what it sees, what it decides, what it offers, and what its months came to."""

from math import exp, isnan
from types import SimpleNamespace

import mesa

from sim.levers import Levers
from sim.strategy import Page, Rival, View
from sim.units import per_period
from tests.reference.partner import against
from tests.reference.relation import share

IDLE = {
    "database": ("crm", "save_offer", "poaching"),
    "bonds": ("reward", "social", "structural"),
    "contact": ("mail", "email", "phone", "reactivation"),
    "competition": ("poaching",),
    "development": ("sensing", "innovation", "extras", "advice"),
}
"""Levers that nobody pulls when their mechanism is switched off."""
RELATIONAL = ("crm", "sensing", "dialogue", "social", "structural", "participation", "recovery")
"""Levers that take effect as far as the firm is ready for relations, and that its budget for relations limits."""
ABSENT = ("advertising", "mail", "email", "phone", "reactivation", "crm", "poaching", "innovation", "discount")
"""Levers that a firm does not pull while it takes no part."""
COPIED = ("reward", "social", "structural")
LOADING = ("event", "service")
DIARY = 24


def plain(levers, months):
    """Return levers per period as plain numbers by name."""
    levers = levers.per_period(months)
    return SimpleNamespace(**{name: getattr(levers, name) for name in type(levers).model_fields})


class PlainFirm(mesa.Agent):
    """A firm: its strategy decides on last month's figures."""

    def __init__(self, model, place, first_customers):
        super().__init__(model)
        self.place = place
        self.figures = {"customers": float(sum(first_customers))}
        self.diary = []
        self.levers = Levers.at(0.0)
        segments = model.described.segments
        means = [segment.need_shape / segment.need_scale * model.months_per_period for segment in segments]
        self.units = sum(count * mean for count, mean in zip(first_customers, means, strict=True))
        self.sold = [0.0 for _ in model.described.distributors]
        self.fit = [model.rules.development.start for _ in segments]
        self.lead = self.correction = 0.0
        self.copied = [0.0] * 3
        self.moves = [[0.0] * 4 for _ in segments]
        self.measured = []

    @property
    def spec(self):
        """What the scenario says of it, as it stands now."""
        return self.model.present.firms[self.place]

    def last(self, name, default=0.0):
        """Return a figure of last month, with a default where there is none."""
        value = self.figures.get(name, default)
        return default if isnan(value) else value

    def look(self):
        """Look at what the firm does, and at what last month left behind."""
        model, spec = self.model, self.spec
        self.does = plain(self.levers, model.months_per_period)
        self.present = spec.enters <= model.month <= spec.leaves
        self.effort = self.ready()
        self.customers, self.revenue, self.cost = self.last("customers"), self.last("revenue"), self.last("revenue") - self.last("profit")
        self.taken = self.last("surplus_share", 0.5)
        self.turned_away = self.last("complaints_turned_away") / max(self.last("bad_episodes"), 1.0)
        self.seen_price = self.last("price", spec.price)
        self.events = sum(campaign.firm == spec.name and campaign.form in LOADING for campaign in model.campaigns)

    def ready(self):
        """Return the share of relational effort that takes effect: readiness, and somebody who answers for it."""
        product, elements = 1.0, list(type(self.spec.readiness).model_fields)
        for element in elements:
            product *= getattr(self.spec.readiness, element)
        plan = self.spec.planning
        return product ** (1 / len(elements)) * (1 - plan.friction if plan.active and not plan.manager else 1.0)

    def spend(self, where, amount):
        """Add to what relations cost this month; an absent firm spends nothing."""
        self.now.costs[where] = self.now.costs.get(where, 0.0) + amount * self.present

    def correct(self):
        """Raise service while satisfaction, as known now, is below the standard."""
        plan, months = self.spec.planning, self.model.months_per_period
        delay = max(1, round(per_period(plan.delay, "months", months)))
        known = self.measured[-delay] if len(self.measured) >= delay else float("nan")
        if not plan.active or plan.standard == 0 or isnan(known):
            self.correction = 0.0
        else:
            more = plan.response * min(months, 1.0) * (plan.standard - known)
            self.correction = min(max(self.correction + more, 0.0), plan.room)

    def view(self):
        """Return what the firm knows when it plans."""
        model, spec = self.model, self.spec
        rivals = [
            Rival(firm.place, firm.figures.get("price", firm.spec.price), firm.last("market_share"), firm.last("profit"), firm.levers)
            for firm in model.firms
            if firm is not self
        ]
        year = model.past_year(self.place)
        won = year["acquired"] + year["won_back"]
        return View(
            month=max(model.month, 1), firm=self.place, price=spec.price, unit_cost=spec.unit_cost, customers=int(self.last("customers")),
            purchases=int(self.last("purchases")), profit=self.last("profit"), market_share=self.last("market_share"),
            satisfaction=self.last("satisfaction"), complaints=int(self.last("complaints")), rivals=tuple(rivals), diary=tuple(self.diary),
            market_size=model.population, margin=self.last("contribution") / max(self.last("customers"), 1.0), churn=self.last("churn_rate"),
            acquisition_cost=year["cost_acquisition"] / won if won else 0.0,
        )  # fmt: skip

    def plan(self, view):
        """Decide this month's levers: what the strategy says, then the places in single markets and the levers that the scenario holds fixed."""
        spec = self.spec
        self.levers = spec.strategy.decide(view).within(dict(spec.orientation)).but(**spec.fixed)

    def close(self, figures):
        """Close a month: its figures, and a page of the diary."""
        self.figures = figures
        page = Page(self.levers, int(self.last("purchases")), int(self.last("customers")), self.last("profit"), self.last("satisfaction"))
        self.diary = [*self.diary, page][-DIARY:]

    def paid(self, segment, held_out):
        """Return the levers that the firm pays for this month towards a segment, and to its control group."""
        model, levers = self.model, self.levers
        for campaign in model.campaigns:
            if not held_out and campaign.firm == self.spec.name and (not campaign.segments or segment.name in campaign.segments):
                levers = levers.but(**campaign.levers)
        paid = plain(levers, model.months_per_period)
        for slot, idle in IDLE.items():
            if not getattr(model.rules, slot).active:
                vars(paid).update(dict.fromkeys(idle, 0.0))
        plan, cost = self.spec.planning, self.last("relationship_cost")
        if plan.active and plan.budget < 1 and cost > 0:
            for name in RELATIONAL:
                setattr(paid, name, getattr(paid, name) * min(1.0, plan.budget * self.last("revenue") / cost))
        paid.service = min(paid.service + self.correction, 1.0)
        for name, more in zip(COPIED, self.copied if model.web.lives("competitor") else (0.0, 0.0, 0.0), strict=True):
            setattr(paid, name, min(getattr(paid, name) + more, 1.0))
        if not self.present:
            vars(paid).update(dict.fromkeys(ABSENT, 0.0))
        return paid

    def offer(self, number, held_out=False):
        """Return what the firm offers one segment this month: its levers as they take effect, and what follows from them."""
        model, rules, spec, now = self.model, self.model.rules, self.spec, self.now
        paid = self.paid(model.present.segments[number], held_out)
        offer = SimpleNamespace(**vars(paid))
        for name in RELATIONAL:
            setattr(offer, name, getattr(paid, name) * self.ready())
        offer.service = min(paid.service * now.capability, 1.0)
        offer.recovery = min(offer.recovery * now.capability, 1.0)
        offer.capability, offer.people, offer.turnover, offer.cap = now.capability, now.people, now.turnover, now.cap
        offer.price = spec.price * (1 - offer.discount) * now.price
        offer.unit_cost = spec.unit_cost if now.unit_cost is None else now.unit_cost
        offer.reliability = spec.reliability * now.reliability
        offer.brand = spec.brand + rules.choice.closing * offer.pressure
        core = share(spec.quality + now.quality)
        if rules.ladder.active:
            core += rules.ladder.co_creation * offer.participation * (1 - core) * self.last("rung_partner")
        offer.offered = rules.experience.quality * core + (1 - rules.experience.quality) * offer.service
        rule = rules.development
        if rule.active:
            offer.offered += rule.by_fit * (self.fit[number] - rule.usual) + rule.extended * (1 - exp(-3 * offer.extras))
            offer.offered += rule.by_advice * offer.advice + self.lead
        offer.offered = share(offer.offered)
        offer.promised = min(offer.offered + offer.promise, 1.0)
        offer.reached = 1 - exp(-rules.consideration.reach * offer.advertising) * (1 - now.reach)
        rule = rules.contact
        offer.contacts = offer.mail / rule.ideal_mail + offer.email / rule.ideal_email + offer.phone / rule.ideal_phone
        capacity = offer.complaint_capacity * self.last("customers") / 1000
        offer.handled = min(capacity / max(self.last("complaints"), 1.0), 1.0)
        transparency = min(model.market.transparency + model.transparency, 1.0)
        offer.marketed, marketer, added = against(self.moves[number])
        offer.idle, offer.against = model.market.idle_capacity * marketer, rules.power.information * transparency + added
        year = model.past_year(self.place)
        offer.typical_value = year["contribution"] / year["customers"] if year["customers"] else 0.0
        offer.typical_rate = year["purchases"] / year["customers"] if year["customers"] else 0.0
        charge(rules, offer, paid, spec.price, now.labour)
        return offer


def charge(rules, offer, paid, price, labour):
    """Write what the offer costs: for each purchase, each active customer, each customer on file, each resolved complaint and each card."""
    rule = rules.accounts
    if not rule.active:
        offer.cost_of_service = offer.compensation = offer.cost_of_attention = offer.cost_of_relation = offer.cost_of_contacts = offer.card = 0.0
        return
    more, effort = 0.0, 0.0
    if rules.development.active:
        more = rules.development.extras_cost * paid.extras + rules.development.advice_cost * paid.advice
        effort = rules.development.sensing_cost * paid.sensing
    offer.cost_of_service = rule.service_cost * paid.service * labour + more
    offer.compensation = rule.compensation * paid.recovery * price
    offer.cost_of_attention = rule.social_cost * paid.social * labour
    conduct = (paid.openness + paid.shared_values + paid.participation + paid.complaint_ease) / 4
    offer.cost_of_relation = rule.structural_cost * paid.structural + rule.conduct_cost * conduct
    offer.cost_of_relation += rule.capacity_cost * paid.complaint_capacity / 1000 + effort
    talk = (rule.letter * paid.mail + rule.e_mail * paid.email + rule.call * paid.phone) * (1 - rule.by_system * paid.automation)
    offer.cost_of_contacts = talk * (1 + rule.listening * paid.dialogue) + paid.crm
    offer.card = rule.letter * paid.reactivation
