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
    """Advertising, campaign budgets and introductory rebates of this month."""
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


@measure(label="Contribution", chinese="边际贡献", unit="currency", source="gupta2004")
def contribution(r: Record) -> Values:
    """Revenue less the costs of goods, service and retention of this month."""
    return r["contribution"]


@measure(label="Profit", chinese="利润", unit="currency")
def profit(r: Record) -> Values:
    """Revenue less all costs of this month."""
    return r["profit"]


@measure(label="Cumulative profit", chinese="累计利润", unit="currency")
def cumulative_profit(r: Record) -> Values:
    """Profit from the start to this month, not discounted."""
    return r.so_far["profit"]


@measure(label="Relationship cost", chinese="关系成本", unit="currency", source="gupta2004", low=0)
def relationship_cost(r: Record) -> Values:
    """What the firm spent on relations this month: retention and partners; relations are a computable cost."""
    return r["cost_retention"] + r["cost_partners"]


@measure(label="Return on relationships", chinese="关系回报率", unit="ratio", source="gupta2004")
def return_on_relationships(r: Record) -> Values:
    """Contribution before relationship cost over relationship cost, of the past year: what a unit spent on relations goes with."""
    return ratio(r.year["contribution"] + r.year["cost_retention"], r.year["cost_retention"] + r.year["cost_partners"])


@measure(label="Customers' surplus", chinese="顾客剩余", unit="currency", source="gronroos1997")
def customer_surplus(r: Record) -> Values:
    """What this month's purchases were worth to customers, less what they paid after rebates and compensation."""
    return r["worth"] - r["revenue"] + r["rebates"] + r["introductions"] + r["compensation"]


@measure(label="Concentration (HHI)", chinese="市场集中度", unit="share", low=0, high=1)
def hhi(r: Record) -> Values:
    """Herfindahl-Hirschman index: sum of squared market shares of all firms."""
    share = ratio(r["purchases"], r.market)
    return np.broadcast_to(np.sum(share**2, axis=-1, keepdims=True), share.shape)
