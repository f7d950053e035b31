"""How far to trust a calibration: what it says of periods that it did not see, beside BG/NBD and Pareto/NBD fitted to the same ones."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.calibration import simulated
from experiments.calibration.cohort import Cohort, class_names, frequency_class, length
from experiments.calibration.moments import Fitted
from experiments.estimators import BgNbd, ParetoNbd, RepeatBuying, aggregated
from experiments.estimators.repeat_buying import expected_purchases
from sim.scenario import Scenario

Vector = NDArray[np.float64]
REPLICATIONS = 20
"""Markets played for the intervals, each on its own luck and with parameters drawn from what the fit leaves open."""
MOST_PLAYED = 8_000
ACTUAL, OURS, BG, PARETO = "log", "simulation", "BG/NBD", "Pareto/NBD"
FIRST_SEED = 1_000
"""The fit met the luck of seed 1; what is said of the holdout meets other luck."""
NEVER_BACK = "none"
EARLY, LATE = "first half", "second half"


@dataclass(frozen=True)
class Holdout:
    """What came out.

    Attributes
    ----------
    curve : DataFrame
        ``period``, ``series``, ``repeats``, ``low``, ``high``: repeats of all customers by the end of each period of the calendar.
    classes : DataFrame
        ``frequency``, ``recency``, ``customers`` and a column per series: purchases of a customer in the holdout, mean of her class.
    errors : DataFrame
        ``series``, ``mape``, ``at_end``, ``classes``: mean absolute error of the curve in the holdout, error of its last point, and mean
        absolute error over classes relative to the mean purchase, weighted by customers; all as shares.
    inside : float
        Share of the holdout's periods whose actual number lies in the simulation's 95 % interval.
    """

    curve: pd.DataFrame
    classes: pd.DataFrame
    errors: pd.DataFrame
    inside: float


@dataclass(frozen=True)
class Analytic:
    """The analytic models fitted to the calibration."""

    bg: BgNbd
    pareto: ParetoNbd

    def items(self) -> tuple[tuple[str, BgNbd | ParetoNbd], ...]:
        """Return the models with their names."""
        return ((BG, self.bg), (PARETO, self.pareto))


def models(data: Cohort) -> Analytic:
    """Return the analytic models fitted to the calibration.

    Raises
    ------
    ValueError
        If they cannot be fitted.
    """
    histories = data.histories()
    return Analytic(BgNbd.fit(histories), ParetoNbd.fit(histories))


def analyse(
    data: Cohort, analytic: Analytic, found: Fitted, market: Callable[[list[float], int], Scenario], progress: Callable[[int], None]
) -> Holdout:
    """Play the calibrated market and compare.

    Parameters
    ----------
    data : Cohort
        The log's customers.
    analytic : Analytic
        From :func:`models`.
    found : Fitted
        The free parameters and what is open of them.
    market : callable
        From the parameters' values and a number of customers to a scenario.
    progress : callable
        Called with the number of markets played.
    """
    luck = np.random.default_rng(FIRST_SEED)
    n = min(data.n, MOST_PLAYED)
    curves, told = [], []
    periods = int((data.last - 1) / length(data.period)) + 1
    for number in range(REPLICATIONS):
        counts = simulated.bought(market(found.draw(luck), n), FIRST_SEED + number, periods)
        curves.append(simulated.calendar(counts, data))
        told.append(np.stack(simulated.conditional(counts, data)))
        progress(number + 1)
    curve = _curve(data, analytic, np.array(curves))
    classes = _classes(data, analytic, np.concatenate(told, axis=1))
    errors, inside = _errors(data, curve, classes)
    return Holdout(curve, classes, errors, inside)


def _curve(data: Cohort, analytic: Analytic, played: Vector) -> pd.DataFrame:
    """Return the curves; the simulation's with the interval that the log's own number lies in, if the market is right."""
    period = np.arange(1, data.all_periods + 1)
    mean = played.mean(axis=0)
    half = 1.96 * played.std(axis=0, ddof=1) * np.sqrt(1.0 + 1.0 / len(played))
    lines = {ACTUAL: (data.curve(), None), OURS: (mean, half)} | {name: (_expected(data, model), None) for name, model in analytic.items()}
    nothing = np.full(len(period), np.nan)
    return pd.concat(
        [
            pd.DataFrame({
                "period": period, "series": name, "repeats": values, "low": nothing if half is None else np.maximum(values - half, 0.0),
                "high": nothing if half is None else values + half,
            })
            for name, (values, half) in lines.items()
        ],
        ignore_index=True,
    )  # fmt: skip


def _expected(data: Cohort, model: RepeatBuying) -> Vector:
    """Return a model's curve in the log's calendar: between quarters of a period by a straight line."""
    step = length(data.period)
    grid = np.arange(0.0, data.all_periods + 1.0, 0.25)
    values = expected_purchases(model, grid)
    begun, alike = np.unique(data.begun, return_counts=True)
    ends = np.ceil(step * np.arange(1, data.all_periods + 1))
    own = np.maximum((ends[:, None] - 1 - begun) / step, 0.0)
    return np.asarray(np.interp(own, grid, values) @ alike)


def _classes(data: Cohort, analytic: Analytic, told: Vector) -> pd.DataFrame:
    """Return purchases in the holdout by class of frequency and recency in the calibration."""
    histories = data.histories()
    ahead = (data.last - data.end) / length(data.period)
    if ahead <= 0:
        return pd.DataFrame()
    once, place = aggregated(histories)
    lines = {ACTUAL: data.holdout()} | {name: model.conditional_purchases(once, ahead)[place] for name, model in analytic.items()}
    real = _class(histories.repeats, histories.last / np.maximum(histories.observed, 1e-9))
    ours = _class(told[0], told[1])
    rows = []
    for number in np.unique(real):
        members, alike = real == number, ours == number
        rows.append({
            "frequency": class_names()[number // 2],
            "recency": NEVER_BACK if number < 2 else (EARLY, LATE)[number % 2],
            "customers": int(members.sum()),
            ACTUAL: float(lines[ACTUAL][members].mean()),
            OURS: float(told[2][alike].mean()) if alike.any() else float("nan"),
            **{name: float(lines[name][members].mean()) for name, _ in analytic.items()},
        })  # fmt: skip
    return pd.DataFrame(rows)


def _class(repeats: Vector, recency: Vector) -> NDArray[np.int64]:
    """Return the number of each customer's class: frequency, and whether she last came in the second half of the time watched."""
    return np.asarray(2 * frequency_class(repeats) + np.where(repeats > 0, recency > 0.5, 0), np.int64)


def _errors(data: Cohort, curve: pd.DataFrame, classes: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """Return how far off each model is in the holdout, and how often the log lies in the simulation's interval."""
    if classes.empty:
        return pd.DataFrame(), float("nan")
    later = curve[curve["period"] > data.periods]
    actual = later.loc[later["series"] == ACTUAL, "repeats"].to_numpy()
    rows = []
    for name in [series for series in curve["series"].unique() if series != ACTUAL]:
        off = later.loc[later["series"] == name, "repeats"].to_numpy() / np.maximum(actual, 1.0) - 1.0
        by_class = np.average(np.abs((classes[name] - classes[ACTUAL]).fillna(classes[ACTUAL])), weights=classes["customers"])
        mean = max(float(np.average(classes[ACTUAL], weights=classes["customers"])), 1e-12)
        rows.append({"series": name, "mape": float(np.abs(off).mean()), "at_end": float(off[-1]), "classes": float(by_class) / mean})
    ours = later[later["series"] == OURS]
    inside = (actual >= ours["low"].to_numpy()) & (actual <= ours["high"].to_numpy())
    return pd.DataFrame(rows), float(inside.mean())
