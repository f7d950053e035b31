"""Experience: what an episode delivers, and when it fails (Parasuraman, Zeithaml & Berry 1985; Anderson & Mittal 2000).

Theory
    Delivered performance is core quality and service, fitted to the customer as far as the firm knows her, with chance around it. Some
    episodes fail; service makes failures rarer.
Equation
    perf_ij = quality q_j + (1 - quality) g_j + fit knowledge_ij - severity failed_ij + noise e,   within [0, 1]
    P(failed) = 1 - (1 - f_j)^n_ij,  f_j = (1 - reliability_j) (3/2 - g_j)
Symbols
    q_j: core quality; g_j: level of service; n_ij: purchases this month; e: uniform with mean 0 and standard deviation 1.
Sources
    parasuraman1985, anderson2000
Limits
    Purchases of one month from one firm are one experience.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import exp, f32, kernel, log
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
_HALF = f32(0.5)


@kernel
def _failed(luck: PerDyad, bought: PerDyad, chance: PerFirm) -> Flags:
    failed = np.empty(bought.shape, np.uint8)
    for j in range(bought.shape[0]):
        draw = luck[j]
        quantity = bought[j]
        out = failed[j]
        intact = log(_ONE - min(chance[j], f32(0.999999)))
        for k in range(draw.size):
            out[k] = np.uint8(draw[k] < _ONE - exp(quantity[k] * intact))
    return failed


@kernel
def _performance(
    luck: PerDyad, failed: Flags, knowledge: PerDyad, offered: PerFirm, fit: np.float32, severity: np.float32, swing: np.float32
) -> PerDyad:
    performance = np.empty_like(luck)
    for j in range(luck.shape[0]):
        draw = luck[j]
        broken = failed[j]
        known = knowledge[j]
        out = performance[j]
        for k in range(draw.size):
            loss = severity if broken[k] > 0 else _ZERO
            delivered = offered[j] + fit * known[k] - loss + swing * (draw[k] - _HALF)
            out[k] = min(max(delivered, _ZERO), _ONE)
    return performance


class Experience(Mechanism):
    """Performance varies around what is offered; some episodes fail, fewer where service is better."""

    slot: ClassVar[str] = "experience"
    kind: Literal["episodes"] = "episodes"
    sources: ClassVar[tuple[str, ...]] = ("parasuraman1985", "anderson2000")
    equation: ClassVar[str] = "perf = w q + (1 - w) g + fit knowledge - severity failed + noise e;  P(failed) = 1 - (1 - f)^n"

    quality: float = parameter(0.5, "weight of core quality against service in performance", unit="share", origin="assumed", low=0.0, high=1.0)
    fit: float = parameter(0.12, "performance gained by full knowledge of the customer", unit="share", origin="assumed", low=0.0, high=1.0)
    severity: float = parameter(0.35, "performance lost in a failed episode", unit="share", origin="assumed", low=0.0, high=1.0)
    noise: float = parameter(
        0.08, "standard deviation of performance from one episode to the next", unit="share", origin="assumed", low=0.0, high=0.5
    )

    def offered(self, core: PerFirm, service: PerFirm) -> PerFirm:
        """Return the performance that each firm offers on average, without failures and fit, shape (n_firms,)."""
        return f32(self.quality) * core + f32(1.0 - self.quality) * service

    def failed(self, luck: PerDyad, bought: PerDyad, reliability: PerFirm, service: PerFirm) -> Flags:
        """Return which dyads had a failed episode this month, (n_firms, n). Switched off: none."""
        if not self.active:
            return np.zeros(bought.shape, np.uint8)
        chance = np.clip((f32(1.0) - reliability) * (f32(1.5) - service), f32(0.0), f32(1.0))
        return _failed(luck, bought, chance)

    def performance(self, luck: PerDyad, failed: Flags, knowledge: PerDyad, offered: PerFirm) -> PerDyad:
        """Return the performance of this month's episodes, (n_firms, n), in [0, 1]. Switched off: as offered."""
        swing, fit = (float(np.sqrt(12.0)) * self.noise, self.fit) if self.active else (0.0, 0.0)
        return _performance(luck, failed, knowledge, offered, f32(fit), f32(self.severity), f32(swing))
