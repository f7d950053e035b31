"""The counterfactual twin: the same market without one campaign, event or lever (Rubin 1974: the outcome that is never seen)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from scenarios import places
from scenarios.errors import ScenarioError, shown
from sim.levers import Levers
from sim.paths import plain
from sim.scenario import Campaign, Event, Scenario

LONGEST_NAME = 60

Item = TypeVar("Item", Campaign, Event)


@dataclass(frozen=True)
class Twin:
    """A scenario and the same one without something.

    Attributes
    ----------
    factual, counterfactual : Scenario
        With it and without it, on the same seed.
    what : str
        What was taken away, for people.
    how : str
        What stands in its place.
    campaign : str
        Name of the campaign; empty for events and levers.
    firms : tuple of str
        Whom it acts through or on: the firms that are looked at together.
    segments : tuple of str
        The segments that it is aimed at; empty for all.
    start, end : int
        First and last period of it within the run.
    budget : float
        What it cost within the run, in currency; 0 where there is no budget.
    """

    factual: Scenario
    counterfactual: Scenario
    what: str
    how: str
    campaign: str
    firms: tuple[str, ...]
    segments: tuple[str, ...]
    start: int
    end: int
    budget: float

    @property
    def others(self) -> tuple[str, ...]:
        """The firms that it does not act on."""
        return tuple(firm.name for firm in self.factual.firms if firm.name not in self.firms)


def without(scenario: Scenario, what: str) -> Twin:
    """Return a scenario with its twin.

    Parameters
    ----------
    scenario : Scenario
        The market with it.
    what : str
        ``campaign.NAME``, ``event.NAME`` or ``firms.N.lever``.

    Raises
    ------
    ScenarioError
        If there is no such thing; the sentence says what there is. Also if it would begin after the end of the run.
    """
    kind, _, name = what.partition(".")
    if kind == "campaign":
        return _without_campaign(scenario, _named(scenario.campaigns, name, "campaign"))
    if kind == "event":
        return _without_event(scenario, _named(scenario.events, name, "event"))
    if kind == "firms":
        return _without_lever(scenario, name)
    raise ScenarioError(f"--without {what}: needs the form campaign.NAME, event.NAME or firms.N.LEVER; there is: {_there_is(scenario)}")


def _there_is(scenario: Scenario) -> str:
    """Return what can be taken away from a scenario."""
    named = [f"campaign.{campaign.name}" for campaign in scenario.campaigns] + [f"event.{event.name}" for event in scenario.events]
    return ", ".join([*named, f"firms.0 to firms.{len(scenario.firms) - 1} with any lever"])


def _named(listed: Iterable[Item], name: str, kind: str) -> Item:
    found = {item.name: item for item in listed}
    if name not in found:
        rest = places.perhaps(name, [f"{kind}.{known}" for known in found]) if found else f"; the scenario has no {kind}s"
        raise ScenarioError(f"--without {kind}.{name}: there is no {kind} {shown(name)}{rest}")
    return found[name]


def _window(scenario: Scenario, what: str, month: int, months: int) -> tuple[int, int]:
    if month > scenario.periods:
        raise ScenarioError(f"--without {what}: it begins in period {month}, after the end of the run ({scenario.periods}); it changes nothing there")
    return month, min(month + months - 1, scenario.periods)


def _twin(scenario: Scenario, label: str, changes: dict[str, object]) -> Scenario:
    """Return the changed scenario under a name of its own."""
    name = f"{scenario.name} without {label}"
    return scenario.but({**changes, "name": name if len(name) <= LONGEST_NAME else f"without {label}"[:LONGEST_NAME].rstrip()})


def _without_campaign(scenario: Scenario, campaign: Campaign) -> Twin:
    start, end = _window(scenario, f"campaign.{campaign.name}", campaign.month, campaign.months)
    kept = [plain(other) for other in scenario.campaigns if other.name != campaign.name]
    everybody = set(campaign.segments) >= {segment.name for segment in scenario.segments}
    return Twin(
        factual=scenario,
        counterfactual=_twin(scenario, campaign.name, {"campaigns": kept}),
        what=f"campaign {campaign.name!r} of {campaign.firm}",
        how="it is never carried out, and its budget is not spent",
        campaign=campaign.name,
        firms=(campaign.firm,),
        segments=() if everybody else campaign.segments,
        start=start,
        end=end,
        budget=campaign.budget * (end - start + 1) / campaign.months,
    )


def _without_event(scenario: Scenario, event: Event) -> Twin:
    start, end = _window(scenario, f"event.{event.name}", event.month, event.months)
    firms, segments = _touched(scenario, event)
    return Twin(
        factual=scenario,
        counterfactual=_twin(scenario, event.name, {"events": [plain(other) for other in scenario.events if other.name != event.name]}),
        what=f"event {event.name!r}",
        how="it never happens",
        campaign="",
        firms=firms,
        segments=segments,
        start=start,
        end=end,
        budget=0.0,
    )


def _touched(scenario: Scenario, event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the firms and the segments that an event acts on: all firms, unless it only sets values of some."""
    everyone = tuple(firm.name for firm in scenario.firms)
    paths = [path.replace("[", ".").replace("]", "").split(".") for path in event.set]
    if all(path[0] == "firms" for path in paths):
        numbers = {int(path[1]) for path in paths if path[1:]}
        return tuple(name for number, name in enumerate(everyone) if number in numbers), ()
    if all(path[0] == "segments" for path in paths):
        numbers = {int(path[1]) for path in paths if path[1:]}
        segments = tuple(segment.name for number, segment in enumerate(scenario.segments) if number in numbers)
        return everyone, segments if len(segments) < len(scenario.segments) else ()
    return everyone, ()


def _without_lever(scenario: Scenario, path: str) -> Twin:
    number, _, lever = path.partition(".")
    last = len(scenario.firms) - 1
    if not (number.isascii() and number.isdecimal() and int(number) <= last):
        raise ScenarioError(f"--without firms.{path}: there is no firm {shown(number)}; firms are numbered 0 to {last}")
    known = tuple(Levers.model_fields)
    if lever not in known:
        near = places.nearest(lever, known)
        meant = f"; did you mean 'firms.{number}.{near}'?" if near else f"; levers: {', '.join(known)}"
        raise ScenarioError(f"--without firms.{path}: there is no lever {shown(lever)}{meant}")
    firm = scenario.firms[int(number)]
    pole = float(Levers.model_fields[lever].default)
    if lever in firm.fixed:
        fixed = {name: value for name, value in firm.fixed.items() if name != lever}
        how = f"its fixed value {firm.fixed[lever]:g} is taken away, and the strategy decides"
    else:
        fixed = {**firm.fixed, lever: pole}
        how = f"it is held at its transactional pole, {pole:g}"
    return Twin(
        factual=scenario,
        counterfactual=_twin(scenario, f"{lever} of firm {number}", {f"firms.{number}.fixed": fixed}),
        what=f"lever {lever!r} of {firm.name}",
        how=how,
        campaign="",
        firms=(firm.name,),
        segments=(),
        start=1,
        end=scenario.periods,
        budget=0.0,
    )
