"""V21: contacts pay up to a number that differs by channel, and cost beyond it (Godfrey, Seiders & Voss 2011)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from scenarios import load
from sim.mechanisms.accounts import Accounts
from sim.scenario import Scenario

SCENARIO, FIRM = "contact_overload", "Measured"
"""The market, and the firm whose contacts are varied; what it does besides, and what the four others do, is the scenario's."""
CHANNELS = {"phone": (2.0, 4.0), "email": (3.0, 5.0), "mail": (8.0, 11.0)}
"""Contacts a quarter among which the most profitable number has to lie, by channel."""
NAMES = {"phone": "telephone", "email": "e-mail", "mail": "mail"}
GRID = (0.0, 0.25, 0.5, 0.75, 0.875, 1.0, 1.125, 1.25, 1.5, 2.0)
"""Rates tried, relative to the middle of the accepted range."""
SMALL_PURCHASE = {f"mechanisms.accounts.{name}": getattr(Accounts(), name) for name in ("letter", "e_mail", "call")}
"""What contacts cost where the purchase is not a large one, as in most scenarios: the mechanism's defaults."""

Vector = NDArray[np.float64]


def place(scenario: Scenario) -> int:
    """Return the number of the firm whose contacts are varied."""
    return [firm.name for firm in scenario.firms].index(FIRM)


def rates(channel: str) -> Vector:
    """Return the numbers of contacts a quarter that are tried in a channel."""
    return np.array(GRID) * (sum(CHANNELS[channel]) / 2.0)


def market(channel: str, rate: float, customers: int) -> Scenario:
    """Return the market in which the firm uses one channel only, so often a quarter."""
    base = load(SCENARIO).but(customers=customers, months=36)
    number = place(base)
    fixed = {**base.firms[number].fixed, **dict.fromkeys(CHANNELS, 0.0), channel: float(rate)}
    return base.but({f"firms.{number}.fixed": fixed})


def earned(number: int, model: Any) -> tuple[float, float]:
    """Return what one firm earned, and took, over a whole run: profit and revenue in currency."""
    table = model.tables()["firm_months"]
    mine = [np.reshape(table[name], (-1, len(model.firms)))[:, number] for name in ("profit", "revenue")]
    return float(np.sum(mine[0])), float(np.sum(mine[1]))


def best(rate: Vector, profit: Sequence[float] | Vector) -> float:
    """Return the rate at the top of profit: of a parabola through the best rate tried and its two neighbours; at an end, that end."""
    at = np.asarray(profit, float)
    top = int(np.argmax(at))
    if top in (0, len(at) - 1):
        return float(rate[top])
    near = slice(top - 1, top + 2)
    curve = np.polynomial.Polynomial.fit(rate[near], at[near], 2)
    return float(curve.deriv().roots()[0].real)


def measure(effort: Effort) -> Evidence:
    """Return the number of contacts a quarter at which the firm earns most, by channel, all else as the scenario has it."""
    seeds = effort.seeds(full=10, quick=1)
    findings: list[Finding] = []
    curves = []
    for channel, (least, most) in CHANNELS.items():
        tried = rates(channel)
        markets = [market(channel, rate, 2000) for rate in tried]
        found: Vector = np.array(effort.run(markets, seeds, partial(earned, place(markets[0]))))  # (n_rates, n_seeds, 2)
        profit, revenue = found[:, :, 0], found[:, :, 1]
        dear: Vector = np.array(effort.run([one.but(SMALL_PURCHASE) for one in markets], seeds, partial(earned, place(markets[0]))))[:, :, 0]
        name = NAMES[channel]
        findings += [
            Finding.over(
                f"{name}: contacts a quarter at which most is earned",
                [best(tried, row) for row in profit.T],
                least=least,
                most=most,
                unit="contacts/quarter",
            ),
            Finding.over(f"{name}: contacts a quarter at which most is sold", [best(tried, row) for row in revenue.T], unit="contacts/quarter"),
            Finding.over(f"{name}: at which most is earned with a small purchase", [best(tried, row) for row in dear.T], unit="contacts/quarter"),
        ]
        axes = Axes(f"Contacts by {name}", "contacts a quarter", "difference from no contact, currency")
        curves += [axes.over(series, tried, list(rows - rows[0])) for series, rows in (("profit", profit), ("revenue", revenue))]
    return Evidence(
        findings,
        curves,
        "One channel at a time, on the same luck. A purchase is a large one, as at the published car dealer; where it is small, contacts cost more "
        "of its price, and fewer of them pay.",
    )


FACT = Fact(
    number=21,
    title="Contact frequency has an optimum by channel",
    statement="Customers respond best to about 3 calls, 3 to 4 e-mails and 9 to 10 letters a quarter, less to fewer and to more.",
    sources=("godfrey2011",),
    measure=measure,
)
