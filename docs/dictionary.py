"""The data dictionary: every column of every table, from the declarations of measures and customers' columns."""

from docs.text import cited, code, reach, table
from sim.customers import columns
from sim.measures import measures

FAMILIES = {
    "accounts": "Accounts",
    "churn": "Churn",
    "lifetime_value": "Lifetime value",
    "loyalty": "Loyalty",
    "power": "Power",
    "relationship": "Relationship",
}
"""Families of measures, one file each, and their titles; a family without a title here has its file's name."""

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

DYADS = {
    "market": ("market", "市场", "name", "market of the six in which the dyads are; so far always customer"),
    "dyads": ("dyads", "关系数", "customers", "active customers of the firm"),
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
POWER = ("marketed_leads", "parity", "marketer_leads", "negotiated", "agreed", "power_balance", "surplus_share", "trust", "commitment", "tenure")

Keys = dict[str, tuple[str, str, str, str]]

TABLES: dict[str, tuple[str, list[Keys], str]] = {
    "firm_months": ("one row per month and firm", [MONTH, FIRM], "every measure"),
    "segment_months": ("one row per month, firm and segment", [MONTH, SEGMENT, FIRM], "every measure, of the firm's customers in the segment"),
    "dyad_months": ("one row per month, firm and market", [MONTH, FIRM, DYADS], "measures " + ", ".join(code(name) for name in POWER)),
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

FIRM_ONLY = ("dyad_months", "cohorts", "class_months", "customers")
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
    if name == "dyad_months":
        return found | set(POWER)
    return found | set(measures()) if name in ("firm_months", "segment_months") else found


def tables() -> str:
    """Return the tables, each with its columns that are not measures."""
    head = ("column", "label", "中文", "unit", "meaning")
    parts = ["In front of every table that is kept on disk:", table(head, ((code(name), *told) for name, told in RUN.items()))]
    for name, (row, _, others) in TABLES.items():
        rest = f" Besides: {others}." if others else ""
        parts += [f"### {name}", f"{row[0].upper()}{row[1:]}.{rest}", table(head, ((code(column), *told) for column, told in keys(name).items()))]
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


def families() -> str:
    """Return the names of all measures, by family."""
    found = dict.fromkeys(m.family for m in measures().values())
    return "\n".join(
        f"- {FAMILIES.get(family, family)}: {', '.join(code(m.name) for m in measures().values() if m.family == family)}" for family in found
    )
