"""What the command line does to calibrate: read, fit, look at what was not fitted, and keep a scenario that can be run."""

import hashlib
import json
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments import parameter_sets
from experiments.calibration import holdout, market, moments, retention, simulated, transactions, words
from experiments.calibration.cohort import Cohort, cohort, length
from experiments.calibration.market import Shop
from experiments.commands import RUNS, STOPPED
from experiments.estimators import GammaGamma
from results import manifest, sheet, show, store
from results.figures import holdout as drawn
from results.language import say
from results.store import StoreError
from scenarios.errors import ScenarioError
from sim.mechanisms.consideration import Consideration
from sim.scenario import Scenario
from sim.units import Period

RECEIPT = "calibration.json"
"""Written last: a directory that has it is a finished calibration."""
KEPT = "evaluations.jsonl"
SCENARIO = "scenario.toml"
FEWEST_PLAYED, MOST_PLAYED = 8_000, 16_000
"""Simulated customers of one evaluation: enough that the simulation's own luck is small beside the log's."""
PERIODS: tuple[Period, ...] = ("week", "month")


@dataclass(frozen=True)
class Asked:
    """What a calibration is asked for, and where it goes."""

    file: Path
    place: Path
    command: str
    progress: Callable[[str, int, int], None]


def calibrate(
    file: str, *, customer: str, when: str, amount: str, period: str, calibration_end: str, out: str, force: bool,
) -> int:  # fmt: skip
    """Calibrate a market to a log or a table of retention; return the exit code.

    Raises
    ------
    ScenarioError, StoreError
        If the file cannot be used, or there are results already; one sentence.
    """
    path = Path(file)
    if not path.is_file():
        raise ScenarioError(f"{file}: there is no such file")
    if period not in PERIODS:
        raise ScenarioError(f"--period {period}: allowed: {', '.join(PERIODS)}")
    place = Path(out) if out else RUNS / f"calibration-{store.slug(path.stem)}"
    _check(place, force)
    asked = Asked(path, place, shlex.join(["python", "run.py", *sys.argv[1:]]), _progress)
    try:
        if not customer and retention.is_one(path):
            return _retention(asked, retention.read(path, calibration_end), force=force)
        log = transactions.read(path, customer=customer, when=when, amount=amount)
        data = cohort(log, "week" if period == "week" else "month", _date(calibration_end), file)
        return _purchases(asked, log, data, force=force)
    except KeyboardInterrupt:
        print(f"stopped; the same command goes on where it was, from {place / KEPT}", file=sys.stderr)
        return STOPPED


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ScenarioError(f"--calibration-end {text}: is not a date; write it as 2024-03-31") from None


def _check(place: Path, force: bool) -> None:
    """Refuse a place that holds something else, or a finished calibration."""
    there = {path.name for path in place.iterdir()} if store.check_directory(place) else set()
    if RECEIPT in there and not force:
        raise store.exists_already(place)
    if there and not there & {RECEIPT, KEPT}:
        raise StoreError(f"{place}: holds something else than a calibration; choose another place with --out")


def _begin(asked: Asked, force: bool) -> None:
    """Make the place; what another calibration left there goes, but for the evaluations of one that was stopped."""
    if force and (asked.place / RECEIPT).exists():
        shutil.rmtree(asked.place)
    try:
        asked.place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{asked.place}: cannot be written ({store.reason(error)})") from error


def _digest(observed: NDArray[np.float64], more: list[Any]) -> str:
    """Return what is fitted, as a digest: the data, the model, and how."""
    text = json.dumps([[float(value) for value in observed], manifest.model_digest(), *more])
    return hashlib.sha256(text.encode()).hexdigest()


def _purchases(asked: Asked, log: transactions.Transactions, data: Cohort, *, force: bool) -> int:
    """Calibrate a noncontractual market."""
    try:
        analytic = holdout.models(data)
    except ValueError as error:
        raise ScenarioError(f"{asked.file}: {error}") from None
    spend, correlation = _spend(data)
    found_bg = analytic.bg
    months = length("month") / length(data.period)
    mean_age = float(np.mean(data.last - data.begun)) / length("month")
    shop = Shop(
        asked.file.stem[:50] or "log", asked.file.name, data.n, max(1, round(mean_age)), data.period, spend.mean if spend else None,
    )  # fmt: skip
    alike = float(np.clip(found_bg.a + found_bg.b, 0.05, 1e4)) / (found_bg.a + found_bg.b)
    free = market.free_purchases(
        float(np.clip(found_bg.r, 0.01, 100.0)), float(np.clip(found_bg.r / found_bg.alpha * months, 1e-3, 60.0)),
        alike * found_bg.a, alike * found_bg.b, Consideration().variety,
    )  # fmt: skip
    each, played, longest = data.moments(), int(np.clip(data.n, FEWEST_PLAYED, MOST_PLAYED)), int(data.watched.max())

    def build(values: list[float], customers: int) -> Scenario:
        return market.market(replace(shop, customers=customers), values, contractual=False)

    _begin(asked, force)
    observed = each.mean(axis=0)
    problem = _digest(observed, [data.n, data.period, [one.start for one in free], played, [int(value) for value in np.bincount(data.watched)]])
    fitted = moments.fit(
        free, observed, np.cov(each.T), data.n, played,
        lambda values: simulated.mean_moments(simulated.bought(build(list(values), played), 1, longest), data),
        moments.Evaluations(asked.place / KEPT, problem), lambda n: asked.progress("fit", n, 0),
    )  # fmt: skip
    seen = holdout.analyse(data, analytic, fitted, build, lambda n: asked.progress("holdout", n, holdout.REPLICATIONS))
    tables = {"parameters": words.parameters(fitted), "curve": seen.curve, "classes": seen.classes, "errors": seen.errors}
    sentences = [*words.of_log(log, data), *words.of_holdout(seen), *words.of_fit(fitted), *words.of_spend(spend, correlation)]
    figure = drawn.figure(
        seen.curve, "repeats", split=data.periods, title=say("Repeat purchases so far"),
        x_title=say("week") if data.period == "week" else say("month"), y_title=say("repeat purchases of all customers"),
        note=say("the dotted line ends the calibration; the band is a 95 % interval"), happened=holdout.ACTUAL, names=words.names(),
    )  # fmt: skip
    shown = [(say("What simulation fitted"), words.parameter_table(tables["parameters"])), (say("Analytic models"), words.analytic_table(analytic))]
    if len(seen.classes):
        shown.append((say("Purchases of a customer in the holdout, by recency and frequency"), words.class_table(seen.classes)))
    return _keep(asked, shop, fitted, tables, sentences, [figure], shown, contractual=False)


def _spend(data: Cohort) -> tuple[GammaGamma | None, float]:
    """Return what customers spend, and how that goes with how often they come; nothing where the log does not tell."""
    known = (data.amount_days > 0) & (data.amount_sum > 0)
    average = data.amount_sum[known] / data.amount_days[known]
    try:
        spend = GammaGamma.fit(data.amount_days[known], average)
    except ValueError:
        return None, 0.0
    varied = np.ptp(data.amount_days[known]) > 0
    return (spend if spend.q > 1.0 else None), float(np.corrcoef(data.amount_days[known], average)[0, 1]) if varied else 0.0


def _retention(asked: Asked, data: retention.Retention, *, force: bool) -> int:
    """Calibrate a contractual market."""
    analytic = retention.model(data)
    shop = Shop(asked.file.stem[:50] or "table", asked.file.name, int(data.customers[0]), len(data.customers) - 1, "month", None)
    free = market.free_renewals(analytic.a, float(np.clip(analytic.a + analytic.b, 0.02, 1e4) - analytic.a))
    n, played = int(data.customers[0]), int(np.clip(data.customers[0], FEWEST_PLAYED, MOST_PLAYED))

    def build(values: list[float], customers: int) -> Scenario:
        return market.market(replace(shop, customers=customers), values, contractual=True)

    _begin(asked, force)
    observed = data.shares
    fitted = moments.fit(
        free, observed, np.diag(observed) - np.outer(observed, observed), n, played,
        lambda values: retention.moments(build(list(values), played), data),
        moments.Evaluations(asked.place / KEPT, _digest(observed, [n, played, [one.start for one in free]])),
        lambda done: asked.progress("fit", done, 0),
    )  # fmt: skip
    curve = retention.curve(data, analytic, fitted, build, lambda done: asked.progress("holdout", done, holdout.REPLICATIONS))
    tables = {"parameters": words.parameters(fitted), "curve": curve}
    sentences = [*words.of_retention(curve, data, analytic), *words.of_fit(fitted)]
    figure = drawn.figure(
        curve, "share", split=data.months, title=say("Customers still there"), x_title=say("month"), y_title=say("share of the cohort"),
        note=say("the dotted line ends the calibration; the band is a 95 % interval"), happened=holdout.ACTUAL, names=words.names(),
    )  # fmt: skip
    shown = [(say("What simulation fitted"), words.parameter_table(tables["parameters"]))]
    return _keep(asked, shop, fitted, tables, sentences, [figure], shown, contractual=True)


def _keep(
    asked: Asked, shop: Shop, fitted: moments.Fitted, tables: dict[str, pd.DataFrame], sentences: list[str], figures: list[Any],
    shown: list[tuple[str, pd.DataFrame]], *, contractual: bool,
) -> int:  # fmt: skip
    """Write the scenario, what is open of it, the tables, the page and the receipt, and print what came out; return the exit code."""
    limits = words.cannot_tell(contractual=contractual)
    facts = {"relmarket": manifest.own_version(), "model_sha256": manifest.model_digest(), "command": asked.command}
    for name, table in tables.items():
        if len(table):
            store.write_table(asked.place / f"{name}.parquet", table, facts)
    (asked.place / SCENARIO).write_text(market.text(shop, fitted.levels, contractual=contractual), encoding="utf-8")
    luck = np.random.default_rng(1)
    found, *draws = (
        market.settings(values, contractual=contractual) for values in (fitted.levels, *(fitted.draw(luck) for _ in range(parameter_sets.DRAWS)))
    )
    parameter_sets.write(asked.place, found, draws, facts)
    page = sheet.write(
        sheet.Sheet(
            title=say("Calibration: {file}", file=asked.file.name), kind=say("calibration"), question="",
            sentences=[*sentences, *limits], figures=figures, tables=shown,
            origin=sheet.origin(facts),
        ),
        asked.place,
    )  # fmt: skip
    receipt = {**facts, "finished": manifest.now(), "log_sha256": hashlib.sha256(asked.file.read_bytes()).hexdigest()}
    (asked.place / RECEIPT).write_text(json.dumps(receipt, indent=2) + "\n", encoding="utf-8")
    out = show.console()
    for sentence in sentences:
        out.print(sentence, soft_wrap=True, markup=False)
    out.print("")
    for row in tables["parameters"].to_dict("records"):
        told = "" if row["told"] else say(" (hardly told by the data)")
        out.print(f"  {row['parameter']:<12} {row['value']:.4g}  [{row['low']:.4g}, {row['high']:.4g}]{told}", markup=False)
    out.print("")
    for sentence in limits:
        out.print(sentence, soft_wrap=True, markup=False)
    show.kept(page, scenario=asked.place / SCENARIO)
    return 0


def _progress(what: str, done: int, total: int) -> None:
    """Say on stderr how far it is: every tenth evaluation or market."""
    if done % 10 == 0:
        of = f" of {total}" if total else ""
        print(f"calibrate: {what}: {done}{of} markets played", file=sys.stderr, flush=True)
