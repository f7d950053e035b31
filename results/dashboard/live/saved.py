"""What was played, as a scenario file: the market that it began with, and an event for every month in which levers moved."""

import json
from typing import Any

from scenarios.writer import to_toml
from sim.scenario import Event, Scenario


def toml(scenario: Scenario, shipped: Scenario) -> str:
    """Return a scenario that was played as the text of a scenario file.

    Parameters
    ----------
    scenario : Scenario
        What was played, with its events.
    shipped : Scenario
        The scenario of that name as it is shipped. Where only the size, the length, the seed and events differ, the text is a few
        lines that extend it; else every value is spelled out.
    """
    same = scenario.but(customers=shipped.customers, months=shipped.months, seed=shipped.seed, events=shipped.events) == shipped
    if not same:
        return to_toml(scenario)
    lines = [
        f"extends = {json.dumps(shipped.name)}", f"customers = {scenario.customers}  # assumed", f"months = {scenario.months}  # assumed",
        f"seed = {scenario.seed}  # assumed",
    ]  # fmt: skip
    return "\n".join([*lines, *(line for event in scenario.events for line in _event(event))]) + "\n"


def _event(event: Event) -> list[str]:
    lasting = [] if event.months == Event.model_fields["months"].default else [f"months = {event.months}"]
    values = ", ".join(f"{json.dumps(path)} = {_value(value)}" for path, value in event.set.items())
    return ["", "[[events]]", f"name = {json.dumps(event.name)}", f"month = {event.month}", *lasting, f"set = {{ {values} }}  # assumed"]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | str) else repr(value)
