"""Made-up tables in the engine's form: every number follows from a line that can be read."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import numpy as np
import pandas as pd

from results import store
from results.growing import Store

FIRMS = {"Ada": ("transactional", 0.0), "Bea": ("transactional", 0.0), "Cy": ("relational", 1.0), "Dee": ("relational", 1.0)}
SCENARIO: dict[str, Any] = {
    "name": "made", "title": "A made market", "question": "Who wins?", "notice": "", "attempt": "", "customers": 1000, "months": 24,
    "period": "month", "seed": 1, "firms": [{"name": name} for name in FIRMS],
}  # fmt: skip


def once(make: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Make each table once, and give everybody who asks a copy."""
    kept = cache(make)
    return wraps(make)(lambda *asked, **named: kept(*asked, **named).copy())


@once
def firm_months(months: int = 24, replications: int = 3, scenario: str = "made") -> pd.DataFrame:
    """Relational firms start behind in profit (-1 a month for 6 months, then 3) against a steady 1."""
    rows = []
    for k in range(replications):
        for month in range(1, months + 1):
            for place, (firm, (strategy, orientation)) in enumerate(FIRMS.items()):
                warm = orientation
                profit = 1.0 if not warm else (-1.0 if month <= 6 + k else 3.0)
                rows.append(
                    {
                        "run": f"{scenario}-{k:04d}", "scenario": scenario, "replication": k, "seed": 1 + k, "month": month, "firm": firm,
                        "strategy": strategy, "orientation": orientation, "customers": 100 + place, "buyers": 50, "market_share": 0.2 + 0.05 * place,
                        "churn_rate": 0.06 - 0.03 * warm + 0.001 * k, "retention_rate": 0.94 + 0.03 * warm, "repeat_rate": 0.5,
                        "share_of_requirements": 0.4 + 0.2 * warm, "satisfaction": 0.6, "trust": 0.4 + 0.01 * month * warm, "commitment": 0.5,
                        "perceived_value": 1.0, "loyal_share": 0.2 + 0.3 * warm, "latent_share": 0.2, "spurious_share": 0.3 - 0.2 * warm,
                        "no_loyalty_share": 0.3 - 0.1 * warm, "net_promoters": 0.1, "revenue": 10.0, "cost_of_goods": 6.0,
                        "cost_acquisition": 2.0 - warm, "cost_retention": warm, "cost_service": 1.0, "cost_partners": 0.0, "profit": profit,
                        "clv_expected": 20.0 + 10.0 * warm, "clv_realised": 5.0, "customer_equity": 2000.0 + 1000.0 * warm + k,
                        "availability": 1.0, "reputation": 0.5, "acquired": 4 + k, "won_back": 1, "expectation": 0.5, "performance": 0.5 + 0.1 * warm,
                        "expectations_congruency": 0.1 * warm, "desires_congruency": 0.05, "attribute_satisfaction": 0.6,
                        "information_satisfaction": 0.5, "rung_trial": 0.3, "rung_repeat": 0.3 - 0.2 * warm + 0.01 * k, "rung_satisfied": 0.2,
                        "rung_loyal": 0.1 + 0.1 * warm, "rung_advocate": 0.05, "rung_partner": 0.05 + 0.1 * warm - 0.01 * k,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


@once
def dyad_months(months: int = 24, replications: int = 3) -> pd.DataFrame:
    frame = firm_months(months, replications)[["run", "scenario", "replication", "seed", "month", "firm"]].copy()
    frame["market"] = "customer"
    frame["dyads"] = 100
    frame["marketed_leads"] = 20 + frame["month"] % 5
    frame["parity"] = 50 - frame["month"] % 5
    frame["marketer_leads"] = 30
    frame["power_balance"] = -0.1 + 0.01 * frame["month"]
    frame["trust"] = 0.5
    return frame


def six_markets(months: int = 24, replications: int = 3) -> pd.DataFrame:
    """The table of dyads with two markets: trust of suppliers is 0.6 with relational firms, 0.3 with others."""
    customers = dyad_months(months, replications)
    warm = customers["firm"].map({firm: orientation for firm, (_, orientation) in FIRMS.items()})
    return pd.concat([customers, customers.assign(market="supplier", trust=0.3 + 0.3 * warm)], ignore_index=True)


@once
def customers(replications: int = 3) -> pd.DataFrame:
    """Of a transactional firm ten customers are worth 1 each; of a relational one nine are worth 0, and one 10 and a little luck."""
    rows = [
        {"scenario": "made", "replication": k, "customer": place, "firm": firm, "purchases": 2,
         "value": np.float32((10.0 + k if place == 9 else 0.0) if orientation else 1.0)}
        for k in range(replications) for firm, (_, orientation) in FIRMS.items() for place in range(10)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@once
def class_months(months: int = 24, replications: int = 3) -> pd.DataFrame:
    """Each month of each firm 10 + k try, 90 of 100 existing customers stay and 10 quit."""
    rows = [
        {"scenario": "made", "replication": k, "month": month, "firm": firm, "before": before, "after": after, "customers": count}
        for k in range(replications) for month in range(1, months + 1) for firm in FIRMS
        for before, after, count in (
            ("no_history", "trier", 10 + k), ("existing", "existing", 90), ("existing", "quitter", 10), ("trier", "existing", 10),
        )
    ]  # fmt: skip
    return pd.DataFrame(rows)


@once
def surplus_months(months: int = 24, replications: int = 3) -> pd.DataFrame:
    """Every month firms have 1, customers 3 and suppliers 0.5."""
    frame = firm_months(months, replications)[["run", "scenario", "replication", "seed", "month", "firm"]]
    return pd.concat([frame.assign(party=party, surplus=amount) for party, amount in (("firm", 1.0), ("customer", 3.0), ("supplier", 0.5))])


def manifest(status: str = "finished", scenarios: tuple[dict[str, Any], ...] = (SCENARIO,), replications: int = 3) -> dict[str, Any]:
    return {
        "format": "relmarket-run-1", "status": status, "command": "python run.py run made", "started": "2025-01-01T00:00:00+00:00",
        "finished": "2025-01-01T00:00:01+00:00", "replications": replications, "seeds": [1, 2, 3],
        "runs": [
            {"run": f"{s['name']}-{k:04d}", "scenario": s["name"], "replication": k, "seed": 1 + k} for s in scenarios for k in range(replications)
        ],
        "scenarios": [{"name": s["name"], "sha256": "0" * 64, "content": s} for s in scenarios], "relmarket": "0",
        "model_sha256": "0", "packages": {"mesa": "3"},
        "python": "3.11", "platform": "any", "processors": 2, "byteorder": "little",
    }  # fmt: skip


def tables() -> dict[str, dict[str, Any]]:
    """One replication as the engine hands it over: without the run's own columns."""
    own = ["run", "scenario", "replication", "seed"]
    months = firm_months(3, 1).drop(columns=own)
    found = {"firm_months": months, "dyad_months": dyad_months(3, 1).drop(columns=own)}
    result: dict[str, dict[str, Any]] = {name: {c: frame[c].to_numpy() for c in frame} for name, frame in found.items()}
    result["summary"] = {"firm": np.array(list(FIRMS), object), "profit": np.array([3.0, 3.0, np.nan, -3.0])}
    return result


@once
def cohorts(months: int = 24, replications: int = 3) -> pd.DataFrame:
    """100 customers acquired by each firm each month; a transactional firm keeps 90 % of them a month, a relational one 97 %."""
    rows = [
        {"run": f"made-{k:04d}", "scenario": "made", "replication": k, "seed": 1 + k, "firm": firm, "acquired_in": cohort, "age": age,
         "size": 100, "customers": round(100 * (0.97 if orientation else 0.9) ** age)}
        for k in range(replications) for firm, (_, orientation) in FIRMS.items() for cohort in range(months) for age in range(months - cohort)
    ]  # fmt: skip
    return pd.DataFrame(rows)


PART_FACTS = {"relmarket": "0", "scenario_sha256": "0"}


def fill(kept: Store, runs: tuple[int, ...] = (0, 1, 2)) -> dict[str, Any]:
    """Write parts of these replications into a growing run directory, and return its manifest."""
    facts = manifest("running")
    kept.write_manifest(facts)
    for k in runs:
        store.write_parts(kept.directory, store.Run(f"made-{k:04d}", "made", k, 1 + k), tables(), PART_FACTS)
    return {**facts, "status": "finished"}
