"""Accounts: revenue, costs and profit; a relation is a computable cost and an asset (Gupta, Lehmann & Stuart 2004)."""

import numpy as np

from sim.measures import measure
from sim.record import Record, Values, ratio


@measure(label="List price", chinese="标价", unit="currency", low=0)
def price(r: Record) -> Values:
    """List price of one purchase after this month's discount."""
    return r.price


@measure(label="Revenue", chinese="收入", unit="currency", low=0)
def revenue(r: Record) -> Values:
    """What customers paid this month, before rebates."""
    return r["revenue"]


@measure(label="Cost of goods", chinese="商品成本", unit="currency", low=0)
def cost_of_goods(r: Record) -> Values:
    """Cost of what was sold this month."""
    return r["cost_of_goods"]


@measure(label="Cost of acquisition", chinese="获客成本", unit="currency", low=0)
def cost_acquisition(r: Record) -> Values:
    """Advertising and campaign budgets of this month."""
    return r["cost_acquisition"]


@measure(label="Cost of retention", chinese="保留成本", unit="currency", low=0)
def cost_retention(r: Record) -> Values:
    """Rebates, contacts, database and bonds of this month."""
    return r["cost_retention"]


@measure(label="Cost of service", chinese="服务成本", unit="currency", low=0)
def cost_service(r: Record) -> Values:
    """Service, complaint handling and compensation of this month."""
    return r["cost_service"]


@measure(label="Cost of partners", chinese="伙伴成本", unit="currency", low=0)
def cost_partners(r: Record) -> Values:
    """Cost of relations with other markets than customers; 0 where they are not part of the market."""
    return r["cost_partners"]


@measure(label="Profit", chinese="利润", unit="currency")
def profit(r: Record) -> Values:
    """Revenue less all costs of this month."""
    return r["profit"]


@measure(label="Cumulative profit", chinese="累计利润", unit="currency")
def cumulative_profit(r: Record) -> Values:
    """Profit from the start to this month, not discounted."""
    return r.so_far["profit"]


@measure(label="Concentration (HHI)", chinese="市场集中度", unit="share", low=0, high=1)
def hhi(r: Record) -> Values:
    """Herfindahl-Hirschman index: sum of squared market shares of all firms."""
    share = ratio(r["purchases"], r.market)
    return np.broadcast_to(np.sum(share**2, axis=-1, keepdims=True), share.shape)
