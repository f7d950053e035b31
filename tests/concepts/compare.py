"""Markets in which one thing differs: two of them on the same luck, or one whose firms are alike but for one lever each.

Runs are kept for the tests that follow, and seeds are fixed: a test that has passed goes on passing until the model changes. Margins in the tests
are about half of what is measured, and luck alone moves the same numbers by a small part of them.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from scenarios import load
from sim.market import MarketModel
from sim.scenario import Scenario

Tables = dict[str, pd.DataFrame]
SEGMENT = {"name": "customers", "need_shape": 2.0, "need_scale": 2.0, "orientation": 0.6, "orientation_spread": 0.3}
PARTNERS: dict[str, Any] = {
    "suppliers": [{"name": "Cheap", "cost": 0.72, "quality": 0.6, "reliability": 0.9}, {"name": "Good", "cost": 0.78, "quality": 0.7}],
    "distributors": [{"name": "City", "reach": 3.0}, {"name": "Country"}],
    "departments": [{"name": "Service", "weight": 2.0}, {"name": "Sales", "kind": "employees"}],
    "influencers": [
        {"name": "Paper", "audience": 0.3}, {"name": "Authority", "kind": "government"}, {"name": "Bank", "kind": "bank"},
        {"name": "Union", "kind": "consumer_body"}, {"name": "Council", "kind": "community"},
    ],
}  # fmt: skip
"""Partners in the four markets that have any; the rivals are there anyway."""


def firm(name: str, share: float, **more: Any) -> dict[str, Any]:
    """Return a firm half-way between the poles."""
    return {"name": name, "strategy": {"kind": "continuum", "orientation": 0.5}, "start_share": share} | more


def pair(changes: Mapping[str, Any] | None = None, **top: Any) -> Tables:
    """Return the tables of two firms, "One" and "Other", alike but for the changes, which are values by dotted path."""
    base = {"name": "pair", "customers": 600, "months": 18, "segments": [SEGMENT], "firms": [firm("One", 0.4), firm("Other", 0.4)]}
    return _run(json.dumps([base | top, changes or {}]))


def whole(changes: Mapping[str, Any] | None = None, **top: Any) -> Tables:
    """Return the tables of the same two firms with partners in all six markets."""
    return pair({"mechanisms.competition.active": True, **(changes or {})}, **({"customers": 400, "months": 14} | PARTNERS | top))


def panel(firms: Mapping[str, Mapping[str, Any]], changes: Mapping[str, Any] | None = None, **top: Any) -> Tables:
    """Return the tables of a market whose firms are alike but for what is given of each: other settings, or levers under "fixed"."""
    listed = [firm(name, 0.9 / len(firms), **more) for name, more in firms.items()]
    base = {"name": "panel", "customers": 200 * len(listed), "months": 18, "segments": [SEGMENT], "firms": listed}
    return _run(json.dumps([base | top, changes or {}]))


def shipped(name: str, changes: Mapping[str, Any] | None = None, **top: Any) -> Tables:
    """Return the tables of a scenario that is shipped, made smaller."""
    return _run(json.dumps([name, {**top, **(changes or {})}]))


def levers(**values: float) -> dict[str, Any]:
    """Return what makes a firm of a panel hold levers at values."""
    return {"fixed": values}


@cache
def _run(described: str) -> Tables:
    base, changes = json.loads(described)
    scenario = load(base) if isinstance(base, str) else Scenario.model_validate(base)
    model = MarketModel(scenario.but(changes), seed=1)
    model.run_model()
    return {name: pd.DataFrame(columns) for name, columns in model.tables().items()}


def value(tables: Tables, measure: str, firm: str = "One", months: tuple[int, int] = (7, 18), table: str = "firm_months", **where: str) -> float:
    """Return the mean of a column over a firm's rows in months from the first to the last given (both included)."""
    rows = tables[table]
    rows = rows[(rows["firm"] == firm) & rows["month"].between(*months)]
    for column, wanted in where.items():
        rows = rows[rows[column] == wanted]
    return float(rows[measure].mean())


def change(more: Tables, less: Tables, measure: str, firm: str = "One", months: tuple[int, int] = (7, 18), **where: str) -> float:
    """Return a measure in one market less the same in another."""
    return value(more, measure, firm, months, **where) - value(less, measure, firm, months, **where)


def lead(tables: Tables, measure: str, of: str, over: str, months: tuple[int, int] = (7, 18), **where: str) -> float:
    """Return a firm's measure less another's in the same market."""
    return value(tables, measure, of, months, **where) - value(tables, measure, over, months, **where)


def of_all(tables: Tables, measure: str, months: Sequence[int] = (7, 18)) -> float:
    """Return a measure summed over all firms, a month."""
    rows = tables["firm_months"]
    return float(rows[rows["month"].between(*months)].groupby("month")[measure].sum().mean())
