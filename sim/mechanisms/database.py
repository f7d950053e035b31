"""The customer database: what a firm knows of its customers, and whom it tries to keep (Blattberg, Kim & Neslin 2008).

Theory
    Buying teaches the firm: knowledge grows with recorded purchases times the investment in customer relationship management, and goes
    stale. It feeds personalisation, contact quality, and the prediction of who is about to leave. Departure is never announced: a
    customer counts as active until she has been silent for longer than her own rhythm explains.
Equation
    knowledge_ij = crm_j (1 - exp(-purchases_ij / learning)) exp(-recency_ij / memory),  crm_j = people_j (1 - exp(-spending_j / scale))
    active while recency_ij <= patience x mean gap_ij, within [shortest, longest]
    offer_ij = save_j (knowledge_ij if at risk, else false_alarm (1 - knowledge_ij))  to active customers, introductory_j to others
    classes: quitter (no longer active), brand switcher (provider is another firm), trier (one purchase), new (began within newness), existing
Symbols
    recency, gap: months since the last purchase, and between purchases so far (longest is allowed after a single one); at risk: silent for
    more than half of what is allowed, or (contractual) the contract ends this month; provider: the firm of most purchases in the last
    month with any; of equals the one before, else one by luck.
Sources
    blattberg2008, buckinx2005, fader2005
Limits
    Everything ever recorded counts; what a firm without a database saw is known to it once it builds one.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.customers import NEVER, Months, Numbers
from sim.kernels import exp, f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Counts, Flags, Marks, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
_HALF = f32(0.5)


@kernel
def _knowledge(capability: PerFirm, purchases: Numbers, last: Months, month: np.int32, learning: np.float32, memory: np.float32) -> PerDyad:
    knowledge = np.empty(purchases.shape, np.float32)
    for j in range(purchases.shape[0]):
        bought = purchases[j]
        when = last[j]
        out = knowledge[j]
        for k in range(bought.size):
            recency = f32(month - np.int32(when[k]))
            learned = _ONE - exp(-f32(np.int32(bought[k])) / learning)
            out[k] = capability[j] * learned * exp(-recency / memory)
    return knowledge


@kernel
def _silence(
    purchases: Numbers, first: Months, last: Months, month: np.int32, patience: np.float32, shortest: np.float32, longest: np.float32
) -> PerDyad:
    silence = np.empty(purchases.shape, np.float32)
    for j in range(purchases.shape[0]):
        bought = purchases[j]
        began = first[j]
        when = last[j]
        out = silence[j]
        for k in range(bought.size):
            since = f32(month - np.int32(when[k]))
            gaps = f32(np.int32(bought[k])) - _ONE
            gap = f32(np.int32(when[k]) - np.int32(began[k])) / max(gaps, _ONE)
            allowed = min(max(patience * gap, shortest), longest) if gaps > _ZERO else longest
            out[k] = since / allowed if when[k] > NEVER else f32(1e9)
    return silence


@kernel
def _subscription(current: Marks, last: Months, renews: Flags) -> PerDyad:
    silence = np.empty(last.shape, np.float32)
    for j in range(last.shape[0]):
        when = last[j]
        out = silence[j]
        for k in range(current.size):
            open_end = f32(0.75) if renews[k] > 0 else _ZERO
            out[k] = open_end if current[k] == j else (f32(2.0) if when[k] > NEVER else f32(1e9))
    return silence


@kernel
def _provider(current: Marks, bought: PerDyad, luck: PerCustomer, contractual: np.int8, total: Counts) -> Marks:
    n_firms = bought.shape[0]
    most = np.zeros(current.size, np.float32)
    rank = np.empty(current.size, np.int32)
    new = np.empty_like(current)
    for k in range(current.size):
        new[k] = np.int8(-1) if contractual > 0 else current[k]
        rank[k] = n_firms + 1
    for j in range(n_firms):
        quantity = bought[j]
        for k in range(current.size):
            most[k] = max(most[k], quantity[k])
            total[k] += np.int32(quantity[k])
    for j in range(n_firms):
        quantity = bought[j]
        firm = np.int8(j)
        for k in range(current.size):
            # Of equals the old provider stays; else one draw says from which firm on they are counted: no firm is favoured for its place.
            turn = np.int32(j) - np.int32(luck[k] * f32(n_firms))
            turn = turn + np.int32(1) if turn >= 0 else turn + np.int32(n_firms + 1)
            place = np.int32(0) if current[k] == firm else turn
            better = (quantity[k] > _ZERO) & (quantity[k] == most[k]) & (place < rank[k])
            new[k] = firm if better else new[k]
            rank[k] = place if better else rank[k]
    return new


@kernel
def _record(
    purchases: Numbers, first: Months, last: Months, silence: PerDyad, bought: PerDyad, month: np.int16, contractual: np.int8
) -> tuple[Numbers, Months, Months]:
    count = np.empty_like(purchases)
    began = np.empty_like(first)
    when = np.empty_like(last)
    for j in range(bought.shape[0]):
        for k in range(bought.shape[1]):
            buys = bought[j, k] > _ZERO
            more = np.int32(purchases[j, k]) + np.int32(bought[j, k])
            count[j, k] = np.uint16(min(more, np.int32(65535)))
            when[j, k] = month if buys else last[j, k]
            # A contract begins anew after it had ended; a buyer's rhythm is counted from her first purchase ever.
            begins = (first[j, k] == NEVER) | ((contractual > 0) & (silence[j, k] > _ONE))
            began[j, k] = month if buys & begins else first[j, k]
    return count, began, when


@kernel
def _classes(purchases: Numbers, first: Months, silence: PerDyad, current: Marks, month: np.int32, newness: np.int32) -> Flags:
    found = np.empty(purchases.shape, np.uint8)
    for j in range(purchases.shape[0]):
        bought = purchases[j]
        began = first[j]
        quiet = silence[j]
        out = found[j]
        for k in range(bought.size):
            active = quiet[k] <= _ONE
            elsewhere = current[k] != j
            young = month - np.int32(began[k]) <= newness
            kind = np.uint8(2) if young else np.uint8(1)
            kind = np.uint8(4) if bought[k] <= 1 else kind
            kind = np.uint8(3) if elsewhere else kind
            gone = np.uint8(5) if bought[k] > 0 else np.uint8(0)
            out[k] = kind if active else gone
    return found


@kernel
def _offer(knowledge: PerDyad, silence: PerDyad, save: PerFirm, introductory: PerFirm, false_alarm: np.float32) -> PerDyad:
    offer = np.empty_like(knowledge)
    for j in range(knowledge.shape[0]):
        known = knowledge[j]
        quiet = silence[j]
        out = offer[j]
        for k in range(known.size):
            at_risk = quiet[k] > _HALF
            kept = save[j] * (known[k] if at_risk else false_alarm * (_ONE - known[k]))
            out[k] = kept if quiet[k] <= _ONE else introductory[j]
    return offer


CLASSES = ("no_history", "existing", "new", "brand_switcher", "trier", "quitter")
"""The database's five classes of customers, after those of whom it has no record."""


class Database(Mechanism):
    """What firms record and infer of customers: knowledge, who is still active, who is about to leave."""

    slot: ClassVar[str] = "database"
    kind: Literal["database"] = "database"
    sources: ClassVar[tuple[str, ...]] = ("blattberg2008", "buckinx2005", "fader2005")
    equation: ClassVar[str] = "knowledge = crm (1 - exp(-purchases / learning)) exp(-recency / memory)"

    scale: float = parameter(
        0.002,
        "spending per customer and month at which the database reaches 63 % of what it can do",
        unit="currency/month",
        origin="assumed",
        low=1e-9,
        high=1e6,
    )
    learning: float = parameter(3.0, "recorded purchases after which 63 % is known", unit="purchases", origin="assumed", low=1e-3, high=1e6)
    memory: float = parameter(12.0, "time in which knowledge goes stale to 37 %", unit="months", origin="assumed", low=1e-3, high=1e6)
    patience: float = parameter(
        3.0,
        "silence, in own mean gaps between purchases, after which a customer counts as lapsed",
        unit="ratio",
        origin="assumed",
        low=0.1,
        high=100.0,
    )
    shortest: float = parameter(6.0, "no customer counts as lapsed sooner", unit="months", origin="assumed", low=0.0, high=1200.0)
    longest: float = parameter(
        12.0, "every customer counts as lapsed later, and who bought only once then", unit="months", origin="assumed", low=0.1, high=1200.0
    )
    newness: float = parameter(3.0, "how long a repeat buyer counts as new", unit="calendar months", origin="assumed", low=0.0, high=1200.0)
    false_alarm: float = parameter(
        0.3, "share of safe customers who, unknown, get a save offer they do not need", unit="share", origin="assumed", low=0.0, high=1.0
    )

    def knowledge(self, crm: PerFirm, people: PerFirm, purchases: Numbers, last: Months, month: int) -> PerDyad:
        """Return what each firm knows of each customer, (n_firms, n), in [0, 1]; ``people`` is how far its people use it. Switched off: nothing."""
        if not self.active:
            return np.zeros(purchases.shape, np.float32)
        capability = ((1.0 - np.exp(-crm / f32(self.scale))) * people).astype(np.float32)
        return _knowledge(capability, purchases, last, np.int32(month), f32(self.learning), f32(self.memory))

    def silence(self, purchases: Numbers, first: Months, last: Months, month: int) -> PerDyad:
        """Return the time since the last purchase over the time allowed, (n_firms, n): above 1 is lapsed or never bought."""
        return _silence(purchases, first, last, np.int32(month), f32(self.patience), f32(self.shortest), f32(self.longest))

    def subscription(self, current: Marks, last: Months, renews: Flags) -> PerDyad:
        """Return the same for a contractual market, where departure is announced, (n_firms, n).

        0 for subscribers, 0.75 (at risk) for those whose contract ends this month, above 1 for others.
        """
        return _subscription(current, last, renews)

    def provider(self, current: Marks, bought: PerDyad, luck: PerCustomer, contractual: bool) -> tuple[Marks, Counts]:
        """Return each customer's provider after this month, and her purchases in it, shape (n,).

        The provider is the firm of most purchases, of equals the old one or else one by ``luck`` (n,); without any, the old one. In a
        contractual market a month without purchase ends the contract.
        """
        total = np.zeros(current.size, np.int32)
        return _provider(current, bought, luck, np.int8(contractual), total), total

    def record(
        self, purchases: Numbers, first: Months, last: Months, silence: PerDyad, bought: PerDyad, month: int, contractual: bool
    ) -> tuple[Numbers, Months, Months]:
        """Return purchases so far, month of the first purchase (of the contract), and of the last purchase, each (n_firms, n)."""
        return _record(purchases, first, last, silence, bought, np.int16(month), np.int8(contractual))

    def classes(self, purchases: Numbers, first: Months, silence: PerDyad, current: Marks, month: int, months_per_period: float) -> Flags:
        """Return each dyad's class, an index of :data:`CLASSES`, (n_firms, n).

        Quitters are no longer active; brand switchers bought elsewhere last; triers have bought once; new customers have bought again
        within ``newness`` of the beginning; the others are existing customers.
        """
        return _classes(purchases, first, silence, current, np.int32(month), np.int32(round(self.newness / months_per_period)))

    def offer(self, knowledge: PerDyad, silence: PerDyad, save: PerFirm, introductory: PerFirm) -> PerDyad:
        """Return the rebate offered to keep each customer, or to win her, as a share of the price, (n_firms, n).

        Switched off: nobody can tell customers apart, and there is none.
        """
        if not self.active:
            return np.zeros_like(knowledge)
        return _offer(knowledge, silence, save, introductory, f32(self.false_alarm))
