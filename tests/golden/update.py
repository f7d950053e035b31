"""Golden scenarios: headline numbers of small runs, kept to the last digit. ``python -m tests.golden.update`` writes them anew.

Rewrite them only when the model's results are meant to change, and say so in CHANGELOG.md with a line under "Results change".
"""

import csv
from pathlib import Path

from scenarios import load
from sim import MarketModel

HERE = Path(__file__).parent
SCENARIOS = ("duel", "contractual", "baseline")
CUSTOMERS, MONTHS, SEED = 2_000, (1, 6, 12), 1
NAMES = ("month", "firm")
COUNTS = ("customers", "buyers", "purchases", "acquired", "quitters", "complaints", "negotiated", "switched_in")
NUMBERS = (
    "price", "market_share", "churn_rate", "loyal_share", "satisfaction", "trust", "commitment", "reputation", "power_balance", "revenue",
    "profit", "cumulative_profit", "clv_expected",
)  # fmt: skip
UPDATE = "python -m tests.golden.update"


def rows(name):
    """Return the golden rows of a scenario as the model gives them now, every value as text."""
    model = MarketModel(load(name).but(customers=CUSTOMERS, months=max(MONTHS)), seed=SEED)
    model.run_model()
    table = model.tables()["firm_months"]
    found = []
    for row, month in enumerate(table["month"]):
        if month in MONTHS:
            texts = {"month": str(int(month)), "firm": str(table["firm"][row])}
            texts |= {column: str(int(table[column][row])) for column in COUNTS}
            found.append(texts | {column: repr(float(table[column][row])) for column in NUMBERS})
    return found


def path(name):
    """Return where a scenario's golden rows are kept."""
    return HERE / f"{name}.csv"


def main():
    """Write the golden rows of all scenarios."""
    for name in SCENARIOS:
        with path(name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, (*NAMES, *COUNTS, *NUMBERS), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows(name))
        print(f"tests/golden/{path(name).name} written")
    print('Results have changed if these files have: say so in CHANGELOG.md with a line under "Results change".')


if __name__ == "__main__":
    main()
