"""The other five markets, as each firm meets them; missing where a market is not there (Christopher, Payne & Ballantyne 1991)."""

import numpy as np

from sim.measures import measure
from sim.record import Record, Values


def _told(r: Record, name: str) -> Values:
    return np.asarray(r.partners.get(name, np.full_like(r["customers"], np.nan)))


@measure(label="Availability", chinese="可得性", unit="share", source="elansary1972", low=0, high=1)
def availability(r: Record) -> Values:
    """Share of customers who find the firm on the shelf, or in its own channel; missing in a market without distributors."""
    return _told(r, "availability")


@measure(label="Employee satisfaction", chinese="员工满意度", unit="share", source="heskett1994", low=0, high=1)
def employee_satisfaction(r: Record) -> Values:
    """Mean satisfaction of the firm's departments; missing in a market without workforces."""
    return _told(r, "employee_satisfaction")


@measure(label="Employee turnover", chinese="员工流动率", unit="share/period", source="heskett1994", low=0, high=1)
def employee_turnover(r: Record) -> Values:
    """Share of the firm's employees who left this month; missing in a market without workforces."""
    return _told(r, "employee_turnover")


@measure(label="Skill", chinese="员工技能", unit="share", source="heskett1994", low=0, high=1)
def employee_skill(r: Record) -> Values:
    """Mean skill of the firm's departments; missing in a market without workforces."""
    return _told(r, "employee_skill")


@measure(label="Service capability", chinese="服务能力", unit="ratio", source="heskett1994", low=0)
def service_capability(r: Record) -> Values:
    """What people make of the service that is planned, 1 as planned; missing in a market without workforces."""
    return _told(r, "service_capability")


@measure(label="Employees", chinese="员工数", unit="employees", low=0)
def employees(r: Record) -> Values:
    """Staff in all departments; missing in a market without workforces."""
    return _told(r, "employees")


@measure(label="Input cost", chinese="采购成本", unit="currency", source="dwyer1987", low=0)
def input_cost(r: Record) -> Values:
    """What the goods in one purchase cost the firm, as its suppliers and allies make it; missing where only the scenario sets it."""
    return _told(r, "input_cost")


@measure(label="Late supplies", chinese="供应延误率", unit="share", source="dwyer1987", low=0, high=1)
def late_supplies(r: Record) -> Values:
    """Share of the firm's orders that came late or short this month; missing in a market without suppliers."""
    return _told(r, "late_supplies")


@measure(label="Supplier tenure", chinese="供应商关系时长", unit="periods", source="dwyer1987", low=0)
def supplier_tenure(r: Record) -> Values:
    """Time since the firm and its suppliers began to deal, weighted by orders; missing in a market without suppliers."""
    return _told(r, "supplier_tenure")


@measure(label="Suppliers", chinese="供应商数", unit="suppliers", low=0)
def active_suppliers(r: Record) -> Values:
    """Suppliers who would serve the firm this month; missing in a market without suppliers."""
    return _told(r, "active_suppliers")


@measure(label="Supplier concentration", chinese="采购集中度", unit="share", low=0, high=1)
def supplier_concentration(r: Record) -> Values:
    """Sum of squared shares of the firm's orders: 1 is single sourcing; missing in a market without suppliers."""
    return _told(r, "supplier_concentration")


@measure(label="Distributors' commitment", chinese="分销商承诺", unit="share", source="morgan1994", low=0, high=1)
def distributor_commitment(r: Record) -> Values:
    """Mean commitment of distributors to the firm; missing in a market without distributors."""
    return _told(r, "distributor_commitment")


@measure(label="Stance", chinese="影响者态度", unit="share", source="christopher1991", low=-1, high=1)
def stance(r: Record) -> Values:
    """Mean stance of influencers towards the firm; missing in a market without influencers."""
    return _told(r, "stance")


@measure(label="Allies", chinese="盟友数", unit="firms", source="brandenburger1996", low=0)
def allies(r: Record) -> Values:
    """Rivals with whom the firm is allied; missing where rivals only share customers."""
    return _told(r, "allies")


@measure(label="Fit of the offer", chinese="产品契合度", unit="share", source="kohli1990", low=0, high=1)
def offer_fit(r: Record) -> Values:
    """How near the firm's offer is to what the segment wishes for; for all segments, their mean."""
    return _told(r, "offer_fit")


@measure(label="Orientation in force", chinese="关系导向程度", unit="share", source="gronroos1994", low=0, high=1)
def readiness(r: Record) -> Values:
    """Share of relational effort that takes effect: readiness of the firm, and somebody who answers for it."""
    return _told(r, "readiness")
