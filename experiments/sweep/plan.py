"""A plan: every run of a study, checked before the first one starts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from experiments.sweep import manifest as papers
from experiments.sweep.design import AS_IT_IS, Points
from experiments.sweep.designs.table import Table
from experiments.sweep.factor import Axis, Factor
from experiments.sweep.layout import Layout
from experiments.sweep.study import SCENARIO, Market, Study, StudyError, problem
from experiments.sweep.work import Job
from results import manifest
from scenarios import ScenarioError, load, override, places
from scenarios.errors import MOST_SHOWN
from sim.scenario import Scenario

OWN = {"seed": "seed = ... of the study sets it", "name": "it changes nothing in a run"}
"""Keys of a scenario that a study does not vary, and why."""
IN_MEMORY = 100_000_000
"""Bytes of one table's part in memory, about, when it is put together."""
MOST_IN_PART = 1_000


@dataclass(frozen=True)
class Plan:
    """What is to be run: the study, the scenarios that it starts from, and where every run stands."""

    study: Study
    bases: tuple[Scenario, ...]
    axes: tuple[Axis, ...]
    points: Points
    layout: Layout
    model: str
    _made: dict[int, Scenario] = field(default_factory=dict, init=False, repr=False, compare=False)

    def scenario(self, point: int) -> Scenario:
        """Return the scenario of a point; the last one is at hand, since the replications of a point follow each other."""
        if point not in self._made:
            self._made.clear()
            self._made[point] = _scenario(self.bases, self.axes, self.points[point])
        return self._made[point]

    def job(self, run: int) -> Job:
        """Return the work of a run."""
        point, replication = self.layout.where(run)
        return Job(run, self.scenario(point), self.layout.seed + replication, self.layout.tables, self.model)

    def manifest(self, command: str) -> dict[str, Any]:
        """Return the manifest of the sweep."""
        return papers.describe(
            study=_self_contained(self.study, self.axes, self.points),
            scenarios=[base.model_dump(mode="json") for base in self.bases],
            points=len(self.points),
            part=self.layout.size,
            digest=self.layout.digest,
            notes=self.layout.notes,
            command=command,
        )


def plan(study: Study) -> Plan:
    """Check a study against its scenarios, at every point, and return what is to be run.

    Raises
    ------
    StudyError
        One sentence for each problem: a scenario that is not there, a path that leads nowhere, a value that is not allowed at some point,
        a design that does not suit the factors, a measure or table that the model does not give.
    """
    bases = _bases(study)
    _names_fit(study, bases)
    axes = _axes(study, bases)
    try:
        points = study.design.sample(axes, study.folder)
    except ValueError as error:
        raise problem(study, place="", what=str(error)) from None
    if study.scenarios:  # every scenario meets every point of the design
        names = tuple(base.name for base in bases)
        axes = (Axis(SCENARIO, Factor(values=names)), *axes)
        points = [(name, *point) for name in names for point in points]
    _give_columns(study, bases[0])
    values, digests = _checked(study, bases, axes, points)
    return Plan(study, bases, axes, points, _layout(study, bases, axes, values, digests), manifest.model_digest())


def _bases(study: Study) -> tuple[Scenario, ...]:
    """Return the scenarios that the study starts from, with what the study sets at every point."""
    return tuple(_base(study, market) for market in study.markets)


def _base(study: Study, market: Market) -> Scenario:
    try:
        if isinstance(market, Scenario):
            found = market
        else:
            beside = study.folder / market
            found = load(beside if market.endswith(".toml") and beside.exists() else market)
    except ScenarioError as error:
        raise StudyError(*(str(problem(study, place=SCENARIO, what=text)) for text in error.problems)) from None
    try:
        return override(found, study.set) if study.set else found
    except ScenarioError as error:
        raise StudyError(*(str(problem(study, place="set", what=text)) for text in error.problems)) from None


def _names_fit(study: Study, bases: Sequence[Scenario]) -> None:
    """Refuse scenarios of one name, and factors that are the study's own business."""
    known = [base.name for base in bases]
    twice = [name for name in known if known.count(name) > 1]
    if twice:
        raise problem(study, place="scenarios", what=f"two are called {twice[0]!r}; names must differ")
    places_of = [("set", path) for path in study.set]
    places_of += [(f"factors: {name}", path) for name, factor in study.factors.items() for path in paths(name, factor)]
    for place, path in places_of:
        if path in OWN:
            raise problem(study, place=place, what=f"{path}: is not to be varied; {OWN[path]}")


def paths(name: str, factor: Factor) -> tuple[str, ...]:
    """Return the parameters that a factor sets."""
    return factor.paths or (name,)


def _axes(study: Study, bases: Sequence[Scenario]) -> tuple[Axis, ...]:
    """Return the factors as the design meets them."""
    factors = dict(study.factors)
    if isinstance(study.design, Table) and not factors:
        try:
            factors = {name: Factor(values=(AS_IT_IS,)) for name in study.design.columns(study.folder)}
        except ValueError as error:
            raise problem(study, place="", what=str(error)) from None
    if SCENARIO in study.factors:
        factors[SCENARIO] = Factor(values=tuple(base.name for base in bases))
    return tuple(Axis(name, factor, _is_whole(bases[0], paths(name, factor)[0])) for name, factor in factors.items())


def _is_whole(base: Scenario, path: str) -> bool:
    """Whether a parameter is a whole number."""
    value = at(base, path)
    return isinstance(value, int) and not isinstance(value, bool)


def at(scenario: Scenario, path: str) -> Any:
    """Return the value at a path of a scenario; None if there is none."""
    value: Any = scenario
    for part in path.replace("[", ".").replace("]", "").split("."):
        value = places.inside(value, int(part) if part.isdecimal() and not isinstance(value, Mapping) else part)
    return value


def _give_columns(study: Study, base: Scenario) -> None:
    """Refuse tables and measures that the model does not give, and factors that would hide a column of the tables."""
    from sim import MarketModel  # imports mesa and numba

    probe = MarketModel(base.but(customers=max(50, len(base.segments)), months=1), seed=1)
    probe.run_model()
    tables = {name: tuple(table) for name, table in probe.tables().items()}
    for name in study.tables:
        if name not in tables:
            raise problem(study, place="tables", what=f"there is no table {name!r}{places.perhaps(name, tables)}")
    for measure in study.measures:
        if measure not in tables["summary"]:
            raise problem(study, place="measures", what=f"there is no measure {measure!r} in the summary{places.perhaps(measure, tables['summary'])}")
    taken = {"point", "replication", "seed", "run"} | {column for name in study.tables for column in tables[name]}
    for name in study.factors:
        if name in taken:
            what = f'is a column of the tables too; give the factor another name, with paths = ["{name}"]'
            raise problem(study, place=f"factors: {name}", what=what)


def _scenario(bases: Sequence[Scenario], axes: Sequence[Axis], values: tuple[Any, ...]) -> Scenario:
    """Return the scenario of a point.

    Raises
    ------
    ScenarioError
        If a path leads nowhere or a value is not allowed there.
    """
    given = {axis.name: value for axis, value in zip(axes, values, strict=True) if value is not AS_IT_IS}
    name = given.pop(SCENARIO, bases[0].name)
    base = next((base for base in bases if base.name == name), None)
    if base is None:
        raise ScenarioError(f"{SCENARIO}: there is no {name!r} among the study's scenarios{places.perhaps(str(name), [base.name for base in bases])}")
    factors = {axis.name: axis.factor for axis in axes}
    changes = {path: value for factor, value in given.items() for path in paths(factor, factors[factor])}
    return override(base, changes) if changes else base


def _checked(study: Study, bases: Sequence[Scenario], axes: Sequence[Axis], points: Points) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Return the factors' values at every point, as the scenario has them, and the digest of every point's scenario."""
    problems: dict[str, int] = {}
    values, digests = [], []
    for number, point in enumerate(points):
        try:
            scenario = _scenario(bases, axes, point)
        except ScenarioError as error:
            for text in error.problems:
                problems.setdefault(text, number)
            if len(problems) > MOST_SHOWN:
                break
            continue
        values.append(tuple(scenario.name if axis.name == SCENARIO else _cell(at(scenario, paths(axis.name, axis.factor)[0])) for axis in axes))
        digests.append(manifest.digest(scenario.model_dump(mode="json")))
    if problems:
        raise StudyError(*(str(problem(study, place=f"point {number}", what=text)) for text, number in problems.items()))
    return values, digests


def _cell(value: Any) -> Any:
    """Return a factor's value as it may stand in a table: a rule or a list becomes JSON text."""
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    return json.dumps(value) if isinstance(value, list | tuple | dict) else value


def _layout(study: Study, bases: Sequence[Scenario], axes: Sequence[Axis], values: list[tuple[Any, ...]], digests: list[str]) -> Layout:
    import pandas as pd

    columns = {axis.name: _series([row[place] for row in values]) for place, axis in enumerate(axes)}
    model = manifest.model_digest()
    fixed = [model, digests, study.seed, study.replications, list(study.tables), [axis.name for axis in axes], [list(row) for row in values]]
    digest = manifest.digest(fixed)
    notes = {"relmarket": manifest.own_version(), "model_sha256": model, "design_sha256": digest}
    design = pd.DataFrame({"point": range(len(values))} | columns)
    return Layout(design, study.replications, study.seed, bases[0].name, study.tables, _part(study, bases), digest, notes)


def _series(values: list[Any]) -> Any:
    """Return a column of the design: numbers where all are numbers, else text."""
    import pandas as pd

    if all(value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values):
        return pd.Series(values, dtype=None if None not in values else "float64")
    if all(isinstance(value, bool) for value in values):
        return pd.Series(values, dtype="bool")
    return pd.Series([value if value is None or isinstance(value, str) else json.dumps(value) for value in values], dtype="str")


def _part(study: Study, bases: Sequence[Scenario]) -> int:
    """Return how many runs make a part: as many as fit in memory comfortably. By the study alone, so that equal studies have equal files."""
    from sim.measures import measures

    rows = max(len(base.firms) * (1 + (base.periods * len(base.segments) if len(study.tables) > 1 else 0)) for base in bases)
    return max(1, min(MOST_IN_PART, IN_MEMORY // (rows * len(measures()) * 8)))


def _self_contained(study: Study, axes: Sequence[Axis], points: Points) -> dict[str, Any]:
    """Return the study as it stands in the manifest: a table's file is replaced by its rows."""
    content = study.model_dump(mode="json", exclude_none=True)
    if isinstance(study.design, Table):
        rows = [{axis.name: value for axis, value in zip(axes, point, strict=True) if value is not AS_IT_IS} for point in points]
        content["design"] = {"kind": "table", "rows": rows}
    return content


@lru_cache(maxsize=1)
def of_manifest(text: str) -> Plan:
    """Return the plan of a sweep directory from the text of its manifest alone, as JSON.

    Raises
    ------
    StudyError
        If the study does not fit this version of the program.
    """
    facts = json.loads(text)
    contents = [Scenario.model_validate_json(json.dumps(scenario["content"])) for scenario in facts["scenarios"]]
    told = dict(facts["study"])
    if SCENARIO in told["factors"]:
        told["factors"][SCENARIO]["values"] = contents
    elif told["scenarios"]:
        told["scenarios"] = contents
    else:
        told["scenario"] = contents[0]
    told["set"] = {}  # the scenarios have it already
    return plan(Study.parse(told))
