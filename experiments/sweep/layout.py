"""Layout: which run stands where. Runs are numbered point by point, replication by replication, and kept in parts of equal size."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from results import store

DESIGN = "design.parquet"


@dataclass(frozen=True)
class Layout:
    """What labels the runs of a sweep and where they stand.

    Attributes
    ----------
    design : DataFrame
        One row per point in the design's order: ``point`` and one column per factor.
    replications : int
        Runs at each point.
    seed : int
        Seed of replication 0.
    scenario : str
        Name of the study's scenario, where scenarios are no factor.
    tables : tuple of str
        Tables that are kept of each run.
    size : int
        Runs in one part.
    digest : str
        sha256 of everything that fixes the results: all runs' scenarios and seeds, the model's version, the labels.
    notes : mapping
        Texts embedded in every Parquet file.
    """

    design: pd.DataFrame
    replications: int
    seed: int
    scenario: str
    tables: tuple[str, ...]
    size: int
    digest: str
    notes: Mapping[str, str]

    @property
    def runs(self) -> int:
        """How many runs the study has."""
        return len(self.design) * self.replications

    @property
    def parts(self) -> int:
        """How many parts they fill."""
        return -(-self.runs // self.size)

    def part(self, number: int) -> range:
        """Return the runs of a part."""
        return range(number * self.size, min((number + 1) * self.size, self.runs))

    def where(self, run: int) -> tuple[int, int]:
        """Return point and replication of a run."""
        return divmod(run, self.replications)

    def frame(self, runs: list[int], tables: list[Mapping[str, Any]]) -> pd.DataFrame:
        """Return the same table of some runs as one frame, labels in front.

        Parameters
        ----------
        runs : list of int
            Numbers of the runs, ascending.
        tables : list of mapping
            The table of each run, as columns by name.

        Returns
        -------
        DataFrame
            Columns ``point``, ``replication``, ``seed``, the factors, ``scenario``, then the table's own.
        """
        names = list(dict.fromkeys(name for table in tables for name in table))
        counts = np.array([len(next(iter(table.values()), ())) for table in tables], np.int64)
        numbers = np.repeat(np.array(runs, np.int64), counts)
        points, replications = np.divmod(numbers, self.replications)
        labels = self.design.iloc[points].reset_index(drop=True)
        columns: dict[str, Any] = {
            "point": points,
            "replication": replications.astype(np.int32),
            "seed": replications.astype(np.uint64) + np.uint64(self.seed),
            **{name: labels[name] for name in labels.columns if name != "point"},
        }
        columns.setdefault("scenario", pd.Series([self.scenario] * len(numbers), dtype="str"))
        return pd.DataFrame(columns | {name: _column(name, tables, counts) for name in names})


def _column(name: str, tables: list[Mapping[str, Any]], counts: Any) -> Any:
    """Return one column of several tables, one after the other; missing where a table does not have it."""
    pieces = [table[name] if name in table else np.full(count, np.nan) for table, count in zip(tables, counts, strict=True)]
    if any(piece.dtype.kind in "OUS" for piece in pieces):
        return pd.Series(np.concatenate([piece.astype(object) for piece in pieces]), dtype="str")
    return np.concatenate(pieces)


def of_manifest(place: Path, facts: Mapping[str, Any]) -> Layout:
    """Return the layout of a sweep directory, from its manifest and design.

    Raises
    ------
    StoreError
        If the design cannot be read.
    """
    study = facts["study"]
    return Layout(
        design=store.read_table([place / DESIGN]),
        replications=int(study["replications"]),
        seed=int(study["seed"]),
        scenario=str(facts["scenarios"][0]["name"]),
        tables=tuple(study["tables"]),
        size=int(facts["part"]),
        digest=str(facts["design_sha256"]),
        notes=facts["notes"],
    )
