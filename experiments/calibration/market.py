"""The market that a log is read in: its shop, and everything else that customers could do, in one scenario file.

A log of one shop says how often customers came and when they stopped. It does not say whether those who stopped lost the need or went
elsewhere for good, how attractive elsewhere is, or what relations feel like: these stand in the file as assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios import parse
from sim.scenario import Scenario
from sim.units import Period

Vector = NDArray[np.float64]
MOST_CUSTOMERS = 200_000
"""A shop with more customers is simulated with so many; the file says how many stand behind each."""


@dataclass(frozen=True)
class Free:
    """A behavioural parameter that simulation fits, on a scale on which it is free.

    Attributes
    ----------
    name : str
        What it is called.
    start : float
        Where the search starts, on the free scale: what the analytic model says, or the model's own default.
    prior : float
        How far off that is thought to be, before the log has spoken: a standard deviation on the free scale.
    share : bool
        Whether the free scale is a logit (a share) or a logarithm (a positive number).
    """

    name: str
    start: float
    prior: float
    share: bool

    def value(self, free: float) -> float:
        """Return the parameter at a place on the free scale."""
        return float(1.0 / (1.0 + np.exp(-free))) if self.share else float(np.exp(free))


def logit(share: float) -> float:
    """Return the free scale's place of a share; those beyond 1 in 1,000 from the ends stand there."""
    bounded = min(max(share, 1e-3), 1.0 - 1e-3)
    return float(np.log(bounded / (1.0 - bounded)))


@dataclass(frozen=True)
class Shop:
    """What does not depend on the free parameters.

    Attributes
    ----------
    name, log : str
        Of the scenario, and of the file that it comes from.
    customers, months : int
        Customers in the log, and how long they have been customers on average.
    period : str
        week or month.
    money : float
        What an average purchase is worth in the log's currency, which is the scenario's unit of money; missing where the log does not tell.
    """

    name: str
    log: str
    customers: int
    months: int
    period: Period
    money: float | None


NONCONTRACTUAL = """# Made by: python run.py calibrate, from the purchases in {log}.
# fitted: by simulation, to the weeks or months of calibration; the report beside this file has the intervals, parameter_sets.parquet
# what the data leave open. assumed: the log cannot tell.
name = {name}
title = "Customers of one shop, calibrated to {log_text}"
question = "How will these customers buy, and what would it change to treat them otherwise?"
notice = "{notice}"
attempt = "Ask what a lever would bring in the year to come: python run.py forecast THIS_FILE --lever service=0.9"
customers = {customers}  # from the log{scaled}
months = {months}  # from the log: how long its customers have been customers, on average
period = "{period}"
seed = 1  # assumed

[chinese]
title = "一家商店的顾客，按 {log_text} 校准"
question = "这些顾客今后会怎样购买？若换一种方式对待他们，会有什么不同？"
notice = "{chinese_notice}"
attempt = "问问某个杠杆在未来一年会带来什么：python run.py forecast THIS_FILE --lever service=0.9"

[market]
setting = "noncontractual"
outside_utility = -20.0  # assumed: whoever needs something buys it, here or elsewhere
switching_cost = 0.4  # assumed: a habit

[[segments]]
name = "customers"
need_shape = {need_shape:.6g}  # fitted
need_scale = {need_scale:.6g}  # fitted: with need_shape, how often something is needed
dropout_a = {dropout_a:.6g}  # fitted: with dropout_b, how likely somebody leaves for good after a purchase
dropout_b = {dropout_b:.6g}  # fitted: dropout_a + dropout_b, how alike customers are in it

[[firms]]
name = "The shop"
strategy = {{ kind = "continuum", orientation = 0.5 }}  # assumed: half-way between transactional and relational
awareness = 1.0  # assumed
start_share = 1.0  # assumed: everybody has just bought here for the first time

[[firms]]
name = "Elsewhere"
strategy = {{ kind = "continuum", orientation = 0.5 }}  # assumed: as good as the shop, which a log of one shop cannot tell
awareness = 1.0  # assumed

[mechanisms.consideration]
variety = {variety:.6g}  # fitted: how often somebody thinks again without any reason, a month

[mechanisms.turnover]
departure = 0.0  # assumed: people leave after a purchase, which the log cannot tell from leaving at any other time
arrival = 0.0  # assumed: the customers of the log, whom nobody joins

[mechanisms.word_of_mouth]
active = false  # assumed: a log does not show who talks to whom

[mechanisms.power]
active = false  # assumed: list prices, no bargaining
"""

CONTRACTUAL = """# Made by: python run.py calibrate, from the customers in {log}.
# fitted: by simulation, to the months of calibration; the report beside this file has the intervals, parameter_sets.parquet
# what the data leave open. assumed: the table cannot tell.
name = {name}
title = "Subscribers of one firm, calibrated to {log_text}"
question = "How long will these customers stay, and what would it change to treat them otherwise?"
notice = "{notice}"
attempt = "Ask what a lever would bring in the year to come: python run.py forecast THIS_FILE --lever service=0.9"
customers = {customers}  # from the table{scaled}
months = {months}  # from the table
period = "month"
seed = 1  # assumed

[chinese]
title = "一家企业的订户，按 {log_text} 校准"
question = "这些顾客会留多久？若换一种方式对待他们，会有什么不同？"
notice = "{chinese_notice}"
attempt = "问问某个杠杆在未来一年会带来什么：python run.py forecast THIS_FILE --lever service=0.9"

[market]
setting = "contractual"
contract_term = 1.0  # assumed: every month of the table is a renewal
outside_utility = -20.0  # assumed: who has the need has a contract

[[segments]]
name = "customers"
dropout_a = {dropout_a:.6g}  # fitted: with dropout_b, how likely somebody leaves for good at a renewal
dropout_b = {dropout_b:.6g}  # fitted

[[firms]]
name = "The firm"
strategy = {{ kind = "continuum", orientation = 0.5 }}  # assumed: half-way between transactional and relational
awareness = 1.0  # assumed
start_share = 1.0  # assumed: the cohort has just signed

[[firms]]
name = "Elsewhere"
strategy = {{ kind = "continuum", orientation = 0.5 }}  # assumed
brand = -20.0  # assumed: the table does not tell those who went elsewhere from those who lost the need; all of them leave for good
awareness = 0.0  # assumed

[mechanisms.turnover]
departure = 0.0  # assumed: people leave at a renewal
arrival = 0.0  # assumed: one cohort, which nobody joins

[mechanisms.word_of_mouth]
active = false  # assumed: a table does not show who talks to whom

[mechanisms.power]
active = false  # assumed: list prices, no bargaining
"""


def free_purchases(shape: float, rate: float, a: float, b: float, variety: float) -> tuple[Free, ...]:
    """Return the free parameters of a noncontractual market, from what BG/NBD and the model's defaults say."""
    return (
        Free("need_rate", float(np.log(rate)), 1.0, share=False),
        Free("need_shape", float(np.log(shape)), 1.0, share=False),
        *free_renewals(a, b),
        Free("variety", logit(variety), 1.5, share=True),
    )  # fmt: skip


def free_renewals(a: float, b: float) -> tuple[Free, ...]:
    """Return the free parameters of a contractual market, from what the sBG says: how likely people leave, and how alike they are in it."""
    return (Free("leaving", logit(a / (a + b)), 1.5, share=True), Free("dispersion", float(np.log(a + b)), 1.5, share=False))


def settings(values: Sequence[float], *, contractual: bool) -> dict[str, float]:
    """Return what the free parameters come to in a scenario, by path.

    Parameters
    ----------
    values : sequence of float
        Values of the free parameters, in their order.
    contractual : bool
        Whether customers renew, or buy when they need something.
    """
    leaving, dispersion = values if contractual else values[2:4]
    found = {"segments.0.dropout_a": _within(leaving * dispersion), "segments.0.dropout_b": _within((1.0 - leaving) * dispersion)}
    if contractual:
        return found
    rate, shape, variety = values[0], values[1], values[4]
    return found | {"segments.0.need_shape": shape, "segments.0.need_scale": shape / rate, "mechanisms.consideration.variety": variety}


def text(shop: Shop, values: Sequence[float], *, contractual: bool) -> str:
    """Return the scenario file of a log, with parameters as for :func:`settings`."""
    import json

    count = min(shop.customers, MOST_CUSTOMERS)
    worth = "" if shop.money is None else f"{shop.money:.4g}"
    common = {
        "name": json.dumps(shop.name, ensure_ascii=False), "log": " ".join(shop.log.split()),
        "log_text": json.dumps(shop.log, ensure_ascii=False)[1:-1],
        "notice": worth and f"The unit of money is one average purchase: {worth} in the log's currency.",
        "chinese_notice": worth and f"货币单位为一次平均购买：合日志货币 {worth}。", "customers": count, "months": shop.months, "period": shop.period,
        "scaled": f": each stands for {shop.customers / count:.4g} of its {shop.customers:,}" if count < shop.customers else "",
    }  # fmt: skip
    fitted = {path.rpartition(".")[2]: value for path, value in settings(values, contractual=contractual).items()}
    return (CONTRACTUAL if contractual else NONCONTRACTUAL).format(**common, **fitted)


def market(shop: Shop, values: Sequence[float], *, contractual: bool) -> Scenario:
    """Return the same as a checked scenario."""
    return parse(text(shop, values, contractual=contractual), shop.name)


def _within(value: float) -> float:
    """Return a number of a Beta within what a scenario may state."""
    return min(max(value, 1e-5), 1e5)
