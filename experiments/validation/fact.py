"""A fact: what was published, how it is measured on the model, and which range is accepted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf, isnan
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.intervals import interval
from sim.scenario import Scenario

Numbers = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True)
class Finding:
    """One number that was measured, beside the range in which it has to lie.

    Parameters
    ----------
    what : str
        What was measured, in words.
    value : float
        Its mean over replications.
    low, high : float
        The mean's 95 % interval; equal to the value where nothing is random.
    n : int
        Replications behind it.
    least, most : float
        The accepted range, from the design and never widened; infinite where a side is open. If both are infinite it is shown, but not judged.
    unit : str
        Unit, as measures state it: ``share``, ``purchases``, ``ratio``, ``currency``.
    target : float
        The published number itself, where there is one.
    """

    what: str
    value: float
    low: float
    high: float
    n: int
    least: float = -inf
    most: float = inf
    unit: str = ""
    target: float = float("nan")

    @classmethod
    def over(cls, what: str, values: Numbers, *, least: float = -inf, most: float = inf, unit: str = "", target: float = float("nan")) -> Self:
        """Return the mean of one number per replication with its 95 % t-interval, beside the accepted range.

        Parameters
        ----------
        what : str
            What was measured.
        values : sequence of float, or ndarray
            One number per replication; a missing one makes the finding missing, since a mean of the others would hide it.
        least, most, unit, target
            As of a finding.
        """
        mean, low, high, n = interval(values) if not any(isnan(value) for value in values) else (float("nan"),) * 3 + (len(values),)
        return cls(what, mean, low, high, n, least, most, unit, target)

    @property
    def judged(self) -> bool:
        """Whether there is a range to be in."""
        return self.least > -inf or self.most < inf

    @property
    def passed(self) -> bool:
        """Whether the mean lies in the accepted range; a number that is missing does not."""
        return not self.judged or (not isnan(self.value) and self.least <= self.value <= self.most)


@dataclass(frozen=True)
class Curve:
    """A line or a set of points of a fact's figure: x against y, with an interval where there is one.

    Parameters
    ----------
    panel : str
        Title of the panel that it is drawn in.
    series : str
        Name of the line; ``published`` is drawn as the target.
    x, y : sequence of float
        Points, equally many.
    low, high : sequence of float
        Intervals of y; empty where there are none.
    x_title, y_title : str
        Axes, with units.
    points : bool
        Whether points are drawn instead of a line.
    """

    panel: str
    series: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    x_title: str = ""
    y_title: str = ""
    points: bool = False

    def table(self) -> pd.DataFrame:
        """Return one row per point."""
        nothing = [float("nan")] * len(self.x)
        return pd.DataFrame(
            {
                "panel": self.panel, "series": self.series, "x": list(self.x), "y": list(self.y), "low": list(self.low) or nothing,
                "high": list(self.high) or nothing, "x_title": self.x_title, "y_title": self.y_title, "points": self.points,
            }
        )  # fmt: skip


@dataclass(frozen=True)
class Axes:
    """A panel of a fact's figure, which makes its curves.

    Parameters
    ----------
    panel : str
        Its title.
    x_title, y_title : str
        Axes, with units.
    """

    panel: str
    x_title: str
    y_title: str

    def curve(self, series: str, x: Numbers, y: Numbers, *, points: bool = False) -> Curve:
        """Return a line, or points, without intervals."""
        return Curve(self.panel, series, _listed(x), _listed(y), x_title=self.x_title, y_title=self.y_title, points=points)

    def over(self, series: str, x: Numbers, values: Sequence[Numbers], *, points: bool = False) -> Curve:
        """Return means of replications with their 95 % t-intervals: ``values`` has one row per point, in it one number per replication."""
        found = [interval(row) for row in values]
        y, low, high = ([one[place] for one in found] for place in range(3))
        return Curve(self.panel, series, _listed(x), y, low, high, self.x_title, self.y_title, points)


def _listed(numbers: Numbers) -> list[float]:
    return [float(number) for number in numbers]


@dataclass(frozen=True)
class Evidence:
    """What was found about a fact: its numbers, the curves of its figure, and a sentence on how to read them."""

    findings: Sequence[Finding]
    curves: Sequence[Curve] = ()
    note: str = ""


Runs = Callable[[Sequence[Scenario], Sequence[int], Callable[[Any], Any]], list[list[Any]]]
"""Carries scenarios out on seeds: one list for each scenario, in it one answer for each seed."""


def in_turn(scenarios: Sequence[Scenario], seeds: Sequence[int], watch: Callable[[Any], Any]) -> list[list[Any]]:
    """Return what ``watch`` makes of every model, one after the other in this process.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Markets.
    seeds : sequence of int
        Seeds on which each of them is run.
    watch : callable
        Gets the model before its first month.
    """
    from sim import MarketModel  # imports mesa and numba: only where a model runs

    return [[watch(MarketModel(scenario, seed=seed)) for seed in seeds] for scenario in scenarios]


@dataclass(frozen=True)
class Effort:
    """How much work a fact may cost, and how its runs are carried out.

    Parameters
    ----------
    quick : bool
        Whether the answer is wanted in seconds: fewer replications, wider intervals, the same ranges.
    run : callable
        ``run(scenarios, seeds, collect)`` carries out every scenario on every seed, on as many processes as there are, and returns ``collect(model)``
        in the order scenario by scenario, seed by seed. ``collect`` is a function of a module (processes must find it); it gets the finished model.
    play : callable
        ``play(scenarios, seeds, watch)`` is the same for what has to be read month by month: ``watch(model)`` gets the model before its first
        month, steps it itself and returns what it saw.
    """

    quick: bool
    run: Runs = field(repr=False)
    play: Runs = field(repr=False, default=in_turn)

    def seeds(self, full: int = 30, quick: int = 4) -> range:
        """Return the seeds: the design asks for 30 a setting, fewer where the interval is far inside the range."""
        return range(1, 1 + (quick if self.quick else full))


@dataclass(frozen=True)
class Fact:
    """A published fact that the model has to reproduce.

    Parameters
    ----------
    number : int
        Its number in the list of facts; shown as ``V12``.
    title : str
        Its name.
    statement : str
        What was published, in one sentence.
    sources : tuple of str
        Keys of ``sim/sources.toml``.
    measure : callable
        Measures it: the effort in, the evidence out.
    """

    number: int
    title: str
    statement: str
    sources: tuple[str, ...]
    measure: Callable[[Effort], Evidence] = field(repr=False)

    @property
    def name(self) -> str:
        """Its number as people write it: ``V12``."""
        return f"V{self.number}"
