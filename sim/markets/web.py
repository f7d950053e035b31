"""The web of relations around the firms: the other five markets, month by month, and what lasts of them."""

from collections.abc import Sequence

import numpy as np

from sim.conditions import Conditions
from sim.draws import Luck
from sim.dyads import Dyads
from sim.levers import Levers, columns
from sim.markets import competitor, distributor, influencer, internal, supplier
from sim.markets.situation import Situation
from sim.record import Values
from sim.scenario import MOST_FIRMS, MOST_PARTNERS, Mechanisms, Scenario
from sim.units import PerDyad, PerFirm, per_period

SLOTS = {"supplier": "supply", "distributor": "distribution", "internal": "internal_market", "influencer": "influence", "competitor": "competition"}
"""The mechanism of each market."""
PARTNERS = tuple(SLOTS)
"""The five markets besides customers."""
LOADING = ("event", "service")
"""Forms of campaigns that give departments more work."""


class Web:
    """Relations with partners, offers' fit to wishes, discoveries, copied bonds, and moves towards balance.

    Parameters
    ----------
    scenario : Scenario
        The scenario at the start.
    rules : Mechanisms
        Its mechanisms, per period.
    seed : int
        The replication's seed.
    """

    def __init__(self, scenario: Scenario, rules: Mechanisms, seed: int) -> None:
        self._seed, self._customers = seed, scenario.customers
        n_firms, n_segments = len(scenario.firms), len(scenario.segments)
        self.dyads: dict[str, Dyads] = {"competitor": competitor.start(scenario, rules)}
        for market, listed, begin in (
            ("supplier", scenario.suppliers, supplier.start),
            ("distributor", scenario.distributors, distributor.start),
            ("internal", scenario.departments, internal.start),
            ("influencer", scenario.influencers, influencer.start),
        ):
            if listed:
                self.dyads[market] = begin(scenario, rules)
        self.fit: PerDyad = np.full((n_segments, n_firms), rules.development.start, np.float32)
        self.lead: PerFirm = np.zeros(n_firms, np.float32)
        self.copied: PerDyad = np.zeros((3, n_firms), np.float32)
        self.moves: PerDyad = np.zeros((4, n_segments, n_firms), np.float32)
        self.sold: PerDyad = np.zeros((n_firms, len(scenario.distributors)), np.float32)
        self._correction: PerFirm = np.zeros(n_firms, np.float32)
        self._measured: list[PerFirm] = []

    def lives(self, market: str, rules: Mechanisms) -> bool:
        """Say whether a market is there and switched on."""
        slot = {"supplier": "supply", "distributor": "distribution", "internal": "internal_market", "influencer": "influence"}.get(
            market, "competition"
        )
        return market in self.dyads and bool(getattr(rules, slot).active)

    def luck(self, market: str, month: int) -> Luck:
        """Return the luck of a market's partners this month, or that of the firms (``"firm"``)."""
        places = ("firm", *PARTNERS)
        # Each market has numbers of its own, so that a partner more in one leaves everybody else's luck alone.
        first = self._customers + 1 + places.index(market) * (MOST_FIRMS + MOST_PARTNERS)
        return Luck(self._seed, month, first, len(self.fit[0]) if market == "firm" else len(self.dyads[market]))

    def partners_act(self, scenario: Scenario, rules: Mechanisms, now: Situation, month: int) -> Conditions:
        """Carry out the partners' month, markets 1 to 4 in the order of theory; return what they make of the firms' offers.

        1. influencers (the environment), 2. suppliers, 3. distributors, 4. employees.
        """
        conditions = Conditions(len(scenario.firms), len(scenario.segments))
        conditions.present = now.present
        if self.lives("competitor", rules):
            conditions.bonds = self.copied
        if self.lives("influencer", rules):
            luck = self.luck("influencer", month)
            influencer.carry_out(self.dyads["influencer"], scenario, rules, now, luck, self.luck("firm", month), conditions)
        if not self.lives("influencer", rules):
            conditions.scandal = np.array([firm.scandal for firm in scenario.firms], np.float32) * rules.influence.active
        if self.lives("supplier", rules):
            supplier.carry_out(self.dyads["supplier"], scenario, rules, now, self.luck("supplier", month), conditions)
        if self.lives("distributor", rules):
            distributor.carry_out(self.dyads["distributor"], scenario, rules, now, self.luck("distributor", month), conditions)
        if self.lives("internal", rules):
            internal.carry_out(self.dyads["internal"], scenario, rules, now, self.luck("internal", month), conditions)
        return conditions

    def firms_act(self, scenario: Scenario, rules: Mechanisms, plans: Sequence[Levers], now: Situation, month: int, conditions: Conditions) -> None:
        """Carry out what firms do besides offering: rivals react, offers move towards wishes, research finds or does not, standards are kept."""
        plan = columns(plans, scenario.months_per_period)
        if self.lives("competitor", rules):
            competitor.carry_out(self.dyads["competitor"], scenario, rules, now, self.luck("competitor", month), conditions)
            self.copied = conditions.bonds
        here = now.present.astype(np.float32)
        self.fit = rules.development.fit(self.fit, plan["sensing"] * now.effort * here, plan["dialogue"])
        found = self.luck("firm", month).uniform("discovery")
        self.lead = rules.development.lead(self.lead, found, plan["innovation"] * here)
        conditions.fit, conditions.lead, conditions.demand = self.fit, self.lead, rules.development.demand(self.lead)
        if plan["innovation"].any():
            conditions.spend("outside", rules.development.research(plan["innovation"], float(scenario.customers)))
        conditions.correction = self._corrected(scenario)

    def measured(self, satisfaction: PerFirm, balance: Values, sold: PerDyad, rules: Mechanisms) -> None:
        """Keep what this month measured.

        Parameters
        ----------
        satisfaction : ndarray, shape (n_firms,)
            Mean satisfaction of active customers, NaN without any.
        balance : ndarray, shape (n_segments, n_firms)
            Mean balance of power over active customers, NaN without any.
        sold : ndarray, shape (n_firms, n_distributors)
            Purchases through distributors.
        rules : Mechanisms
            The mechanisms, per period.
        """
        self._measured.append(satisfaction)
        self.moves = rules.balancing.moved(self.moves, np.nan_to_num(balance).astype(np.float32), rules.power.eps, rules.power.full)
        if sold.shape == self.sold.shape:
            self.sold = sold

    def _corrected(self, scenario: Scenario) -> PerFirm:
        """Return the service that firms add where standards were missed, as known now."""
        months = scenario.months_per_period
        for j, firm in enumerate(scenario.firms):
            delay = max(1, round(per_period(firm.planning.delay, "months", months)))
            known = float(self._measured[-delay][j]) if len(self._measured) >= delay else np.nan
            self._correction[j] = firm.planning.corrected(float(self._correction[j]), known, months)
        return self._correction.copy()


def loading(scenario: Scenario, month: int) -> PerFirm:
    """Return how many campaigns give each firm's departments more work this month, shape (n_firms,)."""
    names = [firm.name for firm in scenario.firms]
    events = np.zeros(len(names), np.float32)
    for campaign in scenario.running(month):
        events[names.index(campaign.firm)] += campaign.form in LOADING
    return events
