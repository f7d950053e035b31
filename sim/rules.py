"""Rules: the one plug-in idea of the model.

A strategy and a mechanism are both a rule: a frozen, checked object whose fields are its parameters and whose methods
compute. A scenario picks a rule by ``kind``; a file in ``sim/strategies`` or ``sim/mechanisms`` is found because it is there.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from math import inf, isinf
from typing import Annotated, Any, ClassVar, Self, Union

from pydantic import BaseModel, ConfigDict, Discriminator, Field, GetCoreSchemaHandler, InstanceOf, SerializeAsAny, Tag
from pydantic_core import CoreSchema

from sim.units import per_period

_INSTANCE = "(given as an object)"


def parameter(default: Any, meaning: str, *, unit: str, origin: str, low: float = -inf, high: float = inf) -> Any:
    """Declare a parameter: its default, meaning, unit, range and where the default comes from.

    Parameters
    ----------
    default : float, int, bool or str
        Used where a scenario is silent.
    meaning : str
        One line for people.
    unit : str
        Decides how the number is converted when the period is not a month, see :func:`sim.units.per_period`.
    origin : str
        ``"published: <key of sources.toml>"``, ``"calibrated: <command>"`` or ``"assumed"``.
    low, high : float
        Smallest and largest allowed value.
    """
    bounds: dict[str, float] = {}
    if not isinf(low):
        bounds["ge"] = low
    if not isinf(high):
        bounds["le"] = high
    return Field(default, description=meaning, json_schema_extra={"unit": unit, "origin": origin}, **bounds)  # type: ignore[call-overload]


class Checked(BaseModel):
    """A frozen object that refuses unknown keys, wrong types, infinite and missing numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True, validate_default=True)

    # pydantic iterates fields; a library that asks "is this a list of values?" must get the answer no.
    __iter__ = None  # type: ignore[assignment]

    def per_period(self, months: float) -> Self:
        """Return a copy with every number declared per month converted to a period of ``months`` months."""
        converted = {field: per_period(getattr(self, field), unit, months) for field, unit in timed(type(self)).items()}
        return self.model_copy(update=converted)


@cache
def timed(cls: type[Checked]) -> dict[str, str]:
    """Return the parameters of a class that are declared per month or quarter, or in months, with their units."""
    units: dict[str, str] = {}
    for field, info in cls.model_fields.items():
        extra = info.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        if unit == "months" or unit.endswith(("/month", "/quarter")):
            units[field] = unit
    return units


class Rule(Checked):
    """A rule of the model. Its first line of documentation is what ``run.py list`` shows."""

    kind: str
    slot: ClassVar[str] = ""
    """The place in the model that rules of this class can fill, such as ``strategy`` or ``choice``."""
    sources: ClassVar[tuple[str, ...]] = ()
    """Keys of ``sources.toml``."""


class Mechanism(Rule):
    """A rule of the theory, applied in the month. Switched off, it leaves everything as it would be without that theory."""

    active: bool = parameter(True, "false switches the mechanism off (ablation)", unit="yes/no", origin="assumed")
    equation: ClassVar[str] = ""
    """The equation as a reader writes it."""


def _subclasses(cls: type[Rule]) -> Iterator[type[Rule]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _subclasses(sub)


@cache
def kinds(package: str) -> dict[str, dict[str, type[Rule]]]:
    """Return the rules of a package by slot and kind: every concrete rule class found in the package's modules."""
    root = importlib.import_module(package)
    for module in pkgutil.iter_modules(root.__path__):
        importlib.import_module(f"{package}.{module.name}")
    found: dict[str, dict[str, type[Rule]]] = {}
    for cls in _subclasses(Rule):
        default = cls.model_fields["kind"].default
        if cls.__module__.startswith(package + ".") and isinstance(default, str):
            found.setdefault(cls.slot, {})[default] = cls
    return {slot: dict(sorted(rules.items())) for slot, rules in sorted(found.items())}


def registered(rule: Rule) -> bool:
    """Say whether a rule's class was found in the project, and is not one defined elsewhere, such as in a notebook."""
    package = type(rule).__module__.rpartition(".")[0]
    return package.startswith("sim.") and kinds(package).get(rule.slot, {}).get(rule.kind) is type(rule)


class Choice:
    """Annotation of a scenario field: one of the rules of a slot, picked by ``kind``, or a rule given as an object."""

    def __init__(self, package: str, slot: str) -> None:
        self.package, self.slot = package, slot

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Build a tagged union of the slot's rules, so that an error names the very field of the very rule."""
        rules = kinds(self.package)[self.slot]
        only = next(iter(rules)) if len(rules) == 1 else None

        def tag(value: Any) -> str | None:
            if isinstance(value, Rule):
                return _INSTANCE
            return value.get("kind", only) if isinstance(value, dict) else None

        choices: list[Any] = [Annotated[cls, Tag(kind)] for kind, cls in rules.items()]
        choices.append(Annotated[SerializeAsAny[InstanceOf[source]], Tag(_INSTANCE)])  # type: ignore[misc]
        return handler.generate_schema(Annotated[Union[tuple(choices)], Discriminator(tag)])  # noqa: UP007
