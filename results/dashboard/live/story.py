"""A customer's story: what she expected, felt and did, month by month, in plain sentences (Hirschman 1970; Oliver 1980).

Each month is told in the order of :mod:`sim.month`: what reached her, what she bought and how it was, what she did about it, and what
became of the relation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from results.dashboard.live.history import Seen
from results.labels import number
from results.language import current, say
from results.names import joined
from sim.mechanisms.complaints import RESOLVED, SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED
from sim.scenario import Scenario

TELLING = 0.01
"""A change of an attitude that is told: one percentage point."""


@dataclass(frozen=True)
class Chapter:
    """What happened in one month.

    Attributes
    ----------
    month : int
        The period.
    said : tuple of str
        Sentences, in the reader's language.
    is_quiet : bool
        Whether she did nothing: neither bought nor left, nor became another's customer.
    """

    month: int
    said: tuple[str, ...]
    is_quiet: bool


def percent(value: float) -> str:
    """Write a share as a percentage.

    >>> percent(0.5)
    '50.0 %'
    """
    return say("{n} %", n=number(float(value), "share"))


def story(months: Sequence[Seen], place: int, scenario: Scenario) -> list[Chapter]:
    """Return a customer's months, told.

    Parameters
    ----------
    months : sequence of Seen
        From the start on.
    place : int
        Her place among those who were watched.
    scenario : Scenario
        The market.
    """
    return [Telling(before, now, place, scenario).chapter() for before, now in pairwise(months)]


def beginning(start: Seen, place: int, scenario: Scenario) -> str:
    """Return who she is at the start, in a sentence or two."""
    columns = {name: values[place] for name, values in start.columns.items()}
    if columns["rate"] <= 0:
        return say("At the start nobody is in this place: whoever was here has left the category.")
    firms = [firm.name for firm in scenario.firms]
    said = say(
        "She needs {rate} purchases a period, wants relations to {orientation} and deals to the rest, and knows {firms}.",
        rate=number(float(columns["rate"])), orientation=percent(columns["orientation"]),
        firms=joined([name for name, aware in zip(firms, columns["aware"], strict=True) if aware]) or say("no firm"),
    )  # fmt: skip
    if columns["current"] >= 0:
        return prose([said, say("She is a customer of {firm}.", firm=firms[int(columns["current"])])])
    return said


def prose(sentences: Sequence[str]) -> str:
    """Return sentences one after the other, with a space between them where the language has any."""
    return ("" if current() == "zh" else " ").join(sentences)


class Telling:
    """One customer's month.

    Parameters
    ----------
    before, now : Seen
        The month before, and this one.
    place : int
        Her place among those who were watched.
    scenario : Scenario
        The market.
    """

    def __init__(self, before: Seen, now: Seen, place: int, scenario: Scenario) -> None:
        self.month = now.month
        self.firms = [firm.name for firm in scenario.firms]
        self.before = {name: values[place] for name, values in before.columns.items()}
        self.now = {name: values[place] for name, values in now.columns.items()}
        self.events = {name: values[place] for name, values in now.events.items()}
        self.is_new = bool(self.now["entered"] != self.before["entered"])

    def chapter(self) -> Chapter:
        """Return the month."""
        done = [*self._arrival(), *self._purchases(), *self._leaving()]
        said = [*self._arrival(), *self._heard(), *self._contacts(), *self._purchases(), *self._relations(), *self._leaving()]
        return Chapter(self.month, tuple(said), not done)

    def _arrival(self) -> list[str]:
        return [say("Another takes her place in the market: she who was here had left it for good.")] if self.is_new else []

    def _heard(self) -> list[str]:
        """Return what reached her of firms: that they are there, and what others say."""
        if self.is_new:
            return []
        said = []
        met = [self.firms[j] for j in np.flatnonzero(self.now["aware"] > self.before["aware"])]
        if met:
            said.append(say("She gets to know {firms}.", firms=joined(met)))
        change = self.now["reputation"] - self.before["reputation"]
        for j in np.flatnonzero(np.abs(change) >= TELLING):
            values = {"firm": self.firms[j], "value": percent(self.now["reputation"][j])}
            if change[j] > 0:
                said.append(say("She hears good things of {firm}: its reputation with her is {value} now.", **values))
            else:
                said.append(say("She hears bad things of {firm}: its reputation with her is {value} now.", **values))
        return said

    def _contacts(self) -> list[str]:
        on_file, worth = self.events["on_file"], self.events["contact"]
        cards = [self.firms[j] for j in np.flatnonzero((on_file == 2) & (worth > 0))]
        good = [self.firms[j] for j in np.flatnonzero((on_file == 1) & (worth > 0))]
        bad = [self.firms[j] for j in np.flatnonzero(worth < 0)]
        said = [say("{firms} sent her a card: she is remembered.", firms=joined(cards))] if cards else []
        said += [say("She is glad to hear from {firms}.", firms=joined(good))] if good else []
        return said + ([say("Letters from {firms} annoy her.", firms=joined(bad))] if bad else [])

    def _purchases(self) -> list[str]:
        said = []
        for j in map(int, np.flatnonzero(self.events["quantity"] > 0)):
            n, price = int(self.events["quantity"][j]), number(float(self.events["paid"][j]))
            if n == 1:
                said.append(say("She buys from {firm} and pays {price}.", firm=self.firms[j], price=price))
            else:
                said.append(say("She buys {n} times from {firm} and pays {price} each time.", n=n, firm=self.firms[j], price=price))
            said += [self._episode(j), *self._voice(j)]
        return said

    def _episode(self, j: int) -> str:
        expected, got = float(self.before["expectation"][j]), float(self.events["performance"][j])
        values = {
            "expected": percent(expected), "got": percent(got), "felt": percent(self.events["episode_satisfaction"][j]),
            "taken": percent(self.events["surplus_taken"][j]),
        }  # fmt: skip
        if got >= expected:
            return say(
                "She expected {expected} and got {got}: more than hoped for. Satisfaction {felt}; the firm keeps {taken} of the gain.", **values
            )
        return say("She expected {expected} and got {got}: less than hoped for. Satisfaction {felt}; the firm keeps {taken} of the gain.", **values)

    def _voice(self, j: int) -> list[str]:
        fate = int(self.events["fate"][j])
        told = {
            SILENT: say("It was bad, and she says nothing."),
            TURNED_AWAY: say("It was bad: she complains and is turned away unheard."),
            UNANSWERED: say("It was bad: she complains, and nobody answers."),
            UNRESOLVED: say("It was bad: she complains and is heard, but it is not made good."),
            RESOLVED: say("It was bad: she complains, and it is made good."),
        }
        return [told[fate]] if fate in told else []

    def _relations(self) -> list[str]:
        """Return how trust and commitment moved, and what she says of her firm."""
        if self.is_new:
            return []
        said = []
        moved = np.maximum(*(np.abs(self.now[name] - self.before[name]) for name in ("trust", "commitment"))) >= TELLING
        for j in np.flatnonzero(moved):
            was, now = ({name: percent(of[name][j]) for name in ("trust", "commitment")} for of in (self.before, self.now))
            said.append(
                say(
                    "With {firm}, trust goes from {trust} to {new_trust} and commitment from {commitment} to {new_commitment}.",
                    firm=self.firms[j],
                    **was,
                    new_trust=now["trust"],
                    new_commitment=now["commitment"],
                )
            )
        current, talk = int(self.now["current"]), int(self.now["talk"])
        if talk and current >= 0:
            firm = self.firms[current]
            said.append(say("She recommends {firm}.", firm=firm) if talk > 0 else say("She warns others of {firm}.", firm=firm))
        return said

    def _leaving(self) -> list[str]:
        said = []
        was, now = (-1 if self.is_new else int(self.before["current"])), int(self.now["current"])
        if was != now and now >= 0:
            firm = self.firms[now]
            said.append(say("{firm} is her firm now, and no longer {old}.", firm=firm, old=self.firms[was]) if was >= 0 else
                        say("{firm} is her firm now.", firm=firm))  # fmt: skip
        elif was != now:
            said.append(say("She ends her contract with {firm}.", firm=self.firms[was]))
        if self.now["rate"] <= 0 < self.before["rate"]:
            said.append(say("She leaves the category: she needs nothing of the kind any more."))
        return said


def headline(months: Sequence[Seen], place: int) -> dict[str, int]:
    """Return what a customer's history holds, counted.

    Returns
    -------
    dict
        ``purchases``, ``complaints``, ``changes`` (of firm), ``firms`` (bought from), ``people`` (who had her place).
    """
    quantity = np.array([month.events["quantity"][place] for month in months[1:]]).reshape(max(len(months) - 1, 0), -1)
    fate = np.array([month.events["fate"][place] for month in months[1:]])
    current = np.array([int(month.columns["current"][place]) for month in months])
    known = current[current >= 0]
    return {
        "purchases": int(quantity.sum()),
        "complaints": int((fate >= TURNED_AWAY).sum()),
        "changes": int((np.diff(known) != 0).sum()),
        "firms": int((quantity.sum(axis=0) > 0).sum()),
        "people": len({int(month.columns["entered"][place]) for month in months}),
    }
