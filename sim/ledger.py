"""The ledger: what is kept of every month, and the tables made of it."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from sim.measures import measures
from sim.mechanisms.database import CLASSES
from sim.month import Outcome
from sim.record import MONEY, Record, Values, ratio, sums_by_name
from sim.scenario import Scenario
from sim.units import MICROS, Sums, Table

_YEAR = ("contribution", "customers", "lost", "at_start", "acquired", "won_back", "cost_acquisition", "purchases", "cost_retention", "cost_partners")
_SO_FAR = ("acquired", "profit", "revenue", "purchases", "discounted_contribution", "cost_acquisition", "cost_retention", "discounted_value")


class Ledger:
    """Sums of every month by segment and firm, the measures computed from them, and the cohorts.

    Parameters
    ----------
    scenario : Scenario
        The market.
    sizes : list of int
        Customers in each segment.
    first_customers : ndarray, shape (n_segments, n_firms)
        Customers that the firms had at the start.
    """

    def __init__(self, scenario: Scenario, sizes: list[int], first_customers: Values) -> None:
        self.scenario = scenario
        per_year = round(12.0 / scenario.months_per_period) or 1
        self._recent: deque[dict[str, Values]] = deque(maxlen=max(1, per_year))
        self._people = _with_total(np.array(sizes, np.float64)[:, None])
        first = _with_total(first_customers)
        self._so_far = {name: np.zeros_like(first) for name in _SO_FAR} | {"first_customers": first}
        self.months: list[dict[str, Values]] = []
        self.cohort_sums: list[Sums] = []
        self.people: list[Sums] = []
        self.moves: list[Sums] = []
        self.money: list[Sums] = []

    def add(
        self, month: int, scenario: Scenario, outcomes: list[Outcome], acquisition: Sums, partners: Sums, price: Values, told: Table
    ) -> dict[str, Values]:
        """Close a month's books and return its measures, each of shape (n_segments + 1, n_firms), the market last.

        Parameters
        ----------
        month : int
            The period's number, from 1.
        scenario : Scenario
            The scenario as it stands this month.
        outcomes : list of Outcome
            Exact sums by segment.
        acquisition : ndarray of int64, shape (n_segments, n_firms)
            Advertising and campaigns, micros, without introductory rebates.
        partners : ndarray of int64, shape (n_segments, n_firms)
            Cost of relations with other markets, micros.
        price : ndarray, shape (n_segments, n_firms)
            List prices after discounts.
        told : dict
            What the other markets tell of each firm by name, each (n_firms,).
        """
        whole: Outcome = {}
        for outcome, spent, shared in zip(outcomes, acquisition, partners, strict=True):
            outcome["money"] = np.vstack([outcome["money"], spent + outcome["side"][0], shared])
        for name in outcomes[0]:
            whole[name] = np.sum([outcome[name] for outcome in outcomes], axis=0)
        rows = [sums_by_name(outcome) for outcome in (*outcomes, whole)]
        now = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        costs = sum(now[name] for name in MONEY[1:])
        now["profit"] = now["revenue"] - costs
        now["desired"] = _with_total(np.array([segment.desire for segment in scenario.segments])[:, None] * now["buyers"][:-1])
        rate = (1.0 + scenario.market.discount_rate) ** (self.scenario.months_per_period / 12.0) - 1.0
        now["discounted_value"] = np.nan_to_num(ratio(now["sum_of_perceived_value"], now["customers"])) / (1.0 + rate) ** month
        now["discounted_contribution"] = now["contribution"] / (1.0 + rate) ** month
        self._recent.append({name: now[name] for name in _YEAR})
        for name in _SO_FAR:
            self._so_far[name] = self._so_far[name] + now[name]
        record = Record(
            month=month,
            now=now,
            year={name: np.sum([row[name] for row in self._recent], axis=0) for name in _YEAR},
            so_far=dict(self._so_far),
            discount_rate=rate,
            contractual=self.scenario.market.setting == "contractual",
            market=now["purchases"].sum(axis=1, keepdims=True),
            people=self._people,
            price=np.vstack([price, np.average(price, axis=0, weights=self._people[:-1, 0])]),
            partners={name: np.broadcast_to(values.astype(np.float64), now["customers"].shape) for name, values in told.items()},
        )
        figures = {name: np.asarray(m.function(record), np.float64) for name, m in measures().items()}
        self.months.append(figures)
        self.cohort_sums.append(whole["cohorts"])
        self.people.append(whole["people"])
        self.moves.append(whole["classes"])
        self.money.append(whole["money"])
        return figures

    def past_year(self) -> dict[str, Values]:
        """Return sums over the past year by name, of all segments together, each (n_firms,)."""
        n_firms = len(self.scenario.firms)
        return {name: np.sum([row[name][-1] for row in self._recent], axis=0) if self._recent else np.zeros(n_firms) for name in _YEAR}

    def market_churn(self) -> float:
        """Return the share of all firms' customers lost in the last month; missing where there were none."""
        last = self._recent[-1]
        return float(ratio(last["lost"][-1].sum(), last["at_start"][-1].sum()))

    def _columns(self) -> dict[str, NDArray[np.float64]]:
        """Return every measure over the run, each of shape (n_months, n_segments + 1, n_firms)."""
        return {name: np.array([figures[name] for figures in self.months]) for name in measures()} if self.months else {}

    def _firms(self, count: int) -> Table:
        firms = self.scenario.firms
        return {
            "firm": np.tile(np.array([firm.name for firm in firms], object), count),
            "strategy": np.tile(np.array([firm.strategy.kind for firm in firms], object), count),
            "orientation": np.tile(np.array([firm.strategy.place for firm in firms]), count),
        }

    def firm_months(self) -> Table:
        """Return one row per month and firm: every measure."""
        n, f = len(self.months), len(self.scenario.firms)
        table: Table = {"month": np.repeat(np.arange(1, n + 1), f)} | self._firms(n)
        return table | {name: values[:, -1, :].ravel() for name, values in self._columns().items()}

    def segment_months(self) -> Table:
        """Return one row per month, firm and segment: every measure."""
        n, f, names = len(self.months), len(self.scenario.firms), [segment.name for segment in self.scenario.segments]
        s = len(names)
        table: Table = {"month": np.repeat(np.arange(1, n + 1), s * f), "segment": np.tile(np.repeat(np.array(names, object), f), n)} | self._firms(
            n * s
        )
        return table | {name: values[:, :-1, :].ravel() for name, values in self._columns().items()}

    def customer_dyads(self) -> Table:
        """Return the customer market's rows of the table of dyads: one per month and firm."""
        firm_months = self.firm_months()
        n = len(firm_months["month"])
        kept = ("marketed_leads", "parity", "marketer_leads", "negotiated", "agreed", "power_balance", "surplus_share")
        table: Table = {
            "month": firm_months["month"],
            "firm": firm_months["firm"],
            "market": np.full(n, "customer", object),
            "dyads": firm_months["customers"],
        }
        table |= {name: firm_months[name] for name in (*kept, "trust", "commitment", "tenure", "satisfaction")}
        table |= {"dependence": firm_months["dependence"], "firm_dependence": firm_months["firm_dependence"]}
        table |= {"information": firm_months["transparency"], "firm_information": firm_months["knowledge"]}
        share = firm_months["surplus_share"]
        table |= {"firm_trust": np.full(n, np.nan), "firm_commitment": np.full(n, np.nan)}
        table |= {"two_way": firm_months["knowledge"] * firm_months["transparency"], "cooperation": firm_months["rung_partner"]}
        return table | {"win_win": 2.0 * np.minimum(share, 1.0 - share), "closeness": firm_months["social_bond"]}

    def cohorts(self) -> Table:
        """Return one row per firm, month of acquisition and age: customers still active, purchases, contribution."""
        n, firms = len(self.months), self.scenario.firms
        cube = np.array(self.cohort_sums)  # month, kind, firm, month of acquisition
        parts: list[Table] = []
        for j, firm in enumerate(firms):
            for began in range(n + 1):
                # A customer counts in her cohort from the month after the start, or from the month of her first purchase.
                since = max(began, 1)
                size = cube[since - 1, 0, j, began]
                if size == 0:
                    continue
                rows = cube[since - 1 :, :, j, began]
                ages = np.arange(since - began, since - began + len(rows))
                parts.append({
                    "firm": np.full(len(rows), firm.name, object),
                    "acquired_in": np.full(len(rows), began),
                    "age": ages,
                    "size": np.full(len(rows), size),
                    "customers": rows[:, 0],
                    "purchases": rows[:, 1],
                    "contribution": rows[:, 2] / MICROS,
                })  # fmt: skip
        names = ("firm", "acquired_in", "age", "size", "customers", "purchases", "contribution")
        return {name: np.concatenate([part[name] for part in parts]) if parts else np.array([]) for name in names}

    def class_months(self) -> Table:
        """Return one row per month, firm, and pair of the database's classes: how many customers went from one to the other."""
        firms, n, c = [firm.name for firm in self.scenario.firms], len(self.months), len(CLASSES)
        cube = np.array(self.moves).transpose(0, 3, 1, 2)  # month, firm, from, to
        names = np.array(CLASSES, object)
        table: Table = {
            "month": np.repeat(np.arange(1, n + 1), len(firms) * c * c),
            "firm": np.tile(np.repeat(np.array(firms, object), c * c), n),
            "before": np.tile(np.repeat(names, c), n * len(firms)),
            "after": np.tile(names, n * len(firms) * c),
            "customers": cube.ravel(),
        }
        seen = table["customers"] > 0
        return {name: values[seen] for name, values in table.items()}

    def summary(self) -> Table:
        """Return one row per firm: totals over the run, and the last month's stocks."""
        last = {name: values[-1, -1, :] for name, values in self._columns().items()}
        sums = {name: values[:, -1, :].sum(axis=0) for name, values in self._columns().items()}
        totals = ("purchases", "acquired", "won_back", "revenue", "cost_of_goods", "cost_acquisition", "cost_retention",
                  "cost_service", "cost_partners", "profit", "complaints", "recovered")  # fmt: skip
        stocks = ("customers", "market_share", "clv_realised", "clv_expected", "customer_equity", "trust", "commitment",
                  "satisfaction", "loyal_share", "share_of_requirements", "net_promoters", "reputation")  # fmt: skip
        churns = self._columns()["churn_rate"][:, -1, :]
        churn = ratio(np.nansum(churns, axis=0), np.sum(~np.isnan(churns), axis=0, dtype=np.float64))
        table: Table = self._firms(1) | {"months": np.full(len(self.scenario.firms), len(self.months))}
        return table | {f"total_{name}": sums[name] for name in totals} | {name: last[name] for name in stocks} | {"mean_churn_rate": churn}


def _with_total(by_segment: Values) -> Values:
    """Return numbers by segment with their sum as one more row."""
    return np.vstack([by_segment, by_segment.sum(axis=0)])
