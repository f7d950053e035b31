"""A lesson's answer: a small version of a scenario, carried out a few times, so that what is measured has intervals."""

import time
from dataclasses import dataclass
from typing import Any

from results.dashboard.live.market import Pause
from results.dashboard.live.work import FINISHED, NEVER, RUNNING, News
from sim.scenario import Scenario

CUSTOMERS, REPLICATIONS = 5_000, 5
"""Size of the small version: intervals of a few percent in some seconds."""


@dataclass(frozen=True)
class Answer:
    """A scenario to be measured.

    Attributes
    ----------
    scenario : Scenario
        What runs.
    replications : int
        How often, on the scenario's seed and those after it.
    """

    scenario: Scenario
    replications: int = REPLICATIONS

    def begin(self) -> "Measuring":
        """Set the first market up."""
        return Measuring(self)


class Measuring:
    """A scenario that is carried out some times; a row of its news is the table ``firm_months`` of one replication.

    Parameters
    ----------
    task : Answer
        What was asked for.
    """

    def __init__(self, task: Answer) -> None:
        from sim.market import MarketModel  # imports mesa and numba: only where a market runs

        self._make, self._task, self._replication, self._over = MarketModel, task, 0, False
        self._model = MarketModel(task.scenario, seed=task.scenario.seed)

    def due(self) -> float:
        """Return when the next month is to be carried out: at once, until all are."""
        return NEVER if self._over else time.monotonic()

    def turn(self) -> News:
        """Carry out a month."""
        self._model.step()
        return self._news() if self._model.running else self._news(self._ended())

    def told(self, order: Any) -> News:
        """Stop where it is, when asked to."""
        self._over = self._over or isinstance(order, Pause)
        return self._news()

    def _ended(self) -> Any:
        """Return the table of the replication that has ended, and begin the next."""
        import pandas as pd

        scenario, k = self._task.scenario, self._replication
        table = pd.DataFrame(self._model.ledger.firm_months())
        table.insert(0, "replication", k)
        table.insert(0, "scenario", scenario.name)
        self._replication += 1
        self._over = self._replication == self._task.replications
        if not self._over:
            self._model = self._make(scenario, seed=scenario.seed + self._replication)
        return table

    def _news(self, *rows: Any) -> News:
        periods = self._task.scenario.periods
        done = self._replication * periods + (0 if self._over and rows else self._model.month)
        return News(FINISHED if self._over else RUNNING, done, self._task.replications * periods, rows)
