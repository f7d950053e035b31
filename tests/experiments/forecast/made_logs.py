"""Logs of markets with known parameters, and what happened after them."""

from datetime import date, timedelta

import numpy as np

from experiments.calibration import market, simulated

MONTH = 365.2425 / 12.0
TRUTH = {"need_rate": 1.0, "need_shape": 0.8, "leaving": 0.12, "dispersion": 3.0, "variety": 0.1}
OTHER = {"need_rate": 0.4, "need_shape": 1.6, "leaving": 0.3, "dispersion": 1.5, "variety": 0.05}


def shop(customers, months):
    return market.Shop("true", "true.csv", customers, months, "month", None)


def monthly_log(path, truth, *, customers, months, later, seed):
    """Write the log of a shop's first months, all of whose customers came on the first day; return what they bought in the months after."""
    scenario = market.market(shop(customers, months + later), list(truth.values()), contractual=False)
    counts = simulated.bought(scenario, seed, months + later)
    origin = date(2020, 1, 1)
    rows = [f"{who},{origin},1" for who in range(customers)]
    for month, row in enumerate(np.diff(counts, axis=0)[:months]):
        for who in np.flatnonzero(row):
            days = [int(MONTH * month) + 1 + (11 * k + 7 * int(who)) % 28 for k in range(min(int(row[who]), 28))]
            rows += [f"{who},{origin + timedelta(days=day)},1" for day in days]
    rows.append(f"0,{origin + timedelta(days=int(MONTH * months))},1")  # the log is as long as its months
    path.write_text("customer,date,amount\n" + "\n".join(rows))
    return int((counts[-1] - counts[months]).sum())
