"""Sets of parameters that data leave open: a table beside a scenario, from which a forecast draws.

Theory
    A calibration finds parameters and how far off they may be. Whoever plays on with the found values alone shows luck and calls it uncertainty;
    futures that are played with sets drawn from what the data leave open show both.
Equation
    theta ~ N(found, covariance) on the free scale; the covariance is that of :mod:`experiments.calibration.moments`.
Limits
    What the scenario assumes is not in the sets: it is open too, and the data do not say how far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from results import store
from results.language import say
from scenarios.files import locate
from sim.scenario import Scenario

NAME = "parameter_sets.parquet"
DRAWS = 400
"""Draws that are kept: more than a forecast has futures."""
ROUNDED = 1e-5
"""Relative difference between a number of the table and the same in a scenario file, which has six digits."""


@dataclass(frozen=True)
class Beside:
    """What lies beside a scenario.

    Attributes
    ----------
    draws : tuple of mapping
        Values by their path in the scenario; empty where nothing says what is open.
    note : str
        Why a table that is there does not count; empty if it does, or none is there.
    """

    draws: tuple[Mapping[str, float], ...] = ()
    note: str = ""


def write(place: Path, found: Mapping[str, float], draws: Sequence[Mapping[str, float]], facts: Mapping[str, str]) -> None:
    """Keep the found values, which the scenario has, and the draws beside it.

    Parameters
    ----------
    place : Path
        The scenario's directory.
    found : mapping
        The found values, by their path in the scenario: the first row.
    draws : sequence of mapping
        The same of each draw.
    facts : mapping
        Texts embedded in the file.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    store.write_table(place / NAME, pd.DataFrame([dict(one) for one in (found, *draws)]), facts)


def beside(scenario: Scenario, source: str) -> Beside:
    """Return the sets that lie beside a scenario's file, if they are of this scenario.

    Parameters
    ----------
    scenario : Scenario
        What the file says.
    source : str
        The file, or the name of a shipped scenario.

    Raises
    ------
    StoreError
        If a table is there and cannot be read.
    """
    path = locate(source).with_name(NAME)
    if not path.is_file():
        return Beside()
    found, *draws = ({str(name): float(value) for name, value in row.items()} for row in store.read_table([path]).to_dict("records"))
    for name, value in found.items():
        if not _has(scenario, name, value):
            return Beside(
                note=say("{name} is not {value}, as it was calibrated: the calibration's sets of parameters are left out", name=name,
                         value=f"{value:.4g}")
            )  # fmt: skip
    return Beside(tuple(draws))


def _has(scenario: Scenario, path: str, value: float) -> bool:
    """Whether a scenario has a value at a path, to the digits of its file."""
    place: object = scenario
    for step in path.split("."):
        if isinstance(place, tuple):
            place = place[int(step)] if int(step) < len(place) else None
        else:
            place = getattr(place, step, None)
    return isinstance(place, float) and bool(np.isclose(place, value, rtol=ROUNDED, atol=0.0))
