"""Satisfaction in seven constructs (Spreng, MacKenzie & Olshavsky 1996), with losses weighing more than gains.

Theory
    A customer compares what she perceives with what she wished for (desires congruency) and with what she expected (expectations
    congruency). Both make attribute satisfaction; how truthfully she was informed makes information satisfaction; together, and with how
    fairly the gain was shared, they make overall satisfaction. Expectations follow experience, and promises inflate them.
Equation
    DC = perf - D,  EC = perf - E
    AS = base + a_d asym(DC) + a_e asym(EC)
    IS = base + i_o (openness_j + advised advice_j - regret pressure_j - 1/2) - i_p loss max(0, promised_j - perf)
    OS = w AS + (1 - w) IS - equity max(0, taken_ij - 1/2)          within [0, 1];  asym(x) = x if x >= 0 else loss x
    S += adaptation (OS - S);   E += theta (perf - E) after an episode;   E += hope reached_j (promised_j - E) for all who know the firm
Symbols
    D: desired performance of the segment; E: expectation; perf: performance; promised_j: mean performance and promise; reached_j: share of
    customers whom advertising reaches; taken: the firm's share of the joint gain; all shares.
Sources
    spreng1996, anderson2000, szymanski2001, kahneman1979
Limits
    Coefficients are assumed: the published ones are signs.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import FIXED_POINT, Flags, PerDyad, PerFirm, Sums

_ONE = f32(1.0)
_ZERO = f32(0.0)
_HALF = f32(0.5)
_POINT = f32(FIXED_POINT)
CONSTRUCTS = ("performance", "expectation", "attribute_satisfaction", "information_satisfaction", "overall_satisfaction")
"""What is summed over this month's episodes, in this order."""


@kernel
def _episode(
    performance: PerDyad, expectation: PerDyad, taken: PerDyad, promised: PerFirm, openness: PerFirm, desire: np.float32,
    desires: np.float32, expectations: np.float32, loss: np.float32, attribute_base: np.float32, information: np.float32,
    broken_promise: np.float32, attribute_weight: np.float32, equity: np.float32, attribute: PerDyad, informed: PerDyad,
) -> PerDyad:  # fmt: skip
    overall = np.empty_like(performance)
    for j in range(performance.shape[0]):
        perf = performance[j]
        expected = expectation[j]
        share = taken[j]
        told = information * (openness[j] - _HALF) + attribute_base
        for k in range(perf.size):
            dc = perf[k] - desire
            ec = perf[k] - expected[k]
            dc = dc if dc >= _ZERO else loss * dc
            ec = ec if ec >= _ZERO else loss * ec
            a = attribute_base + desires * dc + expectations * ec
            i = told - broken_promise * loss * max(promised[j] - perf[k], _ZERO)
            unfair = equity * max(share[k] - _HALF, _ZERO)
            o = attribute_weight * a + (_ONE - attribute_weight) * i - unfair
            attribute[j, k] = min(max(a, _ZERO), _ONE)
            informed[j, k] = min(max(i, _ZERO), _ONE)
            overall[j, k] = min(max(o, _ZERO), _ONE)
    return overall


@kernel
def _adapt(state: PerDyad, target: PerDyad, bought: PerDyad, rate: np.float32) -> PerDyad:
    new = np.empty_like(state)
    for j in range(state.shape[0]):
        old = state[j]
        goal = target[j]
        quantity = bought[j]
        out = new[j]
        for k in range(old.size):
            step = rate if quantity[k] > _ZERO else _ZERO
            out[k] = old[k] + step * (goal[k] - old[k])
    return new


@kernel
def _hope(expectation: PerDyad, aware: Flags, promised: PerFirm, rate: PerFirm) -> PerDyad:
    new = np.empty_like(expectation)
    for j in range(expectation.shape[0]):
        old = expectation[j]
        known = aware[j]
        out = new[j]
        for k in range(old.size):
            step = rate[j] if known[k] > 0 else _ZERO
            out[k] = old[k] + step * (promised[j] - old[k])
    return new


@kernel
def _sums(bought: PerDyad, a: PerDyad, b: PerDyad, c: PerDyad, d: PerDyad, e: PerDyad) -> Sums:
    sums = np.zeros((5, bought.shape[0]), np.int64)
    for j in range(bought.shape[0]):
        s0 = s1 = s2 = s3 = s4 = np.int64(0)
        for k in range(bought.shape[1]):
            point = _POINT if bought[j, k] > _ZERO else _ZERO
            s0 += np.int64(np.rint(point * a[j, k]))
            s1 += np.int64(np.rint(point * b[j, k]))
            s2 += np.int64(np.rint(point * c[j, k]))
            s3 += np.int64(np.rint(point * d[j, k]))
            s4 += np.int64(np.rint(point * e[j, k]))
        sums[0, j] = s0
        sums[1, j] = s1
        sums[2, j] = s2
        sums[3, j] = s3
        sums[4, j] = s4
    return sums


class Satisfaction(Mechanism):
    """Desires, expectations and performance make attribute, information and overall satisfaction."""

    slot: ClassVar[str] = "satisfaction"
    kind: Literal["seven_constructs"] = "seven_constructs"
    sources: ClassVar[tuple[str, ...]] = ("spreng1996", "anderson2000", "szymanski2001", "kahneman1979")
    equation: ClassVar[str] = "OS = w AS + (1 - w) IS - equity max(0, taken - 1/2);  AS = base + a_d asym(perf - D) + a_e asym(perf - E)"

    start: float = parameter(0.55, "satisfaction before the first episode", unit="share", origin="assumed", low=0.0, high=1.0)
    start_expectation: float = parameter(0.55, "expectation before the first episode", unit="share", origin="assumed", low=0.0, high=1.0)
    base: float = parameter(0.6, "satisfaction when all is as wished, expected and told", unit="share", origin="assumed", low=0.0, high=1.0)
    desires: float = parameter(0.6, "a_d: weight of desires congruency", unit="ratio", origin="assumed", low=0.0, high=10.0)
    expectations: float = parameter(0.8, "a_e: weight of expectations congruency", unit="ratio", origin="assumed", low=0.0, high=10.0)
    loss: float = parameter(2.0, "how much more a loss weighs than a gain", unit="ratio", origin="assumed", low=1.0, high=10.0)
    information: float = parameter(0.3, "i_o: weight of the firm's openness", unit="ratio", origin="assumed", low=0.0, high=10.0)
    broken_promise: float = parameter(0.5, "i_p: weight of promises not kept", unit="ratio", origin="assumed", low=0.0, high=10.0)
    advised: float = parameter(0.5, "worth of full advice, in terms of openness", unit="ratio", origin="assumed", low=0.0, high=10.0)
    regret: float = parameter(1.5, "regret of having been pressed, in terms of openness", unit="ratio", origin="assumed", low=0.0, high=10.0)
    attribute_weight: float = parameter(
        0.7, "w: weight of attribute against information satisfaction", unit="share", origin="assumed", low=0.0, high=1.0
    )
    equity: float = parameter(
        0.5, "satisfaction lost when the firm takes the whole gain, twice over", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    adaptation: float = parameter(0.35, "weight of the last episode in overall satisfaction", unit="share", origin="assumed", low=0.0, high=1.0)
    theta: float = parameter(0.3, "weight of the last episode in what is expected", unit="share", origin="assumed", low=0.0, high=1.0)
    hope: float = parameter(
        0.5,
        "how far advertising that reaches a customer moves what she expects towards its promise",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )

    def informed(self, openness: PerFirm, advice: PerFirm, pressure: PerFirm) -> PerFirm:
        """Return how well customers are informed: openness, advice, and less what they were talked into, shape (n_firms,)."""
        return np.asarray(openness + f32(self.advised) * advice - f32(self.regret) * pressure, np.float32)

    def episode(
        self, performance: PerDyad, expectation: PerDyad, taken: PerDyad, promised: PerFirm, openness: PerFirm, desire: float, bought: PerDyad
    ) -> tuple[PerDyad, Sums]:
        """Return overall satisfaction with this month's episodes, (n_firms, n), and sums of :data:`CONSTRUCTS` over them."""
        attribute, informed = np.empty_like(performance), np.empty_like(performance)
        overall = _episode(
            performance, expectation, taken, promised, openness, f32(desire), f32(self.desires), f32(self.expectations), f32(self.loss),
            f32(self.base), f32(self.information), f32(self.broken_promise), f32(self.attribute_weight), f32(self.equity),
            attribute, informed,
        )  # fmt: skip
        return overall, _sums(bought, performance, expectation, attribute, informed, overall)

    def satisfaction(self, satisfaction: PerDyad, overall: PerDyad, bought: PerDyad) -> PerDyad:
        """Return satisfaction with each firm after this month's episodes, (n_firms, n). Switched off: as it was."""
        return _adapt(satisfaction, overall, bought, f32(self.adaptation if self.active else 0.0))

    def expectation(self, expectation: PerDyad, performance: PerDyad, bought: PerDyad) -> PerDyad:
        """Return what customers expect after this month's episodes, (n_firms, n). Switched off: as it was."""
        return _adapt(expectation, performance, bought, f32(self.theta if self.active else 0.0))

    def hopes(self, expectation: PerDyad, aware: Flags, promised: PerFirm, reached: PerFirm) -> PerDyad:
        """Return what customers expect after this month's advertising, (n_firms, n). Switched off: as it was."""
        return _hope(expectation, aware, promised, reached * f32(self.hope if self.active else 0.0))
