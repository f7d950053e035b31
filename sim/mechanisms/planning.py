"""Planning: the firm's yearly plan for its relations in five steps, each of which can be left out (Christopher, Payne & Ballantyne 1991).

Theory
    A firm that means relations plans them: it lists its stakeholders in the six markets and classes them by value and influence; assigns
    specialists, of whom it has a finite number; sets standards and checks what is measured against them; makes one relationship manager
    answer for all of it; and makes a long plan with a budget for the period. Each step left out costs in its own way.
Equation
    attention_jp = 1 without classes, else ((value_jp + influence_jp) / 2)^focus over its mean, at most 2
    reach_j = min(1, specialists_j span / relations_j)
    correction_j += response (standard_j - satisfaction_j(t - delay)),  within [0, room];   service_j += correction_j
    effect of relational effort x (1 - friction) without a manager;   effort <= budget_j revenue_j with a plan, steady over its months
Symbols
    value, influence: trade with the partner and the firm's dependence on it, over their means; span: partner relations that one specialist
    serves; satisfaction(t - delay): as measured that many months ago; budget: share of revenue for relations.
Sources
    christopher1991
Limits
    A step left out is left out for the whole run.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32
from sim.rules import Mechanism, parameter
from sim.units import PerDyad

_LEAST = 1e-9


class Planning(Mechanism):
    """Stakeholders, specialists, standards, a manager, a plan with a budget: the five steps of the whole-firm plan."""

    slot: ClassVar[str] = "planning"
    kind: Literal["five_steps"] = "five_steps"
    sources: ClassVar[tuple[str, ...]] = ("christopher1991",)
    equation: ClassVar[str] = "correction += response (standard - satisfaction(t - delay));  reach = min(1, specialists span / relations)"

    stakeholders: bool = parameter(
        True, "step 1: partners are classed by value and influence, and attended to accordingly; false: all alike", unit="yes/no", origin="assumed"
    )
    specialists: float = parameter(
        10.0, "step 2: people who look after partners; relations beyond what they can serve get nothing", unit="people", origin="assumed",
        low=0.0, high=1e6,
    )  # fmt: skip
    span: float = parameter(5.0, "relations that one specialist can look after", unit="relations", origin="assumed", low=0.1, high=1e6)
    standard: float = parameter(
        0.0, "step 3: satisfaction below which service is raised until it is met again; 0: no standards", unit="share", origin="assumed",
        low=0.0, high=1.0,
    )  # fmt: skip
    delay: float = parameter(3.0, "time until a measured fall of satisfaction is known", unit="months", origin="assumed", low=1.0, high=120.0)
    response: float = parameter(0.5, "service added for each unit below the standard", unit="ratio/month", origin="assumed", low=0.0, high=10.0)
    room: float = parameter(0.3, "most that service can be raised by", unit="share", origin="assumed", low=0.0, high=1.0)
    manager: bool = parameter(True, "step 4: one relationship manager answers for all relations", unit="yes/no", origin="assumed")
    friction: float = parameter(
        0.2, "part of relational effort that is lost where nobody answers for it", unit="share", origin="assumed", low=0.0, high=1.0
    )
    budget: float = parameter(
        1.0, "step 5: most of revenue that relations may cost in a period; 1: no limit", unit="share", origin="assumed", low=0.0, high=1.0
    )
    focus: float = parameter(1.0, "how sharply attention follows the classes of step 1", unit="ratio", origin="assumed", low=0.0, high=5.0)

    def attention(self, value: PerDyad, influence: PerDyad) -> PerDyad:
        """Return how much attention each partner of one firm gets, relative to an equal share, shape (n_partners,): 1 on average.

        Parameters
        ----------
        value : ndarray, shape (n_partners,)
            Trade with each partner, currency.
        influence : ndarray, shape (n_partners,)
            The firm's dependence on each partner, share.
        """
        reach = self.reach(len(value))
        if not (self.active and self.stakeholders) or len(value) == 0:
            return np.full(value.shape, reach, np.float32)
        known = value / max(float(value.mean()), _LEAST) if value.any() else np.ones_like(value)
        weight = (0.5 * known + 0.5 * influence / max(float(influence.mean()), _LEAST)) ** self.focus if influence.any() else known**self.focus
        return np.asarray(np.minimum(reach * weight / max(float(weight.mean()), _LEAST), 2.0), np.float32)

    def reach(self, relations: int) -> float:
        """Return the share of a firm's partner relations that its specialists can look after."""
        if not self.active or relations == 0:
            return 1.0
        return min(1.0, self.specialists * self.span / relations)

    def corrected(self, correction: float, measured: float, months: float) -> float:
        """Return the service that standards add, after what was measured; ``measured`` is NaN where there is nothing to measure."""
        if not self.active or self.standard == 0.0 or np.isnan(measured):
            return 0.0
        gap = self.standard - measured
        return float(np.clip(correction + self.response * min(months, 1.0) * gap, 0.0, self.room))

    def effect(self) -> float:
        """Return the share of relational effort that takes effect."""
        return float(f32(1.0 if self.manager or not self.active else 1.0 - self.friction))

    def affordable(self, cost: float, revenue: float) -> float:
        """Return the share of the relational effort that the period's budget pays for, given what it cost last period."""
        if not self.active or self.budget >= 1.0 or cost <= 0.0:
            return 1.0
        return min(1.0, self.budget * revenue / cost)
