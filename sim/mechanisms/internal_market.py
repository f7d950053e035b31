"""The internal market: content and able employees make content customers (Heskett et al. 1994; Rucci, Kirn & Quinn 1998).

Theory
    Employees are internal customers. Pay, training, a say and two-way communication make them satisfied; overload undoes it. The satisfied
    stay and grow in skill; skill leaves with those who go. Value is delivered by a chain of departments: the weakest link counts most, and
    poor communication between them costs. Technology serves customers only as far as people use it.
Equation
    job_jd = ground + by_pay ln wage_jd + by_training t_j + by_say p_j + by_talk c_j - overload max(0, load_jd - 1)     (performance of the job)
    wage_jd = wage_j (low + (1 - taken_jd) (high - low));   load_jd = 1 / fill_jd
    turnover_jd = quit exp(-hold (S_jd - 1/2))
    left = fill (1 - turnover);   fill = left + hiring (staffing_j - left) + (1 - hiring) (fill - left) / 2
    K += (learning t_j + practice) (1 - K) - turnover_jd (K - novice)
    capability_j = prod_d (((S_jd + K_jd) / 2) / usual)^(reach weight_d) (1 - friction (1 - c_j)) / (1 - friction / 2),   within [0, most]
    people_j = min(1, max(0, capability_j - barren) / (1 - barren))
Symbols
    S: satisfaction with the job, by the same seven constructs as a customer's; K: skill; fill: staff over what customers need; taken: the firm's
    share of the gain; t, p, c: levers; weight_d sums to 1; all shares but load and wage.
Sources
    heskett1994, rucci1998
Limits
    Departments do not differ in how they are led; people who leave do not take customers with them, except as skill.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.rules import Mechanism, parameter
from sim.units import PerCustomer, PerDyad, PerFirm

_LEAST = 1e-6


class InternalMarket(Mechanism):
    """The service-profit chain: from pay, training and a say to what customers get."""

    slot: ClassVar[str] = "internal_market"
    kind: Literal["service_profit_chain"] = "service_profit_chain"
    sources: ClassVar[tuple[str, ...]] = ("heskett1994", "rucci1998")
    equation: ClassVar[str] = "capability = prod (((S + K) / 2) / usual)^weight;  S follows pay, training, a say, communication, less overload"

    ground: float = parameter(0.46, "performance of a job at usual pay, without anything else", unit="share", origin="assumed", low=0.0, high=1.0)
    by_pay: float = parameter(0.5, "effect of log pay on the job's performance", unit="ratio", origin="assumed", low=0.0, high=10.0)
    by_training: float = parameter(0.08, "effect of full training", unit="share", origin="assumed", low=0.0, high=1.0)
    by_say: float = parameter(0.08, "effect of full participation", unit="share", origin="assumed", low=0.0, high=1.0)
    by_talk: float = parameter(0.08, "effect of full two-way communication", unit="share", origin="assumed", low=0.0, high=1.0)
    overload: float = parameter(
        0.5, "performance of a job lost when everybody has twice the work", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    event_load: float = parameter(
        0.05, "work that an event or service campaign adds while it runs, over the usual", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    low: float = parameter(0.85, "pay below which people would rather not work, over usual pay", unit="ratio", origin="assumed", low=0.0, high=10.0)
    high: float = parameter(
        1.15, "pay above which a firm would rather not employ, over usual pay", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    quit: float = parameter(0.015, "employees who leave at middling satisfaction", unit="share/month", origin="assumed", low=0.0, high=1.0)
    hold: float = parameter(4.0, "how strongly satisfaction holds employees", unit="ratio", origin="assumed", low=0.0, high=100.0)
    hiring: float = parameter(0.25, "part of missing staff found", unit="share/month", origin="assumed", low=0.0, high=1.0)
    learning: float = parameter(0.04, "part of missing skill gained with full training", unit="share/month", origin="assumed", low=0.0, high=1.0)
    practice: float = parameter(0.01, "part of missing skill gained by mere practice", unit="share/month", origin="assumed", low=0.0, high=1.0)
    novice: float = parameter(0.3, "skill of somebody new", unit="share", origin="assumed", low=0.0, high=1.0)
    start_skill: float = parameter(0.55, "skill at the start", unit="share", origin="assumed", low=0.0, high=1.0)
    usual: float = parameter(
        0.55, "mean of satisfaction and skill at which service is as planned", unit="share", origin="assumed", low=0.01, high=1.0
    )
    reach: float = parameter(
        0.5, "how far what people can do shows in what customers get: its elasticity", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    friction: float = parameter(
        0.1, "part of the departments' work lost between them without any communication", unit="share", origin="assumed", low=0.0, high=1.0
    )
    most: float = parameter(1.25, "most that people can make of what is planned", unit="ratio", origin="assumed", low=1.0, high=10.0)
    barren: float = parameter(0.75, "capability at which technology is not used at all", unit="ratio", origin="assumed", low=0.0, high=0.999)
    training_cost: float = parameter(0.06, "cost of full training, as a share of pay", unit="share", origin="assumed", low=0.0, high=10.0)
    talk_cost: float = parameter(
        0.03, "cost of full participation and communication, as a share of pay", unit="share", origin="assumed", low=0.0, high=10.0
    )

    def wage(self, wage: PerFirm, taken: PerDyad) -> PerDyad:
        """Return pay over usual pay, (n_firms, n_departments)."""
        return np.asarray(wage[:, None] * (self.low + (1.0 - taken) * max(self.high - self.low, 0.0)), np.float32)

    def job(self, wage: PerDyad, training: PerFirm, say: PerFirm, talk: PerFirm, fill: PerDyad) -> PerDyad:
        """Return how good the jobs are, (n_firms, n_departments), in [0, 1]."""
        load = 1.0 / np.maximum(fill, _LEAST)
        firm = self.ground + self.by_training * training + self.by_say * say + self.by_talk * talk
        quality = firm[:, None] + self.by_pay * np.log(np.maximum(wage, _LEAST)) - self.overload * np.maximum(load - 1.0, 0.0)
        return np.asarray(np.clip(quality, 0.0, 1.0), np.float32)

    def turnover(self, satisfaction: PerDyad) -> PerDyad:
        """Return the share of employees who leave this period, (n_firms, n_departments)."""
        monthly = np.minimum(self.quit * np.exp(-self.hold * (satisfaction - 0.5)), 1.0)
        return np.asarray(np.minimum(monthly, 1.0), np.float32)

    def fill(self, fill: PerDyad, staffing: PerFirm, turnover: PerDyad) -> PerDyad:
        """Return staff over what customers need, (n_firms, n_departments): who leaves is replaced as fast as staff is found."""
        left = fill * (1.0 - turnover)
        return np.asarray(left + self.hiring * (staffing[:, None] - left) + (1.0 - self.hiring) * 0.5 * (fill - left), np.float32)

    def skill(self, skill: PerDyad, training: PerFirm, turnover: PerDyad) -> PerDyad:
        """Return skill after this month's training, practice and turnover, (n_firms, n_departments)."""
        gain = (self.learning * training[:, None] + self.practice) * (1.0 - skill)
        return np.clip(skill + gain - turnover * (skill - self.novice), 0.0, 1.0).astype(np.float32)

    def capability(self, satisfaction: PerDyad, skill: PerDyad, weight: PerCustomer, talk: PerFirm) -> PerFirm:
        """Return what people make of the service that is planned, as a factor, shape (n_firms,): weakest link counts most."""
        link = np.maximum(0.5 * (satisfaction + skill) / self.usual, _LEAST)
        chain = np.exp(self.reach * np.log(link) @ (weight / weight.sum()))
        smooth = (1.0 - self.friction * (1.0 - talk)) / (1.0 - 0.5 * self.friction)
        return np.asarray(np.clip(chain * smooth, 0.0, self.most), np.float32)

    def people(self, capability: PerFirm) -> PerFirm:
        """Return how far technology is put to use, a share, shape (n_firms,): none where people cannot or will not."""
        return np.asarray(np.clip((capability - self.barren) / (1.0 - self.barren), 0.0, 1.0), np.float32)

    def cost(self, pay: PerFirm, training: PerFirm, say: PerFirm, talk: PerFirm) -> PerFirm:
        """Return the cost of internal marketing this month, currency, shape (n_firms,)."""
        return np.asarray(pay * (self.training_cost * training + self.talk_cost * 0.5 * (say + talk)), np.float32)
