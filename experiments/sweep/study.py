"""A study: a question put to the model as a declaration, in a TOML file or from Python; running it is not its business."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, SerializeAsAny, ValidationError, field_serializer, model_validator

from experiments.sweep.design import Design
from experiments.sweep.designs.factorial import Factorial
from experiments.sweep.factor import Factor
from scenarios import files, places
from scenarios.errors import ScenarioError, explain, sentence, shown
from sim.rules import Checked, Choice
from sim.scenario import Many, Scenario

FOLDER = Path(__file__).parents[1] / "studies"
SCENARIO = "scenario"
"""Name of the factor whose values are scenarios."""

Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w][\w .+&-]*$")]
Market = Any
"""A scenario: its name, the path of its file, or the object itself."""


class StudyError(ScenarioError):
    """Something is wrong with a study; the text is a sentence for each problem."""


class Study(Checked):
    """What is asked of the model: scenario, factors, design, replications, seed and measures.

    Examples
    --------
    >>> study = Study(scenario="duel", factors={"market.switching_cost": {"values": [0.0, 0.4]}}, replications=3)
    >>> study.design.kind
    'factorial'
    """

    name: Name = Field("study", description="names the directory of the results; a file's name unless given")
    title: str = Field("", description="one line for people")
    question: str = Field("", description="what the study asks")
    scenario: Market = Field("", description="the scenario that is varied: a name, or the path of a file")
    scenarios: Annotated[tuple[Market, ...], Many] = Field((), max_length=1_000, description="or several, each of which meets every point")
    replications: int = Field(5, ge=1, le=100_000, description="runs at each point; replication k has seed + k at every point")
    seed: int = Field(1, ge=0, le=2**64 - 1, description="seed of the first replication")
    measures: Annotated[tuple[str, ...], Many] = Field((), description="columns of the table `summary` that the study is about")
    tables: Annotated[tuple[str, ...], Many] = Field(("summary", "firm_months"), min_length=1, description="tables that are kept of each run")
    set: dict[str, Any] = Field(default_factory=dict, description="values by path that hold at every point")
    design: Annotated[SerializeAsAny[Design], Choice("experiments.sweep.designs", "design")] = Factorial()
    factors: dict[str, Factor] = Field(default_factory=dict, max_length=1_000, description="what is varied, by path")

    _folder: Path = PrivateAttr(default=Path())
    _file: str = PrivateAttr(default="")

    @property
    def folder(self) -> Path:
        """Where relative paths in the study start."""
        return self._folder

    @property
    def file(self) -> str:
        """How sentences name the study's file; empty for one that was made in Python."""
        return self._file

    @model_validator(mode="after")
    def _has_a_market(self) -> Self:
        by_factor = SCENARIO in self.factors
        given = [bool(self.scenario), bool(self.scenarios), by_factor]
        if sum(given) == 0:
            raise ValueError("scenario: missing; needed: the name of a scenario or the path of a file")
        if sum(given) > 1:
            raise ValueError("scenario: is given twice; allowed: one of scenario, scenarios, [factors.scenario]")
        if by_factor and not self.factors[SCENARIO].is_listed:
            raise ValueError("factors.scenario: needs values = [...], names of scenarios")
        strange = [market for market in self.markets if not isinstance(market, str | Scenario)]
        if strange:
            raise ValueError(f"scenario: {shown(strange[0])} does not fit; allowed: the name of a scenario or the path of a file")
        if "summary" not in self.tables:
            raise ValueError("tables: 'summary' must be among them")
        if self.seed + self.replications > 2**64:
            raise ValueError(f"seed: {self.seed} leaves no room for {self.replications} replications below 2^64")
        return self

    @field_serializer("scenario", "scenarios")
    def _by_name(self, value: Any) -> Any:
        """Write scenarios that were given as objects by their names; their contents stand in the manifest."""
        return [_name(one) for one in value] if isinstance(value, tuple) else _name(value)

    @property
    def markets(self) -> tuple[Market, ...]:
        """The scenarios that the study starts from, in order; more than one are values of the factor ``scenario``."""
        if SCENARIO in self.factors:
            return self.factors[SCENARIO].values
        return self.scenarios or (self.scenario,)

    @classmethod
    def parse(cls, data: Mapping[str, Any], *, file: str = "", folder: Path | None = None) -> Self:
        """Make a study of tables and lists, as TOML gives them.

        Parameters
        ----------
        data : mapping
            What the file says.
        file : str
            How sentences name it.
        folder : Path, optional
            Where relative paths in it start.

        Raises
        ------
        StudyError
            One sentence for each problem: file, place, what, what is allowed.
        """
        try:
            made = cls.model_validate(dict(data))
        except ValidationError as error:
            problems = explain(error, dict(data), lambda _path: file, start=places.Place(cls)).problems
            raise StudyError(*(problem.replace(" or another kind of value", "") for problem in problems)) from None
        made._folder, made._file = folder or Path(), file
        return made


def _name(market: Market) -> str:
    return market.name if isinstance(market, Scenario) else market


def names() -> tuple[str, ...]:
    """Return the names of the studies that are shipped."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def locate(name_or_path: str | Path) -> Path:
    """Return the file of a study.

    Raises
    ------
    StudyError
        If there is neither such a name nor such a file.
    """
    if isinstance(name_or_path, str) and not name_or_path.endswith(".toml") and not {"/", "\\"} & set(name_or_path):
        if name_or_path in names():
            return FOLDER / f"{name_or_path}.toml"
        raise StudyError(f"there is no study {shown(name_or_path)}{places.perhaps(name_or_path, names())}")
    return Path(name_or_path)


def load_study(name_or_path: str | Path) -> Study:
    """Load a study by its name or from a file.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a study in ``experiments/studies``, such as ``"quick"``; or the path of a TOML file.

    Returns
    -------
    Study
        Checked and frozen. Its points are checked against the scenario when it is planned: :func:`experiments.sweep.plan.plan`.

    Raises
    ------
    StudyError
        One sentence for each problem.
    """
    path = locate(name_or_path)
    label = path.name if path.parent == FOLDER else str(path)
    try:
        data = files.read(path)
    except ScenarioError as error:
        raise StudyError(*error.problems) from None
    if "name" not in data:
        data["name"] = path.stem
    return Study.parse(data, file=label, folder=path.parent)


def problem(study: Study, *, place: str, what: str) -> StudyError:
    """Return an error of a study with its file and place."""
    return StudyError(sentence(study.file, place, what))
