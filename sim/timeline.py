"""The timeline: the scenario as it stands in each month, with the changes that events bring."""

from sim.scenario import Event, Mechanisms, Scenario


class Timeline:
    """The scenario and its converted mechanisms, month by month; checked whole before the first month.

    Parameters
    ----------
    scenario : Scenario
        The scenario at the start.

    Raises
    ------
    ValueError
        If an event changes what cannot change during a run: who takes part, and for how long.
    """

    def __init__(self, scenario: Scenario) -> None:
        changes = {1} | {event.month for event in scenario.events} | {event.month + event.months for event in scenario.events}
        self._starts = sorted(month for month in changes if month <= scenario.periods)
        self._stages = [self._stage(scenario, month) for month in self._starts]

    def at(self, month: int) -> tuple[Scenario, Mechanisms]:
        """Return the scenario and its mechanisms per period, as they stand in a month."""
        place = max(k for k, start in enumerate(self._starts) if start <= month)
        return self._stages[place]

    def _stage(self, scenario: Scenario, month: int) -> tuple[Scenario, Mechanisms]:
        running = [event for event in scenario.events if event.month <= month < event.month + event.months]
        stage = scenario
        for event in running:
            stage = stage.but(event.set)
            _check(scenario, stage, event)
        months = scenario.months_per_period
        rules = {slot: getattr(stage.mechanisms, slot).per_period(months) for slot in Mechanisms.model_fields}
        return stage, stage.mechanisms.model_copy(update=rules)


def _check(before: Scenario, after: Scenario, event: Event) -> None:
    for what in ("customers", "months", "period", "seed", "events", "campaigns"):
        if getattr(before, what) != getattr(after, what):
            raise ValueError(f"events: {event.name!r} sets {what}, which cannot change during a run")
    if before.market.setting != after.market.setting:
        raise ValueError(f"events: {event.name!r} sets market.setting, which cannot change during a run")
    if [segment.share for segment in before.segments] != [segment.share for segment in after.segments]:
        raise ValueError(f"events: {event.name!r} sets the share of a segment, which cannot change during a run")
    for what in ("firms", "segments"):
        if [item.name for item in getattr(before, what)] != [item.name for item in getattr(after, what)]:
            raise ValueError(f"events: {event.name!r} changes who the {what} are, which cannot change during a run")
