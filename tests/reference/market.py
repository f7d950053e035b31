"""The plain market: a Mesa model with one agent per customer and one per firm, stepped month by month in plain loops."""

from collections import defaultdict
from math import cos, pi

import mesa

from sim.population import sizes
from sim.timeline import Timeline
from sim.units import per_period
from tests.reference.accounts import rounded
from tests.reference.customer import PlainCustomer
from tests.reference.firm import PlainFirm
from tests.reference.luck import PlainLuck
from tests.reference.measures import figures

BEFORE = 1 << 20
"""Number of the first period before the start, for its luck."""


class PlainMarket(mesa.Model):
    """A market of a scenario under one seed."""

    def __init__(self, scenario, seed=1):
        super().__init__(rng=seed)
        self.described, self.luck_seed, self.month = scenario, seed, 0
        self.timeline = Timeline(scenario)
        self.population, self.sizes = scenario.customers, sizes(scenario)
        self.months_per_period = scenario.months_per_period
        self.contractual = scenario.market.setting == "contractual"
        self.present, self.rules = self.timeline.at(1)  # not "scenario": Mesa 3.5 keeps one of its own there
        self.market = self.present.market
        self.term = max(1, round(per_period(self.market.contract_term, "months", self.months_per_period)))
        self.luck = born = PlainLuck(seed, 0, self.population, len(scenario.firms))
        self.customers = [PlainCustomer(self, segment) for segment, size in enumerate(self.sizes) for _ in range(size)]
        for period in range(round(self.market.settling / self.months_per_period)):
            self.luck = PlainLuck(seed, BEFORE + period, self.population, len(scenario.firms))
            for customer in self.customers:
                customer.pass_time(period, BEFORE + period)
        self.luck = born
        for customer in self.customers:
            customer.start_with_a_firm()
        self.firms = []
        for j in range(len(scenario.firms)):
            self.firms.append(PlainFirm(self, j, sum(customer.purchases[j] > 0 for customer in self.customers)))
        self.first_customers = [[0] * len(self.firms) for _ in self.sizes]
        for customer in self.customers:
            for j in range(len(self.firms)):
                self.first_customers[customer.segment][j] += customer.purchases[j] > 0
        self.history = []
        self.months = []
        self.datacollector = mesa.DataCollector(
            model_reporters={"month": "month"}, agenttype_reporters={PlainFirm: {"figures": lambda firm: dict(firm.figures)}}
        )

    def step(self):
        """Carry out one month."""
        self.begin()
        for customer in self.customers:
            customer.step()
        self.close()
        self.datacollector.collect(self)

    def begin(self):
        """Start a month: what the environment brings, what firms plan and offer, what was said last month."""
        self.month += 1
        self.present, self.rules = self.timeline.at(self.month)
        self.market = self.present.market
        months = self.months_per_period
        calendar = (self.month - 0.5) * months + 0.5
        self.season = 1 + self.market.season_amplitude * cos(2 * pi * (calendar - self.market.season_peak) / 12)
        self.term = max(1, round(per_period(self.market.contract_term, "months", months)))
        self.rate = (1 + self.market.discount_rate) ** (months / 12) - 1
        self.discount = (1 + self.rate) ** -self.month
        self.mean_rate = [segment.need_shape / segment.need_scale * months for segment in self.present.segments]
        self.campaigns = [c for c in self.described.campaigns if c.month <= self.month < c.month + c.months]
        for firm, spec in zip(self.firms, self.present.firms, strict=True):
            firm.plan(spec)
        self.offers = []
        for segment in self.present.segments:
            self.offers.append([firm.offer(spec, segment) for firm, spec in zip(self.firms, self.present.firms, strict=True)])
        self.books = [[defaultdict(float) for _ in self.firms] for _ in self.sizes]
        self.arrived = self.left = 0
        self.said = [(customer.talk, customer.current) for customer in self.customers]
        self.luck = PlainLuck(self.luck_seed, self.month, self.population, len(self.firms))

    def close(self):
        """Close the month's books."""
        for s, books in enumerate(self.books):
            for j, book in enumerate(books):
                book["people"] = self.sizes[s]
                book["cost_acquisition"] = self.advertising(s, j)
                book["price"] = self.offers[s][j].price
                book["discounted_contribution"] = book["contribution"] * self.discount
                book["profit"] = book["revenue"] - sum(book[cost] for cost in ("cost_of_goods", "cost_service", "cost_retention", "cost_acquisition"))
        self.history.append(self.books)
        self.months.append([self.figures_of(range(len(self.sizes)), j) for j in range(len(self.firms))])
        for firm in self.firms:
            firm.figures = self.months[-1][firm.place]
            firm.past.append(int(firm.figures["purchases"]))

    def advertising(self, s, j):
        """Return what a firm spends this month on advertising and campaigns to a segment."""
        spent = rounded(self.offers[s][j].advertising) * self.sizes[s]
        segments = [segment.name for segment in self.present.segments]
        for campaign in self.campaigns:
            targets = [segments.index(name) for name in campaign.segments] or range(len(segments))
            if campaign.firm == self.present.firms[j].name and s in targets:
                spent += campaign.budget / campaign.months * self.sizes[s] / sum(self.sizes[t] for t in targets)
        return spent

    def figures_of(self, segments, j):
        """Return a firm's measures of this month, over some segments."""
        per_year = max(1, round(12 / self.months_per_period))
        return figures(
            now=together(self.history[-1:], segments, j),
            year=together(self.history[-per_year:], segments, j),
            so_far=together(self.history, segments, j),
            sold=[together(self.history[-1:], segments, k)["purchases"] for k in range(len(self.firms))],
            first_customers=sum(self.first_customers[s][j] for s in segments),
            price=sum(self.offers[s][j].price * self.sizes[s] for s in segments) / sum(self.sizes[s] for s in segments),
            rate=self.rate, contractual=self.contractual,
        )  # fmt: skip


def together(months, segments, j):
    """Return the sums of a firm's books over some months and segments."""
    total = defaultdict(float)
    for books in months:
        for s in segments:
            for name, amount in books[s][j].items():
                total[name] += amount
    return total
