"""Logs of markets with known parameters, as transactions and as files, and how they are calibrated."""

from datetime import date, timedelta

import numpy as np

from experiments.calibration import commands, market, simulated
from experiments.calibration.transactions import Transactions

WEEKS = 40
TRUTH = {"need_rate": 1.2, "need_shape": 0.8, "leaving": 0.12, "dispersion": 3.0, "variety": 0.08}


def shop(customers, period="week"):
    return market.Shop("true", "true.csv", customers, 9, period, None)


def played_log(customers, seed, weeks=WEEKS):
    """The log of a market with known parameters, all of whose customers came in the first week."""
    counts = simulated.bought(market.market(shop(customers), list(TRUTH.values()), contractual=False), seed, weeks)
    bought = np.minimum(np.diff(counts, axis=0), 7)
    who, day = [np.arange(customers)], [np.zeros(customers, int)]
    for week, row in enumerate(bought):
        for k in range(7):
            some = np.flatnonzero(row > k)
            who.append(some)
            day.append(np.full(len(some), 7 * week + 1 + k))
    who, day = np.concatenate(who), np.concatenate(day)
    order = np.lexsort((day, who))
    return Transactions(who[order], day[order], np.full(len(who), 10.0), date(2023, 1, 1), len(who), ())


def csv_of(log, path):
    rows = [f"{who},{log.origin + timedelta(days=int(day))},{1 + (who * 7 + day) % 30}" for who, day in zip(log.customer, log.day, strict=True)]
    path.write_text("customer,date,amount\n" + "\n".join(rows))
    return path


def asked(path, place, **more):
    how = {"customer": "", "when": "", "amount": "", "period": "month", "calibration_end": "2023-07-31", "force": False} | more
    return commands.calibrate(str(path), out=str(place), **how)
