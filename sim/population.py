"""The starting customers and the newcomers, drawn from the scenario's segments (Ehrenberg 1959; Fader, Hardie & Lee 2005)."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv, ndtri

from sim.customers import BLOCK, NEVER, NOBODY, Block, empty_block
from sim.draws import Luck
from sim.scenario import Mechanisms, Scenario
from sim.units import PerCustomer, per_period

_HALF_STEP = 2.0**-25
_SMALLEST_RATE = 1e-30
_MOST_TASTE = 32767.0
_OUTER = 0.01
_LEAST = 1e-300
_BEFORE = 1 << 20
"""Number of the first period before the start, for its draws: beyond any period of a run."""


def sizes(scenario: Scenario) -> list[int]:
    """Return how many customers each segment has: proportional to its share, at least one, together all customers."""
    shares = np.array([segment.share for segment in scenario.segments])
    ends = np.round(np.cumsum(shares) / shares.sum() * scenario.customers).astype(int)
    place = np.arange(len(shares))
    ends = np.maximum.accumulate(np.maximum(ends - place, 1)) + place
    ends = np.minimum(ends, scenario.customers - place[::-1])
    return [int(n) for n in np.diff(ends, prepend=0)]


def held_out(scenario: Scenario) -> list[int]:
    """Return how many customers of each segment are the control group: the largest share that a campaign there holds out."""
    shares = [
        max((campaign.control for campaign in scenario.campaigns if not campaign.segments or segment.name in campaign.segments), default=0.0)
        for segment in scenario.segments
    ]
    return [round(share * size) for share, size in zip(shares, sizes(scenario), strict=True)]


def start(scenario: Scenario, rules: Mechanisms, seed: int) -> list[Block]:
    """Return the market's customers at the start, in blocks of one segment each; ``rules`` are those of the first period.

    The last customers of a segment are its control group: all are drawn alike, so any part is a random one.
    """
    blocks, first = [], 0
    for number, (size, held) in enumerate(zip(sizes(scenario), held_out(scenario), strict=True)):
        for part, control in ((size - held, False), (held, True)):
            step = min(BLOCK, max(BLOCK // 4, -(-part // 2)))
            for begin in range(0, part, step):
                n = min(step, part - begin)
                block = empty_block(first, number, n, len(scenario.firms), control)
                luck = Luck(seed, 0, first, n)
                settle(block, np.arange(n), scenario, luck)
                _pass_time(block, scenario, rules, seed)
                _first_relations(block, scenario, luck)
                blocks.append(block)
                first += n
    return blocks


def settle(block: Block, rows: NDArray[np.int64], scenario: Scenario, luck: Luck) -> None:
    """Draw the customers in some rows of a block anew, as people who enter the market in the month of ``luck``, which is theirs."""
    segment, firms = scenario.segments[block.segment], scenario.firms
    n_firms = len(firms)
    rules = scenario.mechanisms
    _draw_rates(block, rows, scenario, luck)
    spread = (2.0 * luck.uniform("orientation") - 1.0) * segment.orientation_spread
    block.orientation[rows] = np.clip(segment.orientation + spread, 0.0, 1.0)
    taste = ndtri(_open(luck.uniforms("taste", n_firms))) * segment.taste_spread * 1000.0
    block.taste[:, rows] = np.clip(np.round(taste), -_MOST_TASTE, _MOST_TASTE).astype(np.int16)
    # Nobody can know a firm that is not there yet.
    known = np.array([[firm.awareness if firm.enters <= max(luck.month, 1) else 0.0] for firm in firms], np.float32)
    block.aware[:, rows] = luck.uniforms("awareness", n_firms) < known
    block.reputation[:, rows] = np.array([[firm.reputation] for firm in firms], np.float32)
    block.expectation[:, rows] = rules.satisfaction.start_expectation
    block.satisfaction[:, rows] = rules.satisfaction.start
    block.trust[:, rows] = rules.commitment_trust.start
    for empty in (block.commitment, block.social_bond, block.structural_bond, block.added_value, block.value, block.purchases):
        empty[:, rows] = 0
    block.first_purchase[:, rows] = NEVER
    block.last_purchase[:, rows] = NEVER
    block.current[rows] = NOBODY
    block.talk[rows] = 0
    block.grievances[rows] = 0
    block.entered[rows] = luck.month


def _pass_time(block: Block, scenario: Scenario, rules: Mechanisms, seed: int) -> None:
    """Let people come into and leave the category before the first period: those who buy often leave it sooner."""
    months = scenario.months_per_period
    contractual = scenario.market.setting == "contractual"
    term = max(1, round(per_period(scenario.market.contract_term, "months", months)))
    for period in range(round(scenario.market.settling / months)):
        luck = Luck(seed, _BEFORE + period, block.first, block.n)
        arrives = rules.turnover.arrives(luck.uniform("arrival"), block.rate)
        if arrives.any():
            rows = np.flatnonzero(arrives)
            _draw_rates(block, rows, scenario, luck.some(rows))
        occasions = rules.need.purchases(luck.uniform("purchases"), block.rate, 1.0)
        if contractual:
            occasions = ((np.arange(block.first, block.first + block.n) + period) % term == 0).astype(np.int32)
        lasts = rules.turnover.lasts(luck.uniform("departure"), block.dropout, block.commitment, block.current)
        leaves = rules.turnover.leaves(lasts, occasions, block.rate)
        block.rate[leaves] = 0.0


def _first_relations(block: Block, scenario: Scenario, luck: Luck) -> None:
    """Make some customers those of a firm already: their last purchase, or the beginning of their contract, lies up to a year back."""
    draw, low = luck.uniform("first_firm"), np.float32(0.0)
    year = max(1, round(12.0 / scenario.months_per_period))
    if scenario.market.setting == "contractual":
        year = max(1, round(per_period(scenario.market.contract_term, "months", scenario.months_per_period)))
    back = (luck.uniform("last_purchase") * np.float32(year)).astype(np.int16)
    for j, firm in enumerate(scenario.firms):
        high = np.float32(low + np.float32(firm.start_share))
        here = firm.enters <= 1
        mine = (draw >= low) & (draw < high) & (block.rate > 0) & here
        block.current[mine] = j
        block.aware[j, mine] = 1
        block.purchases[j, mine] = 1
        block.first_purchase[j, mine] = -back[mine]
        block.last_purchase[j, mine] = -back[mine]
        low = high


def _open(draw: PerCustomer) -> NDArray[np.float64]:
    """Return draws of [0, 1) as float64 in the open interval (0, 1)."""
    return draw.astype(np.float64) + _HALF_STEP


def _draw_rates(block: Block, rows: NDArray[np.int64], scenario: Scenario, luck: Luck) -> None:
    """Draw purchase rates and probabilities of leaving for some rows: Gamma and Beta, by inversion of one draw each."""
    segment = scenario.segments[block.segment]
    rate = _gamma(segment.need_shape).at(_open(luck.uniform("purchase_rate"))) / segment.need_scale
    block.rate[rows] = np.maximum(rate * scenario.months_per_period, _SMALLEST_RATE)
    if segment.dropout_a > 0.0:
        block.dropout[rows] = _beta(segment.dropout_a, segment.dropout_b).at(_open(luck.uniform("dropout")))
    else:
        block.dropout[rows] = 0.0


class _Quantiles:
    """A quantile function: exact in the outer hundredths, between them a table with a relative error below 1e-4 (inversion is slow)."""

    def __init__(self, exact: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> None:
        self._exact = exact
        grid = np.linspace(_OUTER, 1.0 - _OUTER, 4096)
        # Between logarithms: the lower end of a quantile function is a power, which small shapes make steep.
        self._grid, self._values = np.log(grid), np.log(np.maximum(exact(grid), _LEAST))

    def at(self, draw: NDArray[np.float64]) -> NDArray[np.float64]:
        value = np.exp(np.interp(np.log(draw), self._grid, self._values))
        outer = (draw < _OUTER) | (draw > 1.0 - _OUTER)
        value[outer] = self._exact(draw[outer])
        return value


@lru_cache(maxsize=64)
def _gamma(shape: float) -> _Quantiles:
    return _Quantiles(lambda u: np.asarray(gammaincinv(shape, u)))


@lru_cache(maxsize=64)
def _beta(a: float, b: float) -> _Quantiles:
    return _Quantiles(lambda u: np.asarray(betaincinv(a, b, u)))
