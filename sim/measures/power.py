"""Power: who leads, and how the joint gain is shared, over the firm's active customers (Emerson 1962)."""

import numpy as np

from sim.measures import measure
from sim.record import Record, Values, ratio


@measure(label="Customer leads (M < B)", chinese="顾客主导", unit="customers", source="emerson1962", low=0)
def marketed_leads(r: Record) -> Values:
    """Active customers with more force than the firm."""
    return r["marketed_leads"]


@measure(label="Parity (M = B)", chinese="势均力敌", unit="customers", source="emerson1962", low=0)
def parity(r: Record) -> Values:
    """Active customers with as much force as the firm."""
    return r["parity"]


@measure(label="Firm leads (M > B)", chinese="企业主导", unit="customers", source="emerson1962", low=0)
def marketer_leads(r: Record) -> Values:
    """Active customers with less force than the firm."""
    return r["marketer_leads"]


@measure(label="Negotiated", chinese="谈判数", unit="customers", source="rubinstein1982", low=0)
def negotiated(r: Record) -> Values:
    """Customers who negotiated their terms this month."""
    return r["negotiated"]


@measure(label="Agreed", chinese="达成协议数", unit="customers", source="rubinstein1982", low=0)
def agreed(r: Record) -> Values:
    """Customers whose negotiation ended in a purchase."""
    return r["agreed"]


@measure(label="Balance of power", chinese="力量平衡", unit="share", source="emerson1962")
def power_balance(r: Record) -> Values:
    """Mean Pi over active customers: the firm's force less the customer's."""
    return r.mean("power_balance")


@measure(label="Firm's share of the gain", chinese="企业所得剩余份额", unit="share", source="rubinstein1982", low=0, high=1)
def surplus_share(r: Record) -> Values:
    """Mean share of the joint gain that the firm took, over this month's buyers."""
    return ratio(r["sum_of_taken"], r["buyers"])


@measure(label="Firm's dependence", chinese="企业依赖度", unit="share", source="emerson1962")
def firm_dependence(r: Record) -> Values:
    """Mean dependence of the firm on an active customer: what she buys, times idle capacity, with moves towards balance."""
    return ratio(r["sum_of_importance"], r["customers"]) * r.partners["idle"]


@measure(label="Customers' dependence", chinese="顾客依赖度", unit="share", source="emerson1962")
def dependence(r: Record) -> Values:
    """Mean dependence of active customers on the firm: what is at stake, times lack of alternatives; the balance less its other parts."""
    told = r.partners
    return np.asarray(r.mean("power_balance") - told["information_weight"] * r.mean("knowledge") + firm_dependence(r) + told["against"])


@measure(label="Transparency", chinese="市场透明度", unit="share", low=0, high=1)
def transparency(r: Record) -> Values:
    """What customers can know of prices and quality, as the scenario and consumer bodies make it."""
    return r.partners["transparency"]


@measure(label="Tenure", chinese="关系时长", unit="periods", low=0)
def tenure(r: Record) -> Values:
    """Mean time since the present spell began, over active customers."""
    return ratio(r["tenure"], r["customers"])


@measure(label="Pressure of buyers", chinese="买方压力", unit="share", source="porter1980", low=0, high=1)
def pressure_buyers(r: Record) -> Values:
    """First of the five forces: half of 1 less the mean balance of power over customers, within 0 and 1."""
    return np.clip(0.5 * (1.0 - power_balance(r)), 0.0, 1.0)


@measure(label="Pressure of suppliers", chinese="供方压力", unit="share", source="porter1980", low=0, high=1)
def pressure_suppliers(r: Record) -> Values:
    """Second of the five forces: the same over suppliers; missing in a market without suppliers."""
    return np.clip(0.5 * (1.0 - r.partners.get("supplier_balance", np.full_like(r["customers"], np.nan))), 0.0, 1.0)


@measure(label="Pressure of rivals", chinese="竞争压力", unit="share", source="porter1980", low=0, high=1)
def pressure_rivals(r: Record) -> Values:
    """Third of the five forces: share of the market's purchases that rivals made."""
    return 1.0 - ratio(r["purchases"], r.market)


@measure(label="Pressure of entrants", chinese="新进入者压力", unit="share", source="porter1980", low=0, high=1)
def pressure_entrants(r: Record) -> Values:
    """Fourth of the five forces: share of the market's purchases made by firms that entered after the start."""
    entrants = r.partners["entrant"] * r["purchases"]
    return np.broadcast_to(ratio(entrants.sum(axis=-1, keepdims=True), r.market), r["purchases"].shape)


@measure(label="Pressure of substitutes", chinese="替代品压力", unit="share", source="porter1980", low=0, high=1)
def pressure_substitutes(r: Record) -> Values:
    """Fifth of the five forces: share of needs that no firm of the market met."""
    return np.clip(1.0 - ratio(np.broadcast_to(r.market, r["needs"].shape), r["needs"]), 0.0, 1.0)
