"""Loyalty: behaviour and attitude together (Dick & Basu 1994; Ehrenberg 1988)."""

import numpy as np

from sim.measures import measure
from sim.record import Record, Values, ratio


@measure(label="Customers", chinese="活跃顾客数", unit="customers", low=0)
def customers(r: Record) -> Values:
    """Active customers at the end of the month: under contract, or not silent for longer than their own rhythm explains."""
    return r["customers"]


@measure(label="Buyers", chinese="购买者数", unit="customers", low=0)
def buyers(r: Record) -> Values:
    """Customers who bought from the firm this month."""
    return r["buyers"]


@measure(label="Purchases", chinese="购买次数", unit="purchases", low=0)
def purchases(r: Record) -> Values:
    """Purchases from the firm this month."""
    return r["purchases"]


@measure(label="Market share", chinese="市场份额", unit="share", low=0, high=1)
def market_share(r: Record) -> Values:
    """Share of the market's purchases this month."""
    return ratio(r["purchases"], r.market)


@measure(label="Repeat rate", chinese="重复购买率", unit="share", source="ehrenberg1988", low=0, high=1)
def repeat_rate(r: Record) -> Values:
    """Share of this month's buyers who had bought from the firm before."""
    return ratio(r["repeat_buyers"], r["buyers"])


@measure(label="Share of requirements", chinese="需求份额", unit="share", source="ehrenberg1988", low=0, high=1)
def share_of_requirements(r: Record) -> Values:
    """Of all category purchases that the firm's active customers have ever made, the share made from the firm."""
    return ratio(r["own_purchases"], r["category_purchases"])


@measure(label="Sole buyers", chinese="唯一供应占比", unit="share", source="ehrenberg1988", low=0, high=1)
def sole_buyers(r: Record) -> Values:
    """Share of active customers who have bought more than once, and never from anybody else."""
    return ratio(r["sole_buyers"], r["customers"])


@measure(label="Truly loyal", chinese="真正忠诚占比", unit="share", source="dick1994", low=0, high=1)
def loyal_share(r: Record) -> Values:
    """Share of active customers with high attitude and high patronage."""
    return ratio(r["cell_loyal"], r["customers"])


@measure(label="Latently loyal", chinese="潜在忠诚占比", unit="share", source="dick1994", low=0, high=1)
def latent_share(r: Record) -> Values:
    """Share of active customers with high attitude and low patronage."""
    return ratio(r["cell_latent"], r["customers"])


@measure(label="Spuriously loyal", chinese="虚假忠诚占比", unit="share", source="dick1994", low=0, high=1)
def spurious_share(r: Record) -> Values:
    """Share of active customers with low attitude and high patronage."""
    return ratio(r["cell_spurious"], r["customers"])


@measure(label="Not loyal", chinese="不忠诚占比", unit="share", source="dick1994", low=0, high=1)
def no_loyalty_share(r: Record) -> Values:
    """Share of active customers with low attitude and low patronage."""
    return ratio(r["cell_no_loyalty"], r["customers"])


@measure(label="Net promoters", chinese="净推荐值", unit="share", source="reichheld2003", low=-1, high=1)
def net_promoters(r: Record) -> Values:
    """Share of active customers who would recommend the firm, less the share who would warn of it."""
    return ratio(r["promoters"] - r["detractors"], r["customers"])


def _rung(r: Record, name: str) -> Values:
    return ratio(r["rung_" + name], r["customers"])


@measure(label="Rung: trial", chinese="阶梯：试用", unit="share", source="christopher1991", low=0, high=1)
def rung_trial(r: Record) -> Values:
    """Share of active customers who have bought once."""
    return _rung(r, "trial")


@measure(label="Rung: repeat", chinese="阶梯：重复", unit="share", source="christopher1991", low=0, high=1)
def rung_repeat(r: Record) -> Values:
    """Share of active customers who came again, without being satisfied yet."""
    return _rung(r, "repeat")


@measure(label="Rung: satisfied", chinese="阶梯：满意", unit="share", source="christopher1991", low=0, high=1)
def rung_satisfied(r: Record) -> Values:
    """Share of active customers who came again and are satisfied."""
    return _rung(r, "satisfied")


@measure(label="Rung: loyal", chinese="阶梯：忠诚", unit="share", source="christopher1991", low=0, high=1)
def rung_loyal(r: Record) -> Values:
    """Share of active customers who are loyal, without being advocates."""
    return _rung(r, "loyal")


@measure(label="Rung: advocate", chinese="阶梯：拥护", unit="share", source="christopher1991", low=0, high=1)
def rung_advocate(r: Record) -> Values:
    """Share of active customers who are advocates, without being partners."""
    return _rung(r, "advocate")


@measure(label="Rung: partner", chinese="阶梯：伙伴", unit="share", source="prahalad2004", low=0, high=1)
def rung_partner(r: Record) -> Values:
    """Share of active customers who take part in shaping the offer."""
    return np.asarray(_rung(r, "partner"))


@measure(label="Stage: transaction", chinese="阶段：交易", unit="share", source="berry1991", low=0, high=1)
def stage_transaction(r: Record) -> Values:
    """Share of active customers on the level of transactions: they have bought, and that is all."""
    return np.asarray(_rung(r, "trial") + _rung(r, "repeat"))


@measure(label="Stage: service", chinese="阶段：服务", unit="share", source="berry1991", low=0, high=1)
def stage_service(r: Record) -> Values:
    """Share of active customers on the level of service: they come again and are satisfied."""
    return _rung(r, "satisfied")


@measure(label="Stage: relationship", chinese="阶段：关系", unit="share", source="berry1991", low=0, high=1)
def stage_relationship(r: Record) -> Values:
    """Share of active customers on the level of relations: loyal, advocates or partners."""
    return np.asarray(_rung(r, "loyal") + _rung(r, "advocate") + _rung(r, "partner"))


@measure(label="Funnel: know", chinese="漏斗：认知", unit="share", source="christopher1991", low=0, high=1)
def funnel_know(r: Record) -> Values:
    """Share of all customers, the firm's or not, who know the firm."""
    return ratio(r["known"], r.people)


@measure(label="Funnel: interact", chinese="漏斗：互动", unit="share", source="christopher1991", low=0, high=1)
def funnel_interact(r: Record) -> Values:
    """Share of all customers, the firm's or not, who deal with the firm: its active customers."""
    return ratio(r["customers"], r.people)


@measure(label="Funnel: satisfy", chinese="漏斗：满意", unit="share", source="christopher1991", low=0, high=1)
def funnel_satisfy(r: Record) -> Values:
    """Share of all customers, the firm's or not, who come again to the firm and are satisfied, or stand higher."""
    return ratio(r["rung_satisfied"] + r["rung_loyal"] + r["rung_advocate"] + r["rung_partner"], r.people)


@measure(label="Funnel: value", chinese="漏斗：价值", unit="share", source="christopher1991", low=0, high=1)
def funnel_value(r: Record) -> Values:
    """Share of all customers, the firm's or not, who speak for the firm or take part: advocates and partners."""
    return ratio(r["rung_advocate"] + r["rung_partner"], r.people)
