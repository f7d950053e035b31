"""Lifetime value: what relations have brought, and what they may be expected to bring (Gupta & Lehmann 2003; Blattberg & Deighton 1996)."""

import numpy as np

from sim.measures import measure
from sim.record import Record, Values, ratio


@measure(label="Cost to acquire one customer", chinese="单客获取成本", unit="currency", source="blattberg1996", low=0)
def acquisition_cost_per_customer(r: Record) -> Values:
    """Cost of acquisition over customers acquired or won back, of the past year."""
    return ratio(r.year["cost_acquisition"], r.year["acquired"] + r.year["won_back"])


@measure(label="Cost to retain one customer", chinese="单客保留成本", unit="currency", source="blattberg1996", low=0)
def retention_cost_per_customer(r: Record) -> Values:
    """Cost of retention over active customers, this month."""
    return ratio(r["cost_retention"], r["customers"])


@measure(label="Realised lifetime value", chinese="已实现终身价值", unit="currency", source="gupta2003")
def clv_realised(r: Record) -> Values:
    """Contribution so far, discounted to the start, over all customers the firm has ever had."""
    return ratio(r.so_far["discounted_contribution"], r.so_far["acquired"] + r.so_far["first_customers"])


@measure(label="Expected lifetime value", chinese="预期终身价值", unit="currency", source="gupta2003")
def clv_expected(r: Record) -> Values:
    """Margin x retention / (1 + d - retention), with margin and retention per period of the past year."""
    margin = ratio(r.year["contribution"], r.year["customers"])
    retention = 1.0 - ratio(r.year["lost"], r.year["at_start"])
    return ratio(np.asarray(margin * retention), np.asarray(1.0 + r.discount_rate - retention))


@measure(label="Customer equity", chinese="顾客资产", unit="currency", source="blattberg1996")
def customer_equity(r: Record) -> Values:
    """Expected lifetime value of all active customers together."""
    return clv_expected(r) * r["customers"]
