"""What a reader sets up before a market is played: which scenario, how large, on which luck, and whether a newcomer comes in."""

from dataclasses import dataclass
from functools import cache

from results.dashboard.live.market import LONGEST
from results.language import either
from scenarios import load
from scenarios.files import names
from sim.scenario import Scenario

SIZES = ("2000", "5000", "20000", "50000")
"""Customers to choose from."""
ENTRIES = ("0", "13", "25", "37", "61")
"""Months in which a newcomer may come in; 0: none does."""
LUCKS = ("1", "2", "3", "4", "5")
"""Seeds to choose from."""
NEWCOMER = "Newcomer"


@dataclass(frozen=True)
class Setting:
    """A market to be played, as its reader has chosen it.

    Attributes
    ----------
    name : str
        A shipped scenario.
    customers, entry, luck : str
        One of :data:`SIZES`, :data:`ENTRIES` and :data:`LUCKS`.
    firm : int
        The firm whose levers are moved.
    """

    name: str
    customers: str
    entry: str
    luck: str
    firm: int

    @classmethod
    def checked(cls, name: object, customers: object, entry: object, luck: object, firm: object) -> "Setting":
        """Return the setting that a browser asks for; whatever is not among the choices becomes the first of them."""
        known = name if isinstance(name, str) and name in playable() else playable()[0]
        places = [str(place) for place in range(len(shipped(known).firms))]
        chosen = [str(value) if str(value) in allowed else allowed[0] for value, allowed in ((entry, ENTRIES), (luck, LUCKS), (firm, places))]
        return cls(known, str(customers) if str(customers) in SIZES else "20000", chosen[0], chosen[1], int(chosen[2]))

    def scenario(self) -> Scenario:
        """Return the market at the start."""
        base = shipped(self.name)
        months = min(base.months, round(LONGEST * base.months_per_period))
        found = base.but(customers=int(self.customers), months=months, seed=int(self.luck))
        entry = int(self.entry)
        taken = {firm.name for firm in base.firms}
        if not 0 < entry <= found.periods or NEWCOMER in taken:
            return found
        newcomer = found.firms[self.firm].model_copy(update={"name": NEWCOMER, "start_share": 0.0, "enters": entry})
        return found.but(firms=[*found.firms, newcomer])


@cache
def shipped(name: str) -> Scenario:
    """Return a scenario as it is shipped; it is read once."""
    return load(name)


def scenario_title(name: str) -> str:
    """Return a shipped scenario's title in the reader's language."""
    scenario = shipped(name)
    return either(scenario.title, scenario.chinese.title) or name


@cache
def playable() -> tuple[str, ...]:
    """Return the scenarios that are shipped, the plain contrast first."""
    return ("duel", *(name for name in names() if name != "duel"))
