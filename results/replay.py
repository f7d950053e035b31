"""Replay: a stored run once more, month by month, with chosen customers' columns and what happened to them.

A run keeps sums, not every customer's every month. The manifest has the scenario and the seed, and the same scenario and seed give the
same bits: whoever wants one customer's history, or the purchase log of a sample, runs the market again and looks on.

>>> from scenarios import load
>>> for month in replay(load("duel").but(customers=300, months=2), seed=1, customers=[7]):
...     print(month.month, month.columns["trust"].shape, month.events["quantity"].shape)
0 (1, 4) (1, 4)
1 (1, 4) (1, 4)
2 (1, 4) (1, 4)

Limits
    Replayed is a model whose sources are those of the run: :func:`differs` says when they are not.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results import manifest, store
from results.store import StoreError
from sim.customers import columns
from sim.market import MarketModel
from sim.month import Outcome
from sim.now import Now
from sim.scenario import Mechanisms, Scenario
from sim.units import Table

EVENTS = {
    "quantity": "purchases from the firm this month",
    "paid": "price paid for one of them, currency; missing where nothing was bought",
    "rebate": "rebate on that price that the firm offers her this month, share",
    "contribution": "what she brought the firm this month, less the goods and all that it did for her, currency",
    "on_file": "1 where the firm has her on file and writes to her if it writes, 2 where it sends a card to one who has lapsed, else 0",
    "contact": "worth of the firm's contacts to her, as trust and bonds feel it; below 0 where they annoy",
    "performance": "performance that she got, share; missing where nothing was bought",
    "episode_satisfaction": "overall satisfaction with this month's episode before any complaint, share; missing where nothing was bought",
    "surplus_taken": "the firm's share of the joint gain, share; missing where nothing was bought",
    "fate": "what became of a bad episode: 0 none, 1 borne in silence, 2 turned away, 3 unanswered, 4 unresolved, 5 resolved",
}
"""What happened between a customer and each firm in one month, by name: shape (n_customers, n_firms)."""
ONLY_BOUGHT = ("paid", "performance", "episode_satisfaction", "surplus_taken")

Note = Callable[[tuple[Any, ...], Any], None]


@dataclass(frozen=True)
class Month:
    """Chosen customers in one month.

    Attributes
    ----------
    month : int
        The period; 0 is the start, before the first.
    columns : dict of ndarray
        Every column of :mod:`sim.customers` at the end of the month: shape (n,), or (n, n_firms) for relations. A row is a place in the
        market: where ``entered`` has changed, a newcomer has taken the place of somebody who had left.
    events : dict of ndarray
        What happened in the month, see :data:`EVENTS`, (n, n_firms), to whom ``columns`` belong; nothing in month 0.
    """

    month: int
    columns: Table
    events: Table


@dataclass(frozen=True)
class Stored:
    """One replication of a run directory, as it can be run again."""

    run: store.Run
    scenario: Scenario
    facts: dict[str, Any]
    """The run's manifest."""


class _Heard:
    """A mechanism that is listened to: it answers as it always does, and one of its methods' questions and answers are noted."""

    def __init__(self, rule: Any, method: str, note: Note) -> None:
        self._rule, self._method, self._note = rule, method, note

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._rule, name)
        if name != self._method:
            return found

        def noted(*asked: Any) -> Any:
            answer = found(*asked)
            self._note(asked, answer)
            return answer

        return noted


class ListeningModel(MarketModel):
    """A market of the same bits in which some customers are watched.

    Parameters
    ----------
    scenario : Scenario
        The market.
    seed : int
        The replication's seed.
    customers : sequence of int
        Whom to watch, numbered as in the table ``customers``, from 1.

    Raises
    ------
    ValueError
        If the market has no such customer.
    """

    def __init__(self, scenario: Scenario, seed: int, customers: Sequence[int] | NDArray[np.int64]) -> None:
        self.watched = np.asarray(customers, np.int64)
        if self.watched.size and (self.watched.min() < 1 or self.watched.max() > scenario.customers):
            raise ValueError(f"customers: numbers go from 1 to {scenario.customers}, not {self.watched.min()} to {self.watched.max()}")
        super().__init__(scenario, seed, threads=1)
        # Which of the watched a block has, and in which of its rows.
        self._where = [np.flatnonzero((self.watched > block.first) & (self.watched <= block.first + block.n)) for block in self.blocks]
        self._rows = [self.watched[where] - 1 - block.first for where, block in zip(self._where, self.blocks, strict=True)]
        self._noted: list[Table] = []
        self.events = self._nothing()

    def look(self) -> Month:
        """Return the watched customers as they are now, and what happened to them this month."""
        held: Table = {}
        for name, declared in columns().items():
            first = getattr(self.blocks[0], name)
            shape = (self.watched.size, len(self.firms)) if declared.metadata["dyad"] else (self.watched.size,)
            held[name] = np.empty(shape, first.dtype)
            for where, rows, block in zip(self._where, self._rows, self.blocks, strict=True):
                held[name][where] = getattr(block, name)[..., rows].T
        return Month(self.month, held, dict(self.events))

    def on_other_luck(self, seed: int) -> None:
        """Let everything from the next month on happen by another seed's luck: what else could have become of the same market.

        Customers also meet other far acquaintances, and shop at another outlet where there are distributors: both are drawn by the seed.
        """
        self.seed = seed
        self.web._seed = seed

    def _nothing(self) -> Table:
        shape = (self.watched.size, len(self.firms))
        return {name: np.full(shape, np.nan if name in ONLY_BOUGHT else 0.0, np.float32) for name in EVENTS}

    def _carry_out(self, now: Now) -> dict[tuple[int, bool], Outcome]:
        self._noted = []
        done = super()._carry_out(replace(now, rules=self._listening(now.rules)))
        self.events = self._nothing()
        for where, rows, noted in zip(self._where, self._rows, self._noted, strict=True):
            for name in EVENTS:
                self.events[name][where] = noted[name][:, rows].T
        for name in ONLY_BOUGHT:
            self.events[name][self.events["quantity"] == 0] = np.nan
        return done

    def _listening(self, rules: Mechanisms) -> Mechanisms:
        """Return the rules with ears: blocks come one after the other, and their notes with them."""
        ears: Mapping[str, tuple[str, Note]] = {
            "need": ("purchases", self._needed), "experience": ("performance", self._performed), "commitment_trust": ("trust", self._trusted),
            "accounts": ("amounts", self._booked),
        }  # fmt: skip
        return rules.model_copy(update={slot: _Heard(getattr(rules, slot), method, note) for slot, (method, note) in ears.items()})

    def _needed(self, asked: tuple[Any, ...], answer: Any) -> None:
        """Begin a block's notes: of those that are listened to, need comes first."""
        buys = answer > 0
        if self.present.market.setting == "contractual":
            buys = buys | (self.blocks[len(self._noted)].current >= 0)  # a subscriber needs a purchase every month
        self._noted.append({"who": np.flatnonzero(buys), "n": np.array(buys.size)})

    def _performed(self, asked: tuple[Any, ...], answer: Any) -> None:
        noted = self._noted[-1]
        whole = np.full((len(answer), int(noted["n"])), np.nan, np.float32)
        whole[:, noted["who"]] = answer
        noted["performance"] = whole

    def _trusted(self, asked: tuple[Any, ...], answer: Any) -> None:
        _, overall, _, contact, taken, *_ = asked
        self._noted[-1] |= {"episode_satisfaction": overall, "contact": contact, "surplus_taken": taken}

    def _booked(self, asked: tuple[Any, ...], answer: Any) -> None:
        bought, paid, rebate, _, fate, on_file, *_ = asked
        self._noted[-1] |= {"quantity": bought, "paid": paid, "rebate": rebate, "fate": fate, "on_file": on_file, "contribution": answer[2]}


def replay(scenario: Scenario, seed: int, customers: Sequence[int] | NDArray[np.int64]) -> Iterator[Month]:
    """Run a market again and yield chosen customers month by month, from the start (month 0) to the end.

    Parameters
    ----------
    scenario : Scenario
        What ran.
    seed : int
        The replication's seed.
    customers : sequence of int
        Whom to look at, numbered as in the table ``customers``, from 1.

    Yields
    ------
    Month
        Arrays of its own: what is kept of one month does not change in the next.

    Raises
    ------
    ValueError
        If the market has no such customer.
    """
    model = ListeningModel(scenario, seed, customers)
    yield model.look()
    while model.running:
        model.step()
        yield model.look()


def stored(directory: Path | str, run: str = "") -> Stored:
    """Return one replication of a run directory, to be run again: the first one where ``run`` is empty.

    Raises
    ------
    StoreError
        As :func:`all_stored`.
    """
    return all_stored(directory, run)[0]


def all_stored(directory: Path | str, run: str = "") -> list[Stored]:
    """Return the replications of a run directory, to be run again.

    Parameters
    ----------
    directory : Path or str
        A run directory.
    run : str
        One replication's identity, as in the column ``run`` of every table; all where empty.

    Raises
    ------
    StoreError
        If the directory, or such a replication, is not there, or its scenario is not one that this version knows.
    """
    from pydantic import ValidationError

    place = Path(directory)
    facts = _facts(place)
    labels = [store.Run(one["run"], one["scenario"], int(one["replication"]), int(one["seed"])) for one in facts["runs"]]
    found = [label for label in labels if label.run == run or not run]
    if not found:
        raise StoreError(f"{place}: there is no replication {run!r}; there is {', '.join(label.run for label in labels)[:200]}")
    try:
        # JSON has lists where a scenario has tuples; a strict check takes them for tuples only where it reads JSON itself.
        scenarios = {one["name"]: Scenario.model_validate_json(json.dumps(one["content"])) for one in facts["scenarios"]}
    except ValidationError as error:
        problem = error.errors()[0]
        at = ".".join(map(str, problem["loc"]))
        raise StoreError(f"{place}: its scenario is not one that this version knows ({at}: {problem['msg']}); run it again first") from error
    return [Stored(label, scenarios[label.scenario], facts) for label in found]


def _facts(place: Path) -> dict[str, Any]:
    if not place.is_dir():
        raise StoreError(f"{place}: there is no such run directory")
    try:
        return manifest.read(place)
    except (OSError, ValueError) as error:
        raise StoreError(f"{place}: is not a run directory (no {manifest.NAME} that this program wrote)") from error


def differs(facts: Mapping[str, Any]) -> str:
    """Return a sentence for the reader where the model is no longer the one that ran; empty where it is the same.

    Parameters
    ----------
    facts : mapping
        The run's manifest.
    """
    if facts["model_sha256"] == manifest.model_digest():
        return ""
    return f"the model has changed since the run ({str(facts['model_sha256'])[:12]} then): what is replayed need not be what its tables say"
