"""The plain market: a Mesa model with one agent per customer, firm and partner, stepped month by month in plain loops."""

from collections import defaultdict
from math import cos, pi

import mesa

from sim.population import held_out, sizes
from sim.timeline import Timeline
from sim.units import per_period
from tests.reference import books
from tests.reference.accounts import rounded
from tests.reference.customer import PlainCustomer
from tests.reference.firm import PlainFirm
from tests.reference.luck import PlainLuck
from tests.reference.measures import figures
from tests.reference.partner import moved
from tests.reference.told import told
from tests.reference.web import PlainWeb

BEFORE = 1 << 20
"""Number of the first period before the start, for its luck."""
YEAR = (
    "contribution", "customers", "purchases", "lost", "at_start", "acquired", "won_back", "cost_acquisition", "cost_retention", "cost_partners",
)  # fmt: skip
SO_FAR = ("acquired", "profit", "discounted_contribution")


class PlainMarket(mesa.Model):
    """A market of a scenario under one seed."""

    def __init__(self, scenario, seed=1):
        super().__init__(rng=seed)
        self.described, self.luck_seed, self.month = scenario, seed, 0
        self.timeline = Timeline(scenario)
        self.population, self.sizes, self.held = scenario.customers, sizes(scenario), held_out(scenario)
        self.months_per_period = scenario.months_per_period
        self.contractual = scenario.market.setting == "contractual"
        self.present, self.rules = self.timeline.at(1)  # not "scenario": Mesa 3.5 keeps one of its own there
        self.market = self.present.market
        self.term = max(1, round(per_period(self.market.contract_term, "months", self.months_per_period)))
        self.history, self.months, self.discounts, self.campaigns = [], [], [], []
        self.settle(seed, len(scenario.firms))
        self.first_customers = [[0] * len(scenario.firms) for _ in self.sizes]
        for customer in self.customers:
            for j in range(len(scenario.firms)):
                self.first_customers[customer.segment][j] += customer.purchases[j] > 0
        self.firms = []
        for j in range(len(scenario.firms)):
            self.firms.append(PlainFirm(self, j, [first[j] for first in self.first_customers]))
        self.web = PlainWeb(self)
        self.plan()
        self.datacollector = mesa.DataCollector(
            model_reporters={"month": "month"}, agenttype_reporters={PlainFirm: {"figures": lambda firm: dict(firm.figures)}}
        )

    def settle(self, seed, n_firms):
        """Let the first customers come, and live before the start; the last of each segment are its control group."""
        self.luck = born = PlainLuck(seed, 0, 0, self.population, n_firms)
        self.customers = []
        for segment, (size, held) in enumerate(zip(self.sizes, self.held, strict=True)):
            self.customers += [PlainCustomer(self, segment, place >= size - held) for place in range(size)]
        for period in range(round(self.market.settling / self.months_per_period)):
            self.luck = PlainLuck(seed, BEFORE + period, 0, self.population, n_firms)
            for customer in self.customers:
                customer.pass_time(period, BEFORE + period)
        self.luck = born
        for customer in self.customers:
            customer.start_with_a_firm()

    def step(self):
        """Carry out one month."""
        self.begin()
        for customer in self.customers:
            customer.step()
        self.close()
        self.datacollector.collect(self)

    def begin(self):
        """Start a month: the environment, and this month's luck; then partners, firms and their offers."""
        self.month += 1
        self.present, self.rules = self.timeline.at(self.month)
        self.market = self.present.market
        months = self.months_per_period
        self.term = max(1, round(per_period(self.market.contract_term, "months", months)))
        self.rate = (1 + self.market.discount_rate) ** (months / 12) - 1
        self.discount = (1 + self.rate) ** -self.month
        self.mean_rate = [segment.need_shape / segment.need_scale * months for segment in self.present.segments]
        self.campaigns = [c for c in self.described.campaigns if c.month <= self.month < c.month + c.months]
        self.said = [(customer.talk, customer.current) for customer in self.customers]
        self.luck = PlainLuck(self.luck_seed, self.month, 0, self.population, len(self.firms))
        self.web.draw()
        self.prepare()

    def prepare(self):
        """Let partners act on what firms planned last month, firms plan and act, and make their offers."""
        self.web.partners_act()
        self.plan()
        self.web.firms_act()
        calendar = (self.month - 0.5) * self.months_per_period + 0.5
        self.season = (1 + self.market.season_amplitude * cos(2 * pi * (calendar - self.market.season_peak) / 12)) * self.demand
        self.offers, self.books = {}, {}
        for s in range(len(self.sizes)):
            for held in (False, True):
                self.offers[s, held] = [firm.offer(s, held) for firm in self.firms]
                self.books[s, held] = [defaultdict(float) for _ in self.firms]
        self.arrived = self.left = 0

    def plan(self):
        """Let every firm decide on what it knows of last month."""
        views = [firm.view() for firm in self.firms]
        for firm, view in zip(self.firms, views, strict=True):
            firm.plan(view)

    def close(self):
        """Close the month's books."""
        for (s, held), cell in self.books.items():
            for j, book in enumerate(cell):
                book["people"] = self.held[s] if held else self.sizes[s] - self.held[s]
                book["advertising"] = rounded(self.offers[s, held][j].advertising) * book["people"] + (0.0 if held else self.spent(s, j))
                book["cost_acquisition"] = book["advertising"] + book["introductions"]
                book["discounted_contribution"] = book["contribution"] * self.discount
        books.close(self)
        for cell in self.books.values():
            for book in cell:
                costs = ("cost_of_goods", "cost_service", "cost_retention", "cost_acquisition", "cost_partners")
                book["profit"] = book["revenue"] - sum(book[cost] for cost in costs)
        self.history.append(self.books)
        self.discounts.append(self.discount)
        every = range(len(self.sizes))
        self.told = [{s: told(self, firm, [s]) for s in every} | {"all": told(self, firm, every)} for firm in self.firms]
        self.months.append([self.figures_of(every, j) for j in range(len(self.firms))])
        for firm in self.firms:
            firm.close(self.months[-1][firm.place])
            self.remember(firm)

    def remember(self, firm):
        """Keep what the month measured of a firm: for standards, shelves, suppliers and moves towards balance."""
        total = self.sums([self.books], range(len(self.sizes)), firm.place)
        firm.measured = [*firm.measured, firm.figures["satisfaction"]]
        firm.units = total["purchases"]
        if self.web.lives("distributor"):
            firm.sold = [total[f"purchases through {d}"] for d in range(len(firm.sold))]
        else:
            firm.sold = [0.0 for _ in firm.sold]
        for s in range(len(self.sizes)):
            book = self.sums([self.books], [s], firm.place)
            mean = book["power_balance"] / book["customers"] if book["customers"] else 0.0
            firm.moves[s] = moved(self.rules, firm.moves[s], mean)

    def spent(self, s, j):
        """Return what a firm's campaigns of this month cost for a segment."""
        spent, segments = 0.0, [segment.name for segment in self.present.segments]
        for campaign in self.campaigns:
            targets = [segments.index(name) for name in campaign.segments] or range(len(segments))
            if campaign.firm == self.present.firms[j].name and s in targets:
                spent += campaign.budget / campaign.months * self.sizes[s] / sum(self.sizes[t] for t in targets)
        return spent

    def past_year(self, j):
        """Return the sums of a firm's books over the past year."""
        return self.sums(self.history[-max(1, round(12 / self.months_per_period)) :], range(len(self.sizes)), j, YEAR)

    def figures_of(self, segments, j):
        """Return a firm's measures of this month, over some segments."""
        per_year = max(1, round(12 / self.months_per_period))
        value = 0.0
        for month, discount in zip(self.history, self.discounts, strict=True):
            then = self.sums([month], segments, j, ("perceived_value", "customers"))
            value += then["perceived_value"] / then["customers"] * discount if then["customers"] else 0.0
        market = [self.sums(self.history[-1:], segments, k, ("purchases",)) for k in range(len(self.firms))]
        return figures(
            now=self.sums(self.history[-1:], segments, j), year=self.sums(self.history[-per_year:], segments, j, YEAR),
            so_far=self.sums(self.history, segments, j, SO_FAR), value=value,
            sold=[firm["purchases"] for firm in market], first_customers=sum(self.first_customers[s][j] for s in segments),
            needs=sum(customer.needed for customer in self.customers if customer.segment in segments),
            entrants=[firm.spec.enters > 1 for firm in self.firms],
            price=sum(self.offers[s, False][j].price * self.sizes[s] for s in segments) / sum(self.sizes[s] for s in segments),
            rate=self.rate, contractual=self.contractual, told=self.told[j]["all" if len(segments) == len(self.sizes) else segments[0]],
        )  # fmt: skip

    def sums(self, months, segments, j, names=()):
        """Return the sums of a firm's books over some months and segments: of some names, or of all."""
        total = defaultdict(float)
        for month in months:
            for s in segments:
                for held in (False, True):
                    book = month[s, held][j]
                    for name in names or book:
                        total[name] += book[name]
        return total
