"""The market as a Mesa model: set up, step, collect."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import isnan
from secrets import randbits

import mesa
import numpy as np

from sim import population
from sim.agents.customer import Customer
from sim.agents.firm import Firm
from sim.customers import Block
from sim.everyone import CustomerSet, Everyone
from sim.ledger import Ledger
from sim.levers import Levers
from sim.measures import measures
from sim.month import Now, Outcome, carry_out
from sim.offers import offers, running
from sim.scenario import Mechanisms, Scenario
from sim.strategy import View
from sim.timeline import Timeline
from sim.units import MICROS, Marks, PerFirm, Sums, Table, per_period

_MODEL_FIGURES = ("month", "customers_in_category", "purchases", "acquired", "revenue", "profit", "customer_equity", "hhi", "churn_rate")
"""What Mesa's DataCollector keeps of the whole market: sums over firms, then concentration and churn."""

SERIAL_BELOW = 250_000
"""Customers below which a second thread costs more than it brings."""


class MarketModel(mesa.Model):
    """A market stepped month by month under each firm's strategy.

    Parameters
    ----------
    scenario : Scenario
        What the market is; ``scenarios.load("duel")`` gives one.
    seed : int, optional
        Seed of this replication, 0 to 2^64 - 1. The same scenario and seed give the same bits, with any number of threads. None draws
        one, as everywhere in Mesa: its ``batch_run`` gives None for replications of which nobody chose the seed.
    threads : int
        Threads that carry out blocks of customers at the same time.
    """

    def __init__(self, scenario: Scenario, seed: int | None = 1, threads: int = 1) -> None:
        seed = randbits(64) if seed is None else seed
        super().__init__(rng=seed)
        self.running: bool = True
        # Mesa wraps step() in a cycle that keeps the model alive, and 3.5 schedules its steps in another; this model counts its own months.
        for wrapped in ("step", "_user_step"):
            self.__dict__.pop(wrapped, None)
        if "_default_schedule" in self.__dict__:
            self.__dict__.pop("_default_schedule").stop()
        self._described = scenario
        self.seed, self.threads, self.month = seed, threads, 0
        self.timeline = Timeline(scenario)
        self.blocks: list[Block] = population.start(*self.timeline.at(1), seed)
        self._said: Marks = np.zeros(scenario.customers, np.int8)
        self._of: Marks = np.concatenate([block.current for block in self.blocks])
        self.firms = [Firm(self, scenario.customers + 1 + j, j, spec) for j, spec in enumerate(scenario.firms)]
        self.customers = CustomerSet(self, self.blocks)
        n_segments, n_firms = len(scenario.segments), len(scenario.firms)
        self._partners: PerFirm = np.zeros(n_firms, np.float32)
        first = np.zeros((n_segments, n_firms))
        for block in self.blocks:
            first[block.segment] += (block.purchases > 0).sum(axis=1)
        self._sizes = population.sizes(scenario)
        self.ledger = Ledger(scenario, self._sizes, first)
        self._customers: PerFirm = first.sum(axis=0).astype(np.float32)
        self._complaints: PerFirm = np.zeros(n_firms, np.float32)
        self.datacollector = mesa.DataCollector(
            model_reporters={"seed": "seed"} | {name: (lambda model, name=name: model.figures[name]) for name in _MODEL_FIGURES},
            agenttype_reporters={Firm: {name: name for name in measures()}},
        )
        self.figures: dict[str, float] = {}

    @property
    def scenario(self) -> Scenario:
        """The scenario that the model was made of."""
        return self._described

    @scenario.setter
    def scenario(self, given: object) -> None:
        """Mesa 3.5 writes a scenario of its own here while it sets up; this model's is the one it was given."""

    @property
    def agents(self) -> "Everyone":
        """All agents: customers, made when asked for, and firms."""
        return Everyone(self.customers, super().agents)

    @property
    def agents_by_type(self) -> dict[type, "mesa.agent.AgentSet | CustomerSet"]:
        """Agents by type; customers answer the verbs of an AgentSet on columns."""
        return {**super().agents_by_type, Customer: self.customers}

    @property
    def agent_types(self) -> list[type]:
        """The types of agents there are."""
        return [*super().agent_types, Customer]

    def step(self) -> None:
        """Carry out one month."""
        if not self.running:
            raise RuntimeError(f"the run of {self.month} periods is over; make a new model for a longer one, or scenario.but(months=...)")
        self.month += 1
        self.steps, self.time = self.month, float(self.month)
        # 1. Environment: events and campaigns of this month.
        scenario, rules = self.timeline.at(self.month)
        # 5. Planning: every firm decides on what it knows of last month.
        plans = [firm.plan(spec, self._view(firm, spec.price, spec.unit_cost)) for firm, spec in zip(self.firms, scenario.firms, strict=True)]
        # 6. Customers.
        now = self._now(scenario, rules, plans)
        outcomes = self._carry_out(now)
        # 7. Accounts, and 8. measures.
        self._close(scenario, now, outcomes)
        self.datacollector.collect(self)
        self.running = self.month < self._described.periods

    def run_model(self) -> None:
        """Carry out all remaining months."""
        while self.running:
            self.step()

    def tables(self) -> dict[str, Table]:
        """Return the run's tables as columns by name; the data dictionary is ``sim.measures``."""
        return {
            "firm_months": self.ledger.firm_months(),
            "dyad_months": self.ledger.dyad_months(),
            "segment_months": self.ledger.segment_months(),
            "cohorts": self.ledger.cohorts(),
            "class_months": self.ledger.class_months(),
            "customers": self.customers.table(),
            "summary": self.ledger.summary(),
        }

    def _view(self, firm: Firm, price: float, unit_cost: float) -> View:
        others = [other for other in self.firms if other is not firm]

        def last(which: Firm, name: str) -> float:
            figure = which.figures.get(name, 0.0)
            return 0.0 if isnan(figure) else figure

        return View(
            month=self.month, firm=firm.place, price=price, unit_cost=unit_cost, customers=int(self._customers[firm.place]),
            purchases=int(last(firm, "purchases")), profit=last(firm, "profit"), market_share=last(firm, "market_share"),
            satisfaction=last(firm, "satisfaction"), complaints=int(last(firm, "complaints")),
            rival_prices=tuple(other.figures.get("price", self.scenario.firms[other.place].price) for other in others),
            rival_shares=tuple(last(other, "market_share") for other in others), past=tuple(firm.past[:-1]),
        )  # fmt: skip

    def _now(self, scenario: Scenario, rules: Mechanisms, plans: list[Levers]) -> Now:
        months = scenario.months_per_period
        market = scenario.market
        phase = 2.0 * np.pi * ((self.month - 0.5) * months - market.season_peak + 0.5) / 12.0
        rate = (1.0 + market.discount_rate) ** (months / 12.0) - 1.0
        return Now(
            scenario=scenario, rules=rules, month=self.month, seed=self.seed, months=months,
            season=float(1.0 + market.season_amplitude * np.cos(phase)),
            term=max(1, round(per_period(market.contract_term, "months", months))),
            discount=float((1.0 + rate) ** -self.month),
            offers=offers(scenario, rules, plans, self.month, self._partners, self._complaints, self._customers),
            mean_rates=tuple(segment.need_shape / segment.need_scale * months for segment in scenario.segments),
            population=scenario.customers, said=self._said, of=self._of,
        )  # fmt: skip

    def _carry_out(self, now: Now) -> list[Outcome]:
        """Carry out the month block by block and return what happened, by segment."""
        work = _pool(self.threads).map if self.threads > 1 and now.population >= SERIAL_BELOW else map
        found: Iterator[Outcome] = iter(work(carry_out, self.blocks, [now] * len(self.blocks)))
        by_segment: list[Outcome] = [{} for _ in now.scenario.segments]
        said, of = np.empty_like(self._said), np.empty_like(self._of)
        for block, outcome in zip(self.blocks, found, strict=True):
            sums = by_segment[block.segment]
            for name, value in outcome.items():
                sums[name] = sums[name] + value if name in sums else value
            said[block.first : block.first + block.n] = block.talk
            of[block.first : block.first + block.n] = block.current
        self._said, self._of = said, of
        return by_segment

    def _close(self, scenario: Scenario, now: Now, outcomes: list[Outcome]) -> None:
        acquisition = np.array(
            [
                np.rint(offer.plan["advertising"].astype(np.float64) * MICROS).astype(np.int64) * size
                for offer, size in zip(now.offers, self._sizes, strict=True)
            ]
        )
        acquisition += self._campaigns(scenario)
        price = np.array([offer.price for offer in now.offers], np.float64)
        figures = self.ledger.add(self.month, scenario, outcomes, acquisition, price)
        for firm in self.firms:
            firm.figures = {name: float(values[-1, firm.place]) for name, values in figures.items()}
            firm.past.append(int(firm.figures["purchases"]))
        self._customers = figures["customers"][-1].astype(np.float32)
        self._complaints = figures["complaints"][-1].astype(np.float32)
        self._partners = np.nan_to_num(figures["rung_partner"][-1]).astype(np.float32)
        self.figures = {"month": self.month, "customers_in_category": int(self.ledger.people[-1][0])}
        for name in _MODEL_FIGURES[2:-2]:
            self.figures[name] = float(figures[name][-1].sum())
        self.figures["hhi"] = float(figures["hhi"][-1, 0])
        self.figures["churn_rate"] = float(self.ledger.market_churn())

    def _campaigns(self, scenario: Scenario) -> Sums:
        """Return this month's campaign budgets by segment and firm, micros: spread over the target group by its size."""
        spent = np.zeros((len(scenario.segments), len(scenario.firms)), np.int64)
        names = [segment.name for segment in scenario.segments]
        firms = [firm.name for firm in scenario.firms]
        for campaign in running(scenario, self.month):
            targets = [names.index(name) for name in campaign.segments] or list(range(len(names)))
            ends = np.cumsum([self._sizes[s] for s in targets])
            # Differences of rounded running totals: over its months and segments the budget is spent to the last micro.
            done = [round(campaign.budget * MICROS * m / campaign.months) for m in (self.month - campaign.month, self.month - campaign.month + 1)]
            parts = np.diff([round((done[1] - done[0]) * int(end) / int(ends[-1])) for end in ends], prepend=0)
            spent[targets, firms.index(campaign.firm)] += parts
        return spent


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="blocks")
