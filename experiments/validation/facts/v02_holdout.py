"""V2: the cohort's repeat purchases in the weeks that the fit has not seen (Fader, Hardie & Lee 2005)."""

import math

import numpy as np
from numpy.typing import NDArray

from experiments.validation.cohort import ALIKE, AS_IT_IS, AS_SHIPPED, CALIBRATION, NOBODY_LEAVES, cohorts, foretold, log, weeks
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding

RESAMPLES = 2000


def measure(effort: Effort) -> Evidence:
    """Return repeats by the last week, the mean error over the holdout, and the course of both, with what it rests on taken away."""
    found, last = cohorts(effort), weeks()
    seen = np.array([float(log().repeats_by(week)) for week in range(1, last + 1)])
    courses = {name: np.array([watched.repeats for watched in watched_all]) for name, watched_all in found.items()}
    ours = courses[AS_IT_IS]
    calendar = list(range(1, last + 1))
    axes = Axes("Repeat purchases of the cohort", f"week; the fit has seen weeks 1 to {CALIBRATION}", "cumulative repeat purchases")
    return Evidence(
        findings=[
            Finding.over(
                f"repeat purchases by week {last}", ours[:, -1], least=0.92 * seen[-1], most=1.08 * seen[-1], unit="purchases", target=seen[-1]
            ),
            _error_with_interval(f"mean error of weeks {CALIBRATION + 1} to {last}", ours, seen, most=0.05),
            *(Finding(f"the same, {name}", error(course, seen), math.nan, math.nan, 0, unit="share") for name, course in foretold().items()),
            *(_error_with_interval(f"the same, {name}", courses[name], seen) for name in (AS_SHIPPED, NOBODY_LEAVES, ALIKE)),
        ],
        curves=[
            axes.curve("published", calendar, seen),
            axes.over("simulated", calendar, list(ours.T)),
            *(axes.curve(name, calendar, course) for name, course in foretold().items()),
            *(axes.curve(name, calendar, courses[name].mean(axis=0)) for name in (NOBODY_LEAVES, ALIKE)),
        ],
        note="Errors are of the mean over seeds, week by week, with bootstrap intervals over seeds. BG/NBD and Pareto/NBD are the formulas, "
        "fitted to the same weeks; they have no luck in them.",
    )  # fmt: skip


def error(course: NDArray[np.float64], seen: NDArray[np.float64]) -> float:
    """Return the mean absolute relative error of cumulative repeats in the weeks after the calibration."""
    return float(np.mean(np.abs(course[CALIBRATION:] / seen[CALIBRATION:] - 1.0)))


def _error_with_interval(what: str, courses: NDArray[np.float64], seen: NDArray[np.float64], most: float = float("inf")) -> Finding:
    chance, n = np.random.default_rng(1), len(courses)
    found, low, high = error(courses.mean(axis=0), seen), float("nan"), float("nan")
    if n > 1:
        again = [error(courses[chance.integers(0, n, n)].mean(axis=0), seen) for _ in range(RESAMPLES)]
        low, high = (float(end) for end in np.quantile(again, [0.025, 0.975]))
    return Finding(what, found, low, high, n, most=most, unit="share")


FACT = Fact(
    number=2,
    title="CDNOW repeat buying, holdout",
    statement="The same customers came back on 4,339 days by week 78; models fitted to weeks 1 to 39 foretell the course within a few per cent.",
    sources=("fader2005", "schmittlein1987"),
    measure=measure,
)
