"""The history of partner relations and of the books: what is kept of every month, and the tables made of it."""

import numpy as np
from numpy.typing import NDArray

from sim.dyads import Dyads, columns
from sim.levers import MARKETS
from sim.markets.books import Books
from sim.record import Values, ratio
from sim.scenario import Mechanisms, Scenario
from sim.tally import IN_REGIME
from sim.units import FIXED_POINT, MICROS, PerDyad, Sums, Table

REGIMES = ("marketed_leads", "parity", "marketer_leads", "negotiated", "agreed")
"""Numbers of dyads in the table of dyads: by who leads, and how many negotiated and agreed."""
PLANES = {"customer": "customers", "supplier": "allied firms", "distributor": "allied firms", "competitor": "allied firms",
          "internal": "inside the firm", "influencer": "government and public"}  # fmt: skip
"""The planes on which relations are cultivated, by market."""


class History:
    """What happened in the other five markets, month by month.

    Parameters
    ----------
    scenario : Scenario
        The market.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._partners: dict[str, list[tuple[int, dict[str, PerDyad]]]] = {}
        self._about: dict[str, Dyads] = {}
        self._regimes: list[tuple[int, str, dict[str, Values]]] = []
        self._by_regime: list[tuple[int, str, dict[str, Values]]] = []
        self.books: list[Books] = []
        self._campaigns: list[tuple[int, str, dict[str, Sums]]] = []

    def keep(self, month: int, market: str, dyads: Dyads, rules: Mechanisms) -> None:
        """Keep a market's relations as they are at the end of a month."""
        self._about[market] = dyads
        self._partners.setdefault(market, []).append((month, {name: values.copy() for name, values in dyads}))
        self._regimes.append((month, market, _summed(dyads, rules)))

    def keep_books(self, books: Books) -> None:
        """Keep a month's books."""
        self.books.append(books)

    def keep_regimes(self, month: int, market: str, sums: dict[str, Values]) -> None:
        """Keep a market's dyads by who leads: values by name, each (3, n_firms)."""
        self._by_regime.append((month, market, sums))

    def keep_campaign(self, month: int, name: str, groups: dict[str, Sums]) -> None:
        """Keep a campaign's groups this month: sums of :data:`CAMPAIGN` by group."""
        self._campaigns.append((month, name, groups))

    def dyad_months(self, customers: Table) -> Table:
        """Return one row per month, firm and market: dyads by regime, terms, attitudes; ``customers`` are the rows of that market."""
        firms = [firm.name for firm in self.scenario.firms]
        parts = [customers]
        for month, market, sums in self._regimes:
            row: Table = {"month": np.full(len(firms), month), "firm": np.array(firms, object), "market": np.full(len(firms), market, object)}
            parts.append(row | sums)
        table = {name: np.concatenate([part[name] for part in parts]) for name in customers}
        table["plane"] = np.array([PLANES[market] for market in table["market"]], object)
        place = {market: number for number, market in enumerate(MARKETS)}
        order = np.lexsort((np.array(_places(table["firm"], firms)), np.array([place[market] for market in table["market"]]), table["month"]))
        return {name: values[order] for name, values in table.items()}

    def partner_months(self) -> Table:
        """Return one row per month, firm and partner of the other five markets: every declared column, missing where a market has none."""
        firms = [firm.name for firm in self.scenario.firms]
        names = list(dict.fromkeys(name for market in self._partners for name in columns(market)))
        parts: list[Table] = []
        for market, months in self._partners.items():
            about = self._about[market]
            own = np.eye(len(firms), len(about), dtype=bool) if market == "competitor" else np.zeros((len(firms), len(about)), bool)
            who = ~own.ravel()
            base: Table = {
                "firm": np.repeat(np.array(firms, object), len(about))[who],
                "market": np.full(int(who.sum()), market, object),
                "partner": np.tile(np.array(about.names, object), len(firms))[who],
                "partnership": np.tile(np.array(about.kinds, object), len(firms))[who],
            }
            for month, held in months:
                row: Table = {"month": np.full(int(who.sum()), month)} | base
                for name in names:
                    row[name] = held[name].ravel()[who] if name in held else np.full(int(who.sum()), np.nan, np.float32)
                parts.append(row)
        keys = ("month", "firm", "market", "partner", "partnership", *names)
        if not parts:
            return {name: np.array([], object if name in keys[1:5] else np.float64) for name in keys}
        table = {name: np.concatenate([part[name] for part in parts]) for name in keys}
        order = np.argsort(table["month"], kind="stable")
        return {name: values[order] for name, values in table.items()}

    def regime_months(self) -> Table:
        """Return one row per month, firm, market and regime that has dyads: how many, the firm's share of the gain, and attitudes."""
        firms = np.array([firm.name for firm in self.scenario.firms], object)
        parts: list[Table] = []
        for month, market, sums in self._by_regime:
            for place, regime in enumerate(REGIMES[:3]):
                some = sums["dyads"][place] > 0
                n = int(some.sum())
                row: Table = {
                    "month": np.full(n, month),
                    "firm": firms[some],
                    "market": np.full(n, market, object),
                    "regime": np.full(n, regime, object),
                }
                parts.append(row | {name: values[place][some] for name, values in sums.items()})
        keys = ("month", "firm", "market", "regime", "dyads", "surplus_share", "trust", "commitment", "satisfaction")
        return {name: np.concatenate([part[name] for part in parts]) if parts else np.array([]) for name in keys}

    def surplus_months(self) -> Table:
        """Return one row per month, firm and party: what the party has from the trade around that firm, and its share of the joint surplus."""
        firms = [firm.name for firm in self.scenario.firms]
        parts: list[Table] = []
        for month, books in enumerate(self.books, 1):
            joint = np.sum(list(books.surplus.values()), axis=0)
            for party, amount in books.surplus.items():
                parts.append({
                    "month": np.full(len(firms), month), "firm": np.array(firms, object), "party": np.full(len(firms), party, object),
                    "surplus": amount, "share": ratio(amount, joint),
                })  # fmt: skip
        return {
            name: np.concatenate([part[name] for part in parts]) if parts else np.array([]) for name in ("month", "firm", "party", "surplus", "share")
        }

    def flows(self) -> Table:
        """Return one row per month, firm, payer, payee and purpose: what was paid, currency."""
        firms = [firm.name for firm in self.scenario.firms]
        parts: list[Table] = []
        for month, books in enumerate(self.books, 1):
            for (payer, payee, purpose), amount in books.flows.items():
                parts.append({
                    "month": np.full(len(firms), month), "firm": np.array(firms, object), "payer": np.full(len(firms), payer, object),
                    "payee": np.full(len(firms), payee, object), "purpose": np.full(len(firms), purpose, object), "amount": amount / MICROS,
                })  # fmt: skip
        keys = ("month", "firm", "payer", "payee", "purpose", "amount")
        return {name: np.concatenate([part[name] for part in parts]) if parts else np.array([]) for name in keys}

    def campaign_months(self) -> Table:
        """Return one row per month, campaign and group (target, control): people, customers, buyers, purchases, money."""
        keys = ("month", "campaign", "firm", "group", *CAMPAIGN)
        by_name = {campaign.name: campaign.firm for campaign in self.scenario.campaigns}
        rows: list[tuple[object, ...]] = [
            (month, name, by_name[name], group, *(float(sums[k]) / (MICROS if what in MONEY else 1) for k, what in enumerate(CAMPAIGN)))
            for month, name, groups in self._campaigns
            for group, sums in groups.items()
        ]
        return {name: np.array([row[k] for row in rows], object if name in keys[1:4] else None) for k, name in enumerate(keys)}


CAMPAIGN = ("people", "customers", "buyers", "purchases", "acquired", "lost", "revenue", "contribution")
"""What is kept of a campaign's groups."""
MONEY = ("revenue", "contribution")


def _places(names: NDArray[np.object_], known: list[str]) -> list[int]:
    place = {name: number for number, name in enumerate(known)}
    return [place[name] for name in names]


def by_regime(dyads: Dyads, rules: Mechanisms) -> dict[str, Values]:
    """Return a market's dyads by who leads and firm: counts, and means of terms and attitudes, each (3, n_firms)."""
    there, leads = dyads.related > 0, rules.power.regime(dyads.balance)
    masks = np.array([there & (leads == who) for who in (-1, 0, 1)]) & rules.power.active
    n = masks.sum(axis=2).astype(np.float64)

    def mean(values: PerDyad) -> Values:
        return ratio(np.where(masks, values, 0.0).sum(axis=2, dtype=np.float64), n)

    attitudes = {name: mean(getattr(dyads, name)) for name in ("trust", "commitment", "satisfaction")}
    return {"dyads": n, "surplus_share": mean(dyads.taken)} | attitudes


def customers_by_regime(sums: Sums) -> dict[str, Values]:
    """Return the same of customers, from :data:`sim.tally.IN_REGIME` summed over them, (3, len(IN_REGIME), n_firms)."""
    of = {name: sums[:, place].astype(np.float64) for place, name in enumerate(IN_REGIME)}
    attitudes = {name: ratio(of[name] / FIXED_POINT, of["dyads"]) for name in ("trust", "commitment", "satisfaction")}
    return {"dyads": of["dyads"], "surplus_share": ratio(of["surplus_share"] / FIXED_POINT, of["buyers"])} | attitudes


def _summed(dyads: Dyads, rules: Mechanisms) -> dict[str, Values]:
    """Return a market's dyads by firm: counts by regime, means of terms and attitudes over those that deal with each other."""
    there = dyads.related > 0
    n = there.sum(axis=1).astype(np.float64)
    leads = rules.power.regime(dyads.balance)
    on = float(rules.power.active)

    def mean(values: PerDyad) -> Values:
        return ratio(np.where(there, values, 0.0).sum(axis=1, dtype=np.float64), n)

    return {
        "dyads": n,
        "marketed_leads": on * (there & (leads < 0)).sum(axis=1),
        "parity": on * (there & (leads == 0)).sum(axis=1),
        "marketer_leads": on * (there & (leads > 0)).sum(axis=1),
        "negotiated": on * (there & (leads == 0)).sum(axis=1),
        "agreed": on * (there & (leads == 0) & (dyads.agreed > 0)).sum(axis=1),
        "power_balance": mean(dyads.balance),
        "surplus_share": mean(dyads.taken),
        "trust": mean(dyads.trust),
        "commitment": mean(dyads.commitment),
        "tenure": mean(dyads.tenure),
        "satisfaction": mean(dyads.satisfaction),
        "dependence": mean(dyads.dependence),
        "firm_dependence": mean(dyads.firm_dependence),
        "information": mean(dyads.information),
        "firm_information": mean(dyads.firm_information),
        "firm_trust": mean(dyads.firm_trust),
        "firm_commitment": mean(dyads.firm_commitment),
        "two_way": mean((1.0 - np.abs(dyads.information - dyads.firm_information)) * np.minimum(dyads.information, dyads.firm_information)),
        "cooperation": mean(np.sqrt(np.maximum(dyads.commitment * dyads.firm_commitment, 0.0))),
        "win_win": mean(2.0 * np.minimum(dyads.taken, 1.0 - dyads.taken)),
        "closeness": mean(dyads.social_bond),
    }
