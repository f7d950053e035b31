"""What an analysis of uplift says, in sentences made from its numbers, and why each naive method errs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.uplift.analysis import CLV, RETURN, Uplift
from experiments.uplift.estimates import BEFORE_AFTER, RANDOMISED, TREATED_UNTREATED, TRUTH
from results.labels import number

SAYS = {"customers": "customers at the end", "purchases": "purchases", "revenue": "revenue", "profit": "profit", CLV: "realised lifetime value"}


def findings(found: Uplift) -> list[str]:
    """Return what it brought, whether it paid, and which method would have misled, one sentence each."""
    twin = found.twin
    said = [f"Taken away was {twin.what}: {twin.how}. It acts from period {twin.start} to {twin.end}; differences are paired by seed."]
    rows = {row["measure"]: row for row in found.brought[found.brought["who"] == found.brought["who"].iloc[0]].to_dict("records")}
    who = found.brought["who"].iloc[0]
    said += [_brought(str(who), rows[name], text) for name, text in SAYS.items() if name in rows]
    if RETURN in rows:
        said.append(_paid(rows[RETURN]))
    said += [_method(row, found) for row in found.methods[found.methods["measure"] == "profit"].to_dict("records") if row["method"] != TRUTH]
    missing = _missing(found)
    return [*said, missing] if missing else said


def _ends(low: float, high: float) -> str:
    return "one replication, no interval" if np.isnan(low) else f"95 % interval {number(low)} to {number(high)}"


def _clear(low: float, high: float) -> bool:
    """Whether an interval leaves out 0; without one, nothing is clear."""
    return bool(low > 0.0 or high < 0.0)


def _brought(who: str, row: Mapping[Any, Any], what: str) -> str:
    ends = _ends(row["low"], row["high"])
    if row["mean"] == row["low"] == row["high"] == 0.0:
        return f"It changed nothing in {what} of {who} in any replication."
    if not np.isnan(row["low"]) and not _clear(row["low"], row["high"]):
        return f"Whether it raised or lowered {what} of {who} is not clear: {number(row['mean'])} ({ends})."
    verb = "raised" if row["mean"] > 0 else "lowered"
    return f"Over the whole run it {verb} {what} of {who} by {number(abs(row['mean']))} ({ends} of the difference)."


def _paid(row: Mapping[Any, Any]) -> str:
    ends = _ends(row["low"], row["high"])
    if np.isnan(row["low"]):
        return f"Each unit of budget brought {number(row['mean'])} of profit, net of the budget ({ends})."
    if not _clear(row["low"], row["high"]):
        return f"Whether the budget paid is not clear: {number(row['mean'])} of profit for each unit of it, net of the budget ({ends})."
    verdict = "paid" if row["mean"] > 0 else "did not pay"
    return f"The budget {verdict}: {number(row['mean'])} of profit for each unit of it, net of the budget ({ends})."


def why(method: str, found: Uplift) -> str:
    """Return why a method can mislead."""
    if method == BEFORE_AFTER:
        return "it takes all else that changed meanwhile (season, growth, rivals, customers leaving) for the effect"
    if method == TREATED_UNTREATED and found.twin.segments:
        return "the segments reached differ from the others, in how much they buy and whom they like, whatever is done to them"
    if method == TREATED_UNTREATED:
        return "the firms differ anyway, and what the one wins the others lose, so that it counts twice"
    return "chance alone decided who was left out; what spreads between the groups, or changes what rivals do, is in both and so not in it"


def _method(row: Mapping[Any, Any], found: Uplift) -> str:
    truth = found.methods[(found.methods["measure"] == row["measure"]) & (found.methods["method"] == TRUTH)].iloc[0]
    start = f"While it lasted, {row['method']} says {number(row['mean'])} of profit, the truth is {number(float(truth['mean']))}"
    if np.isnan(row["bias_low"]):
        return f"{start} (one replication, no interval): {why(row['method'], found)}."
    ends = f"95 % interval of the bias {number(row['bias_low'])} to {number(row['bias_high'])}"
    if not _clear(row["bias_low"], row["bias_high"]):
        return f"{start}: not clearly off ({ends}); {why(row['method'], found)}."
    sign = "; it even has the wrong sign" if row["mean"] * truth["mean"] < 0 and _clear(row["low"], row["high"]) else ""
    side = "high" if row["bias"] > 0 else "low"
    return f"{start}: too {side} by {number(abs(row['bias']))} ({ends}){sign}; {why(row['method'], found)}."


def _missing(found: Uplift) -> str:
    """Return which methods do not apply, and why."""
    there = set(found.methods["method"])
    parts = []
    if BEFORE_AFTER not in there:
        parts.append("it was there from the start, so there is no before")
    if TREATED_UNTREATED not in there:
        parts.append("it acts on everybody, so nobody is untreated")
    if RANDOMISED not in there and found.twin.campaign:
        parts.append("the campaign holds out no control group (control = 0.2 in it would)")
    return f"Not every method applies: {'; '.join(parts)}." if parts else ""
