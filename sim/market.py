"""The market as a Mesa model: set up, step, collect."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from secrets import randbits
from typing import Any

import mesa
import numpy as np

from sim import population
from sim.agents.competitor import Competitor
from sim.agents.customer import Customer
from sim.agents.distributor import Distributor
from sim.agents.firm import Firm
from sim.agents.influencer import Influencer
from sim.agents.partner import Partner
from sim.agents.supplier import Supplier
from sim.agents.workforce import Workforce
from sim.conditions import Conditions
from sim.customers import Block
from sim.everyone import CustomerSet, Everyone
from sim.ledger import Ledger
from sim.markets.web import Web
from sim.measures import measures
from sim.month import Outcome, carry_out
from sim.now import Now, Offer
from sim.offers import offers
from sim.office import Office
from sim.scenario import Event, Mechanisms, Scenario
from sim.timeline import Timeline
from sim.units import Marks, Table, per_period

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
        self.present, rules = self.timeline.at(1)
        self.blocks: list[Block] = population.start(self.present, rules, seed)
        self._said: Marks = np.zeros(scenario.customers, np.int8)
        self._of: Marks = np.concatenate([block.current for block in self.blocks])
        self.web = Web(self.present, rules, seed)
        self.firms = [Firm(self, scenario.customers + 1 + j, j, spec) for j, spec in enumerate(scenario.firms)]
        self.partners = self._partners()
        self.customers = CustomerSet(self, self.blocks)
        self.office = Office(scenario, self.blocks, self.firms, self.web)
        self.office.plan(self.present, 1)
        self.datacollector = mesa.DataCollector(
            model_reporters={"seed": "seed"} | {name: (lambda model, name=name: model.figures[name]) for name in _MODEL_FIGURES},
            agenttype_reporters={Firm: {name: name for name in measures()}},
        )
        self.figures: dict[str, float] = {}

    def _partners(self) -> list[Partner | Workforce]:
        """Make the agents of the other five markets."""
        made: list[Partner | Workforce] = []
        number = self._described.customers + 1 + len(self.firms)
        kinds = {"supplier": Supplier, "distributor": Distributor, "influencer": Influencer, "competitor": Competitor}
        for market, dyads in self.web.dyads.items():
            kind = kinds.get(market)
            count = len(self.firms) if kind is None else len(dyads)
            for place in range(count):
                made.append(Workforce(self, number, dyads, place) if kind is None else kind(self, number, dyads, place))
                number += 1
        return made

    @property
    def ledger(self) -> Ledger:
        """The books: sums and measures of every month."""
        return self.office.ledger

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
        office, web = self.office, self.web
        # 1. Environment: events, campaigns, entry and exit; influencers' stances.
        # 2. Supply: terms, orders and deliveries.
        # 3. Distribution: margins and shelf.
        # 4. The internal market: pay, jobs, staff and skill. All four act on what firms planned last month.
        self.present, rules = self.timeline.at(self.month)
        conditions = web.partners_act(self.present, rules, office.situation(self.present, self.month), self.month)
        # 5. Planning: every firm decides on what it knows of last month; rivals react, offers are developed.
        # The first month's plan was made before it: made again, it would answer what rivals had only just planned.
        plans = office.plan(self.present, self.month) if self.month > 1 else [firm.levers for firm in self.firms]
        web.firms_act(self.present, rules, plans, office.situation(self.present, self.month), self.month, conditions)
        # 6. Customers.
        past = office.past(self.present, rules)
        made = offers(self.present, rules, plans, self.month, past, conditions)
        held_out = offers(self.present, rules, plans, self.month, past, conditions, held_out=True) if any(office.held) else made
        now = self._now(self.present, rules, made, held_out, conditions)
        outcomes = self._carry_out(now)
        # 7. Accounts, and 8. measures.
        self.figures = office.close(self.month, self.present, rules, now, outcomes)
        self.datacollector.collect(self)
        self.running = self.month < self._described.periods

    def run_model(self) -> None:
        """Carry out all remaining months."""
        while self.running:
            self.step()

    def change(self, changes: Mapping[str, Any], name: str = "") -> None:
        """Change the market from the next month on, as an event of that month in the scenario does, with the same bits.

        Parameters
        ----------
        changes : mapping
            Values by dotted path, such as ``{"firms.0.price": 1.1}``.
        name : str
            What the event is called. Default: ``change 1`` and so on, after the next month.

        Raises
        ------
        ValueError
            If a value is not allowed, or cannot change during a run; the market is then as it was.
        KeyError
            If a path leads nowhere.
        RuntimeError
            If the run has not begun, or is over.
        """
        if not self.month or not self.running:
            ended = "the run is over" if self.month else "the run has not begun: make the model of scenario.but(...)"
            raise RuntimeError(f"{ended}; a market changes between two of its periods")
        month = self.month + 1
        event = Event(name=name or f"change {month}", month=month, set=dict(changes))
        changed = self._described.but(events=(*(kept for kept in self._described.events if kept.name != event.name), event))
        self.timeline = Timeline(changed)
        self._described = changed

    def tables(self) -> dict[str, Table]:
        """Return the run's tables as columns by name; the data dictionary is ``sim.measures`` and ``sim.dyads``."""
        ledger, history = self.office.ledger, self.office.history
        return {
            "firm_months": ledger.firm_months(),
            "dyad_months": history.dyad_months(ledger.customer_dyads()),
            "partner_months": history.partner_months(),
            "regime_months": history.regime_months(),
            "surplus_months": history.surplus_months(),
            "flows": history.flows(),
            "campaign_months": history.campaign_months(),
            "segment_months": ledger.segment_months(),
            "cohorts": ledger.cohorts(),
            "class_months": ledger.class_months(),
            "customers": self.customers.table(),
            "summary": ledger.summary(),
        }

    def _now(self, scenario: Scenario, rules: Mechanisms, made: tuple[Offer, ...], held_out: tuple[Offer, ...], conditions: Conditions) -> Now:
        months = scenario.months_per_period
        market = scenario.market
        phase = 2.0 * np.pi * ((self.month - 0.5) * months - market.season_peak + 0.5) / 12.0
        rate = (1.0 + market.discount_rate) ** (months / 12.0) - 1.0
        return Now(
            scenario=scenario, rules=rules, month=self.month, seed=self.seed, months=months,
            season=float((1.0 + market.season_amplitude * np.cos(phase)) * conditions.demand),
            term=max(1, round(per_period(market.contract_term, "months", months))),
            discount=float((1.0 + rate) ** -self.month),
            offers=made, held_out=held_out,
            mean_rates=tuple(segment.need_shape / segment.need_scale * months for segment in scenario.segments),
            conditions=conditions, population=scenario.customers, said=self._said, of=self._of,
        )  # fmt: skip

    def _carry_out(self, now: Now) -> dict[tuple[int, bool], Outcome]:
        """Carry out the month block by block and return what happened, by segment, and there to the target and to the control group."""
        work = _pool(self.threads).map if self.threads > 1 and now.population >= SERIAL_BELOW else map
        found: Iterator[Outcome] = iter(work(carry_out, self.blocks, [now] * len(self.blocks)))
        cells: dict[tuple[int, bool], Outcome] = {}
        said, of = np.empty_like(self._said), np.empty_like(self._of)
        for block, outcome in zip(self.blocks, found, strict=True):
            sums = cells.setdefault((block.segment, block.held_out), {})
            for name, value in outcome.items():
                sums[name] = sums[name] + value if name in sums else value
            said[block.first : block.first + block.n] = block.talk
            of[block.first : block.first + block.n] = block.current
        self._said, self._of = said, of
        return cells


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="blocks")
