"""A table of points: whatever design somebody has worked out elsewhere, as a CSV file or row by row."""

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from experiments.sweep.design import AS_IT_IS, MOST_POINTS, Design, Points
from experiments.sweep.factor import Axis
from sim.scenario import Many


class Table(Design):
    """Points listed one by one; an empty cell leaves the parameter as the scenario has it. Columns need no ``[factors]``."""

    kind: Literal["table"] = "table"
    file: str = Field("", description="CSV file with one column per factor, named by its path, and one row per point")
    rows: Annotated[tuple[dict[str, Any], ...], Many] = Field((), max_length=MOST_POINTS, description="points as tables of values by path")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.file) == bool(self.rows):
            raise ValueError("a table design needs file = '...' or rows = [...], one of them")
        return self

    def columns(self, folder: Path) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(dict.fromkeys(name for row in self._read(folder) for name in row))

    def sample(self, axes: Sequence[Axis], folder: Path) -> Points:
        """Return the rows."""
        listed = self._read(folder)
        names = [axis.name for axis in axes]
        unknown = [name for name in self.columns(folder) if name not in names]
        if unknown:
            raise ValueError(f"design: {self.file or 'rows'}: column {unknown[0]!r} is none of the factors; allowed: {', '.join(names)}")
        return [tuple(row.get(name, AS_IT_IS) for name in names) for row in listed]

    def _read(self, folder: Path) -> Sequence[Mapping[str, Any]]:
        if not self.file:
            return self.rows
        path = folder / self.file
        try:
            lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not a CSV file in UTF-8"
            raise ValueError(f"design: {path}: cannot be read: {why}") from None
        head = [name.strip() for name in lines[0]] if lines else []
        if len(set(head)) < len(head) or not all(head):
            raise ValueError(f"design: {path}: row 1: every column needs a name of its own")
        for number, row in enumerate(lines, start=1):
            if row and len(row) != len(head):
                raise ValueError(f"design: {path}: row {number}: has {len(row)} cells; allowed: as many as the first row, {len(head)}")
        if not any(lines[1:]):
            raise ValueError(f"design: {path}: has no row of values")
        return [dict(zip(head, map(_cell, row), strict=True)) for row in lines[1:] if row]


def _cell(text: str) -> Any:
    """Return a cell's value: a number, true or false where it reads as such in TOML, else text; nothing where it is empty."""
    text = text.strip()
    if not text:
        return AS_IT_IS
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except ValueError:
        return text
