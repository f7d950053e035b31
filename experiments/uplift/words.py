"""What an analysis of uplift says, in sentences made from its numbers, and why each naive method errs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.uplift.analysis import ALL, CLV, RETURN, Uplift
from experiments.uplift.estimates import BEFORE_AFTER, RANDOMISED, TREATED_UNTREATED, TRUTH
from results import names
from results.labels import number
from results.language import say
from results.told import told


def findings(found: Uplift) -> list[str]:
    """Return what it brought, whether it paid, and which method would have misled, one sentence each."""
    twin = found.twin
    said = [
        say(
            "Taken away was {what}: {how}. It acts from period {start} to {end}; differences are paired by seed.",
            what=told(twin.what), how=told(twin.how), start=twin.start, end=twin.end,
        )
    ]  # fmt: skip
    who = str(found.brought["who"].iloc[0])
    rows = {row["measure"]: row for row in found.brought[found.brought["who"] == who].to_dict("records")}
    said += [_brought(whose(who, found), rows[name], text) for name, text in _measures().items() if name in rows]
    if RETURN in rows:
        said.append(_paid(rows[RETURN]))
    said += [_method(row, found) for row in found.methods[found.methods["measure"] == "profit"].to_dict("records") if row["method"] != TRUTH]
    missing = _missing(found)
    return [*said, missing] if missing else said


def whose(who: str, found: Uplift) -> str:
    """Return what a group of firms in the table is called: all of them, those it acts on, or a firm by its name."""
    if who == ALL:
        return say("all firms")
    return names.listed(list(found.twin.firms)) if who == " and ".join(found.twin.firms) else who


def _measures() -> dict[str, str]:
    """Return the measures that are put into words, and what sentences call them."""
    return {
        "customers": say("customers at the end"),
        "purchases": say("purchases made"),
        "revenue": say("revenue"),
        "profit": say("profit"),
        CLV: say("realised lifetime value"),
    }


def _ends(low: float, high: float) -> str:
    if np.isnan(low):
        return say("one replication, no interval")
    return say("95 % interval {low} to {high}", low=number(low), high=number(high))


def _clear(low: float, high: float) -> bool:
    """Whether an interval leaves out 0; without one, nothing is clear."""
    return bool(low > 0.0 or high < 0.0)


def _brought(who: str, row: Mapping[Any, Any], what: str) -> str:
    if row["mean"] == row["low"] == row["high"] == 0.0:
        return say("It changed nothing in {what} of {who} in any replication.", what=what, who=who)
    values = {"what": what, "who": who, "ends": _ends(row["low"], row["high"])}
    if not np.isnan(row["low"]) and not _clear(row["low"], row["high"]):
        return say("Whether it raised or lowered {what} of {who} is not clear: {amount} ({ends}).", amount=number(row["mean"]), **values)
    if row["mean"] > 0:
        return say("Over the whole run it raised {what} of {who} by {amount} ({ends} of the difference).", amount=number(row["mean"]), **values)
    return say("Over the whole run it lowered {what} of {who} by {amount} ({ends} of the difference).", amount=number(-row["mean"]), **values)


def _paid(row: Mapping[Any, Any]) -> str:
    values = {"amount": number(row["mean"]), "ends": _ends(row["low"], row["high"])}
    if np.isnan(row["low"]):
        return say("Each unit of budget brought {amount} of profit, net of the budget ({ends}).", **values)
    if not _clear(row["low"], row["high"]):
        return say("Whether the budget paid is not clear: {amount} of profit for each unit of it, net of the budget ({ends}).", **values)
    if row["mean"] > 0:
        return say("The budget paid: {amount} of profit for each unit of it, net of the budget ({ends}).", **values)
    return say("The budget did not pay: {amount} of profit for each unit of it, net of the budget ({ends}).", **values)


def why(method: str, found: Uplift) -> str:
    """Return why a method can mislead."""
    if method == BEFORE_AFTER:
        return say("it takes all else that changed meanwhile (season, growth, rivals, customers leaving) for the effect")
    if method == TREATED_UNTREATED and found.twin.segments:
        return say("the segments reached differ from the others, in how much they buy and whom they like, whatever is done to them")
    if method == TREATED_UNTREATED:
        return say("the firms differ anyway, and what the one wins the others lose, so that it counts twice")
    return say("chance alone decided who was left out; what spreads between the groups, or changes what rivals do, is in both and so not in it")


def _method(row: Mapping[Any, Any], found: Uplift) -> str:
    truth = found.methods[(found.methods["measure"] == row["measure"]) & (found.methods["method"] == TRUTH)].iloc[0]
    start = say(
        "While it lasted, {method} says {amount} of profit, the truth is {truth}",
        method=names.method(row["method"]), amount=number(row["mean"]), truth=number(float(truth["mean"])),
    )  # fmt: skip
    values = {"start": start, "why": why(row["method"], found)}
    if np.isnan(row["bias_low"]):
        return say("{start} (one replication, no interval): {why}.", **values)
    values |= {"low": number(row["bias_low"]), "high": number(row["bias_high"])}
    if not _clear(row["bias_low"], row["bias_high"]):
        return say("{start}: not clearly off (95 % interval of the bias {low} to {high}); {why}.", **values)
    is_wrong = row["mean"] * truth["mean"] < 0 and _clear(row["low"], row["high"])
    values |= {"amount": number(abs(row["bias"])), "sign": say("; it even has the wrong sign") if is_wrong else ""}
    if row["bias"] > 0:
        return say("{start}: too high by {amount} (95 % interval of the bias {low} to {high}){sign}; {why}.", **values)
    return say("{start}: too low by {amount} (95 % interval of the bias {low} to {high}){sign}; {why}.", **values)


def _missing(found: Uplift) -> str:
    """Return which methods do not apply, and why."""
    there = set(found.methods["method"])
    parts = []
    if BEFORE_AFTER not in there:
        parts.append(say("it was there from the start, so there is no before"))
    if TREATED_UNTREATED not in there:
        parts.append(say("it acts on everybody, so nobody is untreated"))
    if RANDOMISED not in there and found.twin.campaign:
        parts.append(say("the campaign holds out no control group (control = 0.2 in it would)"))
    return say("Not every method applies: {reasons}.", reasons=names.clauses(parts)) if parts else ""
