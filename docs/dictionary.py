"""The data dictionary: every column of every table, from the declarations of measures and customers' columns."""

from docs.text import cited, code, reach, table
from results.purchases import COLUMNS
from sim import dyads
from sim.customers import columns
from sim.levers import MARKETS
from sim.measures import measures

FAMILIES = {
    "accounts": "Accounts",
    "churn": "Churn",
    "lifetime_value": "Lifetime value",
    "loyalty": "Loyalty",
    "partners": "Partners",
    "power": "Power",
    "relationship": "Relationship",
}
"""Families of measures, one file each, and their titles; a family without a title here has its file's name."""

ON_REQUEST = (
    "One row per customer of a sample, firm and period with a purchase: the log that models of lifetime value read. A run does not write it; "
    "`python run.py purchases DIR` runs the replications again, with the same bits, and looks on."
)
"""What stands over the table that is made on request."""

RUN = {
    "run": ("run", "运行", "id", "which replication of which scenario"),
    "scenario": ("scenario", "情景", "name", "name of the scenario"),
    "replication": ("replication", "重复", "number", "number of the replication"),
    "seed": ("seed", "随机种子", "number", "seed of the replication"),
}
"""In front of every table that is kept on disk: label, Chinese label, unit, meaning."""

FIRM = {
    "firm": ("firm", "企业", "name", "name of the firm"),
    "strategy": ("strategy", "策略", "kind", "kind of the firm's strategy"),
    "orientation": ("orientation", "营销导向", "share", "place of the strategy between transactional (0) and relational (1)"),
}
MONTH = {"month": ("month", "月份", "period", "number of the period, from 1; a month unless the scenario says otherwise")}
SEGMENT = {"segment": ("segment", "顾客细分", "name", "name of the segment")}

MARKET = {"market": ("market", "市场", "name", "market of the six: " + ", ".join(MARKETS))}
DYADS = {
    "plane": (
        "plane",
        "层面",
        "name",
        "plane on which the relations are cultivated: customers, allied firms, inside the firm, government and public",
    ),
    "dyads": ("relations", "关系数", "relations", "active customers of the firm, or partners that deal with it"),
    "information": ("information", "信息", "share", "mean of what the other side knows of the firm and its market"),
    "firm_information": ("firm's information", "企业的信息", "share", "mean of what the firm knows of the other side"),
    "firm_trust": ("firm's trust", "企业的信任", "share", "mean confidence of the firm in its partners; missing for customers"),
    "firm_commitment": ("firm's commitment", "企业的承诺", "share", "mean wish of the firm to keep its partners; missing for customers"),
    "two_way": ("two-way", "双向沟通", "share", "index of two-way communication: how much, and how evenly, both sides know of each other"),
    "cooperation": ("cooperation", "合作", "share", "index of cooperation: mutual commitment; among customers, the share who take part"),
    "win_win": ("win-win", "双赢", "share", "index of mutual gain: twice the smaller share of the joint gain, 1 where both have half"),
    "closeness": ("closeness", "亲密", "share", "index of closeness: mean social bond"),
}
REGIME = {
    "regime": ("regime", "力量格局", "kind", "who leads: marketed_leads, parity or marketer_leads"),
    "dyads": ("relations", "关系数", "relations", "relations of the firm under that regime"),
}
PARTNER = {
    "partner": ("partner", "伙伴", "name", "name of the partner, of the rival, or of the department"),
    "partnership": ("partnership", "伙伴关系类型", "kind", "which kind of partnership it is"),
}
SURPLUS = {
    "party": ("party", "参与方", "name", "who has it: customer, firm, supplier, distributor, employees"),
    "surplus": ("surplus", "剩余", "currency", "what the party has from the trade around the firm beyond what it would have without"),
    "share": ("share of surplus", "剩余份额", "share", "part of the joint surplus of all parties"),
}
FLOWS = {
    "payer": ("payer", "付款方", "name", "who paid"),
    "payee": ("payee", "收款方", "name", "who was paid; outside is everybody who is not in the market"),
    "purpose": ("purpose", "用途", "name", "what for"),
    "amount": ("amount", "金额", "currency", "how much"),
}
CAMPAIGN = {
    "campaign": ("campaign", "活动", "name", "name of the campaign"),
    "group": ("group", "组别", "kind", "target, or control: the part of the target group that no campaign reaches"),
    "people": ("people", "人数", "customers", "how many people the group has, customers of the firm or not"),
    "lost": ("lost", "流失顾客数", "customers", "active customers whom the firm lost in the group"),
}
COHORTS = {
    "acquired_in": ("acquired in", "获客月份", "period", "period in which the customers' present spell with the firm began; 0 is the start"),
    "age": ("age", "关系月龄", "periods", "periods since then"),
    "size": ("cohort size", "群组规模", "customers", "active customers of the cohort at its first month's end"),
    "customers": ("customers", "活跃顾客数", "customers", "of these, active customers at this age"),
    "purchases": ("purchases", "购买次数", "purchases", "purchases of the cohort from the firm in this period"),
    "contribution": ("contribution", "边际贡献", "currency", "contribution of the cohort to the firm in this period"),
}
CLASS_FLOWS = {
    "before": ("class before", "原类别", "class", "the database's class of the customers at the end of the period before"),
    "after": ("class after", "新类别", "class", "their class at the end of this period"),
    "customers": ("customers", "顾客数", "customers", "how many customers went from the one class to the other, or stayed"),
}
CUSTOMERS = {"customer": ("customer", "顾客编号", "number", "number of the customer, from 1")}
SUMMARY = {
    "months": ("months", "月数", "periods", "periods that the run took"),
    "total_<measure>": ("total of a measure", "累计", "as the measure", "sum of a measure over all periods"),
    "mean_churn_rate": ("mean churn", "平均流失率", "share/period", "mean of the churn rate over all periods"),
}
POWER = ("marketed_leads", "parity", "marketer_leads", "negotiated", "agreed", "power_balance", "surplus_share", "trust", "commitment", "tenure",
         "satisfaction", "dependence", "firm_dependence")  # fmt: skip
BY_REGIME = ("surplus_share", "trust", "commitment", "satisfaction")
OF_CAMPAIGNS = ("customers", "buyers", "purchases", "acquired", "revenue", "contribution")
MEASURES = {"dyad_months": POWER, "regime_months": BY_REGIME, "campaign_months": OF_CAMPAIGNS}
"""Tables that have some measures only, and which."""

Keys = dict[str, tuple[str, str, str, str]]

TABLES: dict[str, tuple[str, list[Keys], str]] = {
    "firm_months": ("one row per month and firm", [MONTH, FIRM], "every measure"),
    "segment_months": ("one row per month, firm and segment", [MONTH, SEGMENT, FIRM], "every measure, of the firm's customers in the segment"),
    "dyad_months": (
        "one row per month, firm and market",
        [MONTH, FIRM, MARKET, DYADS],
        "means over relations of " + ", ".join(code(name) for name in POWER),
    ),
    "partner_months": (
        "one row per month, firm and partner in the five markets besides customers",
        [MONTH, FIRM, MARKET, PARTNER],
        "every column of relations with partners, missing where a market has none of it",
    ),
    "regime_months": (
        "one row per month, firm, market and regime that has relations",
        [MONTH, FIRM, MARKET, REGIME],
        "means over these relations of " + ", ".join(code(name) for name in BY_REGIME),
    ),
    "surplus_months": ("one row per month, firm and party", [MONTH, FIRM, SURPLUS], ""),
    "flows": ("one row per month, firm, payer, payee and purpose", [MONTH, FIRM, FLOWS], ""),
    "campaign_months": (
        "one row per month, campaign and group, before, during and after it",
        [MONTH, FIRM, CAMPAIGN],
        "of the group and the firm: " + ", ".join(code(name) for name in OF_CAMPAIGNS),
    ),
    "cohorts": ("one row per firm, month of acquisition and age", [FIRM, COHORTS], ""),
    "class_months": ("one row per month, firm and pair of the database's classes between which somebody went", [MONTH, FIRM, CLASS_FLOWS], ""),
    "customers": (
        "final state, one row per customer and firm with history; a sample of the customers if there are many",
        [CUSTOMERS, SEGMENT, FIRM],
        "every customer column; `current` is the firm's name",
    ),
    "summary": ("one row per firm", [FIRM, SUMMARY], "some measures, as they stand in the last month"),
}
"""The tables: what a row is, the columns that are not measures, and which measures there are."""

FIRM_ONLY = (
    "dyad_months", "partner_months", "regime_months", "surplus_months", "flows", "campaign_months", "cohorts", "class_months", "customers"
)  # fmt: skip
"""Tables that name the firm only."""


def keys(name: str) -> Keys:
    """Return a table's columns that are neither measures nor customers' columns."""
    found = {column: told for part in TABLES[name][1] for column, told in part.items()}
    return {column: told for column, told in found.items() if name not in FIRM_ONLY or column not in ("strategy", "orientation")}


def documented(name: str) -> set[str]:
    """Return every column that a table may have according to the dictionary."""
    found = set(keys(name))
    if name == "customers":
        return found | set(columns())
    if name == "summary":
        return found | set(measures()) | {f"total_{measure}" for measure in measures()}
    if name == "partner_months":
        return found | set(partner_columns())
    if name in MEASURES:
        return found | set(MEASURES[name])
    return found | set(measures()) if name in ("firm_months", "segment_months") else found


def tables() -> str:
    """Return the tables, each with its columns that are not measures."""
    head = ("column", "label", "中文", "unit", "meaning")
    parts = ["In front of every table that is kept on disk:", table(head, ((code(name), *told) for name, told in RUN.items()))]
    for name, (row, _, others) in TABLES.items():
        rest = f" Besides: {others}." if others else ""
        parts += [f"### {name}", f"{row[0].upper()}{row[1:]}.{rest}", table(head, ((code(column), *told) for column, told in keys(name).items()))]
    parts += ["### purchases", ON_REQUEST, table(head, ((code(column), *told) for column, told in COLUMNS.items()))]
    return "\n\n".join(parts)


def measure_tables() -> str:
    """Return every measure, by family."""
    head = ("measure", "label", "中文", "unit", "range", "definition", "source")
    parts = []
    for family in dict.fromkeys(m.family for m in measures().values()):
        rows = ((code(m.name), m.label, m.chinese, m.unit, reach(m.low, m.high), m.meaning, cited([m.source]))
                for m in measures().values() if m.family == family)  # fmt: skip
        parts += [f"### {FAMILIES.get(family, family.replace('_', ' ').capitalize())}", table(head, rows)]
    return "\n\n".join(parts)


def customer_columns() -> str:
    """Return every customer column."""
    head = ("column", "label", "中文", "unit", "range", "type", "per", "meaning")
    rows = (
        (code(name), m["label"], m["chinese"], m["unit"], reach(m["low"], m["high"]), m["dtype"], "customer and firm" if m["dyad"] else "customer",
         m["meaning"])
        for name, m in ((name, declared.metadata) for name, declared in columns().items())
    )  # fmt: skip
    return table(head, rows)


def partner_columns() -> dict[str, tuple[dyads.Column, list[str]]]:
    """Return every column of relations with partners by name, with the markets that have it."""
    found: dict[str, tuple[dyads.Column, list[str]]] = {}
    for market in MARKETS:
        for name, declared in dyads.columns(market).items() if market != "customer" else ():
            found.setdefault(name, (declared, []))[1].append(market)
    return found


def partner_table() -> str:
    """Return every column of relations with partners."""
    head = ("column", "label", "中文", "unit", "range", "markets", "meaning")
    rows = (
        (code(name), c.label, c.chinese, c.unit, reach(c.low, c.high), "all five" if len(where) == len(MARKETS) - 1 else ", ".join(where), c.meaning)
        for name, (c, where) in partner_columns().items()
    )
    return table(head, rows)


def families() -> str:
    """Return the names of all measures, by family."""
    found = dict.fromkeys(m.family for m in measures().values())
    return "\n".join(
        f"- {FAMILIES.get(family, family)}: {', '.join(code(m.name) for m in measures().values() if m.family == family)}" for family in found
    )
