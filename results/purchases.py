"""The purchase log of a sample of customers: who bought when, from whom, how much, for how much (Schmittlein, Morrison & Colombo 1987).

The form that models of lifetime value read: one row per customer, firm and period with a purchase. It is made by running the replication
again (:mod:`results.replay`), and so costs runs that do not need it nothing.

Limits
    Purchases before the first period, which some customers start with, are not in it: nobody has recorded their price. Several purchases
    of one period are one row, as several orders of one day are in the logs of shops.
"""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from results import store
from results.replay import ListeningModel
from sim.draws import Luck
from sim.scenario import Scenario
from sim.units import PERIODS_PER_YEAR

FIRST_DAY = date(2001, 1, 1)
"""The day on which the first period of a log begins, for programs that want a date; the model has only periods."""
COLUMNS = {
    "customer": ("customer", "顾客编号", "number", "number of the customer, from 1, as in the table customers"),
    "person": ("person", "个人", "name", "the customer and the period in which she entered: newcomers take the numbers of those who left for good"),
    "firm": ("firm", "企业", "name", "name of the firm"),
    "month": ("month", "月份", "period", "number of the period, from 1; a month unless the scenario says otherwise"),
    "date": ("date", "日期", "day", "first day of the period, the run's first one being 1 January 2001"),
    "quantity": ("quantity", "数量", "purchases", "purchases in the period"),
    "amount": ("amount", "金额", "currency", "what was paid for them: the firm's revenue, before rebates"),
}
"""Columns after those of the run: label, Chinese label, unit, meaning."""

Report = Callable[[int], None]


def sample(customers: int, seed: int, n: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return ``n`` customers of a replication by chance, numbered from 1: the first of the table ``customers``, in another order.

    Parameters
    ----------
    customers : int
        Customers in the market.
    seed : int
        The replication's seed.
    n : int
        How many; all where there are fewer.
    """
    drawn = Luck(seed, 0, 0, customers).uniform("sample")
    return np.sort(np.argsort(drawn, kind="stable")[:n]) + 1


def log(scenario: Scenario, run: store.Run, n: int, report: Report) -> pd.DataFrame:
    """Run a replication again and return the purchases of a sample of its customers.

    Parameters
    ----------
    scenario : Scenario
        What ran.
    run : Run
        The replication.
    n : int
        Customers in the sample.
    report : callable
        Called with the periods done after every period.

    Returns
    -------
    DataFrame
        Columns ``run``, ``scenario``, ``replication``, ``seed`` and :data:`COLUMNS`, in order of period, customer and firm.
    """
    model = ListeningModel(scenario, run.seed, sample(scenario.customers, run.seed, n))
    firms = np.array([firm.name for firm in scenario.firms], object)
    parts = []
    while model.running:
        model.step()
        report(model.month)
        seen = model.look()
        quantity = seen.events["quantity"]
        rows, places = np.nonzero(quantity > 0)
        amount = quantity[rows, places].astype(np.float64) * seen.events["paid"][rows, places]
        parts.append(
            pd.DataFrame(
                {
                    "customer": model.watched[rows],
                    "person": [f"{number}-{entered}" for number, entered in zip(model.watched[rows], seen.columns["entered"][rows], strict=True)],
                    "firm": firms[places],
                    "month": np.full(rows.size, model.month, np.int32),
                    "date": np.full(rows.size, day(model.month, scenario), object),
                    "quantity": quantity[rows, places].astype(np.int32),
                    "amount": np.round(amount, 6),
                }
            )
        )
    whole = pd.concat(parts, ignore_index=True)
    n = len(whole)
    whole.insert(0, "run", [run.run] * n)
    whole.insert(1, "scenario", [run.scenario] * n)
    whole.insert(2, "replication", np.full(n, run.replication, np.int32))
    whole.insert(3, "seed", np.full(n, run.seed, np.uint64))
    return whole


def day(month: int, scenario: Scenario) -> date:
    """Return the first day of a period."""
    if scenario.period == "week":
        return FIRST_DAY + timedelta(weeks=month - 1)
    months = (month - 1) * round(12 / PERIODS_PER_YEAR[scenario.period])
    return date(FIRST_DAY.year + months // 12, months % 12 + 1, 1)
