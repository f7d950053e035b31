"""Churn: who came, who came back, who left, and the database's five classes (Schmittlein et al. 1987; Fader & Hardie 2007)."""

import numpy as np

from sim.measures import measure
from sim.record import Record, Values, ratio


@measure(label="Acquired", chinese="新获顾客", unit="customers", low=0)
def acquired(r: Record) -> Values:
    """Customers who bought from the firm for the first time this month."""
    return r["acquired"]


@measure(label="Won back", chinese="赢回顾客", unit="customers", low=0)
def won_back(r: Record) -> Values:
    """Former customers who came back this month."""
    return r["won_back"]


@measure(label="Switched in", chinese="转入", unit="customers", low=0)
def switched_in(r: Record) -> Values:
    """Customers whose main supplier this firm became, in place of another."""
    return r["switched_in"]


@measure(label="Switched out", chinese="转出", unit="customers", low=0)
def switched_out(r: Record) -> Values:
    """Customers whose main supplier another firm became, in place of this one."""
    return r["switched_out"]


@measure(label="Lapsed", chinese="沉默流失", unit="customers", low=0)
def lapsed(r: Record) -> Values:
    """Customers who fell silent for longer than their own rhythm explains; missing in a contractual market."""
    return np.full_like(r["lost"], np.nan) if r.contractual else r["lost"]


@measure(label="Cancelled", chinese="解约", unit="customers", low=0)
def cancelled(r: Record) -> Values:
    """Contracts that ended this month; missing in a noncontractual market."""
    return r["lost"] if r.contractual else np.full_like(r["lost"], np.nan)


@measure(label="Churn", chinese="流失率", unit="share/period", source="fader2007", low=0, high=1)
def churn_rate(r: Record) -> Values:
    """Of the customers active at the start of the month, the share lost in it."""
    return ratio(r["lost"], r["at_start"])


@measure(label="Retention", chinese="保留率", unit="share/period", source="fader2007", low=0, high=1)
def retention_rate(r: Record) -> Values:
    """Of the customers active at the start of the month, the share kept."""
    return 1.0 - ratio(r["lost"], r["at_start"])


@measure(label="Class: existing", chinese="类别：现有顾客", unit="customers", low=0)
def existing(r: Record) -> Values:
    """Active customers who have bought again, longer ago than newness, and whose provider this firm is."""
    return r["class_existing"]


@measure(label="Class: new", chinese="类别：新顾客", unit="customers", low=0)
def new(r: Record) -> Values:
    """Active customers who have bought again, began within newness, and whose provider this firm is."""
    return r["class_new"]


@measure(label="Class: brand switchers", chinese="类别：品牌转换者", unit="customers", low=0)
def brand_switchers(r: Record) -> Values:
    """Active customers whose provider is another firm."""
    return r["class_brand_switcher"]


@measure(label="Class: triers", chinese="类别：试用者", unit="customers", low=0)
def triers(r: Record) -> Values:
    """Active customers who have bought once so far, and whose provider this firm is."""
    return r["class_trier"]


@measure(label="Class: quitters", chinese="类别：退出者", unit="customers", low=0)
def quitters(r: Record) -> Values:
    """Former customers who are no longer active."""
    return r["class_quitter"]


@measure(label="Left dissatisfied", chinese="因不满转出", unit="customers", source="hirschman1970", low=0)
def left_dissatisfied(r: Record) -> Values:
    """Customers who changed their main supplier after an unresolved bad episode."""
    return r["left_dissatisfied"]


@measure(label="Left for an offer", chinese="因优惠转出", unit="customers", low=0)
def left_for_offer(r: Record) -> Values:
    """Customers who changed their main supplier after a rival's offer or contact."""
    return r["left_offer"]


@measure(label="Left for variety", chinese="因求变转出", unit="customers", low=0)
def left_for_variety(r: Record) -> Values:
    """Customers who changed their main supplier from a wish for variety: no dissatisfaction."""
    return r["left_variety"]


@measure(label="Left at renewal", chinese="到期转出", unit="customers", low=0)
def left_at_renewal(r: Record) -> Values:
    """Customers who changed their main supplier when their contract ended."""
    return r["left_renewal"]


@measure(label="Left, not found", chinese="因缺货转出", unit="customers", low=0)
def left_not_found(r: Record) -> Values:
    """Customers who changed their main supplier because they did not find it, or were served no more."""
    return r["left_not_found"]


@measure(label="Relations ended by the firm", chinese="企业终止关系", unit="customers", source="reinartz2003", low=0)
def ended_by_firm(r: Record) -> Values:
    """Active customers whom the firm served no more this month: they cost more than they bring."""
    return r["ended"]
