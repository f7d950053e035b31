"""The future of every customer, known because it is simulated: what she goes on to bring the firm, and what could have been expected of her.

Theory
    A customer's lifetime value is the expectation of what she will bring, discounted. A real analyst sees one future; here the same market is
    carried on from the same month many times, each time on other luck, and the mean over these futures is her true value, known up to the
    error of that mean.
Equation
    V_ij = mean over futures of  sum over t = 1..H of  margin_ij(T + t) / (1 + d)^t
Symbols
    T: periods on record; H: horizon, periods; d: discount rate a period; margin: in a period in which she buys, what she pays less goods,
    service, rebates, and what else the firm does for her in it; currency.
Sources
    gupta2004, gupta2003
Limits
    In the other futures customers also meet other far acquaintances, and with distributors shop at other outlets: the model draws them by the same
    seed. What a firm spends on customers who do not buy, such as letters to those who are gone, is not in the margin of purchases.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from experiments.truth.records import NOBODY, Clerk, Numbers, Records, as_columns
from experiments.truth.scores import agreement
from results.replay import ListeningModel
from sim.scenario import Scenario
from sim.units import PERIODS_PER_YEAR

Progress = Callable[[int, int], None]
OTHER_LUCK = 1 << 40
"""What is added to a replication's seed for its first other future: far from the seeds of replications."""


@dataclass(frozen=True)
class Plan:
    """How long customers are on record, how far the future is followed, and how often.

    Attributes
    ----------
    recorded, horizon : int
        Periods on record, and of the future.
    futures : int
        Other futures, over which expectation is taken.
    """

    recorded: int
    horizon: int
    futures: int


@dataclass(frozen=True)
class Firm:
    """One firm's customers at the end of the record, and their true futures.

    Attributes
    ----------
    name, strategy : str
        Of the firm.
    records : Records
        All relations on record, also those that have ended.
    scored : ndarray of bool, shape (n,)
        Relations whose future is asked for: all in a noncontractual market, contracts that run in a contractual one.
    active : ndarray of bool, shape (n,)
        Whom the firm's own rule counts as active.
    margin, retention : float
        Margin of an active customer a period, and share of active customers kept from one period to the next, in the past year.
    expected, error : ndarray, shape (n,)
        True value, currency, and the standard error of that mean.
    realised : ndarray, shape (n,)
        What came on the run's own luck, currency.
    lost : ndarray of bool, shape (n,)
        Noncontractual: who on the run's own luck never bought from the firm again; contractual: whose contract ended within a year.
    losing : ndarray, shape (n,)
        Share of the other futures in which she was lost.
    ceiling : float
        The highest rank correlation that an estimate can have with ``expected``, which so many futures leave uncertain.
    """

    name: str
    strategy: str
    records: Records
    scored: NDArray[np.bool_]
    active: NDArray[np.bool_]
    margin: float
    retention: float
    expected: Numbers
    error: Numbers
    realised: Numbers
    lost: NDArray[np.bool_]
    losing: Numbers
    ceiling: float


@dataclass(frozen=True)
class Case:
    """A replication of a market: its firms, and what an analyst of it needs besides."""

    scenario: Scenario
    plan: Plan
    replication: int
    firms: tuple[Firm, ...]

    @property
    def contractual(self) -> bool:
        """Whether departure is announced."""
        return self.scenario.market.setting == "contractual"

    @property
    def term(self) -> int:
        """Periods between renewals of a contract."""
        return max(1, round(self.scenario.market.contract_term / self.scenario.months_per_period))

    @property
    def discount_rate(self) -> float:
        """Discount rate per period."""
        return discount_rate(self.scenario)


def discount_rate(scenario: Scenario) -> float:
    """Return the discount rate per period."""
    return float((1.0 + scenario.market.discount_rate) ** (scenario.months_per_period / 12.0) - 1.0)


def a_year(scenario: Scenario) -> int:
    """Return how many periods a year has."""
    return max(1, round(PERIODS_PER_YEAR[scenario.period]))


@dataclass
class _Future:
    """What one future brought, each (n_customers, n_firms)."""

    value: Numbers
    left: NDArray[np.bool_]


def case(scenario: Scenario, plan: Plan, replication: int, report: Callable[[int], None]) -> Case:
    """Carry a market out to the end of the record, and on from there, on its own luck and on others.

    Parameters
    ----------
    scenario : Scenario
        The market; its length is that of the plan.
    plan : Plan
        How long, and how often.
    replication : int
        Its number: the seed is the scenario's plus this.
    report : callable
        Called with the number of periods done after every period.
    """
    whole = scenario.but(months=ceil((plan.recorded + plan.horizon) * scenario.months_per_period))
    seed = scenario.seed + replication
    done = 0

    def step(model: ListeningModel) -> None:
        nonlocal done
        model.step()
        done += 1
        report(done)

    own = ListeningModel(whole, seed, np.arange(1, scenario.customers + 1))
    clerk = _record(own, plan, step)
    shelves = [clerk.records(place, plan.recorded) for place in range(len(own.firms))]
    margins = np.sum(clerk.margins[-a_year(scenario) :], axis=0)
    seen = [_seen(own, shelf, place, plan) for place, shelf in enumerate(shelves)]
    first = _follow(own, plan, step)
    others = []
    for number in range(plan.futures):
        model = ListeningModel(whole, seed, np.arange(1, scenario.customers + 1))
        while model.month < plan.recorded:
            step(model)
        model.on_other_luck(seed + OTHER_LUCK * (number + 1) % 2**64)
        others.append(_follow(model, plan, step))
    values = np.array([future.value for future in others])
    left = np.array([future.left for future in others]).mean(axis=0)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(others)) if len(others) > 1 else np.full(values.shape[1:], np.nan)
    found = tuple(
        Firm(
            name=whole.firms[place].name, strategy=whole.firms[place].strategy.kind, records=shelf, scored=scored, active=active,
            margin=float(margins[place]) / customers, retention=retention, expected=_at(values.mean(axis=0), shelf, place),
            error=_at(error, shelf, place), realised=_at(first.value, shelf, place), lost=(shelf.row == NOBODY) | first.left[shelf.row, place],
            losing=np.where(shelf.row == NOBODY, 1.0, left[shelf.row, place]),
            ceiling=agreement(np.array([_at(value, shelf.some(scored), place) for value in values])),
        )
        for place, (shelf, (scored, active, customers, retention)) in enumerate(zip(shelves, seen, strict=True))
    )  # fmt: skip
    return Case(scenario, plan, replication, found)


def _at(values: Numbers, records: Records, place: int) -> Numbers:
    """Return a firm's column at its relations; nothing comes of those that have ended."""
    return np.where(records.row == NOBODY, 0.0, values[records.row, place])


def _record(model: ListeningModel, plan: Plan, step: Callable[[ListeningModel], None]) -> Clerk:
    contractual = model.scenario.market.setting == "contractual"
    start = model.look().columns
    known = start["current"][:, None] == np.arange(len(model.firms)) if contractual else start["purchases"] > 0
    clerk = Clerk(len(model.customers), len(model.firms), known, contractual=contractual)
    while model.month < plan.recorded:
        step(model)
        clerk.note(model.month, np.asarray(model.customers.get("entered")), model.events)
    return clerk


def _seen(model: ListeningModel, records: Records, place: int, plan: Plan) -> tuple[NDArray[np.bool_], NDArray[np.bool_], float, float]:
    """Return what a firm's own rules say: who is scored, who counts as active, active customers of the past year's periods, and retention."""
    year = {name: values[place] for name, values in model.ledger.past_year().items()}
    customers = float(max(year["customers"], 1.0))
    retention = float(1.0 - year["lost"] / max(year["at_start"], 1.0))
    if model.scenario.market.setting == "contractual":
        runs = records.row != NOBODY
        return runs, runs, customers, retention
    _, rules = model.timeline.at(plan.recorded)
    silence = rules.database.silence(*as_columns(records, plan.recorded), plan.recorded)[0]
    return np.ones(len(records), bool), silence <= 1.0, customers, retention


def _follow(model: ListeningModel, plan: Plan, step: Callable[[ListeningModel], None]) -> _Future:
    """Carry a market on and return what everybody who is in it now brings every firm, until somebody else takes her place."""
    entered = np.asarray(model.customers.get("entered")).copy()
    shape = (len(model.customers), len(model.firms))
    value, bought = np.zeros(shape), np.zeros(shape, bool)
    contractual = model.scenario.market.setting == "contractual"
    year, rate = a_year(model.scenario), discount_rate(model.scenario)
    goes_on = np.ones(shape, bool)  # contractual: no period without a purchase yet
    kept = np.ones(shape, bool)
    for t in range(1, plan.horizon + 1):
        step(model)
        there = (np.asarray(model.customers.get("entered")) == entered)[:, None]
        buys = (model.events["quantity"] > 0) & there
        if contractual:
            goes_on &= buys  # a contract that begins anew is another one, to be won again
            buys &= goes_on
        value += np.where(buys, model.events["contribution"], 0.0) / (1.0 + rate) ** t
        bought |= buys
        if t == min(year, plan.horizon):
            kept = goes_on.copy()
    return _Future(value, ~(kept if contractual else bought))
