"""A forecast in words: what to expect, what levers would change, and on what that rests."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.forecast.ahead import AS_IT_IS, MEASURES, OTHERWISE, Ahead
from results.labels import number, with_unit
from results.language import say
from results.names import joined
from results.told import told


def names() -> dict[str, str]:
    """Return what readers call the futures."""
    return {AS_IT_IS: say("as it is"), OTHERWISE: say("with the levers set otherwise"), "difference": say("difference")}


def meanings() -> dict[str, tuple[str, str]]:
    """Return what the measures mean, and their units."""
    return {
        "active_customers": (say("active customers now"), "customers"),
        "purchases": (say("purchases in the time ahead of all who have been its customers"), "purchases"),
        "purchases_each": (say("the same for each customer active now"), "purchases"),
        "churn": (say("share of active customers lost by its end, less those won back"), "share"),
        "value": (say("lifetime value in the time ahead for each customer active now, discounted"), "currency"),
        "profit": (say("profit of the firm in the time ahead"), "currency"),
    }


def parts(row: Mapping[Any, Any]) -> str:
    """Say what makes an interval's width, in brackets; nothing where parameters were not drawn."""
    whole = float(row["luck"]) + float(row["parameters"])
    if not whole > 0.0:  # also where the parameters' part is missing
        return ""
    share = float(row["parameters"]) / whole
    return say(" (variance: luck {luck}, parameters {parameters})", luck=f"{1.0 - share:.0%}", parameters=f"{share:.0%}")


def _interval(row: Mapping[Any, Any], unit: str) -> str:
    ends = say("{low} to {high}", low=number(row["low"], unit), high=number(row["high"], unit))
    return f"{number(row['mean'], unit)} [{ends}]{parts(row)}"


def findings(found: pd.DataFrame, what: Ahead, levers: Mapping[str, float]) -> list[str]:
    """Say what to expect, and what the levers would change."""
    said = []
    meaning = meanings()
    rows = {(str(row["measure"]), str(row["which"])): row for row in found.to_dict("records")}
    for measure in MEASURES:
        text, unit = meaning[measure]
        row = rows[measure, AS_IT_IS]
        said.append(
            say("{firm}: {what}: {mean}, 95 % interval {low} to {high}{parts}", firm=told(what.firm), what=text,
                mean=with_unit(float(row["mean"]), unit), low=number(float(row["low"]), unit), high=number(float(row["high"]), unit),
                parts=parts(row))
        )  # fmt: skip
    if not levers:
        return said
    set_to = joined([f"{name} = {value:g}" for name, value in levers.items()])
    for measure in MEASURES[1:]:
        text, unit = meaning[measure]
        row = rows[measure, "difference"]
        values = {
            "levers": set_to,
            "what": text,
            "change": f"{float(row['mean']):+.3g}",
            "low": f"{float(row['low']):+.3g}",
            "high": f"{float(row['high']):+.3g}",
        }
        if row["low"] == row["high"] == 0.0:
            said.append(say("with {levers}, {what} does not change in any of {n} futures", n=f"{int(row['n'])}", **values))
        elif row["low"] > 0 or row["high"] < 0:
            said.append(say("with {levers}, {what} changes by {change} ({low} to {high})", **values))
        else:
            said.append(say("with {levers}, {what} may not change: {change} ({low} to {high})", **values))
    return said


def assumptions(what: Ahead, levers: Mapping[str, float], note: str) -> list[str]:
    """Say on what the forecast rests, and what makes the difference causal.

    Parameters
    ----------
    what : Ahead
        What was played.
    levers : mapping
        What was set otherwise.
    note : str
        Why sets of parameters that are there were left out; empty if none were.
    """
    said = [note] if note else []
    said += [
        say("Intervals are for what happens in one future, and hold luck and what the calibration leaves open of its parameters: {sets} sets of them "
            "are played, each on {each} lucks. What the scenario assumes is taken as it is.", sets=len(what.as_it_is), each=what.each)
        if len(what.as_it_is) > 1
        else say("Intervals are for what happens in one future, and hold luck only: parameters are taken as the scenario has them. Beside a scenario "
                 "that run.py calibrate has made lies what the data leave open of them."),
        say("Nothing changes after the end of the scenario but what it says itself: no crisis, no new rival, no season that it does not have."),
    ]  # fmt: skip
    if levers:
        said += [
            say("Causal assumption: both futures have the same past and the same luck, and differ only in what the firm does; so the difference is "
                "caused by the levers, in this model."),
            say("That the levers act as strongly on real customers is assumed: a log in which they never changed cannot tell it. An experiment with "
                "a control group could."),
            say("Others go on by their own rules; a rival that would answer in life and has no rule for it does not answer here."),
        ]  # fmt: skip
    return said


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Return the measures for readers: one row per measure, one column per future."""
    meaning, name = meanings(), names()
    rows = []
    for measure, part in found.groupby("measure", sort=False):
        text, unit = meaning[str(measure)]
        rows.append({say("measure"): text} | {name[str(row["which"])]: _interval(row, unit) for row in part.to_dict("records")})
    return pd.DataFrame(rows)
