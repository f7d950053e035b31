"""Values at paths of a scenario: those that a command line overrides, and those that events set."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from scenarios import places
from scenarios.errors import ScenarioError, explain, sentence, shown
from sim.paths import plain, replaced
from sim.rules import Rule
from sim.scenario import Scenario
from sim.timeline import Timeline


def override(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Return a newly checked copy of a scenario with values at paths changed, as ``--set path=value`` asks.

    Parameters
    ----------
    scenario : Scenario
        Where to start.
    changes : mapping
        Values by path: ``{"firms.0.price": "1.1"}``. Text is read as TOML where it can be (``1.1``, ``true``, ``[1, 2]``) and is
        text otherwise. ``firms[0].price`` is understood too.

    Raises
    ------
    ScenarioError
        If a path leads nowhere (with the nearest one), or a value is not allowed there.
    """
    changed = _changed(scenario, changes, read=_value)
    check_events(changed)
    return changed


def check_events(scenario: Scenario, file: str = "") -> None:
    """Refuse a scenario whose events set what is not there, what is not allowed, or what cannot change during a run.

    Raises
    ------
    ScenarioError
        One sentence for each problem; ``file`` is the file that states the events.
    """
    problems: list[str] = []
    for number, event in enumerate(scenario.events):
        try:
            _changed(scenario, event.set, read=_as_it_is)
        except ScenarioError as error:
            problems += [sentence(file, f"events[{number}].set", problem) for problem in error.problems]
    if problems:
        raise ScenarioError(*problems)
    try:
        Timeline(scenario)
    except ValidationError as error:  # each event alone is fine, and two at a time are not
        raise ScenarioError(*(sentence(file, "events", problem) for problem in explain(error, None).problems)) from None
    except (KeyError, ValueError) as error:
        raise ScenarioError(sentence(file, "", str(error.args[0]))) from None


def _changed(scenario: Scenario, changes: Mapping[str, Any], read: Callable[[Any, places.Place | None], Any]) -> Scenario:
    """Return a newly checked copy of a scenario with values at paths changed; ``read`` makes values of what is given."""
    data: Any = plain(scenario)
    for written, given in changes.items():
        path, place = _path(written, data)
        value = read(given, place)
        try:
            data = replaced(data, [str(part) for part in path], value)
        except ValidationError as error:  # a rule of a class that scenario files do not know checks itself
            raise _by_the_rule(error, path, data) from None
    try:
        return type(scenario).model_validate(data)
    except ValidationError as error:
        raise explain(error, data) from None


def _by_the_rule(error: ValidationError, path: places.Path, data: Any) -> ScenarioError:
    """Return what a rule says of a value of its own, with the path to the rule put before."""
    done: places.Path = ()
    for part in path:
        if isinstance(data, Rule):
            break
        data, done = places.inside(data, part), (*done, part)
    problems = explain(error, data, start=places.Place(type(data))).problems
    return ScenarioError(*(f"{places.written(done)}.{problem}" for problem in problems))


def _path(written: str, data: Any) -> tuple[places.Path, places.Place | None]:
    """Return the path that an override names and what is declared there; refuse one that leads nowhere."""
    done: places.Path = ()
    place: places.Place | None = places.ROOT
    for part in written.replace("[", ".").replace("]", "").split("."):
        step: places.Part = part
        if isinstance(data, list):
            if not (part.isascii() and part.isdecimal() and int(part) < len(data)):
                few = f"there are {len(data)}, numbered 0 to {len(data) - 1}" if data else "there are none"
                raise ScenarioError(sentence("", places.written(done), f"no number {shown(part)}; {few}"))
            step = int(part)
        else:
            known = places.keys(place, data)
            if part not in known and not places.is_open(place):
                raise ScenarioError(sentence("", places.written((*done, part)), f"unknown key{_near(part, done, known)}"))
        place, data, done = places.step(place, step, data), places.inside(data, step), (*done, step)
    return done, place


def _near(part: str, done: places.Path, known: tuple[str, ...]) -> str:
    """Return the end of a sentence: the path that was perhaps meant, or the keys that there are."""
    near = places.nearest(part, known)
    if near:
        return f"; did you mean '{'.'.join(str(part) for part in (*done, near))}'?"
    return places.perhaps(part, known) or "; a value has no parts"


def _as_it_is(given: Any, _place: places.Place | None) -> Any:
    return given


def _value(text: Any, place: places.Place | None) -> Any:
    """Read the text of an override as TOML where it can be."""
    if not isinstance(text, str) or (place is not None and place.type is str):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"] if "\n" not in text else text
    except (ValueError, RecursionError):
        return text
