"""The hierarchy of relations: basic, personalised, interactive, co-creative, each adding to the one before (Prahalad & Ramaswamy 2004).

Four strategies in one file, because the idea is that they are nested: a firm on a level does all that the levels below it do, so the profit of
a level less that of the one below is what the level is worth.
"""

from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import RELATIONAL, TRANSACTIONAL, Steady


def _relational(*names: str) -> dict[str, float]:
    return {name: float(getattr(RELATIONAL, name)) for name in names}


SERVICE = _relational("service", "promise")
"""Basic: good service, and no promise beyond it."""
PERSONAL = _relational("crm", "social", "mail", "phone") | {"reactivation": 0.25}  # assumed: a card a year to guests who stayed away
"""Personalised: a database, personal media and attention, and a card that shows a lapsed customer that she is remembered."""
INTERACTION = _relational("dialogue", "openness", "complaint_ease", "suppression", "complaint_capacity", "recovery") | {"sensing": 0.6}  # assumed
"""Interactive: contacts that ask, offers that follow the answer, and complaints that are heard."""
CREATION = _relational("participation") | {"novelty": 0.5}  # assumed
"""Co-creative: customers take part in shaping the offer, and new variants come of it."""


class Level(Steady):
    """A level of the hierarchy: the transactional pole with the levers of the level and of all below it."""

    levels: ClassVar[tuple[dict[str, float], ...]] = ()
    """Levers that each level adds, with their full values, lowest first."""

    depth: float = parameter(1.0, "how far each level is carried out: 1 fully, 0 not at all", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def levers(self) -> Levers:
        """The transactional pole with the levers of every level, as far as they are carried out."""
        full = {name: value for level in self.levels for name, value in level.items()}
        low = {name: float(getattr(TRANSACTIONAL, name)) for name in full}
        return TRANSACTIONAL.but(**{name: (1.0 - self.depth) * low[name] + self.depth * full[name] for name in full})


class Basic(Level):
    """Level 1 of the hierarchy: good service for everybody alike, and promises that can be kept.

    The customer gets what she came for and a little more; nobody remembers her.
    """

    kind: Literal["basic"] = "basic"
    sources: ClassVar[tuple[str, ...]] = ("gronroos1994", "prahalad2004")
    levels: ClassVar[tuple[dict[str, float], ...]] = (SERVICE,)


class Personalised(Level):
    """Level 2 of the hierarchy: basic, with a database and a person who uses it.

    What was recorded of a customer makes contacts personal; she who has not come for long gets a card.
    """

    kind: Literal["personalised"] = "personalised"
    sources: ClassVar[tuple[str, ...]] = ("blattberg2008", "prahalad2004")
    levels: ClassVar[tuple[dict[str, float], ...]] = (SERVICE, PERSONAL)


class Interactive(Level):
    """Level 3 of the hierarchy: personalised, with a dialogue in both directions.

    The firm asks, acts on the answer, moves the offer to what customers wish for, and takes a complaint as a piece of that dialogue.
    """

    kind: Literal["interactive"] = "interactive"
    sources: ClassVar[tuple[str, ...]] = ("gronroos2000", "prahalad2004")
    levels: ClassVar[tuple[dict[str, float], ...]] = (SERVICE, PERSONAL, INTERACTION)


class CoCreative(Level):
    """Level 4 of the hierarchy: interactive, with customers who help to make the offer.

    They take part in shaping it, and the variety that comes of it keeps them from being bored.
    """

    kind: Literal["co_creative"] = "co_creative"
    sources: ClassVar[tuple[str, ...]] = ("prahalad2004",)
    levels: ClassVar[tuple[dict[str, float], ...]] = (SERVICE, PERSONAL, INTERACTION, CREATION)
