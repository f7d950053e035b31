"""The study of the headline's sensitivity: every assumed number that acts in ``duel``, one at a time (Saltelli et al. 2008).

``python -m docs.headline`` writes ``experiments/studies/headline.toml`` from the declarations of parameters. A number goes half down and half up,
within its allowed range; one that is 0 is switched on at a tenth of its unit.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from experiments.catalogue import described
from experiments.sweep.study import FOLDER
from scenarios import load, places
from sim.scenario import Scenario

FILE = FOLDER / "headline.toml"
SCENARIO, CUSTOMERS, MONTHS, REPLICATIONS = "duel", 4_000, 48, 2
HALF, SWITCHED_ON = 0.5, 0.1
ELSEWHERE = ("supply", "distribution", "internal_market", "influence", "relations")
"""Mechanisms of partners, of whom ``duel`` has none."""
UNUSED = ("development", "portfolio", "planning", "competition", "balancing")
"""Mechanisms whose levers are 0 at both poles of the continuum, or that ``duel`` leaves switched off."""
FITTED = ("need_shape", "need_scale", "dropout_a", "dropout_b")
"""Numbers of a segment that are fitted to purchases."""
IDLE = ("contract_term", "season_peak", "enters", "leaves", "scandal", "share", "price")
"""Numbers that act only in other settings (contracts, seasons, events), the segments' weights, which the log gives, and the price: it is the unit."""
HEAD = """\
# How far the main answer rests on what is assumed: every assumed number that acts in the duel, each alone, half lower and half higher within
# its range; one that is 0 is switched on at a tenth of its unit. `python -m docs.headline` writes this file from the parameters' declarations.
title = "What does the headline rest on?"
question = "Which assumed number changes most what relational firms earn more, and from which month on?"
scenario = "{scenario}"
replications = {replications}
seed = 1
measures = ["total_profit"]
set = {{ customers = {customers}, months = {months} }}  # assumed: few, and four years, since every point is run on the same luck

[design]
kind = "one_at_a_time"
"""


def spread(field: FieldInfo, value: float) -> list[float]:
    """Return the low and the high value that a number takes, without those at which it stands already.

    Parameters
    ----------
    field : FieldInfo
        Its declaration, which has its range.
    value : float
        What it is.
    """
    place = places.of_field(field)
    low, high = places.bounds(place)
    wanted = [SWITCHED_ON] if value == 0.0 else sorted([value * (1.0 - HALF), value * (1.0 + HALF)])
    kept = [min(max(one, low if low is not None else one), high if high is not None else one) for one in wanted]
    if place.type is int:
        kept = [round(one) for one in kept]
    return [one for one in dict.fromkeys(float(f"{one:.6g}") if place.type is float else one for one in kept) if one != value]


def numbers(model: BaseModel, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, list[float]]]:
    """Yield the assumed numbers of a table of a scenario, with the values that they take."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        assumed = described(field)[3] == "assumed" and name not in skip
        if assumed and isinstance(value, int | float) and not isinstance(value, bool):
            values = spread(field, value)
            if values:
                yield name, values


def factors(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Return the factors by name: those of mechanisms and the market, of each segment, and of all firms together."""
    found: dict[str, dict[str, Any]] = {}
    for slot in type(scenario.mechanisms).model_fields:
        rule = getattr(scenario.mechanisms, slot)
        if rule.active and slot not in (*ELSEWHERE, *UNUSED):
            found |= {f"mechanisms.{slot}.{name}": {"values": values} for name, values in numbers(rule)}
    found |= {f"market.{name}": {"values": values} for name, values in numbers(scenario.market, IDLE)}
    for place, segment in enumerate(scenario.segments):
        found |= {f"segments.{place}.{name}": {"values": values} for name, values in numbers(segment, (*FITTED, *IDLE))}
    for name, values in numbers(scenario.firms[0], IDLE):
        found[f"every_firm_{name}"] = {"paths": [f"firms.{j}.{name}" for j in range(len(scenario.firms))], "values": values}
    return found


def text() -> str:
    """Return the study's file."""
    lines = [HEAD.format(scenario=SCENARIO, replications=REPLICATIONS, customers=CUSTOMERS, months=MONTHS)]
    for name, keys in factors(load(SCENARIO)).items():
        title = name if "." not in name else json.dumps(name)
        lines.append("\n".join([f"[factors.{title}]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items())]) + "\n")
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(f"{FILE.name}: {len(factors(load(SCENARIO)))} factors")
    sys.exit(0)
