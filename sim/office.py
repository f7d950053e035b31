"""The office: what the firms know, plan, and book, month by month."""

from collections.abc import Sequence
from math import isnan

import numpy as np

from sim.agents.firm import Firm
from sim.customers import Block
from sim.history import CAMPAIGN, History, by_regime, customers_by_regime
from sim.ledger import Ledger
from sim.levers import Levers, columns
from sim.markets import books
from sim.markets.distributor import sold
from sim.markets.situation import Situation
from sim.markets.web import PARTNERS, Web, loading
from sim.month import Outcome
from sim.now import Now, Offer
from sim.offers import Past
from sim.population import held_out, sizes
from sim.record import ratio
from sim.scenario import Mechanisms, Scenario
from sim.strategy import Rival, View
from sim.tally import COUNTS
from sim.units import MICROS, PerFirm, Sums, Table

Cells = dict[tuple[int, bool], Outcome]
"""What happened, by segment, and there to the target and to the control group."""
_MODEL_FIGURES = ("purchases", "acquired", "revenue", "profit", "customer_equity")


class Office:
    """The firms' books and plans.

    Parameters
    ----------
    scenario : Scenario
        The scenario at the start.
    blocks : list of Block
        The customers at the start.
    firms : list of Firm
        The firms.
    web : Web
        The relations with other markets.
    """

    def __init__(self, scenario: Scenario, blocks: Sequence[Block], firms: list[Firm], web: Web) -> None:
        self.scenario, self.firms, self.web = scenario, firms, web
        n_segments, n_firms = len(scenario.segments), len(scenario.firms)
        first = np.zeros((n_segments, n_firms))
        for block in blocks:
            first[block.segment] += (block.purchases > 0).sum(axis=1)
        self.sizes, self.held = sizes(scenario), held_out(scenario)
        self.ledger, self.history = Ledger(scenario, self.sizes, first), History(scenario)
        self.customers: PerFirm = first.sum(axis=0).astype(np.float32)
        self.complaints: PerFirm = np.zeros(n_firms, np.float32)
        self.partners: PerFirm = np.zeros(n_firms, np.float32)
        mean = np.array([segment.need_shape / segment.need_scale for segment in scenario.segments]) * scenario.months_per_period
        self.units: PerFirm = (first * mean[:, None]).sum(axis=0).astype(np.float32)

    def plan(self, scenario: Scenario, month: int) -> list[Levers]:
        """Let every firm decide this month's levers on what it knows of last month."""
        views = [self._view(firm, scenario, month) for firm in self.firms]
        return [firm.plan(spec, view) for firm, spec, view in zip(self.firms, scenario.firms, views, strict=True)]

    def situation(self, scenario: Scenario, month: int) -> Situation:
        """Return the situation of the firms, as they planned last and as last month left them."""

        def spec(name: str) -> PerFirm:
            return np.array([getattr(firm, name) for firm in scenario.firms], np.float32)

        return Situation(
            plan=columns([firm.levers for firm in self.firms], scenario.months_per_period),
            present=np.array([firm.enters <= month <= firm.leaves for firm in scenario.firms], np.uint8),
            effort=np.array([firm.readiness.factor * firm.planning.effect() for firm in scenario.firms], np.float32),
            unit_cost=spec("unit_cost"), price=spec("price"), units=self.units, customers=self.customers,
            revenue=self._last("revenue"), cost=self._last("revenue") - self._last("profit"), taken=self._last("surplus_share", 0.5),
            turned_away=self._turned_away(), seen_prices=self._last("price") if self.ledger.months else spec("price"),
            sold=self.web.sold, events=loading(scenario, month),
        )  # fmt: skip

    def past(self, scenario: Scenario, rules: Mechanisms) -> Past:
        """Return what last month left behind, for this month's offers."""
        year = self.ledger.past_year()
        affordable = [
            firm.planning.affordable(cost, revenue)
            for firm, cost, revenue in zip(scenario.firms, self._last("relationship_cost"), self._last("revenue"), strict=True)
        ]
        return Past(
            partners=self.partners, complaints=self.complaints, customers=self.customers,
            typical_value=np.nan_to_num(ratio(year["contribution"], year["customers"])).astype(np.float32),
            typical_rate=np.nan_to_num(ratio(year["purchases"], year["customers"])).astype(np.float32),
            affordable=np.array(affordable, np.float32), moves=self.web.moves,
        )  # fmt: skip

    def close(self, month: int, scenario: Scenario, rules: Mechanisms, now: Now, cells: Cells) -> dict[str, float]:
        """Close a month's books and return the figures of the whole market."""
        web, n_firms = self.web, len(self.firms)
        by_segment: list[Outcome] = [_added([cells[s, held] for held in (False, True) if (s, held) in cells]) for s in range(len(self.sizes))]
        acquisition = self._advertising(now) + self._campaigns(scenario, month)
        money = np.sum([outcome["money"] for outcome in by_segment], axis=0)
        side = np.sum([outcome["side"] for outcome in by_segment], axis=0)
        through = np.sum([outcome["through"] for outcome in by_segment], axis=0)
        unit_cost = np.array([firm.unit_cost for firm in scenario.firms], np.float32)
        closed = books.close(
            scenario, rules, web, now.conditions, money, side, acquisition.sum(axis=0), through, unit_cost,
            columns([firm.levers for firm in self.firms], scenario.months_per_period),
        )  # fmt: skip
        self.history.keep_books(closed)
        partners = books.parted(closed.partners, np.array([outcome["money"][0] for outcome in by_segment]))
        price = np.array([offer.price for offer in now.offers], np.float64)
        figures = self.ledger.add(month, scenario, by_segment, acquisition, partners, price, self._told(scenario, rules, now))
        for place, firm in enumerate(self.firms):
            firm.close({name: float(values[-1, place]) for name, values in figures.items()})
        self.customers = figures["customers"][-1].astype(np.float32)
        self.complaints = figures["complaints"][-1].astype(np.float32)
        self.partners = np.nan_to_num(figures["rung_partner"][-1]).astype(np.float32)
        self.units = figures["purchases"][-1].astype(np.float32)
        web.measured(figures["satisfaction"][-1].astype(np.float32), figures["power_balance"][:-1], sold(through), rules)
        self.history.keep_regimes(month, "customer", customers_by_regime(np.sum([outcome["regimes"] for outcome in by_segment], axis=0)))
        for market in PARTNERS:
            if web.lives(market, rules):
                self.history.keep(month, market, web.dyads[market], rules)
                self.history.keep_regimes(month, market, by_regime(web.dyads[market], rules))
        self._keep_campaigns(month, scenario, cells)
        found = {"month": float(month), "customers_in_category": float(self.ledger.people[-1][0])}
        found |= {name: float(figures[name][-1].sum()) for name in _MODEL_FIGURES}
        return found | {"hhi": float(figures["hhi"][-1, 0]), "churn_rate": self.ledger.market_churn()} | {"firms": float(n_firms)}

    def _last(self, name: str, default: float = 0.0) -> PerFirm:
        """Return a measure of last month by firm, with a default where it is missing."""
        values = [firm.figures.get(name, default) for firm in self.firms]
        return np.array([default if isnan(value) else value for value in values], np.float32)

    def _turned_away(self) -> PerFirm:
        bad = self._last("bad_episodes")
        return np.asarray(self._last("complaints_turned_away") / np.maximum(bad, 1.0), np.float32)

    def _view(self, firm: Firm, scenario: Scenario, month: int) -> View:
        spec = scenario.firms[firm.place]
        last = {name: 0.0 if isnan(value) else value for name, value in firm.figures.items()}
        rivals = tuple(_seen(other, scenario) for other in self.firms if other is not firm)
        year = self.ledger.past_year()
        won = year["acquired"][firm.place] + year["won_back"][firm.place]
        return View(
            month=month, firm=firm.place, price=spec.price, unit_cost=spec.unit_cost, customers=int(self.customers[firm.place]),
            purchases=int(last.get("purchases", 0)), profit=last.get("profit", 0.0), market_share=last.get("market_share", 0.0),
            satisfaction=last.get("satisfaction", 0.0), complaints=int(last.get("complaints", 0)), rivals=rivals, diary=tuple(firm.diary),
            market_size=scenario.customers, margin=last.get("contribution", 0.0) / max(last.get("customers", 0.0), 1.0),
            churn=last.get("churn_rate", 0.0), acquisition_cost=year["cost_acquisition"][firm.place] / won if won else 0.0,
        )  # fmt: skip

    def _advertising(self, now: Now) -> Sums:
        """Return this month's advertising by segment and firm, micros: the control group sees what is shown to everybody."""

        def cost(offers: Sequence[Offer], people: Sequence[int]) -> Sums:
            rates = [np.rint(offer.plan["advertising"].astype(np.float64) * MICROS).astype(np.int64) for offer in offers]
            return np.array([rate * n for rate, n in zip(rates, people, strict=True)])

        targets = [size - held for size, held in zip(self.sizes, self.held, strict=True)]
        return cost(now.offers, targets) + cost(now.held_out, self.held)

    def _campaigns(self, scenario: Scenario, month: int) -> Sums:
        """Return this month's campaign budgets by segment and firm, micros: spread over the target group by its size."""
        spent = np.zeros((len(scenario.segments), len(scenario.firms)), np.int64)
        names = [segment.name for segment in scenario.segments]
        firms = [firm.name for firm in scenario.firms]
        for campaign in scenario.running(month):
            targets = [names.index(name) for name in campaign.segments] or list(range(len(names)))
            ends = np.cumsum([self.sizes[s] for s in targets])
            # Differences of rounded running totals: over its months and segments the budget is spent to the last micro.
            done = [round(campaign.budget * MICROS * m / campaign.months) for m in (month - campaign.month, month - campaign.month + 1)]
            parts = np.diff([round((done[1] - done[0]) * int(end) / int(ends[-1])) for end in ends], prepend=0)
            spent[targets, firms.index(campaign.firm)] += parts
        return spent

    def _keep_campaigns(self, month: int, scenario: Scenario, cells: Cells) -> None:
        """Keep what every campaign's target and control groups did this month, before, during and after it."""
        names, firms = [segment.name for segment in scenario.segments], [firm.name for firm in scenario.firms]
        for campaign in scenario.campaigns:
            j = firms.index(campaign.firm)
            segments = [names.index(name) for name in campaign.segments] or range(len(names))
            groups = {}
            for group, held in (("target", False), ("control", True)):
                part = [cells[s, held] for s in segments if (s, held) in cells]
                if part:
                    people = sum(self.held[s] if held else self.sizes[s] - self.held[s] for s in segments)
                    groups[group] = _group(_added(part), people, j)
            self.history.keep_campaign(month, campaign.name, groups)

    def _told(self, scenario: Scenario, rules: Mechanisms, now: Now) -> Table:
        """Return what the other markets tell of each firm; (n_segments + 1, n_firms) where segments differ."""
        web, n = self.web, len(self.firms)
        weights = np.array(self.sizes, np.float64)
        sides = np.array([offer.sides.against for offer in now.offers])
        idle = np.array([offer.sides.idle for offer in now.offers])
        told: Table = {
            "information_weight": np.full(n, rules.power.information),
            "against": np.vstack([sides, np.average(sides, axis=0, weights=weights)]),
            "idle": np.vstack([idle, np.average(idle, axis=0, weights=weights)]),
            "transparency": np.full(n, min(scenario.market.transparency + now.conditions.transparency, 1.0)),
            "offer_fit": np.vstack([web.fit, np.average(web.fit, axis=0, weights=weights)]),
            "entrant": np.array([float(firm.enters > 1) for firm in scenario.firms]),
            "readiness": np.array([firm.readiness.factor * firm.planning.effect() for firm in scenario.firms]),
        }
        if not np.isnan(now.conditions.unit_cost).all():
            told["input_cost"] = now.conditions.unit_cost
        if web.lives("supplier", rules):
            d = web.dyads["supplier"]
            told |= {
                "supplier_balance": ratio((d.related * d.balance).sum(axis=1, dtype=np.float64), d.related.sum(axis=1, dtype=np.float64)),
                "late_supplies": (d.orders * d.late).sum(axis=1), "supplier_tenure": (d.orders * d.tenure).sum(axis=1),
                "active_suppliers": d.related.sum(axis=1), "supplier_concentration": (d.orders**2).sum(axis=1),
            }  # fmt: skip
        if web.lives("distributor", rules) and now.conditions.shelves is not None:
            shelves = now.conditions.shelves
            told["availability"] = rules.distribution.availability(shelves.shelf, shelves.reach, shelves.direct)
            told["distributor_commitment"] = web.dyads["distributor"].commitment.mean(axis=1)
        if web.lives("internal", rules):
            d = web.dyads["internal"]
            told |= {
                "employee_satisfaction": d.satisfaction.mean(axis=1), "employee_turnover": d.turnover.mean(axis=1),
                "employee_skill": d.skill.mean(axis=1), "service_capability": now.conditions.capability, "employees": d.volume.sum(axis=1),
            }  # fmt: skip
        if web.lives("influencer", rules):
            told["stance"] = web.dyads["influencer"].stance.mean(axis=1)
        if web.lives("competitor", rules):
            told["allies"] = web.dyads["competitor"].allied.sum(axis=1)
        return told


def _seen(firm: Firm, scenario: Scenario) -> Rival:
    """Return what everybody can see of a firm."""
    price = firm.figures.get("price", scenario.firms[firm.place].price)
    return Rival(firm.place, price, _known(firm, "market_share"), _known(firm, "profit"), firm.levers)


def _known(firm: Firm, name: str) -> float:
    value = firm.figures.get(name, 0.0)
    return 0.0 if isnan(value) else value


def _added(outcomes: list[Outcome]) -> Outcome:
    """Return the sums of several parts of the market together."""
    return {name: np.sum([outcome[name] for outcome in outcomes], axis=0) for name in outcomes[0]}


def _group(outcome: Outcome, people: int, j: int) -> Sums:
    """Return :data:`CAMPAIGN` of a group towards one firm."""
    counts = {name: int(outcome["counts"][place][j]) for place, name in enumerate(COUNTS)}
    revenue = int(outcome["money"][0][j])
    contribution = revenue - int(outcome["money"][1:4, j].sum())
    found = {"people": people, "revenue": revenue, "contribution": contribution} | counts
    return np.array([found[name] for name in CAMPAIGN], np.int64)
