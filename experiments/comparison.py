"""Comparing scenarios on the same luck: differences are taken replication by replication, so that noise they share cancels."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.runner import RunError, run_all
from results.differences import paired
from results.frames import Results
from sim.scenario import Scenario


@dataclass(frozen=True)
class Comparison:
    """Results of several scenarios, and their paired differences from the first."""

    results: Results
    differences: pd.DataFrame


def compare(scenarios: Sequence[Scenario], replications: int = 5, **how: object) -> Comparison:
    """Run scenarios on the same seeds and compare each with the first.

    Parameters
    ----------
    scenarios : sequence of Scenario
        At least two, with names of their own. All run on the first one's seed.
    replications : int
        Replications of each.
    **how : object
        ``workers``, ``threads``, ``progress`` as in :func:`experiments.runner.run_to`.

    Returns
    -------
    Comparison
        ``results`` with all tables; ``differences`` as :func:`results.differences.paired` returns them.
    """
    results = run_all(on_one_seed(scenarios), replications, **how)
    return Comparison(results=results, differences=paired(results))


def on_one_seed(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Return the scenarios, all with the first one's seed.

    Raises
    ------
    RunError
        If there are fewer than two.
    """
    if len(scenarios) < 2:
        raise RunError("compare: needs two scenarios or more, to have something to compare")
    return [scenario.but(seed=scenarios[0].seed) for scenario in scenarios]
