"""Results in memory: the tables of one or more replications as pandas frames, with what ran."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from results import tables
from results.intervals import intervals


@dataclass(frozen=True)
class Results:
    """Tables of a run by name, and its manifest.

    ``results.firm_months`` and the others are pandas frames; every one has ``run``, ``scenario``, ``replication`` and ``seed``.
    """

    manifest: dict[str, Any]
    frames: dict[str, pd.DataFrame]

    def _frame(self, name: str) -> pd.DataFrame:
        return self.frames.get(name, pd.DataFrame())

    @property
    def firm_months(self) -> pd.DataFrame:
        """One row per run, month and firm."""
        return self._frame("firm_months")

    @property
    def dyad_months(self) -> pd.DataFrame:
        """One row per run, month, firm and market: relationships by power regime."""
        return self._frame("dyad_months")

    @property
    def segment_months(self) -> pd.DataFrame:
        """One row per run, month, firm and segment."""
        return self._frame("segment_months")

    @property
    def cohorts(self) -> pd.DataFrame:
        """One row per run, firm, acquisition month and age."""
        return self._frame("cohorts")

    @property
    def customers(self) -> pd.DataFrame:
        """Final state of a sample of customers."""
        return self._frame("customers")

    @property
    def summary(self) -> pd.DataFrame:
        """One row per run and firm: totals and lifetime values."""
        return self._frame("summary")

    @property
    def scenarios(self) -> tuple[Any, ...]:
        """Content of the scenarios that ran, as mappings."""
        return tuple(scenario["content"] for scenario in self.manifest["scenarios"])

    @property
    def scenario(self) -> Any:
        """Content of the first scenario."""
        return self.scenarios[0]

    @property
    def finished(self) -> int:
        """How many replications are in the tables."""
        return int(self.summary["run"].nunique())

    def of(self, scenario: str) -> "Results":
        """Return the part of the results that belongs to one scenario, by name.

        Raises
        ------
        KeyError
            If no scenario has that name.
        """
        kept = [entry for entry in self.manifest["scenarios"] if entry["name"] == scenario]
        if not kept:
            raise KeyError(f"there is no scenario {scenario!r} in these results; there are {[s['name'] for s in self.scenarios]}")
        frames = {name: frame[frame["scenario"] == scenario].reset_index(drop=True) for name, frame in self.frames.items()}
        runs = [run for run in self.manifest["runs"] if run["scenario"] == scenario]
        return Results(manifest={**self.manifest, "scenarios": kept, "runs": runs}, frames=frames)

    def over_time(self, measure: str, by: str = "strategy") -> pd.DataFrame:
        """Return a measure's mean over replications with its 95 % interval, for every month.

        Parameters
        ----------
        measure : str
            A column of ``firm_months``, or ``cumulative_profit``.
        by : str
            ``"strategy"`` (its firms together) or ``"firm"``.

        Returns
        -------
        DataFrame
            Columns ``scenario``, ``by``, ``month``, ``mean``, ``low``, ``high`` and ``n`` (replications).
        """
        if by == "firm":
            return intervals(tables.with_cumulative_profit(self.firm_months), ["scenario", "firm", "month"], measure)
        return tables.over_time(self.firm_months, measure, by)
