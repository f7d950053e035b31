"""Accounts: what relations bring and cost, kept in exact micros (Gupta, Lehmann & Stuart 2004).

Theory
    A relation is a computable cost and an asset. Every amount is rounded once, to a millionth of the currency unit, and then summed in
    integers: what customers pay is what firms receive, and revenue less costs is profit, exactly.
Equation
    revenue = paid n;  goods = cost_j n;  service = service_cost g_j n + answers + compensation
    retention = rebates + contacts + database + social bonds (per purchase) + structural bonds, conduct and capacity (per active customer)
    acquisition = advertising_j x customers in the market + campaigns + introductory rebates;   contribution = revenue - goods - service - retention
Symbols
    n: purchases; g_j: level of service; conduct: openness, shared values, participation and ease of complaining; all amounts in currency,
    per customer and month.
Sources
    gupta2004, goodman1999
Limits
    No fixed costs of the firm: they would not change what a strategy is worth.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import MICROS, Flags, PerDyad, PerFirm, Sums

_ZERO = f32(0.0)
_ONE = f32(1.0)
_MICROS = f32(MICROS)
KINDS = ("revenue", "cost_of_goods", "cost_service", "cost_retention")
"""What is summed per firm, in this order."""
SIDE = ("introductions", "rebates", "compensation", "attention", "worth")
"""What is summed beside it: rebates to new and to active customers, compensation, personal attention, what purchases were worth."""


@kernel
def _amounts(
    bought: PerDyad, paid: PerDyad, rebate: PerDyad, silence: PerDyad, fate: Flags, on_file: Flags, goods: PerFirm, service: PerFirm,
    compensation: PerFirm, answer: np.float32, relation: PerFirm, attention: PerFirm, contacts: PerFirm, card: PerFirm,
    reservation: PerDyad, contribution: PerDyad,
) -> tuple[Sums, Sums]:  # fmt: skip
    sums = np.zeros((9, bought.shape[0]), np.int64)
    by_customer = np.zeros(bought.shape[1], np.int64)
    for j in range(bought.shape[0]):
        r = g = s = t = introduced = returned = restored = cared = worth = np.int64(0)
        for k in range(bought.shape[1]):
            n = bought[j, k]
            voiced = answer if fate[j, k] >= 4 else _ZERO
            made_good = compensation[j] if fate[j, k] == 5 else _ZERO
            active = _ONE if silence[j, k] <= _ONE else _ZERO
            filed = _ONE if on_file[j, k] == 1 else _ZERO
            written = card[j] if on_file[j, k] == 2 else _ZERO
            revenue = np.int64(np.rint(_MICROS * paid[j, k] * n))
            cost = np.int64(np.rint(_MICROS * goods[j] * n))
            care = np.int64(np.rint(_MICROS * (service[j] * n + made_good + voiced)))
            back = rebate[j, k] * paid[j, k] * n
            # A rebate to somebody who is no customer wins her; to a customer it keeps her.
            keep = back * active + attention[j] * n + relation[j] * active + contacts[j] * filed + written
            retention = np.int64(np.rint(_MICROS * keep))
            given = np.int64(np.rint(_MICROS * back))
            introduced += np.int64(0) if active > _ZERO else given
            returned += given if active > _ZERO else np.int64(0)
            restored += np.int64(np.rint(_MICROS * made_good))
            cared += np.int64(np.rint(_MICROS * attention[j] * n))
            worth += np.int64(np.rint(_MICROS * reservation[j, k] * n))
            r += revenue
            g += cost
            s += care
            t += retention
            net = revenue - cost - care - retention
            contribution[j, k] = f32(net) / _MICROS
            by_customer[k] += revenue
        row = (r, g, s, t, introduced, returned, restored, cared, worth)
        for place in range(9):
            sums[place, j] = row[place]
    return sums, by_customer


@kernel
def _grown(value: PerDyad, contribution: PerDyad, discount: np.float32) -> PerDyad:
    new = np.empty_like(value)
    for j in range(value.shape[0]):
        old = value[j]
        brought = contribution[j]
        out = new[j]
        for k in range(old.size):
            out[k] = old[k] + discount * brought[k]
    return new


@dataclass(frozen=True)
class Costs:
    """What each firm's month costs, each of shape (n_firms,), in currency."""

    goods: PerFirm
    """Per purchase."""
    service: PerFirm
    """Per purchase."""
    compensation: PerFirm
    """Per complaint resolved well."""
    attention: PerFirm
    """Social bonds, per purchase."""
    relation: PerFirm
    """Structural bonds, conduct and capacity, per active customer."""
    contacts: PerFirm
    """Contacts and database, per customer on file."""
    card: PerFirm
    """A card, per lapsed customer who gets one."""


class Accounts(Mechanism):
    """Prices of what firms do for customers; revenue, costs and contribution in exact micros."""

    slot: ClassVar[str] = "accounts"
    kind: Literal["accounts"] = "accounts"
    sources: ClassVar[tuple[str, ...]] = ("gupta2004", "goodman1999")
    equation: ClassVar[str] = "contribution = paid n - cost n - service - retention;  profit = contribution - acquisition"

    service_cost: float = parameter(0.14, "cost of full service in one purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    social_cost: float = parameter(0.05, "cost of full personal attention in one purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    structural_cost: float = parameter(
        0.01, "cost of full integration with one active customer", unit="currency/month", origin="assumed", low=0.0, high=1e6
    )
    conduct_cost: float = parameter(
        0.004,
        "cost of full openness, shared values, participation and ease of complaining, for one active customer",
        unit="currency/month",
        origin="assumed",
        low=0.0,
        high=1e6,
    )
    capacity_cost: float = parameter(
        0.05, "cost of standing ready to handle one complaint a month", unit="currency", origin="assumed", low=0.0, high=1e6
    )
    letter: float = parameter(0.004, "cost of a letter", unit="currency", origin="assumed", low=0.0, high=1e6)
    e_mail: float = parameter(0.0002, "cost of an e-mail", unit="currency", origin="assumed", low=0.0, high=1e6)
    call: float = parameter(0.04, "cost of a call", unit="currency", origin="assumed", low=0.0, high=1e6)
    listening: float = parameter(
        0.5, "how much dearer contacts are that ask and act on the answer", unit="ratio", origin="assumed", low=0.0, high=100.0
    )
    by_system: float = parameter(0.8, "how much cheaper contacts are that a system makes", unit="share", origin="assumed", low=0.0, high=1.0)
    answer: float = parameter(0.05, "cost of handling a complaint", unit="currency", origin="assumed", low=0.0, high=1e6)
    compensation: float = parameter(
        0.4, "compensation at full recovery, as a share of the list price", unit="share", origin="assumed", low=0.0, high=10.0
    )

    def costs(self, plan: dict[str, PerFirm], price: PerFirm, unit_cost: PerFirm, labour: PerFirm, more: PerFirm, effort: PerFirm) -> Costs:
        """Return the month's cost rates from the firms' levers. Switched off: what firms do for customers costs nothing but the goods.

        ``labour`` is a factor on what people do; ``more`` and ``effort`` are what development costs per purchase and per active customer.
        """
        if not self.active:
            free = np.zeros_like(unit_cost)
            return Costs(goods=unit_cost, service=free, compensation=free, attention=free, relation=free, contacts=free, card=free)
        conduct = (plan["openness"] + plan["shared_values"] + plan["participation"] + plan["complaint_ease"]) / f32(4.0)
        ready = f32(self.capacity_cost) * plan["complaint_capacity"] / f32(1000.0)
        talk = f32(self.letter) * plan["mail"] + f32(self.e_mail) * plan["email"] + f32(self.call) * plan["phone"]
        talk = talk * (f32(1.0) - f32(self.by_system) * plan["automation"])
        return Costs(
            goods=unit_cost,
            service=f32(self.service_cost) * plan["service"] * labour + more,
            compensation=f32(self.compensation) * plan["recovery"] * price,
            attention=f32(self.social_cost) * plan["social"] * labour,
            relation=f32(self.structural_cost) * plan["structural"] + f32(self.conduct_cost) * conduct + ready + effort,
            contacts=talk * (f32(1.0) + f32(self.listening) * plan["dialogue"]) + plan["crm"],
            card=f32(self.letter) * plan["reactivation"],
        )

    def amounts(
        self, bought: PerDyad, paid: PerDyad, rebate: PerDyad, silence: PerDyad, fate: Flags, on_file: Flags, reservation: PerDyad, costs: Costs
    ) -> tuple[Sums, Sums, PerDyad, Sums]:
        """Return the month's books.

        Sums of :data:`KINDS` by firm in micros, (4, n_firms); of :data:`SIDE`, (5, n_firms); each dyad's contribution in currency,
        (n_firms, n); and what each customer paid in micros, (n,).
        """
        contribution = np.empty_like(bought)
        answer = f32(self.answer if self.active else 0.0)
        sums, spent = _amounts(
            bought, paid, rebate, silence, fate, on_file, costs.goods, costs.service, costs.compensation, answer, costs.relation,
            costs.attention, costs.contacts, costs.card, reservation, contribution,
        )  # fmt: skip
        return sums[:4], sums[4:], contribution, spent

    def value(self, value: PerDyad, contribution: PerDyad, discount: float) -> PerDyad:
        """Return each relation's realised lifetime value with this month's contribution, discounted to the start, (n_firms, n)."""
        return _grown(value, contribution, f32(discount))
